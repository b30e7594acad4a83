"""Models out of PyTorch: safetensors for those who train on, ONNX for all who only forecast."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from safetensors.torch import load_file, save_file
from torch import Tensor

from altteul.errors import FileError
from altteul.foundation.shape import (
    ANCHORS,
    BASES,
    FEATURES,
    HORIZON,
    LEVELS,
    MEDIAN,
    anchor_weights,
)
from altteul.foundation.training.decoder import ModelM
from altteul.foundation.training.export_decoder import save_decoder_onnx
from altteul.foundation.training.network import ModelS

OPSET = 17


def save_weights(model: ModelS | ModelM, path: Path) -> None:
    """Write the weights in half precision as safetensors."""
    state = {name: value.half().contiguous() for name, value in model.state_dict().items()}
    save_file(state, path, metadata={"format": "pt", "model": f"altteul model {model.size}"})


def load_weights(path: Path) -> ModelS | ModelM:
    """A model with the weights of a safetensors file; FileError where they do not fit."""
    try:
        state = {name: value.float() for name, value in load_file(path).items()}
        model = _shaped_like(state)
        model.load_state_dict(state)
    except Exception as error:
        raise FileError(
            f"{path.name}에서 모델을 읽을 수 없습니다({type(error).__name__}). "
            "altteul이 저장한 safetensors 파일인지 확인해 주세요."
        ) from error
    model.eval()
    return model


def _shaped_like(state: dict[str, Tensor]) -> ModelS | ModelM:
    width = state["read.weight"].shape[0]
    depth = len({name.split(".")[1] for name in state if name.startswith("blocks.")})
    return ModelM(width, depth) if "position" in state else ModelS(width, depth)


def load_onnx(path: Path) -> ModelS:
    """Model S inside an ONNX file written by save_onnx, to train on from it.

    The parameters stand among the constants in the order in which save_onnx meets them. FileError
    where the file is not one.
    """
    try:
        return _rebuilt(path)
    except Exception as error:
        raise FileError(
            f"{path.name}에서 모델 S를 읽을 수 없습니다({type(error).__name__}). "
            "altteul이 저장한 model_s.onnx인지 확인해 주세요."
        ) from error


def _rebuilt(path: Path) -> ModelS:
    stored = [
        torch.from_numpy(numpy_helper.to_array(one).astype(np.float32))
        for one in onnx.load(str(path)).graph.initializer
        if one.data_type == TensorProto.FLOAT16
    ]
    heads = stored[-6:]
    first, *rest = stored[:-6]
    depth = (len(stored) - 10) // 6
    model = ModelS(first.shape[1], depth)
    layers = [model.read]
    for block in model.blocks:
        layers += [block.norm, block.widen, block.narrow]
    values = iter([first, *rest])
    for layer in [*layers, model.norm]:
        _fill(layer, next(values), next(values))
    _fill(model.head, torch.cat(heads[0::2], dim=1), torch.cat(heads[1::2]))
    model.eval()
    return model


def _fill(layer: torch.nn.Linear | torch.nn.LayerNorm, weight: Tensor, bias: Tensor) -> None:
    with torch.no_grad():
        layer.weight.copy_(weight.T if weight.ndim == 2 else weight)
        layer.bias.copy_(bias)


def save_onnx(model: ModelS | ModelM, path: Path, half: bool = True) -> None:
    """Write the model as ONNX (S: opset 17), any batch size, weights in half precision by default.

    Inputs `features` (n, FEATURES) and `bases` (n, BASES, HORIZON); output `quantiles`
    (n, HORIZON, levels), all in single precision; model M also reads `points`.
    """
    if isinstance(model, ModelM):
        save_decoder_onnx(model, path, half)
        return
    graph = _Graph(half)
    hidden = graph.linear("features", model.read.weight, model.read.bias)
    for block in model.blocks:
        normed = graph.norm(hidden, block.norm)
        widened = graph.linear(normed, block.widen.weight, block.widen.bias)
        active = graph.node("Mul", [widened, graph.node("Sigmoid", [widened])])
        narrowed = graph.linear(active, block.narrow.weight, block.narrow.bias)
        hidden = graph.node("Add", [hidden, narrowed])
    _head(graph, model, graph.norm(hidden, model.norm))
    onnx.save(graph.finished(), str(path))


def _head(graph: _Graph, model: ModelS, hidden: str) -> None:
    first, second = ANCHORS * BASES, ANCHORS * BASES + HORIZON
    weight, bias = model.head.weight, model.head.bias
    logits = graph.linear(hidden, weight[:first], bias[:first])
    logits = graph.node("Reshape", [logits, graph.integers([-1, BASES, ANCHORS])])
    logits = graph.node("MatMul", [logits, graph.exact(np.array(anchor_weights()))])
    weights = graph.node("Softmax", [logits], axis=1)
    mixed = graph.node("Mul", [weights, "bases"])
    median = graph.node("ReduceSum", [mixed, graph.integers([1])], keepdims=0)
    correction = graph.linear(hidden, weight[first:second], bias[first:second])
    median = graph.node("Add", [median, correction])
    steps = graph.linear(hidden, weight[second:], bias[second:])
    steps = graph.node("Add", [steps, graph.exact(np.array(-2.0))])
    steps = graph.node("Reshape", [steps, graph.integers([-1, HORIZON, len(LEVELS) - 1])])
    steps = graph.node("Softplus", [steps])
    offsets = graph.node("MatMul", [steps, graph.exact(_running_sums())])
    median = graph.node("Unsqueeze", [median, graph.integers([2])])
    graph.node("Add", [median, offsets], output="quantiles")


def _running_sums() -> np.ndarray:
    """Turn positive steps into offsets from the median: below it minus, above it plus."""
    matrix = np.zeros((len(LEVELS) - 1, len(LEVELS)))
    for reach in range(MEDIAN):
        matrix[: reach + 1, MEDIAN - 1 - reach] = -1.0
        matrix[MEDIAN : MEDIAN + reach + 1, MEDIAN + 1 + reach] = 1.0
    return matrix


class _Graph:
    """Collects nodes and constants of an ONNX graph under running names."""

    def __init__(self, half: bool) -> None:
        self._half = half
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []

    def node(self, kind: str, inputs: list[str], output: str = "", **settings: int) -> str:
        name = output or f"{kind.lower()}_{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, inputs, [name], **settings))
        return name

    def exact(self, values: np.ndarray) -> str:
        return self._constant(values.astype(np.float32))

    def integers(self, values: list[int]) -> str:
        return self._constant(np.array(values, dtype=np.int64))

    def parameter(self, tensor: torch.Tensor) -> str:
        values = tensor.detach().numpy()
        if not self._half:
            return self._constant(values.astype(np.float32))
        stored = self._constant(values.astype(np.float16))
        return self.node("Cast", [stored], to=TensorProto.FLOAT)

    def linear(self, source: str, weight: torch.Tensor, bias: torch.Tensor) -> str:
        product = self.node("MatMul", [source, self.parameter(weight.T.contiguous())])
        return self.node("Add", [product, self.parameter(bias)])

    def norm(self, source: str, layer: torch.nn.LayerNorm) -> str:
        inputs = [source, self.parameter(layer.weight), self.parameter(layer.bias)]
        self._nodes.append(
            helper.make_node(
                "LayerNormalization",
                inputs,
                [f"norm_{len(self._nodes)}"],
                axis=-1,
                epsilon=layer.eps,
            )
        )
        return str(self._nodes[-1].output[0])

    def finished(self) -> onnx.ModelProto:
        kind = TensorProto.FLOAT
        inputs = [
            helper.make_tensor_value_info("features", kind, ["n", FEATURES]),
            helper.make_tensor_value_info("bases", kind, ["n", BASES, HORIZON]),
        ]
        outputs = [helper.make_tensor_value_info("quantiles", kind, ["n", HORIZON, len(LEVELS)])]
        graph = helper.make_graph(self._nodes, "altteul_model_s", inputs, outputs, self._constants)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)])
        model.ir_version = 8
        onnx.checker.check_model(model)
        return model

    def _constant(self, values: np.ndarray) -> str:
        name = f"constant_{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(values, name))
        return name

"""Model M out of PyTorch as ONNX: the exporter's graph, its weights stored in half precision."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from altteul.foundation.shape import BASES, FEATURES, HORIZON, POINTS
from altteul.foundation.training.decoder import ModelM

LEAST_VALUES = 64  # smaller constants stay exact


def save_decoder_onnx(model: ModelM, path: Path, half: bool = True) -> None:
    """Write model M as ONNX with any batch size.

    Inputs `features` (n, FEATURES), `bases` (n, BASES, HORIZON), `points` (n, POINTS; NaN =
    unknown), output `quantiles` (n, HORIZON, levels), all in single precision.
    """
    model = model.cpu().eval()
    example = (
        torch.zeros(2, FEATURES),
        torch.zeros(2, BASES, HORIZON),
        torch.zeros(2, POINTS),
    )
    batch = torch.export.Dim("n", min=1, max=65536)
    program = torch.onnx.export(
        model,
        example,
        input_names=["features", "bases", "points"],
        output_names=["quantiles"],
        dynamic_shapes=({0: batch}, {0: batch}, {0: batch}),
        dynamo=True,
        verbose=False,
    )
    graph = program.model_proto
    onnx.save(halved(graph) if half else graph, str(path))


def halved(model: onnx.ModelProto) -> onnx.ModelProto:
    """The same graph with large constants stored as half precision and cast when they are read."""
    casts = []
    for one in model.graph.initializer:
        values = numpy_helper.to_array(one)
        if one.data_type != TensorProto.FLOAT or values.size < LEAST_VALUES:
            continue
        name = one.name
        one.CopyFrom(numpy_helper.from_array(values.astype(np.float16), f"{name}_half"))
        casts.append(helper.make_node("Cast", [f"{name}_half"], [name], to=TensorProto.FLOAT))
    nodes = [*casts, *model.graph.node]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    onnx.checker.check_model(model)
    return model

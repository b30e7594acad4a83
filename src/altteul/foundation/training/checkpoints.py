"""Checkpoints: all that is needed to go on as if training had never stopped, in small pieces.

`checkpoint.json` names the folder of the pieces, each at most PIECE bytes with its hash, so that a
large checkpoint also passes where files may not be large. A new one is written beside the old one,
which is removed when the new one is named.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from altteul.errors import FileError

NAME = "checkpoint.json"
PIECE = 16_000_000


@dataclass
class Progress:
    """How far training is: batches done and seconds spent on them."""

    batch: int = 0
    seconds: float = 0.0


def save(
    folder: Path,
    model: torch.nn.Module,
    average: dict[str, Tensor],
    optimiser: torch.optim.Optimizer,
    progress: Progress,
    compact: bool = False,
) -> None:
    """Write the pieces, then name them in `checkpoint.json` in one step.

    With `compact` averages and moments are stored as bfloat16; weights stay exact.
    """
    beside: dict[str, Any] = {"average": average, "optimiser": optimiser.state_dict()}
    state = {
        "model": model.state_dict(),
        **(_stored(beside, torch.bfloat16) if compact else beside),
        "batch": progress.batch,
        "seconds": progress.seconds,
    }
    buffer = io.BytesIO()
    torch.save(state, buffer)
    name = f"checkpoint-{progress.batch:08d}"
    pieces = _write_pieces(folder / name, buffer.getvalue())
    unfinished = folder / (NAME + ".unfinished")
    unfinished.write_text(json.dumps({"folder": name, "pieces": pieces}), "utf-8")
    os.replace(unfinished, folder / NAME)  # noqa: PTH105 (atomic on every system)
    for old in folder.glob("checkpoint-*"):
        if old.name != name:
            shutil.rmtree(old)


def restore(
    folder: Path,
    model: torch.nn.Module,
    average: dict[str, Tensor],
    optimiser: torch.optim.Optimizer,
    device: str = "cpu",
) -> Progress:
    """Load the checkpoint of `folder` into what is given; a fresh start where there is none.

    FileError where a piece is missing or changed.
    """
    if not (folder / NAME).is_file():
        return Progress()
    content = io.BytesIO(_read_pieces(folder))
    state = torch.load(content, map_location=device, weights_only=True)
    model.load_state_dict(state["model"])
    optimiser.load_state_dict(_stored(state["optimiser"], torch.float32))
    average.update(_stored(state["average"], torch.float32))
    return Progress(int(state["batch"]), float(state["seconds"]))


def _write_pieces(folder: Path, content: bytes) -> dict[str, str]:
    folder.mkdir(parents=True, exist_ok=True)
    hashes = {}
    for start in range(0, len(content), PIECE):
        piece = content[start : start + PIECE]
        name = f"piece-{start // PIECE:03d}"
        (folder / name).write_bytes(piece)
        hashes[name] = hashlib.sha256(piece).hexdigest()
    return hashes


def _read_pieces(folder: Path) -> bytes:
    index = json.loads((folder / NAME).read_text("utf-8"))
    parts = []
    for name, expected in index["pieces"].items():
        path = folder / index["folder"] / name
        part = path.read_bytes() if path.is_file() else b""
        if hashlib.sha256(part).hexdigest() != expected:
            raise FileError(
                f"중간 저장의 조각 {index['folder']}/{name}이(가) 없거나 바뀌었습니다. "
                f"온전한 조각을 다시 가져오거나 {NAME}을 지우고 처음부터 학습하세요."
            )
        parts.append(part)
    return b"".join(parts)


def _stored(value: Any, kind: torch.dtype) -> Any:
    """The same nested dictionaries and lists with large floating tensors as `kind`."""
    if isinstance(value, dict):
        return {key: _stored(one, kind) for key, one in value.items()}
    if isinstance(value, list):
        return [_stored(one, kind) for one in value]
    if isinstance(value, Tensor) and value.is_floating_point() and value.ndim:
        return value.to(kind)
    return value

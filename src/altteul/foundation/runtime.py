"""The network run by onnxruntime: loading it, and one pass over a batch of contexts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from altteul.errors import FileError, reason_of
from altteul.foundation import views
from altteul.foundation.contexts import BLOCK, REACH, aligned
from altteul.foundation.shape import HORIZON, LEVELS
from altteul.foundation.widening import NONE

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

PACKAGED = Path(__file__).parent / "weights"
BATCH = 256
MODES = ("fast", "thorough")


@dataclass(frozen=True)
class Network:
    """A model ready to run.

    `widening` multiplies each quantile's distance from the median; `context_widening` holds, for
    the fast and the thorough inference, the coefficients of altteul.foundation.widening.
    """

    session: InferenceSession
    widening: tuple[float, ...]
    context_widening: dict[str, tuple[float, ...]]
    card: dict[str, Any]

    @cached_property
    def reads_points(self) -> bool:
        """Whether the model reads patches of the points themselves (model M)."""
        return any(one.name == "points" for one in self.session.get_inputs())

    def quantiles(self, series: Sequence[Floats], periods: Integers, flip: bool = True) -> Floats:
        """Quantiles at LEVELS for the next HORIZON steps, shape (series, HORIZON, levels).

        `series` are contexts of any length ≥ 1 with NaN for what is unknown, `periods` (series, 2).
        With `flip` the mirrored series is forecast too and both are averaged.
        """
        result = np.empty((len(series), HORIZON, len(LEVELS)))
        for rows in _batches([len(one) for one in series]):
            stacked = aligned([series[row] for row in rows])
            result[rows] = self._one_batch(stacked, periods[rows], flip)
        return result

    def _one_batch(self, stacked: Floats, periods: Integers, flip: bool) -> Floats:
        view = views.build(stacked, periods, self.reads_points)
        if flip:
            features = np.concatenate([view.features, views.flipped(view.features)])
            bases = np.concatenate([view.bases, -view.bases])
            both = self.run(features, bases, np.concatenate([view.points, -view.points]))
            plain, mirrored = both[: len(stacked)], both[len(stacked) :]
            made = 0.5 * (plain - mirrored[:, :, ::-1])
        else:
            made = self.run(view.features, view.bases, view.points)
        scaled: Floats = made * view.scale[:, None, None] + view.centre[:, None, None]
        return scaled

    def run(self, features: views.Halves, bases: views.Halves, points: views.Halves) -> Floats:
        """Quantiles in the units of the views; `points` counts only where the model reads them."""
        read = {"features": features, "bases": bases}
        if self.reads_points:
            read["points"] = points
        (made,) = self.session.run(["quantiles"], read)
        return np.asarray(made, dtype=np.float64)


def load_network(path: Path | None = None, threads: int = 1) -> Network:
    """The packaged model S, or the ONNX file at `path` with its `.json` card beside it."""
    chosen = path or PACKAGED / "model_s.onnx"
    if path is None and threads == 1:
        return _packaged()
    return _load(chosen, threads)


@lru_cache(maxsize=1)
def _packaged() -> Network:
    return _load(PACKAGED / "model_s.onnx", 1)


def _load(path: Path, threads: int) -> Network:
    import onnxruntime

    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = threads
    settings.log_severity_level = 3
    try:
        card = json.loads(path.with_suffix(".json").read_text("utf-8"))
        session = onnxruntime.InferenceSession(
            str(path), settings, providers=["CPUExecutionProvider"]
        )
        widening = tuple(float(factor) for factor in card["widening"])
        recorded = card.get("context_widening", {})
        by_context = {mode: tuple(recorded.get(mode, NONE)) for mode in MODES}
    except Exception as error:
        raise FileError(
            f"모델 파일 {path.name}을(를) 열 수 없습니다({_damage(error)}). "
            "같은 이름의 .onnx와 .json이 함께 있는지 확인하거나 altteul을 다시 설치해 주세요."
        ) from error
    return Network(session, widening, by_context, card)


def _damage(error: Exception) -> str:
    if isinstance(error, OSError):
        return reason_of(error)
    return "모델이 아니거나 깨져 있음"


def _batches(lengths: list[int]) -> list[Integers]:
    """Rows in batches of contexts of about the same length, so that none is padded far."""
    blocks = -(-np.minimum(np.array(lengths, dtype=np.int64), REACH) // BLOCK)
    order = np.argsort(blocks, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(blocks[order])) + 1)
    return [
        group[start : start + BATCH] for group in groups for start in range(0, len(group), BATCH)
    ]

"""Multinomial logistic regression on hashed signs: the probability of each intent.

p(k) = exp(z_k) / Σ_j exp(z_j), z = Σ over signs of weight × row of the sign's bucket. The weights
are whole numbers of one step, so the file is small and the same on every machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from altteul.assistant.understood import Intent

if TYPE_CHECKING:
    from numpy.typing import NDArray

INTENTS = tuple(Intent)
BUCKETS = 1 << 15
_FILE = "intents.npz"


def bucket(sign: str) -> int:
    """The row of a sign: its CRC-32, the same in every process."""
    return crc32(sign.encode()) % BUCKETS


@dataclass(frozen=True, slots=True)
class IntentModel:
    """`steps`: int8 of shape (BUCKETS, 10), one column an intent in the order of `Intent`;
    `size`: how much one step is; `made_from`: the fingerprint of what it was trained on."""

    steps: NDArray[np.int8]
    size: float
    made_from: str = ""

    def probabilities(self, signs: Mapping[str, float]) -> dict[Intent, float]:
        """How likely each intent is, by the signs of a sentence with their weights."""
        rows = [bucket(sign) for sign in signs]
        weights = np.fromiter(signs.values(), dtype=np.float64, count=len(rows))
        scores = weights @ self.steps[rows] * self.size
        odds = np.exp(scores - scores.max())
        return dict(zip(INTENTS, (odds / odds.sum()).tolist(), strict=True))


@lru_cache(maxsize=1)
def load_model() -> IntentModel:
    """The shipped weights (data/intents.npz), read once."""
    file = resources.files("altteul.assistant") / "data" / _FILE
    with file.open("rb") as opened, np.load(opened) as kept:
        return IntentModel(kept["steps"], float(kept["size"]), str(kept["made_from"]))

"""Makes the weights of the intent model from labelled sentences; the same every time.

`python -m altteul.assistant.intent_training tests/assistant/sentences` writes data/intents.npz.
Maximum likelihood with an L2 penalty, by L-BFGS (scipy); the loss is convex, so there is one
optimum and no random start.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from altteul.assistant.intents.model import BUCKETS, INTENTS, IntentModel, bucket
from altteul.assistant.intents.purposes import intent_of
from altteul.assistant.intents.signs import signs_of
from altteul.assistant.understanding import reading_of
from altteul.assistant.understood import Intent
from altteul.catalog import load_catalog

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

PENALTY = 0.1
STEPS = 127
ON = date(2026, 11, 24)
"""The day of sentences that state none; it decides nothing but what "설" is."""


@dataclass(frozen=True, slots=True)
class Example:
    """The signs of a sentence with the intent that a person gave it, and the one that the rules
    give it; `batch`: its file."""

    text: str
    signs: dict[str, float]
    intent: Intent
    ruled: Intent
    batch: str


def read_examples(files: Iterable[Path]) -> list[Example]:
    """Every sentence of JSONL files of {"text", "intent"} or {"text", "on", "request"}; plain
    lists are left out, they never come to the model."""
    examples: list[Example] = []
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            on = date.fromisoformat(row["on"]) if "on" in row else ON
            if reading := reading_of(row["text"], on, load_catalog()):
                intent = Intent(row.get("intent") or row["request"]["intent"])
                ruled = intent_of(reading.evidence)
                examples.append(Example(row["text"], signs_of(reading), intent, ruled, file.stem))
    return examples


def train(examples: Sequence[Example], penalty: float = PENALTY) -> IntentModel:
    """The weights of least loss, rounded to whole steps of 1/127 of the largest."""
    weights = _fitted(_matrix(examples), [INTENTS.index(e.intent) for e in examples], penalty)
    size = float(np.abs(weights).max()) / STEPS or 1.0
    steps = np.rint(weights / size).astype(np.int8)
    return IntentModel(steps, size, fingerprint(examples))


def fingerprint(examples: Sequence[Example]) -> str:
    """Of all signs and intents: two equal ones train to the same weights."""
    lines = sorted(f"{e.intent} {sorted(e.signs.items())}" for e in examples)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _matrix(examples: Sequence[Example]) -> csr_matrix:
    from scipy.sparse import csr_matrix

    rows = [number for number, example in enumerate(examples) for _ in example.signs]
    columns = [bucket(sign) for example in examples for sign in example.signs]
    weights = [weight for example in examples for weight in example.signs.values()]
    return csr_matrix((weights, (rows, columns)), shape=(len(examples), BUCKETS))


def _fitted(signs: csr_matrix, intents: Sequence[int], penalty: float) -> NDArray[np.float64]:
    """Weights of shape (BUCKETS, 10); rows of signs that no sentence shows are zero."""
    from scipy.optimize import minimize

    used = np.unique(signs.indices)
    shown = signs[:, used].tocsr()
    turned = shown.T.tocsr()
    truth = np.eye(len(INTENTS))[list(intents)]

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = flat.reshape(len(used), len(INTENTS))
        scores = shown @ weights
        scores -= scores.max(axis=1, keepdims=True)
        logs = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
        slope = turned @ (np.exp(logs) - truth) + penalty * weights
        return -(logs * truth).sum() + 0.5 * penalty * (flat @ flat), slope.ravel()

    start = np.zeros(len(used) * len(INTENTS))
    found = minimize(
        loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 500, "gtol": 1e-3}
    )
    weights = np.zeros((BUCKETS, len(INTENTS)))
    weights[used] = found.x.reshape(len(used), len(INTENTS))
    return weights


def training_files(folder: Path) -> list[Path]:
    """All open sentences and those written for training only; never the measured ones."""
    names = ("open*.jsonl", "foreign*.jsonl", "training_intents.jsonl")
    return sorted(file for name in names for file in folder.glob(name))


def main(arguments: Sequence[str]) -> None:
    """Train on a folder of sentences and write the weights into the package."""
    model = train(read_examples(training_files(Path(arguments[0]))))
    target = Path(__file__).parent / "data" / "intents.npz"
    with target.open("wb") as file:
        np.savez_compressed(
            file, steps=model.steps, size=np.float64(model.size), made_from=model.made_from
        )
    print(f"{target.name}: {target.stat().st_size / 1024:.0f} KB")


if __name__ == "__main__":
    main(sys.argv[1:])

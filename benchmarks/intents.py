"""How well the intent is decided of what unseen authors say: the learned model beside the rules.

Every batch is left out once, with all sentences of its author: the model is trained on the rest and
decides the batch. Prints both shares for each batch, and what stays confused.
Run: python benchmarks/intents.py
"""

from __future__ import annotations

import sys
from pathlib import Path

from altteul.assistant.intent_training import Example, read_examples, train, training_files
from altteul.assistant.intents import deciding
from altteul.assistant.intents.model import IntentModel

SENTENCES = Path(__file__).resolve().parents[1] / "tests" / "assistant" / "sentences"
FOREIGN = tuple(f"foreign_{letter}" for letter in "abcdehij")
"""Batches of authors who had never seen the grammar, one author each."""


def main() -> None:
    """Leave each foreign author out once."""
    own_too = "--without-training-sentences" not in sys.argv
    examples = [
        e
        for e in read_examples(training_files(SENTENCES))
        if own_too or e.batch != "training_intents"
    ]
    print(f"{'batch':10} {'rows':>5} {'rules':>7} {'model':>7}")
    rows, ruled, learned = 0, 0, 0
    missed: list[str] = []
    for batch in FOREIGN:
        rest = [e for e in examples if e.batch != batch]
        held = [e for e in examples if e.batch == batch]
        model = train(rest)
        decided = [_decided(model, e) for e in held]
        right = sum(d == e.intent for d, e in zip(decided, held, strict=True))
        by_rules = sum(e.ruled == e.intent for e in held)
        print(
            f"{batch:10} {len(held):5} {by_rules / len(held):7.3f} {right / len(held):7.3f}",
            flush=True,
        )
        rows, ruled, learned = rows + len(held), ruled + by_rules, learned + right
        missed += [
            f"{e.text} | {e.intent} → {d}"
            for d, e in zip(decided, held, strict=True)
            if d != e.intent
        ]
    print(f"{'all':10} {rows:5} {ruled / rows:7.3f} {learned / rows:7.3f}")
    print("\n".join(missed))


def _decided(model: IntentModel, example: Example) -> str:
    likely = model.probabilities(example.signs)
    best = max(likely, key=lambda intent: likely[intent])
    return best if likely[best] >= deciding.SURE else example.ruled


if __name__ == "__main__":
    main()

"""The exact search: the best set of visits and orders, with proof (docs/topics/planner.md).

1. Orders are bundled so that their fees are fixed (bundles.py); one search covers the steps of
   the same orders until few sets are left.
2. Limits that tie needs together (budget, carrying, least orders) are priced by multipliers
   (question.py), so that goods are a sum over needs again.
3. A beam search finds good sets (starting.py).
4. Dual prices turn the goods of any set into a sum over its visits (dual.py).
5. Every set that this bound cannot exclude is listed (groups.py).
6. Those are judged exactly, in vectors (proving.py); where a limit may bind, by bounds of their own
   (set_bounds.py) and, for the few that are left, by completion.py, best bound first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from altteul.planner.exact.bundles import bundles
from altteul.planner.exact.incumbent import ENDLESS, HeadStart, Incumbent, Limits, Near
from altteul.planner.exact.model import Answer, Model
from altteul.planner.exact.proving import Proof
from altteul.planner.exact.question import Question
from altteul.planner.exact.ways import Ways

MOST_SETS = 3_000_000


@dataclass(frozen=True, slots=True)
class Found:
    """The best answer (None where the limits allow none); nothing costs less than `bound`."""

    best: Answer | None
    bound: int
    looked_at: int
    near: tuple[Near, ...] = ()

    @property
    def proved(self) -> bool:
        """Whether nothing better exists."""
        return self.bound >= (self.best.cost if self.best else ENDLESS)


def proofs_of(
    model: Model, limits: Limits, ways: Ways, known: Incumbent, head: HeadStart
) -> Iterator[Proof]:
    """A proof for each choice of orders, not begun."""
    for _, steps in groupby(bundles(model, limits.orders), key=lambda one: one.orders):
        yield Proof(Question(model, ways, limits.allowed, tuple(steps)), limits, known, head)


def everything(model: Model) -> Limits:
    """The question as the model asks it."""
    return Limits(
        stops=max(1, min(model.max_stops, model.visits)),
        days=model.max_days,
        allowed=np.ones(model.visits, dtype=np.bool_),
        orders=tuple(range(model.visits, model.visits + len(model.orders))),
    )


def solve(
    model: Model,
    limits: Limits | None = None,
    *,
    ways: Ways | None = None,
    head: HeadStart | None = None,
    slack: int = 0,
    ceiling: int | None = None,
    most_sets: int = MOST_SETS,
) -> Found:
    """The best answer within the limits.

    With a slack every set of stops that costs at most so much more is kept in `near` (only where
    no limit ties the needs together). Answers that cost more than a `ceiling` do not count. Ties:
    see `Answer.rank`.
    """
    limits = limits or everything(model)
    ways = ways or Ways(model)
    head = head or HeadStart()
    if head.answer is not None and head.answer.cost <= head.floor and not slack:
        return Found(head.answer, head.answer.cost, 0)
    known = Incumbent(head.answer, ceiling, slack)
    proofs: list[Proof] = []
    for proof in proofs_of(model, limits, ways, known, head):
        proofs += proof.begin(proofs[0] if proofs else None)
        if known.best and proof.finished:
            return Found(known.best, known.best.cost, 0)
    for proof in sorted(proofs, key=lambda proof: proof.bound):
        proof.finish(most_sets)
    least = min(proof.bound for proof in proofs)
    cost = known.best.cost if known.best else ENDLESS
    return Found(
        known.best, min(cost, least), sum(proof.looked_at for proof in proofs),
        tuple(proof.near for proof in proofs if proof.near is not None),
    )  # fmt: skip

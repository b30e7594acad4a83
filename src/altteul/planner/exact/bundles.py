"""Which orders are made together, and at which step of their fees, so that a bundle's fee is fixed.

An order's fee jumps with its won. A bundle says for each of its orders between which won of goods
it lies; all bundles together hold every answer, and within one the fee is a constant.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, product

import numpy as np

from altteul.planner.exact.model import NO_CAP, NOT_SOLD, Model

NO_MOST = NO_CAP
"""Won of goods of an order that may grow without a larger fee."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """Orders (columns), won of all their fees, and of each the least and most won of goods."""

    orders: tuple[int, ...] = ()
    fee: int = 0
    least: tuple[int, ...] = ()
    most: tuple[int, ...] = ()

    @property
    def loose(self) -> bool:
        """Whether every purchase keeps to it."""
        return all(won <= 1 for won in self.least) and all(won >= NO_MOST for won in self.most)


def bundles(model: Model, orders: tuple[int, ...]) -> Iterator[Bundle]:
    """Every bundle of some of the orders, without those that no purchase can reach."""
    sizes = range(len(orders) + 1)
    for some in chain.from_iterable(combinations(orders, size) for size in sizes):
        for steps in product(*(_steps(model, column) for column in some)):
            fee = sum(step[0] for step in steps)
            least, most = tuple(s[1] for s in steps), tuple(s[2] for s in steps)
            if model.budget is None or sum(least) + fee <= model.budget:
                yield Bundle(some, fee, least, most)


def cover(steps: Sequence[Bundle]) -> Bundle:
    """A bundle that undercuts each of several steps of the same orders: nothing they allow costs
    less in it."""
    return Bundle(
        steps[0].orders,
        min(step.fee for step in steps),
        tuple(min(wons) for wons in zip(*(step.least for step in steps), strict=True)),
        tuple(max(wons) for wons in zip(*(step.most for step in steps), strict=True)),
    )


def _steps(model: Model, column: int) -> list[tuple[int, int, int]]:
    """(fee, least, most) of each step of an order's fees that can be reached.

    A step ends only where a later one costs more: where it costs less, the later step's own bundle
    tells the lower cost.
    """
    terms = model.orders[column - model.visits]
    sold = model.cost[:, :, column] < NOT_SOLD
    reach = int(np.where(sold, model.paid[:, :, column], 0).max(axis=1, initial=0).sum())
    found = []
    for number, (start, fee) in enumerate(terms.fees):
        dearer = [later for later, more in terms.fees[number + 1 :] if more > fee]
        following = terms.fees[number + 1][0] if number + 1 < len(terms.fees) else NO_MOST
        least = max(1, start, terms.minimum)
        if least < following and least <= reach:
            found.append((fee, least, min(dearer) - 1 if dearer else NO_MOST))
    return found


def may_bind(model: Model, orders: tuple[int, ...]) -> bool:
    """Whether any limit can tie the needs together."""
    return any(binds(model, bundle) for bundle in bundles(model, orders)) or any(
        len(model.orders[column - model.visits].fees) > 1 for column in orders
    )


def binds(model: Model, bundle: Bundle) -> bool:
    """Whether any limit can tie the needs together with these orders."""
    sold = model.cost < NOT_SOLD
    if model.budget is not None:
        most = np.where(sold, model.paid, 0).max(axis=(1, 2), initial=0).sum()
        lost = np.where(sold, model.discount, 0).max(axis=(1, 2), initial=0).sum()
        if most + lost + bundle.fee > model.budget:
            return True
    if model.carry is not None:
        heaviest = np.where(sold, model.grams, 0)[:, :, : model.visits]
        if heaviest.max(axis=(1, 2), initial=0).sum() > model.carry:
            return True
    capped = model.cap < NO_CAP
    if capped.any():
        saved = np.where(sold[:, :, capped], model.discount[:, :, capped], 0)
        if (saved.max(axis=1, initial=0).sum(axis=0) > model.cap[capped]).any():
            return True
    return not bundle.loose

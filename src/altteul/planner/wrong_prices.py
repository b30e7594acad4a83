"""Which single wrong price would change a plan.

Without limits this is read from the list of all sets of stops within a slack of the best; where
limits tie the needs together, by exact re-solves for the likeliest prices.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from altteul.planner.asking import Asked, visits_of
from altteul.planner.choosing import Choice
from altteul.planner.exact.dual import Reals
from altteul.planner.exact.model import NOT_SOLD, Answer, Model
from altteul.planner.near_sets import NearSets
from altteul.planner.plan import Sensitivity

SLACK = 2_000
"""Won: how near a plan or how wrong a price must be to be told."""
MOST_TOLD = 5
MOST_TRIED = 6
"""Purchases whose price is tried where limits bind, as each is a search of its own."""


@dataclass(frozen=True, slots=True)
class Told:
    """Prices, and how many of how many purchases were tried (both 0 where all were)."""

    prices: tuple[Sensitivity, ...] = ()
    tried: int = 0
    of: int = 0

    @property
    def notice(self) -> str | None:
        """What is to be said where not all were tried, in Korean."""
        if self.tried >= self.of:
            return None
        return (
            f"예산이나 무게 같은 한도가 있어, 값이 틀리면 계획이 달라지는지는 "
            f"살 것 {self.of}가지 가운데 {self.tried}가지만 셈해 보았습니다."
        )


def sensitivity(asked: Asked, choice: Choice, near: NearSets) -> Told:
    """Single prices that would change the plan if they were wrong by at most SLACK won, the least
    wrong first. None where another plan than the cheapest is preferred."""
    if asked.prefers_dearer:
        return Told()
    spare = _spare(asked.model, choice.answer)
    # A budget that ties nothing as prices are can still do so when one of them rises.
    if asked.tied or (spare is not None and spare < SLACK):
        return _tied(asked, choice, near)
    if not near.found.near or asked.model.orders:
        return Told()
    return Told(_least_wrong([*_rises(asked, choice, near), *_falls(asked, choice, near)]))


def _least_wrong(told: list[Sensitivity]) -> tuple[Sensitivity, ...]:
    told.sort(key=lambda one: (abs(one.changes_at_won - one.won) / max(one.won, 1), one.need))
    return tuple(told[:MOST_TOLD])


def _tied(asked: Asked, choice: Choice, near: NearSets) -> Told:
    """Where limits tie the needs together: prices that would turn the plan if they rose, each by
    an exact search for the best way to do without that purchase. The likeliest are tried."""
    model, answer = asked.model, choice.answer
    likely = sorted(
        (need for need, at in enumerate(answer.bought) if at and at[0] < model.visits),
        key=lambda need: _dearer_here(near, answer, need),
    )
    spare = _spare(model, answer)
    told, tried = [], 0
    for need in likely[:MOST_TRIED]:
        at = answer.bought[need]
        assert at is not None
        weight = _weight(asked, answer, need, at)
        found = near.cheapest_without(need, answer.cost + SLACK)
        if weight is None or not found.proved:
            continue
        tried += 1
        won, weighs, paid = weight
        rise = (found.best.cost - answer.cost) * won / weighs if found.best else float("inf")
        if spare is not None:
            rise = min(rise, spare * won / paid)
        if 1 <= rise <= SLACK:
            told.append(_told_at(asked, need, at, won + int(rise), rises=True))
    return Told(_least_wrong(told), tried, len(likely))


def _dearer_here(near: NearSets, answer: Answer, need: int) -> int:
    """What a purchase costs more elsewhere at the same stops: for the order of trying only."""
    model, at = near.model, answer.bought[need]
    assert at is not None
    stops = [*visits_of(answer), *answer.orders]
    cells = model.cost[need][:, stops].copy()
    cells[at[1], np.isin(stops, near.same_seller(at[0]))] = NOT_SOLD
    return int(cells.min()) - int(model.cost[need, at[1], at[0]])


def _spare(model: Model, answer: Answer) -> int | None:
    """Won of the budget that an answer leaves; None without a budget."""
    if model.budget is None:
        return None
    paid = sum(int(model.paid[i, at[1], at[0]]) for i, at in enumerate(answer.bought) if at)
    return model.budget - paid - answer.fees - answer.lost_discount


def _weight(
    asked: Asked, answer: Answer, need: int, at: tuple[int, int]
) -> tuple[int, int, int] | None:
    """Won of a purchase on the shelf, what it weighs, and what is paid; None where a discount
    reaches its cap in between, so that these are not in proportion."""
    model, cells = asked.model, asked.outing.cells
    number, day = asked.outing.cell(need, at[0], at[1])
    won, paid = int(cells.won[number, day]), int(cells.paid[number, day])
    weighs = paid + int(cells.spoilage[number, day]) - int(cells.worth[number, day])
    saved = sum(
        int(model.discount[i, to[1], to[0]])
        for i, to in enumerate(answer.bought)
        if to and to[0] == at[0]
    )
    room = int(model.cap[at[0]]) - saved
    if room < 0:
        lost = int(cells.discount[number, day])
        paid, weighs = paid + lost, weighs + lost
    elif room * won <= SLACK * int(cells.discount[number, day]):
        return None
    return (won, weighs, paid) if weighs > 0 and paid > 0 else None


def _cells(model: Model) -> Reals:
    """The cheapest variant of each need in each visit, with an empty column for no visit."""
    cells = model.cost.min(axis=1).astype(np.float64)
    top = model.uncovered.astype(np.float64)[:, None]
    table: Reals = np.concatenate([np.minimum(cells, top), top], axis=1)
    return table


def _rises(asked: Asked, choice: Choice, sets: NearSets) -> Iterable[Sensitivity]:
    """Purchases whose price, if it were higher, would move them or the whole plan elsewhere."""
    model, near = sets.model, sets.found.near[0]
    cells = _cells(model)
    place = np.append(model.place, -1)
    for need, at in enumerate(choice.answer.bought):
        if at is None:
            continue
        own = cells[need, near.members]
        elsewhere = np.where(place[near.members] == model.place[at[0]], model.uncovered[need], own)
        otherwise = near.cost - own.min(axis=1) + elsewhere.min(axis=1)
        # Another variant of the need at the same seller keeps its price.
        others = np.delete(model.cost[need], at[1], axis=0)
        if len(others):
            kept = np.append(others.min(axis=0), NOT_SOLD)[near.members].min(axis=1)
            otherwise = np.minimum(otherwise, near.cost - own.min(axis=1) + kept)
        more = int(otherwise.min()) - choice.answer.cost
        if 0 < more <= SLACK:
            yield _told(asked, need, at, more, rises=True)


def _falls(asked: Asked, choice: Choice, sets: NearSets) -> Iterable[Sensitivity]:
    """Prices elsewhere that, if they were lower, would draw the purchase or the plan there."""
    model, near = sets.model, sets.found.near[0]
    cells = _cells(model)
    chosen = {(need, int(model.place[at[0]])) for need, at in enumerate(choice.answer.bought) if at}
    for need in range(model.needs):
        own = near.cost - cells[need, near.members].min(axis=1)
        for visit in np.unique(near.members[near.members < model.visits]).tolist():
            if (need, int(model.place[visit])) in chosen or model.cost[
                need, :, visit
            ].min() >= NOT_SOLD:
                continue
            variant = int(model.cost[need, :, visit].argmin())
            there = (near.members == visit).any(axis=1)
            less = int(own[there].min()) + int(model.cost[need, variant, visit])
            less -= choice.answer.cost
            if 0 < less <= SLACK and less < model.paid[need, variant, visit]:
                yield _told(asked, need, (visit, variant), -less, rises=False)


def _told(asked: Asked, need: int, at: tuple[int, int], change: int, *, rises: bool) -> Sensitivity:
    outing, (column, variant) = asked.outing, at
    number, day = outing.cell(need, column, variant)
    won = int(outing.cells.won[number, day])
    # A won on the shelf changes what it weighs by less where a discount or a leftover takes part.
    cells = outing.cells
    weighs = int(cells.paid[number, day] + cells.spoilage[number, day] - cells.worth[number, day])
    return _told_at(
        asked, need, at, max(0, won + round(change * won / max(weighs, 1))), rises=rises
    )


def _told_at(
    asked: Asked, need: int, at: tuple[int, int], turning: int, *, rises: bool
) -> Sensitivity:
    outing, (column, variant) = asked.outing, at
    number, day = outing.cell(need, column, variant)
    won = int(outing.cells.won[number, day])
    seller, of = outing.seller_of(column), outing.demand.variants[need][variant]
    limit = f"{turning:,}원을 넘으면" if rises else f"{turning:,}원보다 싸면"
    return Sensitivity(
        need=outing.demand.needs[need].text,
        item=of.need.item,
        seller=seller.name,
        day=outing.day_of(column),
        won=won,
        changes_at_won=turning,
        rises=rises,
        text=f"{seller.name}의 {of.name} 값({won:,}원)이 {limit} 계획이 달라집니다",
    )

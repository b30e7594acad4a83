"""What every option costs on every day, in whole won, and what that is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from altteul.planner.demand import Demand, Key
from altteul.planner.discounts import Rate
from altteul.planner.exact.model import NOT_SOLD, Won
from altteul.planner.later import Moved, PriceOutlook, moved
from altteul.planner.leftovers import spoils
from altteul.planner.options import Option
from altteul.planner.plan import Request, Risk

RISK_WEIGHT: Mapping[Risk, float] = MappingProxyType(
    {Risk.SAFE: 1.0, Risk.NORMAL: 0.5, Risk.BOLD: 0.0}
)
"""What a won of doubt (the upper half of a price's range) weighs. The sum over purchases is what
all may cost more if all are at their upper ends at once: an upper bound, and a sum, so that the
search stays exact."""

BASIS_POINTS = 10_000


@dataclass(frozen=True, slots=True)
class Tables:
    """Arrays (needs, variants, columns) for the model."""

    cost: Won
    paid: Won
    grams: Won
    discount: Won


@dataclass(frozen=True, slots=True)
class Cells:
    """Every option x day: won on the shelf, discount, doubt, dislike, spoilage, leftover's worth.

    Arrays have shape (options, days), `keeps` is False where it would not keep until needed;
    `doubt` is the upper half of the price's range and `risk` what it weighs; `moves` are the
    changes of each option by day.
    """

    keys: tuple[Key, ...]
    number: Mapping[Key, int]
    won: Won
    discount: Won
    doubt: Won
    risk: Won
    dislike: Won
    spoilage: Won
    worth: Won
    grams: Won
    keeps: npt.NDArray[np.bool_]
    moves: tuple[tuple[Moved, ...], ...]

    @property
    def cost(self) -> Won:
        """What buying weighs."""
        cost: Won = self.expected + self.risk
        return cost

    @property
    def expected(self) -> Won:
        """What buying weighs but for the doubt."""
        expected: Won = self.paid + self.dislike[:, None] + self.spoilage - self.worth
        return expected

    @property
    def paid(self) -> Won:
        """Won after discount."""
        paid: Won = self.won - self.discount
        return paid

    def tables(self, needs: int, columns: Sequence[tuple[int, int]]) -> Tables:
        """The arrays for columns of (seller, day)."""
        variants = 1 + max((variant for _, variant, _ in self.keys), default=0)
        shape = (needs, variants, len(columns))
        tables = Tables(
            np.full(shape, NOT_SOLD, dtype=np.int64), *(np.zeros(shape, np.int64) for _ in range(3))
        )
        keys = np.array(self.keys, dtype=np.intp).reshape(-1, 3)
        sellers = np.array([seller for seller, _ in columns], dtype=np.intp)
        days = np.array([day for _, day in columns], dtype=np.intp)
        number, column = np.nonzero(keys[:, 2, None] == sellers[None, :])
        need, variant, _ = keys[number].T
        day = days[column]
        cost = np.where(self.keeps[number, day], self.cost[number, day], NOT_SOLD)
        tables.cost[need, variant, column] = cost
        tables.paid[need, variant, column] = self.paid[number, day]
        tables.grams[need, variant, column] = self.grams[number]
        tables.discount[need, variant, column] = self.discount[number, day]
        return tables


def cells_of(
    request: Request,
    demand: Demand,
    days: Sequence[date],
    rates: Sequence[Rate | None],
    outlook: PriceOutlook | None,
) -> Cells:
    """Work out every option on every day."""
    keys = tuple(sorted(demand.options))
    options = [demand.options[key] for key in keys]
    moves = _moves(keys, options, demand, days, outlook)
    won, doubt = _won(options, moves, len(days))
    points = np.array([_points(rates[seller]) for _, _, seller in keys], dtype=np.int64)
    discount = won * points[:, None] // BASIS_POINTS
    paid = won - discount
    lost, keeps = _losses(options, days, request.used_on)
    spare = np.array([option.spare * option.worth for option in options])
    return Cells(
        keys=keys,
        number={key: number for number, key in enumerate(keys)},
        won=won,
        discount=discount,
        doubt=doubt,
        risk=np.rint(doubt * RISK_WEIGHT[request.risk]).astype(np.int64),
        dislike=np.array([option.variant.dislike_won for option in options], dtype=np.int64),
        spoilage=np.rint(paid * lost).astype(np.int64),
        worth=np.floor(paid * spare[:, None]).astype(np.int64),
        grams=np.array([round(option.grams or 0.0) for option in options], dtype=np.int64),
        keeps=keeps,
        moves=moves,
    )


def _points(rate: Rate | None) -> int:
    return round(rate.percent * 100) if rate else 0


def _moves(
    keys: Sequence[Key],
    options: Sequence[Option],
    demand: Demand,
    days: Sequence[date],
    outlook: PriceOutlook | None,
) -> tuple[tuple[Moved, ...], ...]:
    known: dict[tuple[str, str], tuple[Moved, ...]] = {}
    found = []
    for (_, _, seller), option in zip(keys, options, strict=True):
        item, channel = option.variant.need.item, demand.sellers[seller].channel
        if (item, channel) not in known:
            known[item, channel] = tuple(
                moved(outlook, item, channel, days[0], day) for day in days
            )
        found.append(known[item, channel])
    return tuple(found)


def _won(
    options: Sequence[Option], moves: Sequence[tuple[Moved, ...]], days: int
) -> tuple[Won, Won]:
    """Won of all packs at the middle, and how much more at the upper end; (options, days)."""
    lines = [
        (number, line.price.mid, line.price.high, line.paid)
        for number, option in enumerate(options)
        for line in option.lines
    ]
    won, high = (np.zeros((len(options), days), dtype=np.int64) for _ in range(2))
    if lines:
        number, mid, most, paid = np.array(lines, dtype=np.int64).T
        # Goods of an item and channel move alike: their rows are one and the same object.
        rows = {id(row): row for row in moves}
        place = {key: at for at, key in enumerate(rows)}
        alike = np.array([[(one.mid, one.high) for one in row] for row in rows.values()])
        up = alike[np.array([place[id(row)] for row in moves], dtype=np.intp)][number]
        np.add.at(won, number, np.rint(mid[:, None] * up[:, :, 0]).astype(np.int64) * paid[:, None])
        np.add.at(
            high, number, np.rint(most[:, None] * up[:, :, 1]).astype(np.int64) * paid[:, None]
        )
    return won, np.maximum(high - won, 0)


def _losses(
    options: Sequence[Option], days: Sequence[date], used_on: date | None
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    """The share that spoils until it is used, and whether it keeps at all; (options, days)."""
    ahead = [(used_on - day).days if used_on else 0 for day in days]
    known: dict[int | None, list[float | None]] = {}
    rows = []
    for option in options:
        if option.keeps_days not in known:
            known[option.keeps_days] = [spoils(option.keeps_days, n) for n in ahead]
        rows.append(known[option.keeps_days])
    shares = np.array([[0.0 if s is None else s for s in row] for row in rows])
    keeps = np.array([[s is not None for s in row] for row in rows])
    shape = (len(options), len(days))
    return shares.reshape(shape), keeps.reshape(shape)

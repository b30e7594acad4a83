"""`altteul replan`: the rest of a shopping planned anew at a shop, with the prices seen there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from altteul.errors import InputError, NoDataError
from altteul.frozen import Frozen
from altteul.market.offer import Place
from altteul.planner.going_on import GoingOn, go_on
from altteul.planner.naming import named, the_one
from altteul.planner.outing import Outing
from altteul.planner.plan import Request, Unread
from altteul.planner.preparing import prepare, radius_of
from altteul.planner.shelf_prices import NOWHERE, Belief, Reals, ahead_of, believed
from altteul.planner.verdict import nothing_to_plan

if TYPE_CHECKING:
    from altteul.catalog import Catalog
    from altteul.market import Market

NO_LIMIT = round(NOWHERE / 2)


class SeenPrice(Frozen):
    """What all that is needed of an item costs at the shelf, in won; None: it is not there."""

    item: str
    won: int | None


class AtTheShelf(Frozen):
    """Where one stands, what was seen there, and where one has been before (names or ids)."""

    seller: str
    seen: tuple[SeenPrice, ...] = ()
    been: tuple[str, ...] = ()


class GoodsHere(Frozen):
    """A need at this shop. `won` is what it costs here (None: it is not here), `seen` whether that
    was seen at the shelf, `estimated` whether it is only an estimate; `limit_won` what going on for
    it costs (None: there is nowhere to go)."""

    need: str
    won: int | None
    seen: bool
    estimated: bool
    limit_won: int | None


class GoodsLater(Frozen):
    """A need that is expected to be bought later, for how much; above `limit_won` one goes on."""

    need: str
    expected_won: int
    estimated: bool
    limit_won: int | None


class NextStop(Frozen):
    """A further stop of the way; `own_trip` tells that one must go there on purpose."""

    seller: str
    seller_id: str
    distance_m: int
    own_trip: bool
    goods: tuple[GoodsLater, ...]


class Replanned(Frozen):
    """What to buy here, what to leave, and where to go on; `expected_won` is from here on, with
    the way home. `without` are needs that nobody in reach is known to sell."""

    place: Place
    seller: str
    buy: tuple[GoodsHere, ...]
    leave: tuple[GoodsHere, ...]
    stops: tuple[NextStop, ...]
    without: tuple[str, ...]
    not_priced: tuple[Unread, ...]
    expected_won: int
    estimated: bool
    simulated: bool


def replan(request: Request, at: AtTheShelf, market: Market, catalog: Catalog) -> Replanned:
    """Plan the rest of a shopping: `request` lists what is still to be bought and starts at home.

    Budgets, weights and deliveries play no part. Raises InputError for a seller that is not in
    reach or not known, for a seen item that is not on the list, and where no stop is left to make;
    NoDataError where nothing on the list has a price in reach.
    """
    prepared = prepare(request, market, catalog)
    outing = prepared.outing
    if outing is None:
        raise NoDataError(nothing_to_plan(request, prepared.missing, radius_of(request)))
    stops = len(at.been) + 1
    if stops > request.trip.max_stops:
        raise InputError(
            f"이미 {stops}곳째라 {request.trip.max_stops}곳까지인 장보기에서 더 정할 것이 "
            "없습니다. --stops를 늘려 주세요."
        )
    been = [*_before(outing, at.been), _visit(outing, at.seller)]
    belief = believed(outing, been[-1])
    here = _here(outing, belief, been[-1], at.seen)
    wanted = np.ones(len(here), dtype=np.bool_)
    # Shops of before that have nothing of the rest are no places of the outing, but were stops.
    left = request.trip.max_stops - stops + len(been)
    step = go_on(belief, replace(outing.model, max_stops=left), been, wanted, here)
    return _told(outing, belief, step, at, been, here, prepared.missing)


def _before(outing: Outing, been: Sequence[str]) -> Iterator[int]:
    """The visits of the shops where one was, as far as they have anything of the list."""
    sellers = [outing.demand.sellers[who] for _, who in outing.visits]
    yield from (_visit(outing, text) for text in been if named(text, sellers))


def _visit(outing: Outing, text: str) -> int:
    """The first visit of a seller."""
    sellers = [outing.demand.sellers[who] for _, who in outing.visits]
    found = the_one(text, list(dict.fromkeys(sellers)))
    return sellers.index(found)


def _here(outing: Outing, belief: Belief, visit: int, seen: Sequence[SeenPrice]) -> Reals:
    """What each need weighs at the shelf: as it was seen, else as it is believed."""
    here = belief.expected[:, visit].copy()
    for price in seen:
        rows = [
            row
            for row, need in enumerate(outing.demand.needs)
            if price.item in (need.item, need.text)
        ]
        if not rows:
            listed = ", ".join(need.item for need in outing.demand.needs)
            raise InputError(
                f"본 값의 '{price.item}'이(가) 목록에 없습니다. 목록: {listed}. "
                '예: --seen "배추 4500, 무 없음"'
            )
        for row in rows:
            here[row] = np.inf if price.won is None else price.won * _weight(outing, row, visit)
    return here


def _weight(outing: Outing, need: int, visit: int) -> float:
    """What a won at the shelf weighs: less where something useful is left over, or discounted."""
    expected, shelf = _costs(outing, need, visit)
    return expected / shelf if shelf else 1.0


def _costs(outing: Outing, need: int, visit: int) -> tuple[float, float]:
    """What a need weighs at a visit and what its packs cost there; (0, 0) where it is unknown."""
    option = int(outing.model.cost[need, :, visit].argmin())
    if (need, option, outing.visits[visit][1]) not in outing.cells.number:
        return 0.0, 0.0
    number, day = outing.cell(need, visit, option)
    return float(outing.cells.expected[number, day]), float(outing.cells.won[number, day])


def _told(
    outing: Outing,
    belief: Belief,
    step: GoingOn,
    at: AtTheShelf,
    been: Sequence[int],
    here: Reals,
    missing: tuple[Unread, ...],
) -> Replanned:
    goods = [_goods_here(outing, belief, step, at, been[-1], here, n) for n in range(len(here))]
    stops = tuple(_stops(outing, belief, step))
    later = {one.need for stop in stops for one in stop.goods}
    open_ = [one for one, bought in zip(goods, step.buys.tolist(), strict=True) if not bought]
    sellers = [outing.seller_of(been[-1]), *(outing.seller_of(v) for v in step.tour)]
    return Replanned(
        place=outing.request.place,
        seller=sellers[0].name,
        buy=tuple(one for one, own in zip(goods, step.buys.tolist(), strict=True) if own),
        leave=tuple(one for one in open_ if one.won is not None),
        stops=stops,
        without=tuple(one.need for one in open_ if one.need not in later),
        not_priced=missing,
        expected_won=round(step.expected),
        estimated=any(one.estimated for stop in stops for one in stop.goods)
        or any(one.estimated for one in goods),
        simulated=any(seller.simulated for seller in sellers),
    )


def _goods_here(
    outing: Outing,
    belief: Belief,
    step: GoingOn,
    at: AtTheShelf,
    visit: int,
    here: Reals,
    need: int,
) -> GoodsHere:
    own, weight = outing.demand.needs[need], _weight(outing, need, visit)
    limit = float(step.limits[need]) / weight
    seen = any(price.item in (own.item, own.text) for price in at.seen)
    return GoodsHere(
        need=own.text,
        won=round(float(here[need]) / weight) if np.isfinite(here[need]) else None,
        seen=seen,
        estimated=bool(belief.deviation[need, visit] > 0) and not seen,
        limit_won=round(limit) if limit < NO_LIMIT else None,
    )


def _stops(outing: Outing, belief: Belief, step: GoingOn) -> Iterator[NextStop]:
    """The stops of the way on, with what is meant to be bought there; then those of their own."""
    needs = np.flatnonzero(~step.buys).tolist()
    meant = {need: _meant(belief, step.tour, need) for need in needs}
    own = sorted({v for v in meant.values() if v is not None} - set(step.tour))
    for place, visit in enumerate((*step.tour, *own)):
        later = np.array([step.tour[place + 1 :]], dtype=np.intp)
        limits = ahead_of(belief, later.reshape(1, -1))[:, 0]
        goods = [need for need in needs if meant[need] == visit]
        seller = outing.seller_of(visit)
        yield NextStop(
            seller=seller.name,
            seller_id=seller.id,
            distance_m=int(outing.model.metres[0, 1 + outing.model.place[visit]]),
            own_trip=visit not in step.tour,
            goods=tuple(_goods_later(outing, belief, limits, visit, need) for need in goods),
        )


def _meant(belief: Belief, tour: tuple[int, ...], need: int) -> int | None:
    """The visit at which a need is expected to cost least after this one."""
    won = belief.expected[need, list(tour)]
    if len(won) and won.min() <= belief.elsewhere[need] and np.isfinite(won.min()):
        return tour[int(won.argmin())]
    own = int(belief.instead[need])
    return own if own >= 0 else None


def _goods_later(
    outing: Outing, belief: Belief, limits: Reals, visit: int, need: int
) -> GoodsLater:
    expected, shelf = _costs(outing, need, visit)
    estimated = bool(belief.deviation[need, visit] > 0)
    limit = limits[need] * shelf / expected if expected else limits[need]
    return GoodsLater(
        need=outing.demand.needs[need].text,
        expected_won=round(shelf),
        estimated=estimated,
        limit_won=round(float(limit)) if estimated and limit < NO_LIMIT else None,
    )

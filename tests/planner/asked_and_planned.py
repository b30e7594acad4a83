"""Questions to the planner on the small world, and what of the answer the tests look at."""

from __future__ import annotations

from datetime import date
from typing import Any

from plan_checker import check_plan
from small_world import HandMadeMarket, need, offer, request, seller, small_catalog

from altteul.market.offer import Offer
from altteul.planner import make_plan
from altteul.planner.later import Moved
from altteul.planner.plan import (
    Mode,
    Plan,
    Request,
    Status,
)
from altteul.sources.observation import Channel

CATALOG = small_catalog()
MARKET = Channel.TRADITIONAL_MARKET
NEAR, FAR = seller("가마트", 200), seller("나시장", 900, channel=MARKET)
CABBAGE = need("배추 1포기", "배추", 1, "포기")
LETTUCE = need("상추 250g", "상추", 250, "g")
SUNDAY = date(2026, 11, 22)
"""The fourth Sunday of its month."""


class Foreseen:
    """An outlook that knows some changes: (item, day) -> ratio."""

    def __init__(self, changes: dict[tuple[str, date], float]) -> None:
        self._changes = changes

    def change(self, item: str, channel: Channel | None, day: date) -> Moved | None:
        ratio = self._changes.get((item, day))
        return ratio and Moved(ratio, ratio, ratio, True) or None


def asked(*needs: Any, **facts: Any) -> Request:
    trip = {"mode": Mode.WALK} | facts.pop("trip", {})
    return request(*needs, **trip).model_copy(update=facts)


def plan_of(asking: Request, *offers: Offer, outlook: Foreseen | None = None) -> Plan:
    market: Any = HandMadeMarket(offers)
    plan = make_plan(asking, market, CATALOG, outlook=outlook)
    check_plan(plan, offers, outlook)
    assert plan.status is Status.PROVED
    return plan


def cabbages(near: int, far: int) -> tuple[Offer, Offer]:
    return offer(NEAR, "배추", near, 1, "포기"), offer(FAR, "배추", far, 1, "포기")


def visited(plan: Plan) -> list[tuple[str, date | None]]:
    assert plan.best
    return [(stop.seller.name, stop.day) for stop in plan.best.stops]

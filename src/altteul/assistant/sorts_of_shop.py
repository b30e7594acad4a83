"""Which sorts of shop a plan may use: "전통시장에서만", "마트로", "온라인은 빼고"."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from altteul.assistant.understood import Understood
from altteul.market.reach import DEFAULT_RADIUS_M
from altteul.planner.plan import Trip
from altteul.sources.observation import Channel

if TYPE_CHECKING:
    from altteul.market import Market
    from altteul.market.offer import Place

CHANNELS: Final = {
    "전통시장": Channel.TRADITIONAL_MARKET,
    "대형마트": Channel.LARGE_STORE,
    "로컬푸드": Channel.LOCAL_FOOD,
    "온라인": Channel.ONLINE,
}
"""Wishes about the shop; all others are about the goods."""


@dataclass(frozen=True, slots=True)
class Shops:
    """The only sorts of shop that are used (none: all), and what is said about it."""

    channels: tuple[Channel, ...] = ()
    notes: tuple[str, ...] = ()


def shops_for(
    said: Understood, items: Set[str], market: Market, place: Place, on: date, trip: Trip
) -> Shops:
    """The sorts of shop that were wished for, or all but those that were refused. Where such shops
    near the place offer nothing of the list, all are looked at, and that is said."""
    wished = [word for word in said.prefer if word in CHANNELS and word not in said.avoid]
    words = wished or [word for word in CHANNELS if word not in said.avoid]
    if len(words) == len(CHANNELS) or not items:
        return Shops()
    channels = tuple(CHANNELS[word] for word in words)
    if not _offered(items, channels, market, place, on, trip):
        missing = "·".join(words) if wished else "그 밖의 곳"
        return Shops((), (f"가까운 {missing}에는 조사된 값이 없어 다른 곳까지 보았습니다.",))
    if wished:
        return Shops(channels, (f"말씀하신 대로 {'·'.join(words)}만 보았습니다.",))
    return Shops(channels, (f"말씀하신 대로 {'·'.join(said.avoid)}은 빼고 보았습니다.",))


def _offered(
    items: Set[str],
    channels: tuple[Channel, ...],
    market: Market,
    place: Place,
    on: date,
    trip: Trip,
) -> bool:
    """Whether any shop of these sorts in reach, or one that delivers, has a price for any item."""
    radius = trip.radius_m or DEFAULT_RADIUS_M[trip.mode]
    near = market.offers(place, on, items=sorted(items), radius_m=radius)
    found = [*near, *market.delivered_offers(on, items=sorted(items))]
    return any(offer.seller.channel in channels for offer in found)

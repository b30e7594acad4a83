"""Joined records become sellers: stable ids, the best of each record, a place for everyone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from altteul.history.directory import Join
from altteul.history.joining import Link, Point, join_records
from altteul.history.location import Located, Neighbourhood, Place, believable_points
from altteul.history.seller import Seller
from altteul.sources.observation import Channel
from altteul.sources.seller import LocationBasis, SellerRecord

FOUNDED = "처음 나온 판매처"
_ESTIMATED = (LocationBasis.DONG, LocationBasis.DISTRICT)


@dataclass(frozen=True, slots=True)
class Arrived:
    """A record and the number under which it first came."""

    record: SellerRecord
    arrival: int


def merge_records(arrived: Sequence[Arrived]) -> tuple[list[Seller], list[Join]]:
    """Join all records anew; a seller's id is the key of its record that came first.

    Which records are joined depends on the records alone; only the ids depend on the order in
    which they came, so an id stays while that first record stays with the seller.
    """
    records = [one.record for one in arrived]
    by_key = {one.record.key: one for one in arrived}
    points, refused = believable_points(records)
    groups, links = join_records(records, points)
    members = {
        _id(group, by_key): sorted((by_key[key].record for key in group), key=_preference)
        for group in groups
    }
    located = {name: _located(group, points) for name, group in members.items()}
    neighbourhood = Neighbourhood(located.values())
    sellers = [
        _seller(name, group, _place(group, located[name], neighbourhood))
        for name, group in sorted(members.items())
    ]
    return sellers, _joins(members, links, refused)


def _id(group: frozenset[str], by_key: Mapping[str, Arrived]) -> str:
    """The key of the member that came first: it never changes while that record stays in."""
    return min(group, key=lambda key: by_key[key].arrival)


def _preference(record: SellerRecord) -> tuple[bool, bool, str]:
    """The record to believe first: one with address and coordinates, as registers give them."""
    return record.address is None, record.lat is None, record.key


def _located(group: Sequence[SellerRecord], points: Mapping[str, Point]) -> Located:
    stated = [record for record in group if record.district]
    district = (stated[0].region, stated[0].district or "") if stated else None
    return Located(
        district=district,
        dong=next((record.dong for record in group if record.dong), None),
        point=next((points[record.key] for record in group if record.key in points), None),
        names=tuple(record.name for record in group),
    )


def _place(group: Sequence[SellerRecord], located: Located, near: Neighbourhood) -> Place:
    """From the neighbourhood, unless the seller is online or its feed gives an estimate itself."""
    if group[0].channel is Channel.ONLINE:
        return Place(None, LocationBasis.NONE, None)
    for record in group:
        estimate = record.lat is not None and record.location_basis in _ESTIMATED
        if located.point is None and estimate and record.lat and record.lng:
            return Place((record.lat, record.lng), record.location_basis, located.dong)
    return near.place(located)


def _seller(seller_id: str, group: Sequence[SellerRecord], place: Place) -> Seller:
    lat, lng = place.point or (None, None)
    return Seller(
        id=seller_id,
        name=_name(group),
        channel=group[0].channel,
        region=_first(record.region for record in group),
        district=_first(record.district for record in group),
        dong=place.dong,
        address=_first(record.address for record in group),
        lat=lat,
        lng=lng,
        location_basis=place.basis,
        open_days=next((record.open_days for record in group if record.open_days), ()),
        goods=tuple(dict.fromkeys(one for record in group for one in record.goods)),
        vouchers=tuple(dict.fromkeys(one for record in group for one in record.vouchers)),
        delivery=next((record.delivery for record in group if record.delivery), None),
        sources=tuple(sorted(record.key for record in group)),
        simulated=group[0].simulated,
    )


def _name(group: Sequence[SellerRecord]) -> str:
    """The spelling that reads best: with spaces, without brackets; else the preferred record's."""
    return max(group, key=lambda record: (" " in record.name, "(" not in record.name)).name


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value), None)


def _joins(
    members: Mapping[str, Sequence[SellerRecord]], links: Sequence[Link], refused: Mapping[str, str]
) -> list[Join]:
    """For each record why it is where it is; the first record of a seller founded it."""
    reasons: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        reasons[link.first].append(link)
        reasons[link.second].append(link)
    found = []
    for seller, group in members.items():
        for key in (record.key for record in group):
            why = reasons[key] if key != seller else []
            text = "; ".join(link.reason for link in why) or FOUNDED
            doubtful = any(link.doubtful for link in why)
            found.append(Join(key, seller, text, doubtful, refused.get(key)))
    return sorted(found, key=lambda join: join.record)

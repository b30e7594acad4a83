"""Places that a person may name: every 시군구 and 동 where a seller is known, or a coordinate.

No map service is asked: a place lies in the middle (median) of the sellers that are there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from statistics import median

from rapidfuzz import fuzz, process

from altteul.errors import NoDataError, PlaceError
from altteul.history.geometry import distance_m
from altteul.history.seller import Seller
from altteul.market.areas import (
    SHOWN,
    Area,
    Members,
    is_dong_path,
    leads_to,
    listed,
    median_point,
    paths_of,
)
from altteul.market.offer import Place
from altteul.market.place_names import (
    jamo,
    name_forms,
    region_forms,
    short_region,
    squeezed,
    without_lot,
    without_number,
)
from altteul.sources.seller import LocationBasis

LATITUDES = (33.0, 39.0)
LONGITUDES = (124.0, 132.0)
_COORDINATE = re.compile(r"\s*(-?\d{1,3}(?:\.\d+)?)\s*[,/ ]\s*(-?\d{1,3}(?:\.\d+)?)\s*")
_NEIGHBOUR_M = 3_000
_NEAR_ENOUGH = 70.0


class Gazetteer:
    """The names of all places of the given sellers."""

    def __init__(self, sellers: Iterable[Seller]) -> None:
        self._sellers = tuple(sellers)

    def find(self, text: str) -> Place:
        """The place that `text` names ('노원구 공릉동', '노원', '37.62,127.07', a seller's name).

        Raises PlaceError when it is unknown (with the nearest names), ambiguous (with the
        choices), too wide or outside Korea; NoDataError when no seller is known at all.
        """
        if match := _COORDINATE.fullmatch(text):
            return self._at(float(match[1]), float(match[2]))
        if not self._areas:
            raise NoDataError(
                "판매처 자료가 없어 장소를 찾을 수 없습니다. "
                "먼저 altteul import로 자료를 넣어 주세요."
            )
        typed = squeezed(text)
        if not typed:
            raise PlaceError(f"장소가 비어 있습니다. {self._how}")
        bare = without_lot(typed)
        for spelling in dict.fromkeys((typed, bare, without_number(bare))):
            if area := self._area(spelling, text):
                return self._middle_of(area, text)
        return self._shop(typed, text) or self._unknown(text, typed)

    def usual_distance_m(self, seller: Seller) -> float:
        """How far the sellers of this seller's 동 (else district) usually lie from its middle."""
        for path in reversed(paths_of(seller)):
            points = self._areas[Area(path, len(path))].points
            if points:
                middle = median_point(points)
                return median(distance_m(middle, point) for point in points)
        return 0.0

    @cached_property
    def _areas(self) -> dict[Area, Members]:
        areas: dict[Area, Members] = {}
        for seller in self._sellers:
            for path in paths_of(seller):
                area = Area(path, len(path), is_dong=is_dong_path(path, seller))
                members = areas.setdefault(area, Members())
                members.sellers += 1
                if seller.location_basis is LocationBasis.EXACT and seller.lat and seller.lng:
                    members.points.append((seller.lat, seller.lng))
        return areas

    @cached_property
    def _by_form(self) -> dict[str, list[Area]]:
        index: dict[str, list[Area]] = {}
        for area in self._areas:
            for form in name_forms(area.path[-1]):
                index.setdefault(form, []).append(area)
        return index

    @cached_property
    def _by_shop(self) -> dict[str, list[Seller]]:
        index: dict[str, list[Seller]] = {}
        for seller in self._sellers:
            if seller.lat is not None and seller.lng is not None:
                index.setdefault(squeezed(seller.name), []).append(seller)
        return index

    def _area(self, typed: str, text: str) -> Area | None:
        if typed in {form for path in self._regions for form in region_forms(path)}:
            return self._whole_region(typed, text)
        found = [
            (area.path[-1] != typed[start:], area.level, area)
            for start in range(len(typed))
            for area in self._by_form.get(typed[start:], ())
            if leads_to(typed[:start], area.path[:-1])
        ]
        if not found:
            return None
        best = min(found, key=lambda f: f[:2])[:2]
        chosen = self._largest_first({a for *rank, a in found if tuple(rank) == best})
        if len(chosen) > 1:
            raise PlaceError(f"'{text}'은(는) 여러 곳입니다: {listed(chosen)}. 하나를 골라 주세요.")
        return chosen[0]

    @cached_property
    def _regions(self) -> frozenset[str]:
        return frozenset(area.path[0] for area in self._areas)

    def _whole_region(self, typed: str, text: str) -> Area | None:
        """A province is too wide to shop in, unless a city of the same name is meant (세종)."""
        cities = [a for a in self._by_form.get(typed, ()) if a.level > 1]
        region = next(r for r in self._regions if typed in region_forms(r))
        inside = [a for a in self._areas if a.path[0] == region and a.level == 2]
        if len(cities) == 1 and cities[0].path[0] == region:
            return cities[0]
        choices = listed([*cities, *self._largest_first(set(inside) - set(cities))])
        raise PlaceError(f"'{text}'은(는) 너무 넓습니다. 구나 동까지 적어 주세요: {choices}.")

    @cached_property
    def _how(self) -> str:
        """What to do, with an example that works on the sellers at hand."""
        located = [area for area, members in self._areas.items() if members.points]
        example = " ".join(self._largest_first(located)[0].path[1:]) if located else "노원구"
        return f"시군구나 동 이름(예: {example}) 또는 좌표(예: 37.62,127.07)로 적어 주세요."

    def _largest_first(self, areas: Iterable[Area]) -> list[Area]:
        """Most sellers first: what people mean more often, and a misspelt address last."""
        return sorted(areas, key=lambda area: (-self._areas[area].sellers, area.name))

    def _middle_of(self, area: Area, text: str) -> Place:
        members = self._areas[area]
        if not members.points:
            raise PlaceError(
                f"'{text}'에는 위치를 아는 판매처가 없습니다. 좌표(예: 37.62,127.07)로 적어 주세요."
            )
        lat, lng = median_point(members.points)
        district = area.path[1:-1] if area.is_dong else area.path[1:]
        return Place(
            name=area.name,
            lat=lat,
            lng=lng,
            basis=LocationBasis.DONG if area.is_dong else LocationBasis.DISTRICT,
            region=area.path[0],
            district=" ".join(district),
            dong=area.path[-1] if area.is_dong else None,
        )

    def _shop(self, typed: str, text: str) -> Place | None:
        sellers = self._by_shop.get(typed, [])
        if len(sellers) > 1:
            names = [f"{s.district or s.region or ''} {s.name}".strip() for s in sellers]
            raise PlaceError(
                f"'{text}'은(는) 여러 곳입니다: {', '.join(names[:SHOWN])}. "
                "동 이름으로 적어 주세요."
            )
        return _place_of(sellers[0]) if sellers else None

    def _at(self, lat: float, lng: float) -> Place:
        inside = LATITUDES[0] <= lat <= LATITUDES[1] and LONGITUDES[0] <= lng <= LONGITUDES[1]
        if not inside:
            raise PlaceError(
                f"좌표 {lat},{lng}은(는) 한국 밖입니다. "
                "'위도,경도'(예: 37.62,127.07)로 적어 주세요."
            )
        near = self._neighbour(lat, lng)
        return Place(
            name=f"{lat:.5g},{lng:.6g}",
            lat=lat,
            lng=lng,
            region=short_region(near.region) if near else None,
            district=near.district if near else None,
            dong=near.dong if near else None,
        )

    def _neighbour(self, lat: float, lng: float) -> Seller | None:
        placed = (
            (distance_m((lat, lng), (s.lat, s.lng)), s.id, s)
            for s in self._sellers
            if s.lat is not None and s.lng is not None and s.location_basis is LocationBasis.EXACT
        )
        nearest = min(placed, default=None, key=lambda p: p[:2])
        return nearest[2] if nearest and nearest[0] <= _NEIGHBOUR_M else None

    def _unknown(self, text: str, typed: str) -> Place:
        names = {a: jamo(a.path[-1]) for a in self._areas}
        hits = process.extract(jamo(typed), names, scorer=fuzz.ratio, limit=4)
        full = {a: jamo("".join(a.path[1:])) for a in self._areas}
        hits += process.extract(jamo(typed), full, scorer=fuzz.ratio, limit=4)
        hits.sort(key=lambda hit: -hit[1])
        near = dict.fromkeys(area.name for _, score, area in hits if score >= _NEAR_ENOUGH)
        nearest = f" 혹시 {', '.join(list(near)[:4])}인가요?" if near else ""
        raise PlaceError(f"'{text}'은(는) 모르는 곳입니다.{nearest} {self._how}")


def _place_of(seller: Seller) -> Place:
    assert seller.lat is not None
    assert seller.lng is not None
    return Place(
        name=seller.name,
        lat=seller.lat,
        lng=seller.lng,
        basis=seller.location_basis,
        region=short_region(seller.region),
        district=seller.district,
        dong=seller.dong,
    )

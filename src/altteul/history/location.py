"""Where a seller is: exact coordinates, or an honest estimate from its neighbours."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from altteul.history.geometry import distance_m, distances_m, median_point
from altteul.history.joining import Point
from altteul.history.names import name_form
from altteul.sources.seller import LocationBasis, SellerRecord

AWAY_M = 5_000.0
AMID_M = 2_000.0
AMID = 2
"""One stranger is no proof: 장호원 (이천시) and 감곡 (음성군) face each other across a river."""
NOWHERE_M = 100_000.0
OTHERS_NEEDED = 3

District = tuple[str | None, str]


@dataclass(frozen=True, slots=True)
class Located:
    """A group of records with what it says of its place."""

    district: District | None
    dong: str | None
    point: Point | None
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Coordinates (None only with basis NONE), how well they are known, and the dong if any."""

    point: Point | None
    basis: LocationBasis
    dong: str | None


def believable_points(
    records: Sequence[SellerRecord],
) -> tuple[dict[str, Point], dict[str, str]]:
    """Exact coordinates by key, and the reason by key for each that was refused.

    Refused is a point that lies amid another district: more than 5 km from the median of the
    stated district's other sellers and from the nearest of them, while two sellers of other
    districts stand within 2 km; or one more than 100 km from that median. Distance alone proves
    nothing, counties are wide. Fewer than three others decide nothing.
    """
    stated = [record for record in records if _states_point(record)]
    points = {record.key: (record.lat or 0.0, record.lng or 0.0) for record in stated}
    if not points:
        return {}, {}
    table = np.array([points[record.key] for record in stated])
    names = [f"{one.region} {one.district}" if one.district else "" for one in stated]
    districts = np.unique(["", *names], return_inverse=True)[1][1:]
    refused = {
        record.key: f"좌표를 쓰지 않음: {record.district}의 다른 판매처에서 {metres / 1000:.1f} km"
        for index, record in enumerate(stated)
        if record.district and (metres := _metres_astray(index, table, districts))
    }
    return {key: point for key, point in points.items() if key not in refused}, refused


def _states_point(record: SellerRecord) -> bool:
    """Whether the feed gives coordinates of the shop itself; a bare point counts as exact."""
    exact = record.location_basis in (LocationBasis.EXACT, LocationBasis.NONE)
    return exact and record.lat is not None and record.lng is not None


def _metres_astray(
    index: int, table: NDArray[np.float64], districts: NDArray[np.intp]
) -> float | None:
    """How far the point is from its district's median when it cannot be there; else None.

    `districts` numbers each row's district; 0 stands for an unknown one.
    """
    own = districts == districts[index]
    own[index] = False
    if own.sum() < OTHERS_NEEDED:
        return None
    lat, lng = table[index]
    metres = distance_m((lat, lng), median_point(table[own]))
    if metres <= AWAY_M:
        return None
    away = distances_m(lat, lng, table[:, 0], table[:, 1])
    elsewhere = (districts != districts[index]) & (districts != 0)
    strangers = (away[elsewhere] <= AMID_M).sum()
    astray = metres > NOWHERE_M or (strangers >= AMID and away[own].min() > AWAY_M)
    return metres if astray else None


class Neighbourhood:
    """The medians of the located sellers of each district and dong."""

    def __init__(self, located: Iterable[Located]) -> None:
        by_district: dict[District, list[Point]] = defaultdict(list)
        by_dong: dict[District, dict[str, list[Point]]] = defaultdict(lambda: defaultdict(list))
        for group in located:
            if group.point is None or group.district is None:
                continue
            by_district[group.district].append(group.point)
            if group.dong is not None:
                by_dong[group.district][_legal_dong(group.dong)].append(group.point)
        self._districts = {
            name: median_point(np.array(points)) for name, points in by_district.items()
        }
        self._dongs = {
            district: {dong: median_point(np.array(points)) for dong, points in dongs.items()}
            for district, dongs in by_dong.items()
        }

    def place(self, group: Located) -> Place:
        """Its own coordinates; else its dong's median; else its district's; else none."""
        if group.point is not None:
            return Place(group.point, LocationBasis.EXACT, group.dong)
        if group.district is None:
            return Place(None, LocationBasis.NONE, group.dong)
        dongs = self._dongs.get(group.district, {})
        dong = _dong_named(group, dongs)
        if dong is not None:
            return Place(dongs[dong], LocationBasis.DONG, group.dong or dong)
        middle = self._districts.get(group.district)
        basis = LocationBasis.DISTRICT if middle else LocationBasis.NONE
        return Place(middle, basis, group.dong)


def _dong_named(group: Located, dongs: Mapping[str, Point]) -> str | None:
    """The dong that the record states or that its name begins with (중계점 → 중계동), the longest.

    A dong called like its district is not meant: 용산점 is somewhere in 용산구.
    """
    if group.dong is not None and _legal_dong(group.dong) in dongs:
        return _legal_dong(group.dong)
    forms = [name_form(name) for name in group.names]
    stated = [_legal_dong(hint) for form in forms for hint in form.hints]
    whole = group.district[1].split()[-1][:-1] if group.district else ""
    named = [
        dong
        for dong in sorted(dongs)
        if dong != f"{whole}동" and any(_names(dong, form.core) for form in forms)
    ]
    found = [dong for dong in stated if dong in dongs] or named
    return max(found, key=len) if found else None


def _names(dong: str, core: str) -> bool:
    """중계동 is named by '중계'; a dong of one syllable (목동) only by its full name."""
    stem = dong.removesuffix("동")
    return core.startswith(stem if len(stem) > 1 else dong)


def _legal_dong(dong: str) -> str:
    """'신림1동', '신림제1동' → '신림동': feeds mix administrative and legal dongs."""
    return re.sub(r"(?<=[가-힣])제?\d+(?:\.\d+)*동$", "동", dong)

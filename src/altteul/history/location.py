"""Where a seller is: exact coordinates, or an honest estimate from its neighbours."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from altteul.history.geometry import distances_m, median_point
from altteul.history.joining import Point
from altteul.history.names import name_form
from altteul.sources.seller import LocationBasis, SellerRecord

OUTLIER_M = 5_000.0
OUTLIER_SPREADS = 3.0
"""A county is wider than a city district: three times the others' median distance is allowed."""
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

    Refused are coordinates far from the median of the other sellers of the stated district: more
    than 5 km and more than three times those sellers' median distance. Fewer than three others
    decide nothing.
    """
    points: dict[str, Point] = {}
    districts: dict[District, list[str]] = defaultdict(list)
    for record in records:
        exact = record.location_basis in (LocationBasis.EXACT, LocationBasis.NONE)
        if exact and record.lat is not None and record.lng is not None:
            points[record.key] = (record.lat, record.lng)
            if record.district:
                districts[record.region, record.district].append(record.key)
    refused: dict[str, str] = {}
    for district, keys in districts.items():
        refused |= _outliers(district, keys, points)
    return {key: point for key, point in points.items() if key not in refused}, refused


def _outliers(district: District, keys: list[str], points: Mapping[str, Point]) -> dict[str, str]:
    if len(keys) <= OTHERS_NEEDED:
        return {}
    table = np.array([points[key] for key in keys])
    middle = median_point([points[key] for key in keys])
    # One pass over all finds the suspects; each is then judged by the others alone.
    rough = distances_m(*middle, table[:, 0], table[:, 1])
    refused = {}
    for index in np.flatnonzero(rough > OUTLIER_M):
        others = np.delete(table, index, axis=0)
        lat, lng = np.median(others, axis=0)
        spread = float(np.median(distances_m(lat, lng, others[:, 0], others[:, 1])))
        metres = float(distances_m(lat, lng, table[[index], 0], table[[index], 1])[0])
        if metres > max(OUTLIER_M, OUTLIER_SPREADS * spread):
            refused[keys[index]] = (
                f"좌표를 쓰지 않음: {district[1]}의 다른 판매처에서 {metres / 1000:.1f} km 떨어짐"
            )
    return refused


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
        self._districts = {name: median_point(points) for name, points in by_district.items()}
        self._dongs = {
            district: {dong: median_point(points) for dong, points in dongs.items()}
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
    """The dong that the record states or that its name contains (중계점 → 중계동), the longest."""
    if group.dong is not None and _legal_dong(group.dong) in dongs:
        return _legal_dong(group.dong)
    forms = [name_form(name) for name in group.names]
    stated = [_legal_dong(hint) for form in forms for hint in form.hints]
    named = [dong for dong in sorted(dongs) if any(_names(dong, form.core) for form in forms)]
    found = [dong for dong in stated if dong in dongs] or named
    return max(found, key=len) if found else None


def _names(dong: str, core: str) -> bool:
    """중계동 is named by '중계'; a dong of one syllable (목동) only by its full name."""
    stem = dong.removesuffix("동")
    return core.startswith(stem if len(stem) > 1 else dong)


def _legal_dong(dong: str) -> str:
    """'신림1동', '신림제1동' → '신림동': feeds mix administrative and legal dongs."""
    return re.sub(r"(?<=[가-힣])제?\d+(?:\.\d+)*동$", "동", dong)

"""The areas where sellers are known: 시, 군, 구 and 동, and how they are named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median

from altteul.history.seller import Seller
from altteul.market.place_names import name_forms, region_forms, short_region, without_number

SHOWN = 8
"""So many names are told where several are meant."""


@dataclass(frozen=True, slots=True)
class Area:
    """A 시, 군, 구 or 동: its names from the widest, e.g. ('서울', '노원구', '공릉동')."""

    path: tuple[str, ...]
    level: int
    is_dong: bool = field(default=False, compare=False)

    @property
    def name(self) -> str:
        return " ".join(self.path)


@dataclass(slots=True)
class Members:
    """How many sellers an area has, and where they are (latitude, longitude)."""

    sellers: int = 0
    points: list[tuple[float, float]] = field(default_factory=list)


def paths_of(seller: Seller) -> list[tuple[str, ...]]:
    """('경기', '성남시 수정구', '신흥동') → its 시, its 구 and its 동, each as a path."""
    region = short_region(seller.region)
    if not region or not seller.district:
        return []
    districts = seller.district.split()
    paths = [(region, *districts[: n + 1]) for n in range(len(districts))]
    if seller.dong:
        paths.append((region, *districts, without_number(seller.dong)))
    return paths


def is_dong_path(path: tuple[str, ...], seller: Seller) -> bool:
    """Whether the path goes on below the 시·군·구."""
    return seller.district is not None and len(path) > 1 + len(seller.district.split())


def leads_to(typed: str, ancestors: tuple[str, ...]) -> bool:
    """Whether `typed` names some of the ancestors in order and nothing else."""
    for number, ancestor in enumerate(ancestors):
        forms = name_forms(ancestor) if number else region_forms(ancestor)
        typed = next((typed[len(f) :] for f in forms if typed.startswith(f)), typed)
    return not typed


def listed(areas: Iterable[Area]) -> str:
    """The first names, and how many there are in all."""
    names = [area.name for area in areas]
    more = f" 등 {len(names)}곳" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more


def median_point(points: list[tuple[float, float]]) -> tuple[float, float]:
    """The middle (median) of latitudes and of longitudes."""
    return median(lat for lat, _ in points), median(lng for _, lng in points)

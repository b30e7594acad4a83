"""The directory of sellers: by id, by place, by district."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from altteul.history.geometry import EARTH_RADIUS_M, distances_m
from altteul.history.seller import Seller


@dataclass(frozen=True, slots=True)
class Join:
    """Why a feed's record belongs to a seller; `note` says what was refused of it, if anything."""

    record: str
    seller: str
    reason: str
    doubtful: bool
    note: str | None = None


class Sellers:
    """All known sellers at one moment; does not change afterwards."""

    def __init__(self, sellers: Iterable[Seller], joins: Iterable[Join] = ()) -> None:
        self._sellers = {seller.id: seller for seller in sellers}
        self._joins = tuple(joins)
        self._id_of_record = {join.record: join.seller for join in self._joins}
        located = [s for s in self._sellers.values() if s.lat is not None and s.lng is not None]
        located.sort(key=lambda seller: (seller.lat, seller.id))
        self._located = located
        self._lat = np.array([seller.lat for seller in located], dtype=np.float64)
        self._lng = np.array([seller.lng for seller in located], dtype=np.float64)

    def __len__(self) -> int:
        return len(self._sellers)

    def all(self) -> list[Seller]:
        """Every seller, in the order of the ids."""
        return [self._sellers[key] for key in sorted(self._sellers)]

    def by_id(self, seller_id: str) -> Seller | None:
        """The seller of that id, also of an id that was joined into another one since."""
        found = self._sellers.get(seller_id)
        return found or self._sellers.get(self._id_of_record.get(seller_id, ""))

    def within(self, lat: float, lng: float, radius_m: float) -> list[tuple[Seller, float]]:
        """Sellers with coordinates within that many metres, nearest first, with the distance.

        Sellers whose place is only estimated (basis DONG or DISTRICT) are included.
        """
        reach = np.degrees(radius_m / EARTH_RADIUS_M) + 1e-9
        low, high = np.searchsorted(self._lat, [lat - reach, lat + reach])
        metres = distances_m(lat, lng, self._lat[low:high], self._lng[low:high])
        inside = np.flatnonzero(metres <= radius_m)
        order = inside[np.argsort(metres[inside], kind="stable")]
        return [(self._located[int(low + i)], float(metres[i])) for i in order]

    def in_district(self, district: str, region: str | None = None) -> list[Seller]:
        """Sellers of a 시·군·구 ("노원구"); `region` ("서울") where the name is not unique."""
        return [
            seller
            for seller in self.all()
            if seller.district == district and region in (None, seller.region)
        ]

    def records_of(self, seller_id: str) -> set[str]:
        """The keys of the feeds' records of that seller, and the id itself."""
        seller = self.by_id(seller_id)
        return {seller_id, *(seller.sources if seller else ())}

    def joins(self) -> tuple[Join, ...]:
        """For every record of a feed, its seller and why; doubtful joins are marked."""
        return self._joins

    @property
    def id_of_record(self) -> Mapping[str, str]:
        """Key of a feed's record ("seoul:96") → id of its seller."""
        return self._id_of_record

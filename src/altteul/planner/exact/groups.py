"""Which sets of visits can still be the best: all whose bound is not above a limit.

A set is made of one group of places a day. With the worth rho of each visit (dual.py) a group is
worth sum(rho) - its trip, and a set is worth the sum of its groups. `candidates` finds every set
worth at least a threshold: groups day by day, then days combined, always with the most that what is
missing could add.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from altteul.planner.exact.combining import NEVER, Sets, TooManyError, best_of, combined
from altteul.planner.exact.dual import Reals
from altteul.planner.exact.model import Index, Model
from altteul.planner.exact.ways import CLOSED, Ways

_Valued = tuple[Reals, tuple[int, float], dict[int, Reals], dict[int, list[float]]]


class Grouping:
    """The visits of a model by day, ready to be enumerated; `allowed` (visits,) leaves some out."""

    def __init__(self, model: Model, ways: Ways, allowed: npt.NDArray[np.bool_]) -> None:
        self._model = model
        self._ways = ways
        self._empty = model.visits
        days = np.unique(model.day[allowed]).tolist()
        self._visits = {day: np.flatnonzero(allowed & (model.day == day)) for day in days}
        self._known: _Valued | None = None

    def candidates(
        self,
        rho: Reals,
        least: float,
        stops: int,
        days: int,
        bonus: float,
        most: int,
        fewest: int = 0,
    ) -> Sets:
        """Every set of at most so many stops and days (at least the fewest) worth at least `least`.

        `bonus` is won that each day's trip is credited (the price of its carrying room). The trips
        are exact; sets that no order makes possible are left out. TooManyError beyond `most`.
        """
        days = min(days, stops)
        parts = self._by_day(rho, least, stops, days, bonus, most)
        return combined(parts, least, stops, self._empty, (fewest, days), most)

    def most(self, rho: Reals, stops: int, days: int, bonus: float) -> float:
        """A value that no set of at most so many stops and days exceeds."""
        _, tops = self._valued(rho, stops, bonus)
        return best_of(list(tops.values()), stops, min(days, stops))[-1]

    def _valued(
        self, rho: Reals, stops: int, bonus: float
    ) -> tuple[dict[int, Reals], dict[int, list[float]]]:
        """What pairs of each day are worth, and the most of its groups of each size."""
        if self._known is None or self._known[0] is not rho or self._known[1] != (stops, bonus):
            pairs = {day: self._pair_values(day, rho, bonus) for day in self._visits}
            tops = {day: self._tops(day, rho, pairs[day], stops) for day in self._visits}
            self._known = rho, (stops, bonus), pairs, tops
        return self._known[2], self._known[3]

    def _by_day(
        self, rho: Reals, least: float, stops: int, days: int, bonus: float, most: int
    ) -> list[dict[int, Sets]]:
        pairs, tops = self._valued(rho, stops, bonus)
        found = []
        for day, visits in self._visits.items():
            others = best_of([tops[other] for other in tops if other != day], stops, days - 1)
            top = max(tops[day][size] + others[stops - size] for size in range(1, stops + 1))
            if top < least:
                continue
            found.append(self._of_day(day, visits, rho, pairs[day], others, least, stops, bonus))
            if sum(len(s.value) for s in found[-1].values()) > most:
                raise TooManyError
        return found

    def _pair_values(self, day: int, rho: Reals, bonus: float) -> Reals:
        """The most that pairs are worth; the diagonal is for single visits."""
        visits = self._visits[day]
        places, own = self._model.place[visits], rho[visits]
        value: Reals = own[:, None] + own[None, :] - self._ways.pair[np.ix_(places, places)]
        np.fill_diagonal(value, own - self._ways.alone[places])
        return value + bonus

    def _tops(self, day: int, rho: Reals, pairs: Reals, stops: int) -> list[float]:
        """The most that a group of 0, 1, 2, … visits of the day is worth."""
        top = [0.0, float(pairs.diagonal().max(initial=NEVER))]
        if len(pairs) > 1 and stops > 1:
            upper = np.triu_indices(len(pairs), 1)
            top.append(float(pairs[upper].max()))
        extra = self._extras(day, rho)
        while len(top) <= stops:
            top.append(top[-1] + (extra[0] if len(top) <= len(pairs) else NEVER))
        return top[: stops + 1]

    def _extras(self, day: int, rho: Reals) -> Reals:
        """What one more visit of the day adds at most, largest first."""
        visits = self._visits[day]
        gain = rho[visits] - self._model.stop[self._model.place[visits]]
        extras: Reals = np.sort(np.maximum(gain, 0.0))[::-1]
        return extras

    def _of_day(
        self,
        day: int,
        visits: Index,
        rho: Reals,
        pairs: Reals,
        others: list[float],
        least: float,
        stops: int,
        bonus: float,
    ) -> dict[int, Sets]:
        extra = np.concatenate([[0.0], np.cumsum(self._extras(day, rho))])

        def room(left: int) -> float:
            """The most that so many further stops add, here or on other days."""
            return max(
                float(extra[min(a, len(extra) - 1)]) + others[left - a] for a in range(left + 1)
            )

        places = self._model.place[visits]
        single = pairs.diagonal()
        groups = np.flatnonzero(single + room(stops - 1) >= least)[:, None]
        found: dict[int, Sets] = {}
        for size in range(1, stops + 1):
            if size > 1:
                groups = self._longer(
                    groups, pairs, rho[visits], places, bonus, least - room(stops - size)
                )
            if not len(groups):
                break
            known = self._exact(day, groups, rho[visits], places, bonus)
            good = known.value + others[stops - size] >= least
            if good.any():
                named = self._named(known.chosen(good), visits, groups[good], stops)
                found[size] = named.chosen(np.argsort(named.value))
        return found

    def _longer(
        self, groups: Index, pairs: Reals, rho: Reals, places: Index, bonus: float, least: float
    ) -> Index:
        """Each group with one later visit, where the bound allows it."""
        if groups.shape[1] == 1:
            first, second = np.nonzero(np.triu(pairs >= least, 1))
            alive = np.isin(first, groups[:, 0])
            return np.stack([first[alive], second[alive]], axis=1)
        own = rho[groups].sum(axis=1)
        last = groups[:, -1]
        stop = self._model.stop[places]
        # The trip is at least that to the dearest pair, with all stops.
        way = self._ways.bound(places[groups])
        value = own - way + bonus
        count = len(rho)
        later = np.arange(count)[None, :] > last[:, None]
        rough = value[:, None] + (rho - stop)[None, :]
        row, column = np.nonzero(later & (rough >= least))
        longer = np.concatenate([groups[row], column[:, None]], axis=1)
        fine = rho[longer].sum(axis=1) - self._ways.bound(places[longer]) + bonus
        kept: Index = longer[fine >= least]
        return kept

    def _exact(self, day: int, groups: Index, rho: Reals, places: Index, bonus: float) -> Sets:
        trip = self._ways.won(day, places[groups])
        value = np.where(trip >= CLOSED, NEVER, rho[groups].sum(axis=1) - trip + bonus)
        return Sets(groups, value, trip, np.ones(len(groups), dtype=np.int64))

    def _named(self, sets: Sets, visits: Index, groups: Index, stops: int) -> Sets:
        members = np.full((len(groups), stops), self._empty, dtype=np.intp)
        members[:, : groups.shape[1]] = visits[groups]
        return Sets(members, sets.value, sets.trip, sets.days)

"""Which sets of visits can still be the best: all whose bound is not above a limit.

A set is made of one group of places a day. With the worth rho of each visit (dual.py) a group is
worth sum(rho) - its trip, and a set is worth the sum of its groups. `candidates` finds every set
worth at least a threshold: groups day by day, then days combined, always with the most that what is
missing could add.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from altteul.planner.exact.dual import Reals
from altteul.planner.exact.model import Index, Model, Won
from altteul.planner.exact.ways import CLOSED, Ways

NEVER = -1e18


class TooManyError(Exception):
    """More sets would have to be looked at than allowed."""


@dataclass(frozen=True, slots=True)
class Sets:
    """Sets of visits, padded with the empty column, each with its value and trips in won.

    members (sets, most stops); value, trip, days (sets,).
    """

    members: Index
    value: Reals
    trip: Won
    days: Won

    def chosen(self, mask: npt.NDArray[np.bool_] | Index) -> Sets:
        """The sets of a mask or of indices."""
        return Sets(self.members[mask], self.value[mask], self.trip[mask], self.days[mask])


def joined(parts: list[Sets]) -> Sets:
    """All sets of the parts, in their order."""
    return Sets(
        np.concatenate([p.members for p in parts]),
        np.concatenate([p.value for p in parts]),
        np.concatenate([p.trip for p in parts]),
        np.concatenate([p.days for p in parts]),
    )


class Grouping:
    """The visits of a model by day, ready to be enumerated; `allowed` (visits,) leaves some out."""

    def __init__(self, model: Model, ways: Ways, allowed: npt.NDArray[np.bool_]) -> None:
        self._model = model
        self._ways = ways
        self._empty = model.visits
        days = np.unique(model.day[allowed]).tolist()
        self._visits = {day: np.flatnonzero(allowed & (model.day == day)) for day in days}

    def candidates(
        self, rho: Reals, least: float, stops: int, days: int, bonus: float, most: int
    ) -> Sets:
        """Every set of at most so many stops and days worth at least `least`.

        `bonus` is won that each day's trip is credited (the price of its carrying room). The trips
        are exact; sets that no order makes possible are left out. TooManyError beyond `most`.
        """
        days = min(days, stops)
        parts = self._by_day(rho, least, stops, days, bonus, most)
        return self._combined(parts, least, stops, days, most)

    def most(self, rho: Reals, stops: int, days: int, bonus: float) -> float:
        """A value that no set of at most so many stops and days exceeds."""
        days = min(days, stops)
        pairs = {day: self._pair_values(day, rho, bonus) for day in self._visits}
        tops = [self._tops(day, rho, pairs[day], stops) for day in self._visits]
        return _best_of(tops, stops, days)[-1]

    def _by_day(
        self, rho: Reals, least: float, stops: int, days: int, bonus: float, most: int
    ) -> list[dict[int, Sets]]:
        pairs = {day: self._pair_values(day, rho, bonus) for day in self._visits}
        tops = {day: self._tops(day, rho, pairs[day], stops) for day in self._visits}
        found = []
        for day, visits in self._visits.items():
            others = _best_of([tops[other] for other in tops if other != day], stops, days - 1)
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

    def _combined(
        self, parts: list[dict[int, Sets]], least: float, stops: int, days: int, most: int
    ) -> Sets:
        """Days put together in their order."""
        rooms = _rooms([_most_worth(part, stops) for part in parts], stops, days)
        nothing = Sets(
            np.full((1, stops), self._empty, dtype=np.intp),
            np.zeros(1),
            np.zeros(1, dtype=np.int64),
            np.zeros(1, dtype=np.int64),
        )
        front: dict[tuple[int, int], Sets] = {(0, 0): nothing}
        for part, room in zip(parts, rooms[1:], strict=True):
            grown: dict[tuple[int, int], list[Sets]] = {key: [kept] for key, kept in front.items()}
            for (size, used), before in front.items():
                for more, group in part.items():
                    if used == days or size + more > stops:
                        continue
                    wanted = least - room[days - used - 1][stops - size - more]
                    if before.value.max() + group.value[-1] < wanted:
                        continue
                    both = _crossed(before, group, size, wanted, most)
                    grown.setdefault((size + more, used + 1), []).append(both)
            front = {key: joined(kept) for key, kept in grown.items()}
            if sum(len(kept.value) for kept in front.values()) > most:
                raise TooManyError
        whole = joined(list(front.values()))
        return whole.chosen(whole.value >= least)


def _most_worth(part: dict[int, Sets], stops: int) -> list[float]:
    worth = [
        float(part[s].value.max(initial=NEVER)) if s in part else NEVER for s in range(1, stops + 1)
    ]
    return [0.0, *worth]


def _best_of(tops: list[list[float]], stops: int, days: int) -> list[float]:
    """The most that groups of different days are worth together, for at most 0, 1, … stops."""
    return _rooms(tops, stops, days)[0][max(0, days)]


def _rooms(tops: list[list[float]], stops: int, days: int) -> list[list[list[float]]]:
    """For each place in the order of days: the most that the days from there on are worth, by at
    most so many days and stops."""
    room = [[0.0] * (stops + 1) for _ in range(max(0, days) + 1)]
    rooms = [room]
    for top in reversed(tops):
        before, room = room, [list(row) for row in room]
        for used in range(1, days + 1):
            for size in range(1, stops + 1):
                own = [
                    before[used - 1][size - s] + top[s]
                    for s in range(1, min(size, len(top) - 1) + 1)
                ]
                room[used][size] = max(room[used][size], room[used][size - 1], *own)
        rooms.append(room)
    return rooms[::-1]


def _crossed(before: Sets, group: Sets, size: int, least: float, most: int) -> Sets:
    """Every set of `before` with every group (by rising value), where together worth `least`."""
    start = np.searchsorted(group.value, least - before.value - 1e-6)
    count = len(group.value) - start
    if int(count.sum()) > most:
        raise TooManyError
    row = np.repeat(np.arange(len(start)), count)
    offset = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
    column = np.repeat(start, count) + offset
    members = before.members[row].copy()
    members[:, size:] = group.members[column][:, : members.shape[1] - size]
    return Sets(
        members,
        before.value[row] + group.value[column],
        before.trip[row] + group.trip[column],
        before.days[row] + group.days[column],
    )

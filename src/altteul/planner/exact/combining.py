"""Sets of visits from the groups of single days.

A set is made of one group of places a day and is worth the sum of its groups. Days are put together
in their order, always with the most that the days to come can add.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from altteul.planner.exact.dual import Reals
from altteul.planner.exact.model import Index, Won

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


def combined(
    parts: list[dict[int, Sets]],
    least: float,
    stops: int,
    empty: int,
    between: tuple[int, int],
    most: int,
) -> Sets:
    """Days put together in their order."""
    fewest, days = between
    rooms = _rooms([_most_worth(part, stops) for part in parts], stops, days)
    nothing = Sets(
        np.full((1, stops), empty, dtype=np.intp),
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
    enough = [kept for (_, used), kept in front.items() if used >= fewest]
    whole = joined(enough or [nothing.chosen(np.zeros(1, dtype=np.bool_))])
    return whole.chosen(whole.value >= least)


def _most_worth(part: dict[int, Sets], stops: int) -> list[float]:
    worth = [
        float(part[s].value.max(initial=NEVER)) if s in part else NEVER for s in range(1, stops + 1)
    ]
    return [0.0, *worth]


def best_of(tops: list[list[float]], stops: int, days: int) -> list[float]:
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

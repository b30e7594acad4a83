"""Short round trips: insertion, 2-opt and Or-opt, each step over all moves at once (NumPy)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from altteul.planner.large.instance import Whole

Index = npt.NDArray[np.intp]

LONGEST_SEGMENT = 3
SMALLEST = 5
"""From this many stops on, moves can change a trip."""


def length(order: Index, distance: Whole) -> int:
    """Won for the round trip through `order`."""
    return int(distance[order, np.roll(order, -1)].sum())


def insertion(order: Index, distance: Whole) -> tuple[Whole, Index]:
    """For every seller (V): won for going there in between, and after which place of `order`."""
    after = np.roll(order, -1)
    extra = distance[order] + distance[after] - distance[order, after][:, None]
    place = extra.argmin(axis=0)
    return extra[place, np.arange(extra.shape[1])], place


def detours(order: Index, distance: Whole) -> Whole:
    """For every place of `order`: won saved by leaving it out."""
    before, after = np.roll(order, 1), np.roll(order, -1)
    return distance[before, order] + distance[order, after] - distance[before, after]


def improved(order: Index, distance: Whole) -> Index:
    """A trip through the same sellers that no 2-opt or Or-opt move shortens; home stays first."""
    if len(order) < SMALLEST - 1:
        return order
    while True:
        shorter = _two_opt(order, distance)
        if shorter is None:
            shorter = _or_opt(order, distance)
        if shorter is None:
            return np.roll(order, -int(np.flatnonzero(order == 0)[0]))
        order = shorter


def _two_opt(order: Index, distance: Whole) -> Index | None:
    """The best reversal of a part, or nothing."""
    after = np.roll(order, -1)
    leg = distance[order, after]
    change = distance[np.ix_(order, order)] + distance[np.ix_(after, after)]
    change -= leg[:, None] + leg[None, :]
    np.fill_diagonal(change, 0)
    first, second = divmod(int(change.argmin()), len(order))
    if change[first, second] >= 0:
        return None
    first, second = min(first, second), max(first, second)
    order = order.copy()
    order[first + 1 : second + 1] = order[first + 1 : second + 1][::-1]
    return order


def _or_opt(order: Index, distance: Whole) -> Index | None:
    """The best move of up to three stops elsewhere, turned round or not, or nothing."""
    best: tuple[int, int, int, int, bool] = (0, 0, 0, 0, False)
    for size in range(1, min(LONGEST_SEGMENT, len(order) - 2) + 1):
        for turned in (False, True):
            change = _segment_changes(order, distance, size, turned)
            start, to = divmod(int(change.argmin()), len(order))
            best = min(best, (int(change[start, to]), size, start, to, turned))
    change_of_best, size, start, to, turned = best
    if change_of_best >= 0:
        return None
    return _moved(order, size, start, to, turned)


def _segment_changes(order: Index, distance: Whole, size: int, turned: bool) -> Whole:
    """[start, to]: won by moving `size` stops from place `start` to behind place `to`."""
    n = len(order)
    tail, after = np.roll(order, 1 - size), np.roll(order, -size)
    before, behind = np.roll(order, 1), np.roll(order, -1)
    saved = distance[before, order] + distance[tail, after] - distance[before, after]
    head, end = (tail, order) if turned else (order, tail)
    joined = distance[np.ix_(head, order)] + distance[np.ix_(end, behind)]
    change: Whole = joined - distance[order, behind][None, :] - saved[:, None]
    places = np.arange(n)
    for shift in range(-1, size):
        change[places, (places + shift) % n] = 0
    return change


def _moved(order: Index, size: int, start: int, to: int, turned: bool) -> Index:
    turn = np.roll(order, -start)
    part, rest = turn[:size], turn[size:]
    place = (to - start) % len(order) - size + 1
    return np.concatenate([rest[:place], part[::-1] if turned else part, rest[place:]])


def kicked(order: Index, random: np.random.Generator) -> Index:
    """The trip with two neighbouring parts exchanged (double bridge), which 2-opt cannot undo."""
    n = len(order)
    if n < 8:
        return order
    span = min(n - 1, 50)
    start = int(random.integers(1, n - span + 1))
    a, b, c = np.sort(random.choice(span + 1, 3, replace=False)) + start
    a, b, c = min(a, n), min(b, n), min(c, n)
    return np.concatenate([order[:a], order[b:c], order[a:b], order[c:]])

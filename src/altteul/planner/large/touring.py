"""Short round trips: insertion, 2-opt and Or-opt, each step over all moves at once (NumPy)."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from altteul.planner.large.instance import Whole

Index = npt.NDArray[np.intp]

LONGEST_SEGMENT = 3
SMALLEST = 5
"""From this many stops on, moves can change a trip."""


def following(order: Index) -> Index:
    """What comes after each place of a round."""
    return np.concatenate([order[1:], order[:1]])


def length(order: Index, distance: Whole) -> int:
    """Won for the round trip through `order`."""
    return int(distance[order, following(order)].sum())


def insertions(order: Index, distance: Whole) -> Whole:
    """[place, seller]: won for going to a seller between a place of `order` and the next."""
    after = following(order)
    extra: Whole = distance[order] + distance[after] - distance[order, after][:, None]
    return extra


def insertion(order: Index, distance: Whole) -> tuple[Whole, Index]:
    """For every seller (V): won for going there in between, and after which place of `order`."""
    extra = insertions(order, distance)
    place = extra.argmin(axis=0)
    return extra[place, np.arange(extra.shape[1])], place


def detours(order: Index, distance: Whole) -> Whole:
    """For every place of `order`: won saved by leaving it out."""
    before, after = np.concatenate([order[-1:], order[:-1]]), following(order)
    spared: Whole = distance[before, order] + distance[order, after] - distance[before, after]
    return spared


def improved(order: Index, distance: Whole) -> Index:
    """A trip through the same sellers that no 2-opt or Or-opt move shortens; home stays first."""
    if len(order) < SMALLEST - 1:
        return order
    while True:
        between = distance[order[:, None], order[None, :]]
        shorter = _two_opt(order, between)
        if shorter is None:
            shorter = _or_opt(order, between)
        if shorter is None:
            return np.roll(order, -int(np.flatnonzero(order == 0)[0]))
        order = shorter


def _two_opt(order: Index, between: Whole) -> Index | None:
    """The best reversal of a part, or nothing; `between` are the ways between its places."""
    n = len(order)
    ahead = between[:, _turned(n, 1)]
    leg = ahead.diagonal()
    change = between + ahead[_turned(n, 1)]
    change -= leg[:, None] + leg[None, :]
    change.ravel()[:: n + 1] = 0
    first, second = divmod(int(change.argmin()), n)
    if change[first, second] >= 0:
        return None
    first, second = min(first, second), max(first, second)
    order = order.copy()
    order[first + 1 : second + 1] = order[first + 1 : second + 1][::-1]
    return order


def _or_opt(order: Index, between: Whole) -> Index | None:
    """The best move of up to three stops elsewhere, turned round or not, or nothing."""
    best: tuple[int, int, int, int, bool] = (0, 0, 0, 0, False)
    ahead = between[:, _turned(len(order), 1)]
    for size in range(1, min(LONGEST_SEGMENT, len(order) - 2) + 1):
        for turned in (False, True)[:size]:
            change = _segment_changes(between, ahead, size, turned=turned)
            start, to = divmod(int(change.argmin()), len(order))
            best = min(best, (int(change[start, to]), size, start, to, turned))
    change_of_best, size, start, to, turned = best
    if change_of_best >= 0:
        return None
    return _moved(order, size, start, to, turned)


def _segment_changes(between: Whole, ahead: Whole, size: int, *, turned: bool) -> Whole:
    """[start, to]: won by moving `size` stops from place `start` to behind place `to`; `ahead` are
    the ways from each place to what follows each place."""
    n = len(between)
    tail, leg, places = _turned(n, size - 1), ahead.diagonal(), np.arange(n)
    saved = leg[_turned(n, -1)] + leg[tail] - between[_turned(n, -1), _turned(n, size)]
    change: Whole = between[tail] + ahead if turned else between + ahead[tail]
    change -= leg[None, :]
    change -= saved[:, None]
    for shift in range(-1, size):
        change[places, _turned(n, shift)] = 0
    return change


@lru_cache(maxsize=4_096)
def _turned(size: int, shift: int) -> Index:
    """The places of a round, so many further on."""
    return (np.arange(size) + shift) % size


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

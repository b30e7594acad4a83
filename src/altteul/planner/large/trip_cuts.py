"""Cuts that keep the trip in one piece: connectivity, and blossoms for half edges.

Connectivity: whoever visits i in S, away from home, crosses the border of S twice,
x(border of S) ≥ 2 y_i. Blossoms (2-matching; Edmonds 1965 in the form with visits): for a handle H
and an odd number of disjoint edges T that leave it, x(inside H) + x(T) ≤ y(H) + (|T| - 1) / 2.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, connected_components, maximum_flow

from altteul.planner.large.compiled_cuts import Union, compiled_loose_parts, compiled_unions
from altteul.planner.large.cuts import Cut, Island
from altteul.planner.large.instance import Real, Truth
from altteul.planner.large.point import Point
from altteul.planner.large.touring import Index

LEAST_VIOLATION = 0.02
SCALE = 1_000_000
PRESENT = 1e-6


@dataclass(frozen=True)
class Family:
    """Sets of sellers, each a union of two earlier ones or a single seller (a laminar family).

    `members` (F × V), `border` (F) the x that leaves each, `parts` (F × 2) the numbers of the two
    united sets (-1 for singles), `home` (F) whether home is inside. Sets come after their parts.
    """

    members: Truth
    border: Real
    parts: Index
    home: Truth


def family(point: Point) -> Family:
    """Unites what is connected most closely, until all is one."""
    present = np.flatnonzero(point.visits > PRESENT)
    if present[0] != 0:
        present = np.concatenate([[0], present])
    count = len(present)
    weight = point.edges[np.ix_(present, present)]
    unions = compiled_unions(weight)
    if unions is None:
        unions = closest_unions(weight)
    made = count + len(unions)
    members = np.zeros((made, len(point.visits)), dtype=bool)
    members[np.arange(count), present] = True
    border = np.concatenate([weight.sum(axis=1), [size for _, _, size in unions]])
    parts = np.full((made, 2), -1, dtype=np.intp)
    number = np.arange(count)
    for new, (keep, gone, _) in enumerate(unions, start=count):
        parts[new] = number[keep], number[gone]
        members[new] = members[parts[new]].any(axis=0)
        number[keep] = new
    return Family(members, border, parts, members[:, 0])


def closest_unions(weight: Real) -> list[Union]:
    """Which two parts become one, time after time: the closest, as long as any are tied."""
    weight, size, number = weight.copy(), weight.sum(axis=1), np.arange(len(weight))
    unions: list[Union] = []
    while len(number) > 1:
        closeness = weight / np.maximum(np.minimum.outer(size, size), PRESENT)
        keep, gone = divmod(int(closeness.argmax()), len(size))
        if weight[keep, gone] <= PRESENT:
            break
        keep, gone = min(keep, gone), max(keep, gone)
        size[keep] = size[keep] + size[gone] - 2 * weight[keep, gone]
        unions.append((int(number[keep]), int(number[gone]), float(size[keep])))
        weight[keep] += weight[gone]
        weight[:, keep] += weight[:, gone]
        weight[keep, keep] = 0.0
        weight = np.delete(np.delete(weight, gone, axis=0), gone, axis=1)
        size, number = np.delete(size, gone), np.delete(number, gone)
    return unions


def connectivity_cuts(point: Point, sets: Family, exact: bool) -> list[Cut]:
    """Violated borders among the sets of the family; if there are none and `exact`, by flows."""
    found = []
    for members, border, home in zip(sets.members, sets.border, sets.home, strict=True):
        other = ~members if home else members
        visits = np.where(other, point.visits, 0.0)
        seller = int(visits.argmax())
        if visits[seller] - border / 2 > LEAST_VIOLATION:
            found.append(border_cut(other, seller))
    if not found and exact:
        found = _flow_cuts(point)
    return found


def border_cut(away: Truth, seller: int) -> Cut:
    """x(border of `away`) ≥ 2 y_seller, written over the smaller side."""
    side = away if 2 * away.sum() <= len(away) else ~away
    sellers = side.astype(float)
    sellers[seller] -= 1.0
    return Cut(-1, sellers, 0.0, (Island(side, 1.0),))


def _flow_cuts(point: Point) -> list[Cut]:
    order = np.argsort(-point.visits, kind="stable")
    order = order[point.visits[order] > LEAST_VIOLATION]
    wanted = 2 * (point.visits[order] - LEAST_VIOLATION)
    graph = csr_array(np.round(point.edges * SCALE).astype(np.int32))
    loose = compiled_loose_parts(graph, order, np.ceil(wanted * SCALE))
    if loose is None:
        loose = loose_parts(graph, order, np.ceil(wanted * SCALE))
    return [border_cut(away, seller) for away, seller in loose]


def loose_parts(graph: csr_array, order: Index, wanted: Real) -> list[tuple[Truth, int]]:
    """By flows from home to each seller, in that order: who is away where less than what is wanted
    arrives. Sellers that were cut off with an earlier one are not asked again."""
    found: list[tuple[Truth, int]] = []
    done = np.zeros(graph.shape[0], dtype=bool)
    done[0] = True
    for seller, least in zip(order.tolist(), wanted.tolist(), strict=True):
        if done[seller]:
            continue
        flow = maximum_flow(graph, 0, seller)
        if flow.flow_value < least:
            away = ~_reached(graph, flow.flow)
            found.append((away, seller))
            done |= away
    return found


def _reached(graph: csr_array, flow: csr_array) -> Truth:
    left = csr_array(graph - flow)
    left.data[left.data < 0] = 0
    left.eliminate_zeros()
    nodes = breadth_first_order(left, 0, return_predecessors=False)
    reached = np.zeros(graph.shape[0], dtype=bool)
    reached[nodes] = True
    return reached


def blossom_cuts(point: Point) -> list[Cut]:
    """Handles are the parts that hang together by fractional edges, or by those below a limit."""
    found = []
    for limit in (0.999, 0.75, 0.6):
        loose = (point.edges > PRESENT) & (point.edges < limit)
        count, part = connected_components(csr_array(loose), directed=False)
        sizes = np.bincount(part, minlength=count)
        for handle in np.flatnonzero(sizes >= 3):
            cut = _blossom(point, part == handle)
            if cut is not None:
                found.append(cut)
    return found


def _blossom(point: Point, handle: Truth) -> Cut | None:
    leaving = np.where(handle[:, None] & ~handle[None, :], point.edges, 0.0)
    first, second = np.nonzero(leaving > 0.5)
    order = np.argsort(-leaving[first, second], kind="stable")
    teeth = _disjoint(first[order], second[order])
    if len(teeth) % 2 == 0:
        teeth = teeth[:-1]
    if not teeth:
        return None
    inner = point.edges[np.ix_(handle, handle)].sum() / 2
    tops = sum(point.edges[i, j] for i, j in teeth)
    most = point.visits[handle].sum() + (len(teeth) - 1) / 2
    if inner + tops - most < LEAST_VIOLATION:
        return None
    cut = handle.astype(float)
    return Cut(-1, cut, -(len(teeth) - 1) / 2, (Island(handle, 1.0),), tuple(teeth))


def _disjoint(first: Index, second: Index) -> list[tuple[int, int]]:
    taken: set[int] = set()
    teeth = []
    for i, j in zip(first.tolist(), second.tolist(), strict=True):
        if i not in taken and j not in taken:
            taken |= {i, j}
            teeth.append((i, j))
    return teeth

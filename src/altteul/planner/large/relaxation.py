"""The linear relaxation: edges x, visits y, the cost of goods above their floor, and cuts.

    minimise  Σ distance · x + Σ stop · y + Σ goods
    such that x(edges at i) = 2 y_i,  y_home = 1,  0 ≤ x, y ≤ 1,  cuts

Laporte, Riera-Ledesma & Salazar-González (2003) with the purchases projected out: the goods of a
need are one column that cuts push up. Trips with two or more stops only; smaller ones are tried
apart. Edges are priced: the solver knows a few, the others enter when their reduced cost is
negative. HiGHS is the simplex method below; nothing else of it is used.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import highspy
import numpy as np
from highspy._core import _Highs

from altteul.planner.large.cuts import Cut, Islands, stacked
from altteul.planner.large.instance import LargeInstance, Real, Truth
from altteul.planner.large.point import Point
from altteul.planner.large.touring import Index

NEGATIVE = -1e-6
TRIAL_STEPS = 40
NO_LIMIT = 2**31 - 1


class Relaxation:
    """The solver, its edges and its cuts. Columns: V visits, K goods, then edges as they came."""

    def __init__(self, instance: LargeInstance, floor: int) -> None:
        self.instance = instance
        self.sellers, self.needs = instance.sellers, instance.needs
        self.first = np.zeros(0, dtype=np.intp)
        self.second = np.zeros(0, dtype=np.intp)
        self.known = np.eye(self.sellers, dtype=bool)
        """[i, j]: the edge is in the solver, or is no edge, or was ruled out."""
        self.cuts: list[Cut] = []
        self._sets: Islands | None = None
        # The class below highspy.Highs: the constructor of that one prints a banner.
        self.solver = _Highs()
        self.solver.setOptionValue("output_flag", False)
        for name, value in (("threads", 1), ("presolve", "off"), ("solver", "simplex")):
            self.solver.setOptionValue(name, value)
        self.floor = float(floor)
        self.effort = 0.0
        """Work so far, the same on every machine: steps of the simplex method times rows."""
        self._begin()

    def _begin(self) -> None:
        v, k = self.sellers, self.needs
        cost = np.concatenate([self.instance.stop_cost, np.ones(k)]).astype(float)
        low, high = self.first_bounds()
        none, nothing = np.zeros(0, dtype=np.int32), np.zeros(0)
        self.solver.addCols(v + k, cost, low, high, 0, none, none, nothing)
        zero = np.zeros(v)
        start = np.arange(v, dtype=np.int32)
        self.solver.addRows(v, zero, zero, v, start, start, np.full(v, -2.0))

    def limit(self, seconds: float, value: float = highspy.kHighsInf) -> None:
        """Stops the next solve after so long, or when its value is sure to pass `value`."""
        self.solver.setOptionValue("time_limit", self.solver.getRunTime() + max(seconds, 0.01))
        self.solver.setOptionValue("objective_bound", value - self.floor)

    def column(self, first: int, second: int) -> int:
        """The column of an edge that the solver knows."""
        place = (self.first == min(first, second)) & (self.second == max(first, second))
        return self.sellers + self.needs + int(np.flatnonzero(place)[0])

    def add_edges(self, first: Index, second: Index) -> None:
        """Edges (first < second) that the solver did not know."""
        new = ~self.known[first, second]
        first, second = first[new], second[new]
        if not len(first):
            return
        self.known[first, second] = self.known[second, first] = True
        rows, columns, values = self._edge_entries(first, second)
        order = np.lexsort((rows, columns))
        starts = np.searchsorted(columns[order], np.arange(len(first))).astype(np.int32)
        self.solver.addCols(
            len(first), self.instance.distance[first, second].astype(float),
            np.zeros(len(first)), np.ones(len(first)), len(order), starts,
            rows[order].astype(np.int32), values[order],
        )  # fmt: skip
        self.first = np.concatenate([self.first, first])
        self.second = np.concatenate([self.second, second])

    def _edge_entries(self, first: Index, second: Index) -> tuple[Index, Index, Real]:
        number = np.arange(len(first))
        rows, columns = [first, second], [number, number]
        values = [np.ones(2 * len(first))]
        sets = self.sets()
        if len(sets.row):
            inside = sets.members[:, first] & sets.members[:, second]
            table = np.zeros((len(self.cuts), len(first)))
            np.add.at(table, sets.row, -sets.weight[:, None] * inside)
            cut, column = np.nonzero(table)
            rows.append(cut + self.sellers)
            columns.append(column)
            values.append(table[cut, column])
        return np.concatenate(rows), np.concatenate(columns), np.concatenate(values)

    def sets(self) -> Islands:
        """The islands of all cuts, stacked."""
        if self._sets is None:
            self._sets = stacked(self.cuts, self.sellers)
        return self._sets

    def add_cuts(self, cuts: Sequence[Cut]) -> None:
        if not cuts:
            return
        indices, values, starts, size = [], [], [], 0
        for cut in cuts:
            row = self._row(cut)
            places = np.flatnonzero(row)
            starts.append(size)
            size += len(places)
            indices.append(places)
            values.append(row[places])
        self.solver.addRows(
            len(cuts), np.array([c.least for c in cuts]), np.full(len(cuts), highspy.kHighsInf),
            size, np.array(starts, dtype=np.int32), np.concatenate(indices).astype(np.int32),
            np.concatenate(values),
        )  # fmt: skip
        self.cuts += cuts
        self._sets = None

    def _row(self, cut: Cut) -> Real:
        row = np.zeros(self.sellers + self.needs + len(self.first))
        row[: self.sellers] = cut.sellers
        if cut.need >= 0:
            row[self.sellers + cut.need] = 1.0
        edges = row[self.sellers + self.needs :]
        for island in cut.islands:
            edges -= island.weight * (island.members[self.first] & island.members[self.second])
        for tooth in cut.teeth:
            row[self.column(*tooth)] -= 1.0
        return row

    def drop_slack_cuts(self) -> None:
        """Forgets the cuts that the last solution did not need."""
        basis = self.solver.getBasis().row_status
        basic = highspy.HighsBasisStatus.kBasic
        loose = [r for r in range(len(self.cuts)) if basis[r + self.sellers] == basic]
        if not loose:
            return
        rows = np.array(loose, dtype=np.int32) + self.sellers
        self.solver.deleteRows(len(rows), rows)
        gone = set(loose)
        self.cuts = [cut for r, cut in enumerate(self.cuts) if r not in gone]
        self._sets = None

    def set_bounds(self, columns: Index, low: Real, high: Real) -> None:
        if len(columns):
            self.solver.changeColsBounds(len(columns), columns.astype(np.int32), low, high)

    def solve(self) -> bool | None:
        """True: solved. False: no solution below the value limit. None: out of time."""
        self.solver.run()
        steps = max(self.solver.getInfo().simplex_iteration_count, 0)
        self.effort += steps * (self.sellers + len(self.cuts))
        status = self.solver.getModelStatus()
        if status == highspy.HighsModelStatus.kOptimal:
            return True
        gone = (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kObjectiveBound)
        return False if status in gone else None

    def solve_afresh(self, seconds: float) -> bool | None:
        """The same from an empty basis, when the solver lost its way."""
        self.solver.clearSolver()
        self.limit(seconds)
        return self.solve()

    def point(self) -> Point:
        values = np.array(self.solver.getSolution().col_value)
        v, k = self.sellers, self.needs
        edges = np.zeros((v, v))
        edges[self.first, self.second] = values[v + k :]
        edges += edges.T
        return Point(values[:v], values[v : v + k], edges, self.value())

    def value(self) -> float:
        """Won of the last solution, the floor of the goods included."""
        return float(self.solver.getInfo().objective_function_value) + self.floor

    def reduced_costs(self) -> tuple[Real, Real]:
        """Of all edges (V × V; only i < j means something), and of the visits (V)."""
        answer = self.solver.getSolution()
        dual = np.array(answer.row_dual)
        at, sets = dual[: self.sellers], self.sets()
        cost = self.instance.distance - at[:, None] - at[None, :]
        if len(sets.row):
            scaled = dual[self.sellers + sets.row] * sets.weight
            used = scaled != 0
            members = sets.members[used].astype(float)
            cost = cost + members.T @ (members * scaled[used, None])
        own = np.array(answer.col_dual)
        edges = own[self.sellers + self.needs :]
        cost[self.first, self.second] = cost[self.second, self.first] = edges
        return cost, own[: self.sellers]

    def missing_edges(self, cost: Real, most: int) -> tuple[Index, Index, float]:
        """Edges of negative reduced cost that the solver does not know (at most so many, the most
        negative first), and the sum of all of those costs: what the bound falls by at most."""
        open_cost = np.where(self.known, 0.0, cost)
        first, second = np.nonzero(np.triu(open_cost < NEGATIVE))
        values = open_cost[first, second]
        order = np.argsort(values, kind="stable")[:most]
        return first[order], second[order], float(values.sum())

    def rule_out(self, gone: Truth) -> None:
        """Edges (V × V, symmetric) that no better trip uses: they are never priced again."""
        self.known |= gone

    def first_bounds(self) -> tuple[Real, Real]:
        """Bounds of the visits and goods, before anything is decided."""
        low = np.zeros(self.sellers + self.needs)
        low[0] = 1.0
        high = np.concatenate([np.ones(self.sellers), np.full(self.needs, highspy.kHighsInf)])
        return low, high

    def trial(self, column: int, value: float) -> float:
        """What a few steps of the simplex method say the value becomes when a column is fixed;
        infinity if nothing is left. The basis is put back, the column's bounds are not."""
        basis = self.solver.getBasis()
        self.set_bounds(np.array([column]), np.array([value]), np.array([value]))
        self.solver.setOptionValue("simplex_iteration_limit", TRIAL_STEPS)
        solved = self.solve()
        self.solver.setOptionValue("simplex_iteration_limit", NO_LIMIT)
        reached = math.inf if solved is False else self.value()
        self.solver.setBasis(basis)
        return reached

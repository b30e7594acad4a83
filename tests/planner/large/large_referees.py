"""The same problem as plain models of OR-Tools CP-SAT and HiGHS: judges of our search."""

from __future__ import annotations

import time
from dataclasses import dataclass

import highspy
import numpy as np
from ortools.sat.python import cp_model
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from altteul.planner.large import LargeInstance


@dataclass(frozen=True)
class Judged:
    """Best cost found (None: nothing), what no solution can beat, and whether they are equal."""

    cost: int | None
    lower_bound: float
    proved: bool
    seconds: float


def cp_sat(instance: LargeInstance, seconds: float, workers: int = 1) -> Judged:
    began = time.perf_counter()
    model = cp_model.CpModel()
    sellers = range(instance.sellers)
    visited = [model.new_bool_var("") for _ in sellers]
    arcs, cost = [], []
    for i in sellers:
        for j in sellers:
            if i != j:
                used = model.new_bool_var("")
                arcs.append((i, j, used))
                cost.append(int(instance.distance[i, j]) * used)
        arcs.append((i, i, visited[i].negated()))
    model.add_circuit(arcs)
    for seller in visited[1:]:
        model.add_implication(seller, visited[0])
    cost += [int(instance.stop_cost[i]) * visited[i] for i in sellers]
    for k in range(instance.needs):
        cost += _cp_sat_need(model, instance, k, visited)
    model.minimize(sum(cost))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(seconds - (time.perf_counter() - began), 0.1)
    solver.parameters.num_workers = workers
    status = solver.solve(model)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    return Judged(
        round(solver.objective_value) if found else None,
        solver.best_objective_bound,
        status == cp_model.OPTIMAL,
        time.perf_counter() - began,
    )


def _cp_sat_need(
    model: cp_model.CpModel, instance: LargeInstance, need: int, visited: list[cp_model.IntVar]
) -> list[cp_model.LinearExpr]:
    units, cost, demand = [], [], int(instance.demand[need])
    for seller in np.flatnonzero(instance.useful[:, need]):
        most = int(instance.useful[seller, need])
        bought = model.new_int_var(0, most, "")
        if seller:
            model.add(bought <= most * visited[seller])
        units.append(bought)
        cost.append(int(instance.price[seller, need]) * bought)
    if instance.uncovered is not None:
        missing = model.new_int_var(0, demand, "")
        units.append(missing)
        cost.append(int(instance.uncovered[need]) * missing)
    model.add(sum(units) == demand)
    return cost


class _HighsModel:
    """Edges, visits and purchases; sets that are cut off from home are forbidden round by round."""

    def __init__(self, instance: LargeInstance) -> None:
        self.instance = instance
        self.solver = highspy.Highs()
        self.solver.setOptionValue("output_flag", False)
        self.solver.setOptionValue("threads", 1)
        self.solver.setOptionValue("mip_rel_gap", 0.0)
        self.cost: list[float] = []
        self.edge = {}
        v = instance.sellers
        for i in range(v):
            for j in range(i + 1, v):
                self.edge[i, j] = self._column(instance.distance[i, j], 2 if i == 0 else 1)
        self.visit = [self._column(instance.stop_cost[i], 1) for i in range(v)]
        for i in range(v):
            touching = [self.edge[min(i, j), max(i, j)] for j in range(v) if j != i]
            self._row(0, 0, [*touching, self.visit[i]], [1.0] * (v - 1) + [-2.0])
        for k in range(instance.needs):
            self._need(k)

    def _column(self, cost: float, most: float, whole: bool = True) -> int:
        self.solver.addCol(float(cost), 0.0, float(most), 0, [], [])
        number = len(self.cost)
        self.cost.append(float(cost))
        if whole:
            self.solver.changeColIntegrality(number, highspy.HighsVarType.kInteger)
        return number

    def _row(self, low: float, high: float, columns: list[int], factors: list[float]) -> None:
        self.solver.addRow(
            low, high, len(columns), np.array(columns, dtype=np.int32), np.array(factors)
        )

    def _need(self, need: int) -> None:
        one, columns = self.instance, []
        for seller in np.flatnonzero(one.useful[:, need]):
            most = float(one.useful[seller, need])
            bought = self._column(one.price[seller, need], most, whole=False)
            if seller:
                self._row(-highspy.kHighsInf, 0, [bought, self.visit[seller]], [1.0, -most])
            columns.append(bought)
        if one.uncovered is not None:
            columns.append(self._column(one.uncovered[need], float(one.demand[need]), whole=False))
        demand = float(one.demand[need])
        self._row(demand, demand, columns, [1.0] * len(columns))

    def forbid_islands(self, values: np.ndarray) -> bool:
        """Adds a row for each part of the answer that home is not in; False: there is none."""
        used = [(i, j) for (i, j), column in self.edge.items() if values[column] > 0.5]
        v = self.instance.sellers
        graph = coo_array(
            (np.ones(len(used)), ([i for i, _ in used], [j for _, j in used])), shape=(v, v)
        )
        _, part = connected_components(graph, directed=False)
        islands = {part[i] for i in range(1, v) if values[self.visit[i]] > 0.5} - {part[0]}
        for island in islands:
            self._forbid(set(np.flatnonzero(part == island)))
        return bool(islands)

    def _forbid(self, island: set[int]) -> None:
        inner = [column for (i, j), column in self.edge.items() if {i, j} <= island]
        for seller in island:
            visits = [self.visit[i] for i in island if i != seller]
            factors = [1.0] * len(inner) + [-1.0] * len(visits)
            self._row(-highspy.kHighsInf, 0, inner + visits, factors)


def highs(instance: LargeInstance, seconds: float) -> Judged:
    began = time.perf_counter()
    model = _HighsModel(instance)
    bound = 0.0
    while (left := seconds - (time.perf_counter() - began)) > 0:
        model.solver.setOptionValue("time_limit", left + model.solver.getRunTime())
        model.solver.run()
        info = model.solver.getInfo()
        bound = max(bound, info.mip_dual_bound)
        if model.solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            break
        if not model.forbid_islands(np.array(model.solver.getSolution().col_value)):
            cost = round(info.objective_function_value)
            return Judged(cost, cost, True, time.perf_counter() - began)
    return Judged(None, bound, False, time.perf_counter() - began)

"""The planner's whole question as a model for OR-Tools CP-SAT, to judge the search by another's
proof: days, hours, substitutes, limits, discounts, orders."""

from __future__ import annotations

from ortools.sat.python import cp_model

from altteul.planner.exact.model import NO_CAP, NOT_SOLD, Model

LATEST = 4_000


def referee_cost(model: Model, seconds: float = 120.0) -> int | None:
    """The proved least cost; None where nothing is allowed. RuntimeError without a proof."""
    referee = _Referee(model)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    # The default finds the same optima here, but takes several times as long to prove them.
    solver.parameters.linearization_level = 2
    solver.parameters.max_time_in_seconds = seconds
    status = solver.solve(referee.cp)
    if status == cp_model.INFEASIBLE:
        return None
    if status != cp_model.OPTIMAL:
        raise RuntimeError("the referee found no proof in its time")
    return round(solver.objective_value)


class _Referee:
    def __init__(self, model: Model) -> None:
        self.cp = cp_model.CpModel()
        self._model = model
        self._visit = [self.cp.new_bool_var(f"visit{v}") for v in range(len(model.place))]
        self._order = [self.cp.new_bool_var(f"order{o}") for o in range(len(model.orders))]
        self._buy = self._purchases()
        cost = self._goods() + self._trips() + self._fees() + self._lost()
        self._limits()
        self.cp.minimize(cost)

    def _purchases(self) -> dict[tuple[int, int, int], cp_model.IntVar]:
        needs, options, columns = self._model.cost.shape
        used = [*self._visit, *self._order]
        buy = {}
        for need in range(needs):
            for option in range(options):
                for column in range(columns):
                    if self._model.cost[need, option, column] < NOT_SOLD:
                        here = self.cp.new_bool_var(f"buy{need}/{option}/{column}")
                        self.cp.add_implication(here, used[column])
                        buy[need, option, column] = here
        return buy

    def _sum(self, table: object, column: int | None = None) -> cp_model.LinearExpr:
        return sum(
            (int(table[at]) * here for at, here in self._buy.items()  # type: ignore[index]
             if column is None or at[2] == column),
            cp_model.LinearExpr.sum([]),
        )  # fmt: skip

    def _goods(self) -> cp_model.LinearExpr:
        total = self._sum(self._model.cost)
        for need, won in enumerate(self._model.uncovered):
            left = self.cp.new_bool_var(f"left{need}")
            self.cp.add_exactly_one([left, *(b for at, b in self._buy.items() if at[0] == need)])
            total = total + int(won) * left
        return total

    def _trips(self) -> cp_model.LinearExpr:
        """A circuit through home on each day, with the clock at each visit."""
        model, total, trips = self._model, cp_model.LinearExpr.sum([]), []
        for day in sorted({int(d) for d in model.day}):
            own = [v for v in range(len(model.place)) if model.day[v] == day]
            goes = self.cp.new_bool_var(f"goes{day}")
            trips.append(goes)
            total = total + self._circuit(own, goes)
        self.cp.add(sum(trips) <= model.max_days)
        return total

    def _circuit(self, own: list[int], goes: cp_model.IntVar) -> cp_model.LinearExpr:
        model, total = self._model, cp_model.LinearExpr.sum([])
        node = {visit: number for number, visit in enumerate(own, start=1)}
        arcs = [(0, 0, goes.negated())]
        leaves = {visit: self._clock(visit) for visit in own}
        for visit in own:
            arcs.append((node[visit], node[visit], self._visit[visit].negated()))
            there = int(model.place[visit]) + 1
            for before in [None, *own]:
                if before == visit:
                    continue
                here = 0 if before is None else int(model.place[before]) + 1
                arc = self.cp.new_bool_var(f"{before}to{visit}")
                arcs.append((node.get(before, 0), node[visit], arc))
                total = total + int(model.leg[here, there]) * arc
                start = model.leaves if before is None else leaves[before][1]
                arrives = start + int(model.minutes[here, there])
                self.cp.add(leaves[visit][0] == arrives).only_enforce_if(arc)
            home = self.cp.new_bool_var(f"{visit}home")
            arcs.append((node[visit], 0, home))
            total = total + int(model.leg[there, 0]) * home
            total = total + int(model.stop[there - 1]) * self._visit[visit] + leaves[visit][2]
        self.cp.add_circuit(arcs)
        return total

    def _clock(self, visit: int) -> tuple[cp_model.IntVar, cp_model.LinearExpr, cp_model.IntVar]:
        """Arrival, departure, and won of waiting."""
        model, used = self._model, self._visit[visit]
        arrives = self.cp.new_int_var(0, LATEST, f"arrives{visit}")
        waits = self.cp.new_int_var(0, LATEST, f"waits{visit}")
        won = self.cp.new_int_var(0, LATEST * 1_000, f"waitwon{visit}")
        self.cp.add(arrives <= int(model.closes[visit])).only_enforce_if(used)
        self.cp.add_max_equality(waits, [0, int(model.opens[visit]) - arrives])
        exact = self.cp.new_int_var(0, LATEST * 1_000, f"exact{visit}")
        self.cp.add_division_equality(exact, waits * model.hour_won + 30, 60)
        self.cp.add(won == exact).only_enforce_if(used)
        self.cp.add(won == 0).only_enforce_if(used.negated())
        departs = arrives + waits + int(model.stop_minutes[model.place[visit]])
        return arrives, departs, won

    def _fees(self) -> cp_model.LinearExpr:
        total, first = cp_model.LinearExpr.sum([]), len(self._model.place)
        for number, (terms, used) in enumerate(zip(self._model.orders, self._order, strict=True)):
            won = self._sum(self._model.paid, first + number)
            self.cp.add(won >= max(1, terms.minimum)).only_enforce_if(used)
            steps = [self.cp.new_bool_var(f"step{number}/{s}") for s in range(len(terms.fees))]
            self.cp.add(sum(steps) == used)
            ends = [start for start, _ in terms.fees[1:]] + [10**9]
            for (start, fee), end, step in zip(terms.fees, ends, steps, strict=True):
                self.cp.add(won >= start).only_enforce_if(step)
                self.cp.add(won < end).only_enforce_if(step)
                total = total + fee * step
        self._fee = total
        return total

    def _lost(self) -> cp_model.LinearExpr:
        total = cp_model.LinearExpr.sum([])
        for column, cap in enumerate(self._model.cap.tolist()):
            if cap < NO_CAP:
                lost = self.cp.new_int_var(0, 10**7, f"lost{column}")
                self.cp.add(lost >= self._sum(self._model.discount, column) - cap)
                total = total + lost
        self._lost_won = total
        return total

    def _limits(self) -> None:
        model = self._model
        self.cp.add(sum(self._visit) <= model.max_stops)
        for place in model.must:
            self.cp.add_bool_or(
                v for v, at in zip(self._visit, model.place, strict=True) if at == place
            )
        if model.budget is not None:
            self.cp.add(self._sum(model.paid) + self._fee + self._lost_won <= model.budget)
        if model.carry is not None:
            for day in {int(d) for d in model.day}:
                own = [v for v in range(len(model.place)) if model.day[v] == day]
                self.cp.add(sum(self._sum(model.grams, v) for v in own) <= model.carry)

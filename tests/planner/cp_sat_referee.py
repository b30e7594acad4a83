"""The same problem as a model for OR-Tools CP-SAT, to judge the search by another's proof."""

from __future__ import annotations

from ortools.sat.python import cp_model

from altteul.planner.problem import NOT_SOLD, Problem


def referee_cost(problem: Problem, max_stops: int, seconds: float = 60.0) -> int:
    """The proved least cost with 1 to `max_stops` stops; RuntimeError without a proof."""
    model = cp_model.CpModel()
    visits = [model.new_bool_var(f"visit{s}") for s in range(problem.sellers)]
    model.add(sum(visits) >= 1)
    model.add(sum(visits) <= max_stops)
    cost = _trip(model, problem, visits) + _goods(model, problem, visits)
    model.minimize(cost)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    # The default finds the same optima here, but takes several times as long to prove them.
    solver.parameters.linearization_level = 2
    solver.parameters.max_time_in_seconds = seconds
    if solver.solve(model) != cp_model.OPTIMAL:
        raise RuntimeError("the referee found no proof in its time")
    return round(solver.objective_value)


def _trip(
    model: cp_model.CpModel, problem: Problem, visits: list[cp_model.IntVar]
) -> cp_model.LinearExpr:
    """A circuit through home and the visited sellers."""
    points = range(problem.sellers + 1)
    arcs = [(a, b, model.new_bool_var(f"{a}to{b}")) for a in points for b in points if a != b]
    skipped = [(s + 1, s + 1, visit.negated()) for s, visit in enumerate(visits)]
    model.add_circuit(arcs + skipped)
    legs = sum(int(problem.leg[a, b]) * used for a, b, used in arcs)
    return legs + sum(int(won) * visit for won, visit in zip(problem.stop, visits, strict=True))


def _goods(
    model: cp_model.CpModel, problem: Problem, visits: list[cp_model.IntVar]
) -> cp_model.LinearExpr:
    """Each need at one visited seller who has it, or uncovered."""
    total: cp_model.LinearExpr = 0
    for need in range(problem.needs):
        left = model.new_bool_var(f"left{need}")
        bought = [left]
        total = total + int(problem.uncovered[need]) * left
        for seller, visit in enumerate(visits):
            if problem.price[need, seller] < NOT_SOLD:
                here = model.new_bool_var(f"buy{need}at{seller}")
                model.add_implication(here, visit)
                bought.append(here)
                total = total + int(problem.price[need, seller]) * here
        model.add_exactly_one(bought)
    return total

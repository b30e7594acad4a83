"""Questions to the exact search about one outing: with so many stops, until such a day, without."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import cached_property

import numpy as np

from altteul.planner.exact.bundles import may_bind
from altteul.planner.exact.incumbent import ENDLESS, HeadStart, Limits
from altteul.planner.exact.model import NOT_SOLD, Answer, Model, price
from altteul.planner.exact.search import Found, solve
from altteul.planner.exact.ways import Ways
from altteul.planner.outing import Outing


class Asked:
    """Answers kept, so that no question is solved twice; `founds` are all of them."""

    def __init__(self, outing: Outing) -> None:
        self.outing = outing
        self.model = outing.model
        self.ways = Ways(outing.model)
        self._kept: dict[tuple[int, int], Found] = {}
        self._preferred: tuple[Answer, int] | None = None

    @property
    def last(self) -> int:
        """The number of the last day."""
        return len(self.outing.days) - 1

    @cached_property
    def tied(self) -> bool:
        """Whether a limit may tie the needs together."""
        return may_bind(self.model, self.limits(1, 0).orders)

    @property
    def founds(self) -> list[Found]:
        """What was answered so far by `best`."""
        return list(self._kept.values())

    def best(self, stops: int, until: int) -> Found:
        """The best answer with at most so many stops until the day of that number."""
        if self._preferred and self._is_preferred(stops, until):
            return Found(self._preferred[0], self._preferred[0].cost, 0)
        key = stops, until
        if key not in self._kept:
            self._kept[key] = self._known(stops, until) or self._solved(stops, until)
        return self._kept[key]

    def prefer(self, answer: Answer, until: int) -> None:
        """Give this answer for all questions that allow it from now on: it costs hardly more as
        it is written, and less for who keeps to its limits (looking.py)."""
        self._preferred = answer, until

    @property
    def prefers_dearer(self) -> bool:
        """Whether an answer is preferred that costs more, as it is written, than another."""
        if self._preferred is None:
            return False
        answer, until = self._preferred
        return answer.cost > self.least_won(until)

    def least_won(self, until: int) -> int:
        """The least cost answered by `best` for questions that end so early."""
        known = (f.best.cost for (_, u), f in self._kept.items() if u <= until and f.best)
        return min(known, default=ENDLESS)

    def close(self, stops: int, until: int, start: Answer, slack: int) -> Found:
        """Every set of stops that costs at most `slack` more than the best one."""
        limits = self.limits(stops, until)
        return solve(self.model, limits, ways=self.ways, head=HeadStart(start), slack=slack)

    def only(self, seller: int, until: int) -> Answer | None:
        """The best answer that visits one seller, on the first day on which it is open."""
        days = self.model.day[self.model.place == seller]
        allowed = (self.model.place == seller) & (self.model.day == days.min(initial=until + 1))
        limits = Limits(1, 1, allowed)
        return solve(replace(self.model, must=(seller,)), limits, ways=self.ways).best

    def with_less(
        self,
        stops: int,
        until: int,
        *,
        swaps: AbstractSet[int],
        discounts: bool,
        orders: tuple[int, ...],
        known: Sequence[Answer],
        floor: int,
    ) -> Found:
        """The least cost with substitutes for some needs only, with or without discounts. Of the
        `known` answers, those that these limits allow and the visits of all spare time, and so does
        a `floor` that no answer undercuts."""
        limits = replace(self.limits(stops, until), orders=orders)
        model = _plainer(self.model, swaps, discounts=discounts)
        allowed = [found for one in known if (found := _priced_anew(model, limits, one))]
        start = min(allowed, key=lambda answer: answer.rank, default=None)
        tries = tuple(dict.fromkeys(visits_of(one) for one in known))
        head = HeadStart(start, tries, floor, any_best=True)
        return solve(model, limits, ways=self.ways, head=head)

    def limits(self, stops: int, until: int) -> Limits:
        """The limits of such a question."""
        model = self.model
        first = model.visits
        return Limits(
            stops=max(1, min(stops, model.visits)),
            days=until + 1,
            allowed=model.day <= until,
            orders=tuple(range(first, first + len(model.orders))),
        )

    def _is_preferred(self, stops: int, until: int) -> bool:
        assert self._preferred is not None
        answer, its_until = self._preferred
        return stops >= answer.stops and until >= its_until

    def _solved(self, stops: int, until: int) -> Found:
        smaller = [
            found.best
            for (s, u), found in self._kept.items()
            if s <= stops and u <= until and found.best
        ]
        start = min(smaller, key=lambda answer: answer.rank, default=None)
        wider = [f.bound for (s, u), f in self._kept.items() if s >= stops and u >= until]
        head = HeadStart(start, floor=max(wider, default=0))
        return solve(self.model, self.limits(stops, until), ways=self.ways, head=head)

    def _known(self, stops: int, until: int) -> Found | None:
        """An answer to a wider question that keeps to these limits is the answer."""
        for (s, u), found in self._kept.items():
            if s < stops or u < until or not found.best:
                continue
            days = [int(self.model.day[v]) for trip in found.best.trips for v in trip]
            if found.best.stops <= stops and max(days, default=0) <= until:
                return found
        return None


def visits_of(answer: Answer) -> tuple[int, ...]:
    """All visits of an answer."""
    return tuple(visit for trip in answer.trips for visit in trip)


def _priced_anew(model: Model, limits: Limits, answer: Answer) -> Answer | None:
    """An answer at a model's own prices; None where it breaks a limit."""
    cells = [(need, at) for need, at in enumerate(answer.bought) if at is not None]
    sold = all(model.cost[need, at[1], at[0]] < NOT_SOLD for need, at in cells)
    if not sold or not set(answer.orders) <= set(limits.orders):
        return None
    if not limits.admit(model, visits_of(answer)):
        return None
    try:
        return price(model, answer.trips, answer.orders, answer.bought)
    except ValueError:
        return None


def _plainer(model: Model, swaps: AbstractSet[int], *, discounts: bool) -> Model:
    cost, paid = model.cost, model.paid
    if not discounts:
        cost = np.where(cost < NOT_SOLD, cost + model.discount, NOT_SOLD)
        paid = paid + model.discount
    cost = cost.copy()
    plain = [need for need in range(model.needs) if need not in swaps]
    cost[plain, 1:] = NOT_SOLD
    discount = model.discount if discounts else np.zeros_like(model.discount)
    return replace(model, cost=cost, paid=paid, discount=discount)

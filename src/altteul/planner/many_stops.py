"""More stops than the exact search covers: business baskets, searched by `planner.large`.

The outing of one day is handed over as a large instance: a need is sold by the piece, at what its
cheapest option weighs; what one further stop has to save is charged with the stop. What a limit,
opening hours or a capped discount adds to an answer is added afterwards, so the bound holds for
all plans of the day without deliveries.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from altteul.errors import InputError
from altteul.planner.asking import Asked
from altteul.planner.choosing import WORTH_A_STOP, Choice, must_save
from altteul.planner.exact.model import NOT_SOLD, Answer, Model, arrivals, price
from altteul.planner.large import LargeInstance, LargeSolution, solve
from altteul.planner.outing import Outing
from altteul.planner.plan import Request, ShoppingPlan, StopSaving

SECONDS = 20.0
"""How long a proof is looked for."""
MUST_WON = 1_000_000_000
"""What it costs the search not to visit a seller who must be visited."""
COMPARED_STOPS = 3
"""Plans with so few stops are shown beside it, each proved best by the exact search."""


@dataclass(frozen=True, slots=True)
class ManyStops:
    """The answer, and a number of won that no answer can beat (each stop beyond the first charged
    WORTH_A_STOP, as in the choice between plans of few stops).

    `limited` tells that a better answer did not keep the budget, the weight or a must.
    """

    answer: Answer
    bound: int
    limited: bool = False

    @property
    def gap_percent(self) -> float:
        """How much better another plan can be, at most."""
        cost = charged(self.answer)
        return round(100.0 * max(0, cost - self.bound) / cost, 2) if cost else 0.0

    @property
    def choice(self) -> Choice:
        """As the choice among the answers to all questions."""
        return Choice(self.answer, self.answer.stops, 0)

    def saving(
        self, max_stops: int, best: ShoppingPlan, before: tuple[StopSaving, ...]
    ) -> StopSaving:
        """How its plan stands beside those with few stops."""
        return StopSaving(
            max_stops=max_stops,
            plan=best,
            saves_won=before[-1].plan.cost - best.cost if before else 0,
            worth_it=self.answer.stops > COMPARED_STOPS,
        )

    def notice(self, outing: Outing) -> str:
        """How it was searched and how good it is, in Korean."""
        sellers, needs = len(outing.visits), outing.model.needs
        how = f"판매처 {sellers}곳, 살 것 {needs}가지의 큰 장보기로 찾았습니다: "
        gap = self.gap_percent
        if gap:
            good = f"더 나은 계획이 있더라도 많아야 {gap:g}% 쌉니다."
        else:
            good = "이보다 나은 계획이 없음을 확인했습니다."
        rules = f"더 들르는 한 곳마다 {WORTH_A_STOP:,}원은 아껴야 들르고, 배달은 뺐습니다."
        limits = " 더 싼 계획은 정한 한도를 넘어, 한도를 지키는 것 가운데 골랐습니다."
        return f"{how}{good} {rules}{limits * self.limited}"


def refuse_many_stops(request: Request, most: int) -> None:
    """Raises InputError for what cannot be asked of a plan with more than `most` stops."""
    what = None
    if request.latest is not None and request.latest > request.on:
        what = "여러 날 가운데 고르기"
    elif not request.trip.returns_home:
        what = "집에 돌아오지 않는 길"
    elif request.deliveries:
        what = "배달 조건"
    elif len(request.must) > request.trip.max_stops:
        what = f"꼭 들를 곳 {len(request.must)}곳"
    if what:
        raise InputError(
            f"들를 곳이 {most}곳을 넘는 계획에서는 할 수 없습니다: {what}. "
            f"그것을 빼거나 들를 곳을 {most}곳까지로 줄여 주세요."
        )


def without_orders(outing: Outing) -> Outing:
    """The outing without what is delivered."""
    model = outing.model
    tables = ("cost", "paid", "grams", "discount", "cap")
    walked = {name: getattr(model, name)[..., : model.visits] for name in tables}
    return replace(outing, orders=(), model=replace(model, orders=(), **walked))


def few_stops(outing: Outing) -> Asked:
    """Questions about the same outing that the exact search can answer."""
    return Asked(replace(outing, model=replace(outing.model, max_stops=COMPARED_STOPS)))


def many_stops(model: Model, fewer: Answer | None, seconds: float = SECONDS) -> ManyStops | None:
    """The best answer that is found in the time; `fewer` is the best one with few stops.

    None where nothing is worth going for. Raises InputError where no answer that was found keeps
    the limits: they are not searched by, only looked at afterwards.
    """
    free = replace(model, budget=None, carry=None)
    found = solve(large_instance(free), seconds=seconds)
    answers = [_answer(free, trip) for trip in _in_time(free, found)]
    if fewer is not None:
        answers.append(fewer)
    ranked = sorted(answers, key=lambda one: (charged(one), one.rank))
    best = next((one for one in ranked if _keeps_limits(model, one)), None)
    if best is None:
        raise InputError(
            "들를 곳이 많은 계획에서는 예산과 무게, 꼭 들를 곳을 지키면서 고르지 못하고, 찾은 "
            "계획은 그 가운데 하나를 어깁니다. 한도를 빼거나 들를 곳을 5곳까지로 줄여 주세요."
        )
    bound = max(0, found.lower_bound - WORTH_A_STOP)
    return ManyStops(best, bound, limited=best is not ranked[0]) if best.trips else None


def charged(answer: Answer) -> int:
    """Won with what each stop beyond the first has to save."""
    return answer.cost + must_save(answer.stops)


def large_instance(model: Model) -> LargeInstance:
    """A model of one day as a large instance: seller 0 is home, seller v + 1 is visit v.

    Further needs, which cost nothing where one goes, stand for going anywhere at all (so that the
    first stop is not charged more than staying at home) and for the places that must be visited.
    """
    points = np.concatenate([[0], model.place + 1])
    way = model.leg[np.ix_(points, points)]
    if not np.array_equal(way, way.T):
        raise InputError(
            "오가는 값이 방향에 따라 다른 길로는 들를 곳이 많은 계획을 세우지 못합니다. "
            "들를 곳을 줄여 주세요."
        )
    cost = model.cost[:, :, : model.visits].min(axis=1).T
    errands = np.ones((model.visits, 1 + len(model.must)), dtype=bool)
    errands[:, 1:] = model.place[:, None] == np.array(model.must, dtype=np.intp)
    sold = np.concatenate([cost < NOT_SOLD, errands], axis=1)
    asked = np.concatenate([cost, np.zeros(errands.shape, dtype=np.int64)], axis=1)
    nobody = np.zeros((1, sold.shape[1]), dtype=np.int64)
    firm = np.array([WORTH_A_STOP, *[MUST_WON] * len(model.must)])
    return LargeInstance(
        distance=way,
        price=np.concatenate([nobody, np.where(sold, asked, 0)]),
        amount=np.concatenate([nobody, sold.astype(np.int64)]),
        demand=np.ones(sold.shape[1], dtype=np.int64),
        stop=np.concatenate([[0], model.stop[model.place] + WORTH_A_STOP]),
        uncovered=np.concatenate([model.uncovered, firm]),
        most_stops=model.max_stops,
    )


def _answer(model: Model, trip: tuple[int, ...]) -> Answer:
    """What is bought on a trip: each need where it weighs least, or nowhere."""
    bought: list[tuple[int, int] | None] = []
    for need in range(model.needs):
        cells = model.cost[need][:, list(trip)]
        option, at = divmod(int(cells.argmin()), len(trip)) if trip else (0, 0)
        worth = bool(trip) and cells[option, at] <= model.uncovered[need]
        bought.append((trip[at], option) if worth else None)
    return price(model, (trip,) if trip else (), (), tuple(bought))


def _in_time(model: Model, found: LargeSolution) -> list[tuple[int, ...]]:
    """The trip both ways round, without those who have closed before one is there."""
    trip = tuple(seller - 1 for seller in found.tour[1:])
    return [_open_ones(model, one) for one in (trip, trip[::-1])]


def _open_ones(model: Model, trip: tuple[int, ...]) -> tuple[int, ...]:
    kept: tuple[int, ...] = ()
    for visit in trip:
        try:
            arrivals(model, (*kept, visit))
        except ValueError:
            continue
        kept = (*kept, visit)
    return kept


def _keeps_limits(model: Model, answer: Answer) -> bool:
    """An answer that was found without limits and keeps them is as good with them."""
    visited = {int(model.place[visit]) for trip in answer.trips for visit in trip}
    try:
        price(model, answer.trips, (), answer.bought)
    except ValueError:
        return False
    return set(model.must) <= visited

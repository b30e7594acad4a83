"""Plans with estimates: limits told and kept to, risk of independent errors, the tour that is
chosen; beside sums by hand and every tour there is."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from itertools import permutations

import numpy as np
import pytest
from plan_checker import check_plan
from small_world import DAY, HOME, HandMadeMarket, need, offer, request, seller, small_catalog

from altteul.history.seller import Seller
from altteul.market.offer import Basis, Offer, Place, WonRange
from altteul.planner import make_plan
from altteul.planner.cells import RISK_WEIGHT
from altteul.planner.exact.model import price, tour_won
from altteul.planner.exact.search import solve
from altteul.planner.limit_prices import guide_of, limit_prices, sentences, with_limits
from altteul.planner.looking import HARDLY_MORE, answer_of
from altteul.planner.outing import Outing
from altteul.planner.plan import Estimates, Lever, Mode, Plan, Request, Risk, Status
from altteul.planner.preparing import prepare
from altteul.planner.risking import estimated
from altteul.planner.savings.limits import paid_within_limits
from altteul.planner.savings.price_table import price_table
from altteul.planner.shelf_prices import LOOKING, follow, limits_worth

CATALOG = small_catalog()
GA, NA, DA = seller("가마트", 300), seller("나시장", 600), seller("다마트", -900)
CABBAGE = need("배추 1포기", "배추", 1, "포기")
RADISH = need("무 1개", "무", 1, "개")


class Guessing(HandMadeMarket):
    """Offers of basis ESTIMATED are given as estimates, the others as surveyed."""

    def __init__(self, *offers: Offer) -> None:
        super().__init__([one for one in offers if one.basis is not Basis.ESTIMATED])
        self._guessed = HandMadeMarket([one for one in offers if one.basis is Basis.ESTIMATED])

    def estimated_offers(
        self, place: Place, on: date, *, items: Collection[str], radius_m: int
    ) -> list[Offer]:
        return self._guessed.offers(place, on, items=items, radius_m=radius_m)


def guess(at: Seller, item: str, won: int, unit: str, spread: float = 0.3) -> Offer:
    """An estimate of an expected price whose logarithm has this standard deviation."""
    middle = np.log(won) - spread**2 / 2
    low, high = (round(float(np.exp(middle + side * 1.2816 * spread))) for side in (-1, 1))
    known = offer(at, item, won, 1, unit, basis=Basis.ESTIMATED)
    return known.model_copy(update={"price": WonRange(low=low, mid=won, high=high)})


def asked(*needs: object, risk: Risk = Risk.BOLD, **trip: object) -> Request:
    made = request(*needs, **({"mode": Mode.WALK} | trip))  # type: ignore[arg-type]
    return made.model_copy(update={"estimates": Estimates.ALWAYS, "risk": risk})


def planned(wanted: Request, *offers: Offer) -> Plan:
    plan = make_plan(wanted, Guessing(*offers), CATALOG)  # type: ignore[arg-type]
    check_plan(plan, offers)
    return plan


def outing_of(wanted: Request, *offers: Offer) -> Outing:
    outing = prepare(wanted, Guessing(*offers), CATALOG).outing  # type: ignore[arg-type]
    assert outing is not None
    return outing


def test_the_limit_is_what_a_later_surveyed_stop_asks() -> None:
    """가마트 was never surveyed for cabbage; 나시장 was, and comes later on the way."""
    wanted = asked(CABBAGE, RADISH)
    offers = (
        guess(GA, "배추", 3_000, "포기"), offer(GA, "무", 1_000, 1, "개"),
        offer(NA, "배추", 3_300, 1, "포기"), offer(NA, "무", 9_000, 1, "개"),
    )  # fmt: skip
    market = Guessing(*offers)
    plan = planned(wanted, *offers)
    assert plan.best is not None
    assert [stop.seller.name for stop in plan.best.stops] == ["가마트"]
    (alone,) = limit_prices(plan.best, wanted, market, CATALOG)  # type: ignore[arg-type]
    table = price_table(wanted.model_copy(update={"estimates": Estimates.NEVER}), market, CATALOG)  # type: ignore[arg-type]
    assert table is not None
    there = table.alone[table.sellers.index("나시장")]
    assert (alone.need, alone.seller, alone.instead_at) == ("배추 1포기", "가마트", "나시장")
    assert (alone.expected_won, alone.limit_won) == (3_000, 3_300 + there)
    assert alone.own_trip
    assert alone.sentence() == (
        "가마트의 배추 1포기은(는) 추정 3,000원입니다. "
        f"{3_300 + there:,.0f}원이 넘으면 나시장에 따로 들러 사는 편이 낫습니다."
    )
    both = planned(wanted.model_copy(update={"must": ("나시장", "가마트")}), *offers)
    assert both.best is not None
    assert [stop.seller.name for stop in both.best.stops] == ["가마트", "나시장"]
    (passing,) = limit_prices(both.best, wanted, market, CATALOG)  # type: ignore[arg-type]
    assert (passing.limit_won, passing.own_trip) == (3_300, False)
    assert "이어서 들르는 김에" in passing.sentence()
    assert passing.sentence() in with_limits(both, market, CATALOG).notices  # type: ignore[arg-type]


def test_an_earlier_stop_may_turn_out_cheaper_than_the_one_that_is_planned() -> None:
    offers = (
        guess(GA, "배추", 3_400, "포기"), offer(GA, "무", 1_000, 1, "개"),
        offer(NA, "배추", 3_300, 1, "포기"), offer(NA, "무", 9_000, 1, "개"),
    )  # fmt: skip
    wanted = asked(CABBAGE, RADISH).model_copy(update={"must": ("나시장", "가마트")})
    plan = planned(wanted, *offers).best
    assert plan is not None
    bought = {p.need: stop.seller.name for stop in plan.stops for p in stop.purchases}
    assert bought == {"배추 1포기": "나시장", "무 1개": "가마트"}
    found = limit_prices(plan, wanted, Guessing(*offers), CATALOG)  # type: ignore[arg-type]
    (limit,) = found
    assert (limit.seller, limit.limit_won, limit.planned) == ("가마트", 3_300, False)
    (said,) = sentences(found)
    assert said == (
        "가마트에서 값을 보고 이보다 싸면 거기서 사는 편이 낫습니다: 배추 1포기 3,300원."
    )


@pytest.mark.parametrize(
    ("cabbage", "radish", "elsewhere"),
    [(3_200, 1_200, 0), (9_900, 1_200, 3_300), (3_200, 8_000, 1_500), (9_900, 8_000, 4_800)],
)
def test_kept_to_its_limits_a_plan_pays_true_prices_and_one_trip_more(
    cabbage: int, radish: int, elsewhere: int
) -> None:
    """Both goods are estimated at 가마트; what is too dear there is fetched at 나시장, once."""
    known = (offer(NA, "배추", 3_300, 1, "포기"), offer(NA, "무", 1_500, 1, "개"))
    guesses = (guess(GA, "배추", 2_900, "포기"), guess(GA, "무", 1_000, "개"))
    wanted = asked(CABBAGE, RADISH, max_stops=1)
    plan = planned(wanted, *known, *guesses).best
    assert plan is not None
    assert [stop.seller.name for stop in plan.stops] == ["가마트"]
    truth = HandMadeMarket(
        [*known, offer(GA, "배추", cabbage, 1, "포기"), offer(GA, "무", radish, 1, "개")]
    )
    table = price_table(wanted.model_copy(update={"estimates": Estimates.NEVER}), truth, CATALOG)  # type: ignore[arg-type]
    assert table is not None
    guide = guide_of(plan, outing_of(wanted, *known, *guesses))
    trip = table.alone[table.sellers.index("나시장")]
    here = sum(won for won, limit in ((cabbage, 3_300), (radish, 1_500)) if won <= limit + trip)
    expected = plan.trip_won + here + elsewhere + (trip if elsewhere else 0)
    assert paid_within_limits(plan, table, guide) == expected
    assert paid_within_limits(plan, table, None) == table.paid(plan)


def street(seed: int, shops: int = 7) -> tuple[Request, tuple[Offer, ...]]:
    """Shops on one street; half of the prices are surveyed, half estimated."""
    chance = np.random.default_rng(seed)
    goods = (("배추", "포기", 4_000), ("무", "개", 2_000), ("달걀", "개", 2_500))
    needs = [need(f"{item} 1", item, 1, unit) for item, unit, _ in goods]
    offers = []
    for number in range(shops):
        at = seller(f"가게{number}", float(chance.integers(-900, 900)))
        for item, unit, base in goods:
            won = int(base * chance.lognormal(0, 0.35))
            if chance.random() < 0.5:
                offers.append(guess(at, item, won, unit, float(chance.uniform(0.1, 0.5))))
            else:
                offers.append(offer(at, item, won, 1, unit))
    return asked(*needs, risk=list(Risk)[seed % 3], value_of_time=3_000), tuple(offers)


@pytest.mark.parametrize("seed", range(12))
def test_the_tour_is_the_best_of_all_that_cost_hardly_more(seed: int) -> None:
    """Every tour of at most three shops, in every order, by the rule itself."""
    wanted, offers = street(seed)
    plan, outing = planned(wanted, *offers), outing_of(wanted, *offers)
    model, belief = outing.model, outing.belief
    assert plan.best is not None
    assert belief is not None
    found = []
    for stops in (1, 2, 3):
        for tour in permutations(range(model.visits), stops):
            answer = answer_of(model, (tour,))
            goods = answer.goods + answer.uncovered
            followed = follow(belief, np.array([tour]))
            doubt = belief.risk * 1.2816 * followed.variance[0] ** 0.5 / 2
            saved = max(0.0, goods - followed.expected[0] - doubt)
            charge = 500 * (stops - 1)
            found.append((answer.cost + charge, answer.cost + charge - LOOKING * saved, tour))
    least = min(cost for cost, *_ in found)
    allowed = [one for one in found if one[0] <= least + HARDLY_MORE]
    best = min(mixed for _, mixed, _ in allowed)
    charged = plan.best.cost + 500 * (len(plan.best.stops) - 1)
    assert charged == pytest.approx(best, abs=1.0)
    assert plan.status is Status.PROVED
    assert sum(gain.saves_won for gain in plan.decomposition if gain.lever is Lever.ESTIMATES) >= 0
    assert all(one.costs_more_won >= 0 for one in plan.alternatives)
    assert any(saving.plan == plan.best for saving in plan.by_stops)


@pytest.mark.parametrize("seed", range(12))
def test_independent_errors_weigh_less_together_and_more_when_alone(seed: int) -> None:
    """The true weight λ·√(Σ d²) of the answer is at most that of the answer to adding up."""
    wanted, offers = street(seed)
    wanted = wanted.model_copy(update={"risk": Risk.SAFE})
    outing = outing_of(wanted, *offers)
    guessed = estimated(outing)
    weight = RISK_WEIGHT[Risk.SAFE]

    def true_cost(answer: object) -> float:
        cells = [outing.cell(need, *at) for need, at in enumerate(answer.bought) if at]  # type: ignore[attr-defined]
        doubts = [float(outing.cells.doubt[at]) for at in cells if guessed[at[0]]]
        goods = sum(int(outing.cells.expected[at]) for at in cells)
        trip = sum(tour_won(outing.model, trip) for trip in answer.trips)  # type: ignore[attr-defined]
        assert len(cells) == outing.model.needs
        return goods + trip + weight * sum(d**2 for d in doubts) ** 0.5

    assert (outing.cells.risk <= np.rint(weight * outing.cells.doubt)).all()
    own = outing.cells.doubt[guessed].max()
    assert outing.cells.risk[guessed].max() <= weight * own
    together = solve(outing.model).best
    added = added_up(outing, guessed, weight)
    assert together is not None
    assert true_cost(together) <= true_cost(added) + 1.0


def added_up(outing: Outing, guessed: np.ndarray, weight: float) -> object:
    """The best answer where every doubt weighs in full."""
    model = outing.model
    cost = model.cost.copy()
    for number, (row, variant, at) in enumerate(outing.cells.keys):
        visit = next(v for v, (_, own) in enumerate(outing.visits) if own == at)
        full = np.rint(weight * outing.cells.doubt[number, 0]) if guessed[number] else 0
        cost[row, variant, visit] = outing.cells.expected[number, 0] + full
    best = None
    for stops in (1, 2, 3):
        for tour in permutations(range(model.visits), stops):
            rows = cost[:, 0, list(tour)]
            bought = tuple((tour[int(row.argmin())], 0) for row in rows)
            total = int(rows.min(axis=1).sum()) + tour_won(model, tour)
            if best is None or total < best[0]:
                best = total, price(model, (tour,), (), bought)
    assert best is not None
    return best[1]


def test_without_estimates_nothing_changes() -> None:
    offers = (offer(GA, "배추", 3_000, 1, "포기"), offer(NA, "배추", 2_900, 1, "포기"))
    plan = planned(asked(CABBAGE), *offers)
    never = make_plan(request(CABBAGE, mode=Mode.WALK), Guessing(*offers), CATALOG)  # type: ignore[arg-type]
    assert plan.best is not None
    assert never.best is not None
    assert plan.best.limits_won == 0
    assert plan.best.cost == never.best.cost
    assert limit_prices(plan.best, plan.request, Guessing(*offers), CATALOG) == ()  # type: ignore[arg-type]


def test_a_budget_that_may_bind_leaves_no_limits_to_tell() -> None:
    offers = (guess(GA, "배추", 3_000, "포기"), offer(NA, "배추", 3_300, 1, "포기"))
    wanted = asked(CABBAGE).model_copy(update={"budget": 3_100})
    assert outing_of(wanted, *offers).belief is None
    plan = planned(wanted, *offers)
    assert plan.best is not None
    assert limits_worth(None, answer_of(outing_of(wanted, *offers).model, ((0,),))) == 0
    assert plan.best.limits_won == 0
    assert (HOME.name, DAY) == (plan.request.place.name, plan.request.on)

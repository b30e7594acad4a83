"""Planning anew at a shop: beside every way there is, sums by hand, and what is told."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from random_models import random_model
from small_world import DAY, HOME, need, offer
from test_limits import CABBAGE, CATALOG, DA, GA, NA, RADISH, Guessing, asked, guess, outing_of

from altteul.catalog import load_catalog
from altteul.cli.replanning import read_seen
from altteul.errors import InputError, NoDataError
from altteul.planner import make_plan
from altteul.planner.choosing import WORTH_A_STOP
from altteul.planner.exact.model import NOT_SOLD, Model, tour_won
from altteul.planner.going_on import go_on
from altteul.planner.limit_prices import guide_of
from altteul.planner.replanning import AtTheShelf, Replanned, SeenPrice, replan
from altteul.planner.savings.limits import paid_within_limits
from altteul.planner.savings.price_table import price_table
from altteul.planner.savings.replanning import paid_replanning
from altteul.planner.shelf_prices import NOWHERE, Belief


def sure_belief(model: Model, elsewhere: np.ndarray) -> Belief:
    """Every price is known; elsewhere is drawn, so that it sometimes is the best."""
    price = model.cost[:, :, : model.visits].min(axis=1)
    expected = np.where(price < NOT_SOLD, price, np.inf)
    none = np.zeros_like(expected)
    instead = np.where(elsewhere < NOWHERE, np.arange(model.needs) % 2, -1)
    return Belief(expected, none, elsewhere, instead, model.uncovered.astype(float), 0.0)


def leg_won(model: Model, visits: tuple[int, ...]) -> int:
    """Won from the first of the visits on, with the stops after it and the way home."""
    points = [int(model.place[v]) + 1 for v in visits] + [0]
    ways = sum(int(model.leg[a, b]) for a, b in zip(points, points[1:], strict=False))
    return ways + sum(int(model.stop[model.place[v]]) for v in visits[1:])


def every_way(
    model: Model, belief: Belief, been: list[int], wanted: np.ndarray, here: np.ndarray
) -> float:
    """The least charged cost over all orders of at most two further stops, need by need."""
    free = [v for v in range(model.visits) if model.day[v] == model.day[been[-1]]]
    gone = {int(model.place[v]) for v in been}
    found = []
    for stops in range(min(2, model.max_stops - len(been)) + 1):
        for tour in permutations(free, stops):
            if {int(model.place[v]) for v in tour} & gone:
                continue
            try:
                tour_won(model, (*been, *tour))
            except ValueError:
                if tour:
                    continue
            errands = {int(belief.instead[row]) for row in np.flatnonzero(wanted).tolist()
                       if here[row] > belief.elsewhere[row]} - {-1}  # fmt: skip
            charged = stops if tour else len(errands)
            won = leg_won(model, (been[-1], *tour)) + WORTH_A_STOP * charged
            for row in np.flatnonzero(wanted).tolist():
                prices = [here[row], belief.elsewhere[row]]
                prices += [belief.expected[row, visit] for visit in tour]
                least = min(prices)
                won += belief.uncovered[row] if least >= NOWHERE / 2 else least
            found.append(won)
    return float(min(found))


@pytest.mark.parametrize("seed", range(300))
def test_the_way_on_is_the_cheapest_of_all_ways_where_prices_are_sure(seed: int) -> None:
    model = random_model(seed, needs=4, places=5, days=2, most_visits=7, tied=False)
    chance = np.random.default_rng(seed)
    elsewhere = np.where(chance.random(model.needs) < 0.3, NOWHERE,
                         chance.integers(2, 30, model.needs) * 500.0)  # fmt: skip
    belief = sure_belief(model, elsewhere)
    been = [int(chance.integers(model.visits))]
    wanted = chance.random(model.needs) < 0.8
    here = np.where(chance.random(model.needs) < 0.2, np.inf, belief.expected[:, been[-1]])
    step = go_on(belief, model, been, wanted, here)
    left = wanted & (here > elsewhere) & (belief.instead >= 0)
    stops = len(step.tour) or len(set(belief.instead[left].tolist()))
    charged = step.expected + WORTH_A_STOP * stops
    assert charged == pytest.approx(every_way(model, belief, been, wanted, here))
    # What is bought here is wanted, there, and never dearer than further on.
    assert not (step.buys & ~wanted).any()
    assert np.isfinite(here[step.buys]).all()
    further = [belief.expected[:, visit] for visit in step.tour]
    later = np.minimum.reduce([elsewhere, *further])
    assert (here[step.buys] <= later[step.buys]).all()
    assert (here[wanted & ~step.buys] >= later[wanted & ~step.buys]).all()


OFFERS = (
    guess(GA, "배추", 3_000, "포기"), offer(GA, "무", 1_000, 1, "개"),
    guess(NA, "배추", 3_300, "포기", 0.4), offer(NA, "무", 1_100, 1, "개"),
    offer(DA, "배추", 5_000, 1, "포기"), offer(DA, "무", 3_000, 1, "개"),
)  # fmt: skip


def at_ga(*seen: SeenPrice, been: tuple[str, ...] = (), stops: int = 3) -> Replanned:
    wanted = asked(CABBAGE, RADISH, max_stops=stops)
    here = AtTheShelf(seller="가마트", seen=seen, been=been)
    return replan(wanted, here, Guessing(*OFFERS), CATALOG)  # type: ignore[arg-type]


def test_a_cheap_shelf_sends_one_home_and_a_dear_one_further() -> None:
    cheap = at_ga(SeenPrice(item="배추", won=2_800), SeenPrice(item="무", won=1_000))
    assert [(one.need, one.won, one.seen) for one in cheap.buy] == [
        ("배추 1포기", 2_800, True),
        ("무 1개", 1_000, True),
    ]
    assert (cheap.stops, cheap.leave, cheap.without) == ((), (), ())
    assert not cheap.estimated
    dear = at_ga(SeenPrice(item="배추", won=9_000))
    (left,) = dear.leave
    assert (left.need, left.won, left.seen) == ("배추 1포기", 9_000, True)
    (stop,) = dear.stops
    (later,) = stop.goods
    assert (stop.seller, stop.own_trip) == ("나시장", False)
    assert (later.need, later.expected_won, later.estimated) == ("배추 1포기", 3_300, True)
    assert dear.estimated
    # Above 다마트's price and the trip there one would go there instead.
    table = price_table(asked(CABBAGE), Guessing(OFFERS[4]), CATALOG)  # type: ignore[arg-type]
    assert table is not None
    assert later.limit_won == 5_000 + round(float(table.alone[0]))


def test_the_surveyed_price_of_the_shop_where_one_stands_is_not_waited_for() -> None:
    """The shelf asked 7,500 won for what was surveyed at 4,910: `replan` said to go home and come
    back on purpose."""
    offers = (offer(GA, "배추", 4_910, 1, "포기"), offer(NA, "배추", 7_400, 1, "포기"))
    market, seen = Guessing(*offers), SeenPrice(item="배추", won=7_500)
    here = AtTheShelf(seller="가마트", seen=(seen,))
    found = replan(asked(CABBAGE), here, market, CATALOG)  # type: ignore[arg-type]
    assert [one.won for one in found.buy] == [7_500]
    assert found.stops == ()


def test_what_is_not_on_the_shelf_is_bought_on_the_way_on() -> None:
    found = at_ga(SeenPrice(item="배추", won=None))
    assert [one.need for one in found.leave] == []
    assert [one.need for stop in found.stops for one in stop.goods][0] == "배추 1포기"


def test_a_price_that_was_not_seen_stays_an_estimate() -> None:
    found = at_ga()
    by_need = {one.need: one for one in (*found.buy, *found.leave)}
    assert (by_need["배추 1포기"].won, by_need["배추 1포기"].estimated) == (3_000, True)
    assert (by_need["무 1개"].won, by_need["무 1개"].estimated) == (1_000, False)
    assert found.estimated


def test_one_does_not_go_back_and_not_further_than_was_wished() -> None:
    seen = SeenPrice(item="배추", won=9_000)
    assert "나시장" not in {s.seller for s in at_ga(seen, been=("나시장",)).stops if not s.own_trip}
    assert all(stop.own_trip for stop in at_ga(seen, stops=1).stops)
    with pytest.raises(InputError, match="--stops"):
        at_ga(seen, been=("나시장",), stops=1)


def test_a_shop_of_before_with_nothing_of_the_rest_was_a_stop_all_the_same() -> None:
    """Its eggs were bought there, so `--been` was refused as a shop with nothing of the list."""
    seen = SeenPrice(item="배추", won=9_000)
    assert [s.seller for s in at_ga(seen, been=("달걀가게",)).stops if not s.own_trip] == ["나시장"]
    assert all(stop.own_trip for stop in at_ga(seen, been=("달걀가게",), stops=2).stops)


def test_bad_input_is_said_and_nothing_in_reach_too() -> None:
    with pytest.raises(InputError, match=r"'달걀'.*목록: 배추, 무"):
        at_ga(SeenPrice(item="달걀", won=2_000))
    wanted, here = asked(CABBAGE), AtTheShelf(seller="라마트")
    with pytest.raises(InputError, match="라마트"):
        replan(wanted, here, Guessing(*OFFERS), CATALOG)  # type: ignore[arg-type]
    with pytest.raises(NoDataError):
        replan(wanted, here, Guessing(), CATALOG)  # type: ignore[arg-type]


def test_seen_prices_are_read_as_people_write_them() -> None:
    seen = read_seen("배추 4,500원, 무 없음,달걀 12000", load_catalog())
    assert [(one.item, one.won) for one in seen] == [("배추", 4500), ("무", None), ("달걀", 12000)]
    assert read_seen("", load_catalog()) == ()
    with pytest.raises(InputError, match="'배추 쌈'"):
        read_seen("배추 쌈", load_catalog())


def test_who_plans_anew_pays_less_on_average_than_who_keeps_to_limits() -> None:
    """400 draws of prices as they are believed; paid from the same table in both ways."""
    wanted = asked(need("배추 4포기", "배추", 4, "포기"), RADISH)
    market, outing = Guessing(*OFFERS), outing_of(wanted, *OFFERS)
    plan = make_plan(wanted, market, CATALOG, explained=False).best  # type: ignore[arg-type]
    table = price_table(wanted, market, CATALOG)  # type: ignore[arg-type]
    assert plan is not None
    assert table is not None
    assert (plan.stops[0].day, wanted.place) == (DAY, HOME)
    guide, chance, paid = guide_of(plan, outing), np.random.default_rng(1), []
    for _ in range(400):
        goods = table.goods.copy()
        for seller, spread in (("가마트", 0.3), ("나시장", 0.4)):
            at = table.needs.index("배추 4포기"), table.sellers.index(seller)
            goods[at] *= np.exp(spread * chance.standard_normal() - spread**2 / 2)
        true = replace(table, goods=goods)
        ways = paid_within_limits(plan, true, guide), paid_replanning(plan, true, guide)
        paid.append(ways)
        every = [t for stops in (1, 2, 3) for t in permutations(range(3), stops)]
        visits = [outing.visits.index((0, s)) for s in range(3)]
        won = [tour_won(outing.model, tuple(visits[s] for s in tour)) for tour in every]
        best = min(w + goods[:, tour].min(axis=1).sum() for w, tour in zip(won, every, strict=True))
        assert min(ways) >= best - 1e-6
    limits, anew = np.array(paid).mean(axis=0)
    assert anew < limits


def test_without_estimates_nothing_is_planned_anew() -> None:
    offers = (offer(GA, "배추", 3_000, 1, "포기"), offer(NA, "무", 1_000, 1, "개"))
    wanted, market = asked(CABBAGE, RADISH), Guessing(*offers)
    plan = make_plan(wanted, market, CATALOG, explained=False).best  # type: ignore[arg-type]
    table = price_table(wanted, market, CATALOG)  # type: ignore[arg-type]
    assert plan is not None
    assert table is not None
    assert paid_replanning(plan, table, None) == table.paid(plan)

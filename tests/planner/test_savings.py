"""What plans save: the table of true prices by hand, hiding, and the evaluation as a whole."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from altteul.catalog import load_catalog
from altteul.errors import InputError, NoDataError
from altteul.history import History
from altteul.market import Market
from altteul.market.offer import Place
from altteul.planner import make_plan
from altteul.planner.plan import (
    Mode,
    Need,
    Request,
    Risk,
    Trip,
)
from altteul.planner.savings.baskets import Amount, Basket, standard_baskets
from altteul.planner.savings.evaluating import evaluate_savings
from altteul.planner.savings.price_table import price_table
from altteul.planner.savings.trying import truth_of
from altteul.planner.savings.views import at_one_seller, estimated_where_sold, without_prices
from altteul.planner.shopping_around import shopping_around
from altteul.sources.files import read_file
from altteul.sources.harvest import Harvest
from altteul.sources.observation import Channel, Measure, Observation, Stage, observation_frame
from altteul.sources.seller import LocationBasis, SellerRecord

ON = date(2026, 5, 20)
HERE = Place(name="여기", lat=37.62, lng=127.07, region="서울", district="노원구")
SOURCE = "seoul_shops"
UNITS = {"배추": "포기", "무": "개", "오이": "개"}


def shop(name: str, north_m: float) -> SellerRecord:
    return SellerRecord(
        key=f"{SOURCE}:{name}", source=SOURCE, name=name, channel=Channel.LARGE_STORE,
        region="서울", district="노원구", dong="공릉동", lat=37.62 + north_m / 111_195, lng=127.07,
        location_basis=LocationBasis.EXACT,
    )  # fmt: skip


def price(seller: str, item: str, won: int) -> Observation:
    return Observation(
        date=ON, stage=Stage.RETAIL, item=item, measure=Measure.PRICE, price=won, count=1,
        count_unit=UNITS[item], region="서울", channel=Channel.LARGE_STORE,
        seller=f"{SOURCE}:{seller}", source=SOURCE,
    )  # fmt: skip


def history_of(home: Path, shops: dict[str, int], won: dict[str, dict[str, int]]) -> History:
    history = History.open(home)
    sellers = [shop(name, north) for name, north in shops.items()]
    rows = [price(name, item, w) for name, items in won.items() for item, w in items.items()]
    history.record(Harvest(SOURCE, observation_frame(rows), sellers), origin="test")
    return history


def need(item: str, amount: float = 1) -> Need:
    return Need(
        text=item, item=item, amount_low=amount, amount=amount, amount_high=amount, unit=UNITS[item]
    )


def request(*items: str, stops: int = 3) -> Request:
    trip = Trip(mode=Mode.WALK, max_stops=stops)
    return Request(needs=tuple(need(i) for i in items), place=HERE, on=ON, trip=trip)


SHOPS = {"가": 300, "나": 900}
WON = {"가": {"배추": 5000, "무": 2000}, "나": {"배추": 3000, "오이": 700}}


@pytest.fixture
def history(tmp_path: Path) -> History:
    return history_of(tmp_path / "home", SHOPS, WON)


def test_standard_baskets_are_of_catalog_items_with_sources() -> None:
    catalog = load_catalog()
    baskets = standard_baskets()
    assert [basket.key for basket in baskets] == ["one", "family", "kimjang", "charye"]
    for basket in baskets:
        assert basket.source
        assert len({one.item for one in basket.needs}) == len(basket.needs)
        assert all(catalog.items[one.item] for one in basket.needs)


def test_hidden_prices_are_gone_and_nothing_else(history: History) -> None:
    hidden = pl.DataFrame({"seller": [f"{SOURCE}:가"], "item": ["배추"]})
    part = without_prices(history, hidden)
    left = part.observations().select("seller", "item").rows()
    assert sorted(left) == [
        (f"{SOURCE}:가", "무"),
        (f"{SOURCE}:나", "배추"),
        (f"{SOURCE}:나", "오이"),
    ]
    market = Market(part, load_catalog())
    assert [o.price.mid for o in market.offers(HERE, ON, items=["배추"], radius_m=2_000)] == [3000]
    assert len(history.observations()) == 4


def test_a_market_of_one_seller_has_its_offers_only(history: History) -> None:
    market = at_one_seller(Market(history, load_catalog()), f"{SOURCE}:나")
    offers = market.offers(HERE, ON, radius_m=2_000)
    assert {(o.seller.name, o.item) for o in offers} == {("나", "배추"), ("나", "오이")}


def test_the_table_of_true_prices_by_hand(history: History) -> None:
    asked = request("배추", "무", "오이")
    table = price_table(asked, Market(history, load_catalog()), load_catalog())
    assert table is not None
    assert table.needs == ("배추", "무", "오이")
    assert table.goods.tolist()[0] == [5000, 3000]
    assert [table.cost("무", f"{SOURCE}:{n}") for n in "가나"] == [
        2000,
        pytest.approx(np.nan, nan_ok=True),
    ]
    near, far = table.alone
    assert near < far
    # The dearest price and the cheapest trip to somebody who has it.
    assert table.uncovered.tolist() == [5000 + near, 2000 + near, 700 + far]
    assert table.at_one().tolist() == [
        5000 + 2000 + (700 + far) + near,
        3000 + (2000 + near) + 700 + far,
    ]
    assert table.shops().tolist() == [0, 1]
    assert table.paid(None) == pytest.approx(float(table.uncovered.sum()))


def beef(seller: str, won: int, variety: str | None) -> Observation:
    facts = {"mass_g": 100.0, "count": None, "count_unit": None, "variety": variety}
    return price(seller, "배추", won).model_copy(update={"item": "소고기", **facts})


def beef_of(variety: str | None = None) -> Need:
    low = {"amount_low": 600, "amount": 600, "amount_high": 600, "unit": "g"}
    return Need(text="소고기 600g", item="소고기", variety=variety, **low)


def test_who_only_says_beef_does_not_mean_a_steak(tmp_path: Path) -> None:
    """가 was surveyed for 등심 only: it does not serve the need where 나 has 불고기."""
    rows = [beef("가", 14_000, "등심"), beef("나", 4_500, "불고기"), beef("다", 5_000, None)]
    sellers = [shop(name, north) for name, north in (("가", 300), ("나", 600), ("다", 900))]
    history, catalog = History.open(tmp_path / "home"), load_catalog()
    history.record(Harvest(SOURCE, observation_frame(rows), sellers), origin="test")
    market = Market(history, catalog)

    def asked(need: Need) -> list[tuple[str, float]]:
        found = request().model_copy(update={"needs": (need,)})
        table = price_table(found, market, catalog)
        assert table is not None
        won = table.goods[0].tolist()
        return [(name, w) for name, w in zip(table.sellers, won, strict=True) if not np.isnan(w)]

    assert asked(beef_of()) == [(f"{SOURCE}:나", 27_000), (f"{SOURCE}:다", 30_000)]
    assert asked(beef_of("등심")) == [(f"{SOURCE}:가", 84_000)]
    # Where nobody in reach has anything else, the steak is what there is.
    history = History.open(tmp_path / "other")
    history.record(Harvest(SOURCE, observation_frame(rows[:1]), sellers[:1]), origin="test")
    market = Market(history, catalog)
    assert asked(beef_of()) == [(f"{SOURCE}:가", 84_000)]


def test_nobody_sells_any_of_it(tmp_path: Path) -> None:
    history = history_of(tmp_path / "home", {"가": 300}, {"가": {"배추": 3000}})
    assert price_table(request("무"), Market(history, load_catalog()), load_catalog()) is None


def test_looking_around_by_hand(history: History) -> None:
    catalog = load_catalog()
    asked = request("배추", "무", "오이", stops=1)
    found = shopping_around(asked, Market(history, catalog), catalog)
    table = price_table(asked, Market(history, catalog), catalog)
    assert found is not None
    assert table is not None
    dear, cheap = table.at_one()
    assert dear > cheap
    assert (found.shops, found.cheapest, found.dearest) == (2, round(cheap), round(dear))
    assert found.mean == round((dear + cheap) / 2)
    # With one stop the plan is the cheaper of the two shops; it undercuts the other one.
    assert (found.plan, found.worth_won) == (round(cheap), found.mean - round(cheap))
    assert found.beats_percent == 50
    assert f"평균 {found.worth_won:,}원을 아낍니다" in found.sentence()


def test_a_plan_says_that_a_source_stands_still(tmp_path: Path) -> None:
    history = history_of(tmp_path / "home", SHOPS, WON)
    late = request("배추").model_copy(update={"on": ON + timedelta(days=40)})
    market, catalog = Market(history, load_catalog()), load_catalog()
    assert not [n for n in make_plan(late, market, catalog).notices if "새 조사가 없습니다" in n]
    row = price("가", "무", 2600).model_copy(update={"source": "price_go_kr"})
    history.record(Harvest("price_go_kr", observation_frame([row]), []), origin="test")
    plan = make_plan(request("무").model_copy(update={"on": late.on}), market, catalog)
    assert [n for n in plan.notices if "40일째 새 조사가 없습니다" in n]


def test_looking_around_names_what_nobody_sells(tmp_path: Path) -> None:
    history = history_of(tmp_path / "home", {"가": 300}, {"가": {"배추": 3000}})
    catalog = load_catalog()
    found = shopping_around(request("배추", "무"), Market(history, catalog), catalog)
    assert found is not None
    assert (found.not_priced, found.worth_won, found.shops) == (("무",), 0, 1)
    assert "둘러볼 만하지 않습니다" in found.sentence()


BASKET = Basket(
    key="small", title="작은", source="시험", mode=Mode.WALK,
    needs=tuple(Amount(item=item, amount=2, unit=unit) for item, unit in UNITS.items()),
)  # fmt: skip


def city(home: Path, seed: int = 3) -> History:
    """Fourteen shops on one street; each dear or cheap for everything, and by item."""
    chance = np.random.default_rng(seed)
    names = [f"가게{n}" for n in range(14)]
    dear = dict(zip(names, chance.normal(0, 0.2, len(names)), strict=True))
    base = {"배추": 4000, "무": 2000, "오이": 900}
    won = {
        name: {i: round(b * np.exp(dear[name] + chance.normal(0, 0.15))) for i, b in base.items()}
        for name in names
    }
    return history_of(home, {name: 150 * n for n, name in enumerate(names)}, won)


def test_the_oracle_pays_least_and_a_plan_that_knows_all_pays_the_same(tmp_path: Path) -> None:
    found = evaluate_savings(city(tmp_path / "home"), load_catalog(), [BASKET], hide=0.0)
    assert found.seeds == (0,)
    assert found.family_half_hidden is None
    (trial,) = found.trials["small"]
    others = (trial.plan, trial.known_only, trial.random, trial.nearest, trial.cheapest)
    assert trial.oracle <= min(others)
    assert trial.plan == trial.known_only == trial.plan_with_limits == trial.knowing_all
    (one,) = found.baskets
    # A further stop is only advised from 500 won on, so a plan may stay that far above.
    assert trial.plan - trial.oracle <= 1_000
    assert one.captured_of_random is not None
    assert one.captured_of_random > 0.9
    assert one.captured_of_random == one.captured_knowing_all
    assert one.captured is not None
    assert one.captured.as_written.by_seed == (one.captured_of_random,)
    assert one.captured.as_written.low is None
    assert trial.estimated_share == 0.0


def test_half_hidden_is_the_same_by_seed_and_pays_true_prices(tmp_path: Path) -> None:
    history, catalog = city(tmp_path / "home"), load_catalog()
    first = evaluate_savings(history, catalog, [BASKET], seeds=[1])
    again = evaluate_savings(history, catalog, [BASKET], seeds=[1])
    assert first == again
    assert (first.hide, first.seeds) == (0.5, (1,))
    bold = evaluate_savings(history, catalog, [BASKET], seeds=[1], risk=Risk.BOLD)
    assert bold.risk is Risk.BOLD
    assert bold.trials["small"][0].random == first.trials["small"][0].random
    (trial,) = first.trials["small"]
    truth = evaluate_savings(history, catalog, [BASKET], hide=0.0).trials["small"][0]
    assert (trial.oracle, trial.random, trial.nearest) == (
        truth.oracle,
        truth.random,
        truth.nearest,
    )
    assert trial.knowing_all == truth.plan
    assert min(trial.plan, trial.known_only, trial.plan_replanned) >= truth.oracle


def test_shares_over_draws_by_hand(tmp_path: Path) -> None:
    """Three draws: each draw's share from its own trial, their mean, and Student's t interval."""
    family = BASKET.model_copy(update={"key": "family"})
    found = evaluate_savings(city(tmp_path / "home", 5), load_catalog(), [family], seeds=[1, 2, 3])
    trials, (one,) = found.trials["family"], found.baskets
    assert [trial.seed for trial in trials] == [1, 2, 3]
    assert len({(t.oracle, t.random, t.knowing_all) for t in trials}) == 1
    assert len({(t.plan, t.known_only) for t in trials}) > 1
    for base, ways in (("random", one.captured), ("nearest", one.captured_against_nearest)):
        assert ways is not None
        for own, way in ((ways.as_written, "plan"), (ways.replanned, "plan_replanned"),
                         (ways.with_limits, "plan_with_limits"),
                         (ways.without_estimates, "known_only")):  # fmt: skip
            each = [
                (getattr(t, base) - getattr(t, way)) / (getattr(t, base) - t.oracle) for t in trials
            ]
            assert own.by_seed == pytest.approx(each, abs=1e-4)
            assert own.mean == pytest.approx(np.mean(each), abs=1e-4)
            assert own.worst == min(own.by_seed)
            # The 97.5 % point of Student's t with two degrees of freedom is 4.303.
            half = 4.303 * np.std(each, ddof=1) / np.sqrt(3)
            assert (own.low, own.high) == pytest.approx(
                (own.mean - half, own.mean + half), abs=1e-3
            )
    goal = found.family_half_hidden
    assert goal is not None
    assert one.captured is not None
    assert goal.replanned == one.captured.replanned
    assert set(goal.reached) == {
        way for way in ("as_written", "with_limits", "replanned") if getattr(goal, way).mean >= 0.9
    }


def test_a_place_that_only_knows_steaks_does_not_judge_what_beef_costs(tmp_path: Path) -> None:
    """망원시장 was surveyed for 등심 at 14,000 won; a plan that expects everyday beef there for
    25,000 won was said to be wrong by 59,000 won."""
    rows = [beef("가", 14_000, "등심"), price("가", "무", 2_000), price("나", "무", 1_500)]
    history, catalog = History.open(tmp_path / "home"), load_catalog()
    shops = [shop("가", 300), shop("나", 600)]
    history.record(Harvest(SOURCE, observation_frame(rows), shops), origin="test")
    asked = request("무").model_copy(update={"needs": (beef_of(), need("무"))})
    truth = truth_of(asked, Market(history, catalog), catalog)
    assert truth is not None
    assert truth.unlike == ("소고기 600g",)
    assert truth.table.needs == ("무",)
    steaks = asked.model_copy(update={"needs": (beef_of("등심"), need("무"))})
    truth = truth_of(steaks, Market(history, catalog), catalog)
    assert truth is not None
    assert truth.unlike == ()
    assert set(truth.table.needs) == {"소고기 600g", "무"}


def test_estimates_take_part_only_where_the_goods_are_truly_sold(tmp_path: Path) -> None:
    won = {f"가게{n}": dict.fromkeys(UNITS, 1000 + 50 * n) for n in range(25)}
    del won["가게3"]["배추"], won["가게4"]["배추"]
    history = history_of(tmp_path / "home", dict.fromkeys(won, 100), won)
    market, catalog = Market(history, load_catalog()), load_catalog()
    every = market.estimated_offers(HERE, ON, items=["배추"], radius_m=5_000)
    assert {o.seller.name for o in every} == {"가게3", "가게4"}
    view = estimated_where_sold(market, {(f"{SOURCE}:가게4", "배추")})
    found = view.estimated_offers(HERE, ON, items=["배추"], radius_m=5_000)
    assert {o.seller.name for o in found} == {"가게4"}
    assert view.offers(HERE, ON, radius_m=5_000) == market.offers(HERE, ON, radius_m=5_000)
    assert price_table(request("배추"), market, catalog) is not None


def test_bad_shares_and_an_empty_history_are_said(tmp_path: Path) -> None:
    history = city(tmp_path / "home")
    with pytest.raises(InputError, match="--hide"):
        evaluate_savings(history, load_catalog(), [BASKET], hide=1.0)
    with pytest.raises(NoDataError, match="altteul import"):
        evaluate_savings(History.open(tmp_path / "empty"), load_catalog(), [BASKET])


@pytest.mark.slow
def test_the_family_basket_of_seoul_saves_with_half_of_the_prices_hidden(
    shared_data: Path, tmp_path: Path
) -> None:
    history, catalog = History.open(tmp_path / "home"), load_catalog()
    for name in ("seoul_shop_prices_202105_13gu.csv.gz", "traditional_markets_cp949.csv",
                 "price_go_kr_stores.csv.gz"):  # fmt: skip
        history.record(read_file(shared_data / "sellers" / name, catalog), origin=name)
    family = [basket for basket in standard_baskets() if basket.key == "family"]
    found = evaluate_savings(history, catalog, family, seeds=[100, 101], most_places=8)
    (one,) = found.baskets
    assert one.never_sold == ("두부", "콩나물", "대파")
    assert one.oracle < one.plan_replanned < one.plan < one.known_only < one.random
    assert one.captured is not None
    # At all places and more draws see docs/topics/savings.md.
    assert one.captured.as_written.mean > 0.8
    assert one.captured.with_limits.mean > 0.85
    assert one.captured.replanned.mean > 0.88

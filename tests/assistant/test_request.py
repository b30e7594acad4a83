"""What was said becomes a request the planner can plan, with every assumption stated."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest

from altteul.assistant.request import ReadyRequest, to_request
from altteul.assistant.understanding import understand
from altteul.assistant.understood import Intent, SpokenNeed, Understood
from altteul.catalog import load_catalog
from altteul.errors import InputError
from altteul.history import History
from altteul.market import Market
from altteul.planner import make_plan
from altteul.planner.plan import Mode
from altteul.recipes.book import load_book
from altteul.sources.harvest import Harvest
from altteul.sources.observation import Channel, observation_frame
from altteul.units import Amount, parse_amount

sys.path.insert(0, str(Path(__file__).parents[1] / "market"))
from small_market import HERE, ON, price, shop


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Market:
    history = History.open(tmp_path_factory.mktemp("home"))
    prices = [
        price("가게", "배추", 4_000),
        price("가게", "감자", 5_000, mass_g=1_000),
        price("먼가게", "감자", 4_000, mass_g=1_000),
    ]
    shops = [shop("가게"), shop("먼가게", 500)]
    history.record(Harvest("seoul_shops", observation_frame(prices), shops), origin="test")
    return Market(history, load_catalog())


def ready(text: str, market: Market, on: date = ON) -> ReadyRequest:
    catalog, book = load_catalog(), load_book()
    return to_request(understand(text, on, catalog, book), catalog, book, market, HERE, on)


def test_amounts_and_the_way_are_taken_as_said(market: Market) -> None:
    request = ready("걸어서 한 군데서만 배추 두어 포기 사려고", market).request
    (need,) = request.needs
    assert (need.amount_low, need.amount, need.amount_high, need.unit) == (2, 2.5, 3, "포기")
    assert (request.trip.mode, request.trip.max_stops) == (Mode.WALK, 1)


def test_without_an_amount_the_usual_pack_is_bought_and_said(market: Market) -> None:
    made = ready("배추 사려고", market)
    (need,) = made.request.needs
    assert (need.amount, need.unit, need.assumed_amount) == (1, "포기", True)
    assert any("배추" in note for note in made.assumptions)


def test_a_bare_number_counts_pieces(market: Market) -> None:
    needs = ready("무 하나 배추 둘 브로콜리 하나", market).request.needs
    assert [(n.item, n.amount, n.unit) for n in needs] == [
        ("무", 1, "개"),
        ("배추", 2, "포기"),
        ("브로콜리", 1, "송이"),
    ]


def test_won_buy_at_the_lowest_unit_price_within_reach(market: Market) -> None:
    made = ready("감자 만 원어치", market)
    (need,) = made.request.needs
    assert (need.amount, need.unit, need.assumed_amount) == (2_500, "g", True)
    assert any("추정" in note for note in made.assumptions)


def test_a_dish_becomes_its_ingredients_for_two_and_says_so(market: Market) -> None:
    made = ready("비빔밥 재료 사려고", market)
    bean_sprouts = next(n for n in made.request.needs if n.item == "콩나물")
    written = next(i for i in load_book().find("비빔밥").to_buy if i.item == "콩나물")
    for_four = parse_amount(written.amount)
    assert isinstance(for_four, Amount)
    assert bean_sprouts.amount == for_four.quantity.mid / 2
    assert any("2인분" in note for note in made.assumptions)
    assert {"고추장", "참기름"} & {pantry.item for pantry in made.pantry}


def test_servings_scale_and_exclusions_stay_out(market: Market) -> None:
    two, eight = (ready(f"고사리 빼고 비빔밥 {n}인분", market).request for n in (2, 8))
    amounts = [{n.item: n.amount for n in request.needs} for request in (two, eight)]
    assert amounts[1]["당근"] == pytest.approx(4 * amounts[0]["당근"])
    assert "고사리" not in amounts[0]


def test_kimchi_for_the_winter_scales_by_heads_of_cabbage(market: Market) -> None:
    needs = ready("김장 서른 포기 하려고", market).request.needs
    cabbage = next(need for need in needs if need.item == "배추")
    assert (cabbage.amount, cabbage.unit) == (30, "포기")


def test_what_was_said_goes_before_the_recipe(market: Market) -> None:
    needs = ready("깍두기 담그게 무 세 개 쪽파 한 단", market).request.needs
    assert [(n.amount, n.unit) for n in needs if n.item == "무"] == [(3, "개")]
    assert {"깐마늘", "생강"} <= {need.item for need in needs}


def test_a_family_is_not_guessed(market: Market) -> None:
    request = ready("고기 한 근 배추 한 포기", market).request
    assert [need.item for need in request.needs] == ["배추"]
    assert request.unread[0].suggestions == ("소고기", "돼지고기", "닭고기")


@pytest.mark.parametrize("text", ["배추 0포기 무 한 개", "배추 99999999999포기 무 한 개"])
def test_what_nobody_can_buy_is_said_and_the_rest_stays(text: str, market: Market) -> None:
    request = ready(text, market).request
    assert [need.item for need in request.needs] == ["무"]
    assert "살 수 있는 양" in request.unread[0].reason


def test_a_far_day_is_planned_with_todays_prices_and_says_so(market: Market) -> None:
    made = ready("추석 전날까지 배추 한 포기", market)
    assert made.request.on == ON
    assert any("9월 24일" in note for note in made.assumptions)
    assert ready("내일 배추 한 포기", market).request.on == date(2026, 5, 21)


def test_without_any_place_one_is_asked_for(market: Market) -> None:
    catalog, book = load_catalog(), load_book()
    said = understand("배추 한 포기", ON, catalog, book)
    with pytest.raises(InputError, match="어디서"):
        to_request(said, catalog, book, market, None, ON)


def test_the_request_can_be_planned(market: Market) -> None:
    plan = make_plan(
        ready("배추 두 포기하고 감자 만 원어치", market).request, market, load_catalog()
    )
    assert plan.best is not None
    assert not plan.not_priced


def test_budget_wishes_and_the_last_day_reach_the_planner(market: Market) -> None:
    made = ready("금요일까지 유기농 당근 세 개 만 원 안에서 사려고요 전통시장에서", market).request
    assert made.budget == 10_000
    assert made.needs[0].preferences == ("유기농",)
    assert (made.on, made.latest) == (ON, date(2026, 5, 22))


def test_a_day_that_is_named_is_the_day_to_shop(market: Market) -> None:
    made = ready("모레 당근 세 개 사려고", market).request
    assert (made.on, made.latest) == (date(2026, 5, 22), None)


def test_goods_of_no_catalog_are_told(market: Market) -> None:
    made = ready("휴지 두 통이랑 당근 세 개 사려고", market).request
    assert [piece.text for piece in made.unread] == ["휴지 두 통"]


def test_a_guess_is_said(market: Market) -> None:
    said = Understood(intent=Intent.PLAN, needs=(SpokenNeed(item="당근", guessed="당곤"),))
    made = to_request(said, load_catalog(), load_book(), market, HERE, ON)
    assert "'당곤'은 당근으로 알아들었습니다." in made.assumptions


@pytest.fixture(scope="module")
def two_sorts(tmp_path_factory: pytest.TempPathFactory) -> Market:
    """A large store, and a market beside it that is dearer."""
    history = History.open(tmp_path_factory.mktemp("two"))
    at_market = {"channel": Channel.TRADITIONAL_MARKET}
    prices = [price("가게", "배추", 3_000), price("장터", "배추", 4_000, **at_market)]
    shops = [shop("가게"), shop("장터", **at_market)]
    history.record(Harvest("seoul_shops", observation_frame(prices), shops), origin="test")
    return Market(history, load_catalog())


@pytest.mark.parametrize(
    ("text", "channels", "note"),
    [
        ("전통시장에서만 배추 두 포기", (Channel.TRADITIONAL_MARKET,), "전통시장만 보았습니다"),
        (
            "온라인은 빼고 배추 두 포기",
            (Channel.TRADITIONAL_MARKET, Channel.LARGE_STORE, Channel.LOCAL_FOOD),
            "온라인은 빼고 보았습니다",
        ),
        ("로컬푸드 매장에서 배추 두 포기", (), "가까운 로컬푸드에는 조사된 값이 없어"),
        ("시장이 싸 마트가 싸? 배추 두 포기", (), ""),
    ],
)
def test_a_sort_of_shop_is_planned_with(
    text: str, channels: tuple[Channel, ...], note: str, two_sorts: Market
) -> None:
    made = ready(text, two_sorts)
    assert made.request.channels == channels
    assert note in " ".join(made.assumptions)


def test_only_the_sort_of_shop_that_was_wished_for_is_gone_to(two_sorts: Market) -> None:
    for text, seller in (("배추 두 포기", "가게"), ("시장에서만 배추 두 포기", "장터")):
        plan = make_plan(ready(text, two_sorts).request, two_sorts, load_catalog())
        assert plan.best is not None
        assert [stop.seller.name for stop in plan.best.stops] == [seller]


def test_of_several_days_the_earliest_is_planned_and_that_is_said(market: Market) -> None:
    made = ready("모레 배추 한 포기, 일요일에 감자 1키로 사려고", market)
    assert made.request.on == date(2026, 5, 22)
    assert any("가장 이른 5월 22일" in note for note in made.assumptions)
    assert not any("가장 이른" in note for note in ready("모레 배추 한 포기", market).assumptions)

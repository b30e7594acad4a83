"""Advice on substitutes: cheaper by the exchange ratio, not dear themselves, allergens said."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest
from small_world import DAY, HOME, HandMadeMarket, need, offer, request, seller

from altteul.catalog import load_catalog
from altteul.errors import UnknownItemError
from altteul.market.offer import HowUnusual, NormalPrice, Offer
from altteul.market.report import PriceReport
from altteul.market.spread import spread_of
from altteul.planner import make_plan
from altteul.planner.advice import Finding, SubstituteAdvice, SubstituteChoice
from altteul.planner.substitution import advise
from altteul.planner.swapping import swaps_that_pay
from altteul.recipes.substitutes import load_swaps

SHOP = seller("가게", 300)
FAR = seller("먼 가게", 4_000)
CATALOG, SWAPS = load_catalog(), load_swaps()


class ReportingMarket(HandMadeMarket):
    """A market of hand-made offers that also reports them, with a word for each item."""

    def __init__(self, offers: list[Offer], **words: HowUnusual) -> None:
        super().__init__(offers)
        self._words = words

    def price_report(self, item: str, place: Any, on: date, radius_m: int) -> PriceReport:
        found = CATALOG.find(item)
        name = found.item.name
        offers = tuple(self.offers(place, on, items=[name], radius_m=radius_m))
        word = self._words.get(name, HowUnusual.ORDINARY)
        known = word is not HowUnusual.UNKNOWN
        normal = NormalPrice(won=1, per="100g", published=True, region="전국", source="hand")
        return PriceReport(
            item=name, variety=found.variety.name if found.variety else None, place=place, on=on,
            radius_m=radius_m, offers=offers, spread=spread_of(offers), channels=(),
            region_values=(), normal=normal if known else None, normal_note="", unusual=word,
            compared=None, recent=None, doubtful=0, closed=0, sources=(), simulated=False,
            notices=(),
        )  # fmt: skip


def per_100g(item: str, won: int, at: Any = SHOP) -> Offer:
    return offer(at, item, won, 100, "g")


def ask(market: ReportingMarket, item: str, use: str | None) -> SubstituteAdvice:
    return advise(item, use, HOME, DAY, market, CATALOG, SWAPS)  # type: ignore[arg-type]


def choice(advice: SubstituteAdvice, item: str) -> SubstituteChoice:
    return next(c for c in advice.choices if c.facts.item == item)


def test_the_exchange_ratio_decides_not_the_price_of_equal_weights() -> None:
    """100 g of 시금치 for 500 won; 0.7 × 600 = 420 won of 부추 do the same, 1.2 × 450 = 540 not."""
    offers = [per_100g("시금치", 500), per_100g("부추", 600), per_100g("얼갈이배추", 450)]
    advice = ask(ReportingMarket(offers), "시금치", "나물")
    chives, cabbage = choice(advice, "부추"), choice(advice, "얼갈이배추")
    assert (chives.instead_won, chives.saves_percent, chives.recommended) == (420, 16, True)
    assert (cabbage.instead_won, cabbage.saves_percent) == (540, -8)
    assert cabbage.finding is Finding.NOT_CHEAPER
    assert advice.choices[0] is chives
    assert "부추" in advice.verdict


def test_pieces_are_compared_through_their_typical_weight_and_marked() -> None:
    head = CATALOG.item("배추").weights["포기"].span
    cabbage = offer(SHOP, "배추", 5_000, 1, "포기")
    advice = ask(ReportingMarket([cabbage, per_100g("열무", 100)]), "배추", "김치")
    price = advice.original.price
    assert price is not None
    assert price.estimated
    assert price.won.mid == round(5_000 * 100 / head.mid)
    assert price.won.low < price.won.mid < price.won.high


@pytest.mark.parametrize("word", [HowUnusual.DEAR, HowUnusual.VERY_DEAR])
def test_what_is_dear_itself_is_not_recommended(word: HowUnusual) -> None:
    market = ReportingMarket([per_100g("시금치", 900), per_100g("부추", 300)], 부추=word)
    advice = ask(market, "시금치", "나물")
    assert choice(advice, "부추").finding is Finding.DEAR_ITSELF
    assert not any(c.recommended for c in advice.choices)
    assert "권할 만큼 더 싼 것이 없습니다" in advice.verdict


def test_without_a_normal_price_it_is_shown_but_not_recommended_and_said() -> None:
    market = ReportingMarket(
        [per_100g("시금치", 900), per_100g("부추", 300)], 부추=HowUnusual.UNKNOWN
    )
    advice = ask(market, "시금치", "나물")
    assert choice(advice, "부추").finding is Finding.NORMAL_UNKNOWN
    assert not choice(advice, "부추").recommended
    assert "부추" in advice.verdict
    assert "평년값을 몰라" in advice.verdict


def test_an_unknown_price_of_the_original_is_said() -> None:
    advice = ask(ReportingMarket([per_100g("부추", 300)]), "시금치", "나물")
    assert {c.finding for c in advice.choices} == {Finding.ORIGINAL_UNKNOWN}
    assert "시금치의 조사가격이 가까이에 없어" in advice.verdict


def test_a_substitute_nobody_sells_is_listed_as_unknown() -> None:
    advice = ask(ReportingMarket([per_100g("시금치", 900)]), "시금치", "나물")
    assert {c.finding for c in advice.choices} == {Finding.PRICE_UNKNOWN}
    assert all(c.saves_percent is None for c in advice.choices)


def test_an_allergen_that_comes_in_is_said_in_the_verdict() -> None:
    advice = ask(
        ReportingMarket([per_100g("시금치", 900), per_100g("콩나물", 200)]), "시금치", "나물"
    )
    assert choice(advice, "콩나물").new_allergens == ("대두",)
    assert "콩나물에는 대두가 들어 있습니다" in advice.verdict


def test_a_use_nobody_has_written_down_names_those_that_are_known() -> None:
    advice = ask(ReportingMarket([per_100g("시금치", 900)]), "시금치", "케이크")
    assert advice.choices == ()
    assert "나물" in advice.verdict


def test_an_unknown_item_gets_near_names() -> None:
    with pytest.raises(UnknownItemError):
        ask(ReportingMarket([]), "뭐라구요채소", None)


def basket(spinach: int, chives: int, at: Any = SHOP, **words: HowUnusual) -> ReportingMarket:
    offers = [per_100g("시금치", spinach), per_100g("당근", 400), per_100g("부추", chives, at)]
    return ReportingMarket(offers, **words)


LIST = (need("시금치 200g", "시금치", 200, "g"), need("당근 100g", "당근", 100, "g"))


def swaps(market: ReportingMarket, **uses: tuple[str, ...]) -> list[tuple[str, int]]:
    found = swaps_that_pay(
        request(*LIST),
        market,
        CATALOG,
        SWAPS,
        uses=uses or None,  # type: ignore[arg-type]
    )
    return [(swap.by.item, swap.saves_won) for swap in found]


def test_a_swap_pays_by_whole_packs_and_the_whole_trip() -> None:
    """200 g of 시금치 are two packs (2,000 won); 140 g of 부추 are two packs too (1,200 won)."""
    market = basket(1_000, 600)
    assert swaps(market, 시금치=("나물",)) == [("부추", 800)]


def test_a_swap_that_is_cheaper_by_weight_but_not_by_packs_does_not_pay() -> None:
    market = basket(1_000, 1_000)
    assert swaps(market, 시금치=("나물",)) == []


def test_a_swap_that_needs_a_long_way_does_not_pay() -> None:
    assert swaps(basket(1_000, 600, FAR), 시금치=("나물",)) == []


def test_a_dear_substitute_never_enters_the_basket() -> None:
    assert swaps(basket(1_000, 600, 부추=HowUnusual.DEAR), 시금치=("나물",)) == []


def test_the_saving_is_that_of_two_independent_plans() -> None:
    market = basket(1_000, 600)
    found = swaps_that_pay(request(*LIST), market, CATALOG, SWAPS)  # type: ignore[arg-type]
    for swap in found:
        after = make_plan(request(swap.by, LIST[1]), market, CATALOG)  # type: ignore[arg-type]
        before = make_plan(request(*LIST), market, CATALOG)  # type: ignore[arg-type]
        assert before.best
        assert after.best
        assert swap.saves_won == before.best.cost - after.best.cost > 0


def random_market(seed: int) -> ReportingMarket:
    """Two shops; each sells most of what the list and its substitutes name."""
    draw = random.Random(seed)
    names = {"시금치", "당근"} | {s.item for i in ("시금치", "당근") for s in SWAPS.instead_of(i)}
    return ReportingMarket(
        [
            offer(at, item, draw.randint(4, 40) * 100, draw.choice([100, 200, 500]), "g")
            for item in sorted(names)
            for at in (SHOP, FAR)
            if draw.random() < 0.8 or (item in ("시금치", "당근") and at is SHOP)
        ]
    )


@pytest.mark.parametrize("seed", range(8))
def test_the_bound_rules_out_no_swap_that_pays(seed: int) -> None:
    market = random_market(seed)
    before = make_plan(request(*LIST), market, CATALOG).best  # type: ignore[arg-type]
    assert before
    paying = set()
    for index, listed in enumerate(LIST):
        for substitute in SWAPS.instead_of(listed.item):
            by = need("대신", substitute.item, listed.amount * substitute.ratio, "g")
            needs = (by, LIST[1]) if index == 0 else (LIST[0], by)
            after = make_plan(request(*needs), market, CATALOG)  # type: ignore[arg-type]
            if after.best and not after.not_priced and not after.best.not_bought:
                saves = before.cost - after.best.cost
                paying |= {(substitute.item, saves)} if saves > 0 else set()
    assert set(swaps(market)) == paying


def test_what_is_on_the_list_already_replaces_nothing() -> None:
    market = basket(1_000, 600)
    wanted = (*LIST, need("부추 100g", "부추", 100, "g"))
    found = swaps_that_pay(request(*wanted), market, CATALOG, SWAPS)  # type: ignore[arg-type]
    assert "부추" not in {swap.by.item for swap in found}

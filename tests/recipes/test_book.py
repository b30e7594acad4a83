"""The book of dishes: complete, readable, scaled and merged."""

from __future__ import annotations

import pytest

from altteul.catalog import load_catalog
from altteul.recipes.book import UnknownDishError, load_book
from altteul.recipes.shopping import DishNeed, shopping_for
from altteul.recipes.substitutes import load_swaps
from altteul.units import parse_amount

BOOK = load_book()
CATALOG = load_catalog()


def needs_of(*wanted: tuple[str, float | None], **choices: tuple[str, ...]) -> dict[str, DishNeed]:
    dishes = [(BOOK.find(name), servings) for name, servings in wanted]
    return {need.item: need for need in shopping_for(dishes, CATALOG, **choices).to_buy}


def test_the_book_has_the_dishes_people_ask_for() -> None:
    assert len(BOOK.dishes) >= 80
    for name in (
        "비빔밥", "김밥", "김치", "김장", "된장찌개", "잡채", "불고기", "삼겹살 상차림",
        "시금치나물", "콩나물무침", "고사리나물", "미역국", "떡국", "차례상", "제사상", "이유식",
    ):  # fmt: skip
        assert BOOK.find(name).to_buy


@pytest.mark.parametrize("dish", BOOK.dishes.values(), ids=lambda dish: dish.name)
def test_every_amount_of_a_dish_can_be_read(dish: object) -> None:
    for ingredient in dish.ingredients:  # type: ignore[attr-defined]
        item = CATALOG.item(ingredient.item)
        parse_amount(ingredient.amount, item_kind=item.kind)
        assert ingredient.variety is None or item.variety(ingredient.variety)


def test_servings_scale_linearly() -> None:
    four, two = needs_of(("비빔밥", 4)), needs_of(("비빔밥", 2))
    assert four["콩나물"].amount.quantity.mid == 200
    assert two["콩나물"].amount.quantity.mid == 100
    assert two["달걀"].amount.quantity.mid == 2


def test_kimjang_is_measured_by_heads_of_cabbage() -> None:
    assert needs_of(("김장", None))["배추"].amount.quantity.mid == 20


def test_equal_ingredients_of_several_dishes_add_up() -> None:
    both = needs_of(("불고기", 4), ("미역국", 4))
    assert both["소고기"].amount.quantity.mid == 800
    assert both["소고기"].dishes == ("불고기", "미역국")
    assert not both["소고기"].estimated


def test_different_units_add_up_through_typical_weights_and_say_so() -> None:
    both = needs_of(("샐러드", 4), ("참치김밥", 4), ("채소 이유식", 6), ("된장찌개", 4))
    squash = both["애호박"]
    piece = CATALOG.item("애호박").weights["개"]
    low, high = 60 / piece.high + 0.5, 60 / piece.low + 0.5
    assert squash.amount.unit == "개"
    assert squash.estimated
    quantity = squash.amount.quantity
    assert (quantity.low, quantity.high) == pytest.approx((low, high))


def test_what_is_at_home_is_told_for_the_servings_that_are_cooked() -> None:
    at_home = {p.item: p.amounts for p in shopping_for([(BOOK.find("비빔밥"), 2)], CATALOG).pantry}
    assert (at_home["쌀"], at_home["고추장"], at_home["소금"]) == (("180g",), ("2큰술",), ("약간",))


def test_a_bowl_of_rice_comes_from_the_bag_at_home_unless_it_is_asked_for() -> None:
    assert "쌀" not in needs_of(("비빔밥", 4))
    assert needs_of(("비빔밥", 4), buy_pantry=("쌀",))["쌀"].amount.quantity.mid == 360


def test_what_is_at_home_costs_nothing_and_can_be_asked_for() -> None:
    dish = BOOK.find("비빔밥")
    shopping = shopping_for([(dish, 4)], CATALOG)
    assert {"고추장", "참기름", "소금"} <= {need.item for need in shopping.pantry}
    assert "고추장" not in {need.item for need in shopping.to_buy}
    assert needs_of(("비빔밥", 4), buy_pantry=("고추장",))["고추장"].amount.quantity.mid == 60


def test_an_item_can_be_left_out() -> None:
    assert "당근" not in needs_of(("잡채", 4), exclude=("당근",))


def test_an_unknown_dish_gets_near_names() -> None:
    with pytest.raises(UnknownDishError) as error:
        BOOK.find("된장찌게")
    assert error.value.suggestions[0] == "된장찌개"


def test_no_allergen_comes_in_unsaid() -> None:
    swaps = load_swaps()
    for item, substitutes in swaps.by_item.items():
        had = swaps.allergens.get(item, frozenset())
        for substitute in substitutes:
            brought = swaps.allergens.get(substitute.item, frozenset()) - had
            assert set(substitute.allergens) == brought


def test_substitutes_go_by_the_use_not_by_botany() -> None:
    swaps = load_swaps()
    kimchi = [substitute.item for substitute in swaps.instead_of("배추", "김치")]
    wraps = [substitute.item for substitute in swaps.instead_of("배추", "쌈")]
    assert kimchi[:3] == ["얼갈이배추", "열무", "양배추"]
    assert wraps[:3] == ["상추", "깻잎", "양상추"]
    assert "부추" in [substitute.item for substitute in swaps.instead_of("시금치", "나물")]

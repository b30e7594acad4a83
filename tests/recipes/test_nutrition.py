"""Nutrition beside the substitutes: complete, plausible, and near the published values."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from altteul.recipes.book import load_book
from altteul.recipes.nutrition import load_nutrition
from altteul.recipes.substitutes import load_swaps

# The published table names the kind of each food; ours is for the item.
PUBLISHED = {
    "오이": "오이_취청_생것", "애호박": "호박_애호박_생것", "감자": "감자_수미_생것",
    "사과": "사과_부사_생것", "시금치": "시금치_생것", "배": "배_생것", "단감": "감_단감_생것",
    "딸기": "딸기_설향_생것", "배추": "배추_생것", "양배추": "양배추_생것",
    "상추": "상추_치마상추_청상추_생것", "얼갈이배추": "얼갈이배추_생것",
    "부추": "부추_호부추_생것",
    "깻잎": "들깨_잎_생것", "단호박": "호박_단호박_생것", "가지": "가지_생것",
    "풋고추": "고추_풋고추_생것", "무": "무_조선무_뿌리_생것", "열무": "열무_생것",
    "당근": "당근_뿌리_생것", "브로콜리": "브로콜리_생것", "대파": "파_대파_생것",
    "쪽파": "파_쪽파_생것", "양파": "양파_생것", "깐마늘": "마늘_구근_생것",
    "고구마": "고구마_생것", "미나리": "미나리_물미나리_생것", "키위": "키위_그린_생것",
}  # fmt: skip


def test_every_item_of_the_swaps_has_its_nutrition() -> None:
    swaps = load_swaps()
    named = {s.item for found in swaps.by_item.values() for s in found} | set(swaps.by_item)
    assert not named - set(load_nutrition())


def test_energy_agrees_with_what_the_food_is_made_of() -> None:
    """Atwater: 4 kcal a gram of protein and carbohydrate; fat, which we do not list, only adds."""
    for item, food in load_nutrition().items():
        without_fat = 4 * food.protein + 4 * (food.carbohydrate - food.fibre)
        assert food.kcal >= 0.6 * without_fat - 5, item
        assert food.fibre <= food.carbohydrate, item


@pytest.mark.parametrize(("item", "name"), PUBLISHED.items(), ids=list(PUBLISHED))
def test_the_reference_values_are_near_the_published(
    item: str, name: str, shared_data: Path
) -> None:
    table = json.loads((shared_data / "recipes" / "nutrition.json").read_text(encoding="utf-8"))
    published = {entry["foodName"]: entry for entry in table["entries"]}[name]
    ours = load_nutrition()[item]
    assert ours.kcal == pytest.approx(published["kcal"], rel=0.15, abs=4)
    assert ours.protein == pytest.approx(published["protein"], rel=0.25, abs=0.5)
    assert ours.carbohydrate == pytest.approx(published["carbs"], rel=0.2, abs=1)
    assert ours.fibre == pytest.approx(published["fiber"], rel=0.35, abs=0.8)


def test_a_main_ingredient_of_kimchi_is_swapped_as_kimchi() -> None:
    kimchi = load_book().find("김장")
    cabbage = next(i for i in kimchi.to_buy if i.item == "배추")
    assert kimchi.use_of(cabbage) == "김치"
    assert load_swaps().instead_of("배추", kimchi.use_of(cabbage))
    radish = next(i for i in kimchi.to_buy if i.item == "무")
    assert kimchi.use_of(radish) == radish.role == "소"

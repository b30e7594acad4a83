"""Features know the past alone, and mean what they say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from altteul.forecast import calendar_days
from altteul.forecast.features import FeatureMaker
from altteul.forecast.kin import market_moves, parts_of, sample_of
from altteul.forecast.models import Boosted, LastPrice, NormalYear, SameSeason
from altteul.forecast.panel import Panel
from altteul.forecast.rows import Rows, at_origin

ORIGIN = 1100


def destroyed_after(panel: Panel, column: int) -> Panel:
    """The same past, and a future of nonsense."""
    won = panel.won.copy()
    shape = won[:, column + 1 :].shape
    won[:, column + 1 :] = np.random.default_rng(0).uniform(1, 1e6, shape)
    return replace(panel, won=won)


def test_features_are_the_same_when_the_future_is_destroyed(seasonal: Panel) -> None:
    whole, broken = FeatureMaker(seasonal), FeatureMaker(destroyed_after(seasonal, ORIGIN))
    rows = whole.rows([ORIGIN - 30, ORIGIN], [1, 7, 14, 28])
    first, second = whole.table(rows), broken.table(rows)
    assert len(rows) == 6 * 2 * 4
    np.testing.assert_array_equal(first.values, second.values)
    np.testing.assert_array_equal(first.scale, second.scale)


def of_three_items_in_two_regions(panel: Panel) -> Panel:
    """The six series as 배추, 무 and 사과 of 서울 and 전국."""
    keys = tuple(
        replace(key, item=("배추", "무", "사과")[row // 2], region=("서울", "전국")[row % 2])
        for row, key in enumerate(panel.keys)
    )
    return replace(panel, keys=keys)


def test_columns_from_other_series_know_no_future_either(seasonal: Panel) -> None:
    panel = of_three_items_in_two_regions(seasonal)
    whole, broken = FeatureMaker(panel), FeatureMaker(destroyed_after(panel, ORIGIN))
    rows = whole.rows([ORIGIN - 30, ORIGIN], [1, 7, 28])
    first, second = whole.table(rows), broken.table(rows)
    pooled = first.values[:, first.names.index("pooled_season")]
    assert np.isfinite(pooled).all()
    np.testing.assert_array_equal(first.values, second.values)


def test_a_young_series_leans_on_the_season_of_the_same_item_elsewhere(seasonal: Panel) -> None:
    panel = of_three_items_in_two_regions(seasonal)
    won = panel.won.copy()
    won[0, : ORIGIN - 100] = np.nan
    maker = FeatureMaker(replace(panel, won=won))
    rows = maker.rows([ORIGIN], [28])
    table = maker.table(rows)
    columns = dict(zip(table.names, table.values.T, strict=True))
    assert np.isnan(columns["season_mean_15"][0])
    # Its only season is that of the same item's other series, in its own typical moves.
    moves = maker.past.move[:, ORIGIN]
    expected = columns["season_mean_15"][1] * moves[1] / moves[0]
    assert columns["pooled_season"][0] == pytest.approx(expected)


def test_a_panel_read_in_parts_has_the_columns_of_the_whole(seasonal: Panel) -> None:
    panel = of_three_items_in_two_regions(seasonal)
    whole, moves = FeatureMaker(panel), market_moves(panel)
    table = whole.table(whole.rows([ORIGIN], [7, 28]))
    parts = parts_of(panel, 3)
    assert [len(part.keys) for part in parts] == [2, 2, 2]
    for part in parts:
        maker = FeatureMaker(part, moves)
        found = maker.table(maker.rows([ORIGIN], [7, 28])).values
        first = 2 * panel.keys.index(part.keys[0])
        np.testing.assert_array_equal(found, table.values[first : first + 4])


def test_a_sample_takes_as_many_series_of_each_item(seasonal: Panel) -> None:
    panel = of_three_items_in_two_regions(seasonal)
    assert [key.item for key in sample_of(panel, 3).keys] == ["배추", "무", "사과"]
    assert sample_of(panel, 6) is panel


def test_goods_of_one_category_share_its_move(seasonal: Panel) -> None:
    maker = FeatureMaker(of_three_items_in_two_regions(seasonal))
    table = maker.table(maker.rows([ORIGIN], [7]))
    columns = dict(zip(table.names, table.values.T, strict=True))
    assert columns["category"].tolist() == [200.0, 200.0, 200.0, 200.0, 400.0, 400.0]
    week = columns["category_7"]
    assert len(set(week[:4])) == 1
    assert week[0] != week[4]


@pytest.mark.parametrize("model", [LastPrice(), SameSeason(), NormalYear()])
def test_baselines_are_the_same_when_the_future_is_destroyed(
    model: LastPrice | SameSeason | NormalYear, seasonal: Panel
) -> None:
    whole, broken = FeatureMaker(seasonal), FeatureMaker(destroyed_after(seasonal, ORIGIN))
    rows = whole.rows([ORIGIN], [1, 7, 28])
    np.testing.assert_array_equal(model.predict(whole, rows), model.predict(broken, rows))


def test_a_fitted_model_is_the_same_when_the_future_is_destroyed(seasonal: Panel) -> None:
    made = []
    for panel in (seasonal, destroyed_after(seasonal, ORIGIN)):
        maker = FeatureMaker(panel)
        model = Boosted(rounds=20).fit(maker, ORIGIN)
        made.append(model.quantiles(maker, maker.rows([ORIGIN], [7, 28])))
    for level in (0.1, 0.5, 0.9):
        np.testing.assert_array_equal(made[0][level], made[1][level])


def test_looking_ahead_of_the_origin_is_refused(seasonal: Panel) -> None:
    maker = FeatureMaker(seasonal)
    rows = Rows(np.array([0]), np.array([ORIGIN]), np.array([7]))
    with pytest.raises(ValueError, match="ahead"):
        at_origin(maker.past.log, rows, -1)


def test_changes_are_log_changes_in_typical_moves(seasonal: Panel) -> None:
    maker = FeatureMaker(seasonal)
    monday = ORIGIN - (seasonal.first.weekday() + ORIGIN) % 7
    rows = maker.rows([monday], [7])
    table = maker.table(rows)
    won = seasonal.won[:, [monday - 7, monday]]
    expected = np.log(won[:, 1] / won[:, 0]) / maker.past.move[:, monday]
    found = table.values[:, table.names.index("change_7")]
    np.testing.assert_allclose(found, expected)


def test_a_series_out_of_season_has_no_rows(seasonal: Panel) -> None:
    won = seasonal.won.copy()
    won[0, ORIGIN - 40 : ORIGIN + 40] = np.nan
    maker = FeatureMaker(replace(seasonal, won=won))
    assert 0 not in maker.rows([ORIGIN], [7]).series


def test_the_truth_of_a_day_without_survey_is_unknown(seasonal: Panel) -> None:
    maker = FeatureMaker(seasonal)
    friday = ORIGIN - (seasonal.first.weekday() + ORIGIN) % 7 + 4
    rows = maker.rows([friday], [1, 3])
    truth = maker.truth(rows)
    assert np.isnan(truth[rows.horizon == 1]).all()
    assert np.isfinite(truth[rows.horizon == 3]).all()


def test_feasts_are_the_published_days() -> None:
    assert calendar_days.feast_days(2025) == (date(2025, 1, 29), date(2025, 10, 6))
    assert calendar_days.feast_days(2021) == (date(2021, 2, 12), date(2021, 9, 21))


def test_days_to_a_feast_count_down_and_then_up() -> None:
    first = date(2025, 1, 20)
    found = calendar_days.days_to_feast(first, np.array([0, 9, 12]), 0)
    assert found.tolist() == [9.0, 0.0, -3.0]


def test_there_is_no_survey_on_a_substitute_holiday() -> None:
    substitute = date(2025, 10, 8)
    assert not calendar_days.is_survey_day(substitute)
    assert calendar_days.is_survey_day(substitute + timedelta(days=2))


def test_kimjang_is_from_november_to_december() -> None:
    found = calendar_days.in_kimjang(date(2024, 11, 9), np.array([0, 1, 36, 37]))
    assert found.tolist() == [0.0, 1.0, 1.0, 0.0]

"""Drivers tell of the past, those known in advance of the coming days, and nothing beyond."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from altteul.errors import InputError
from altteul.forecast.drivers import FARTHEST, Driver, read_drivers
from altteul.forecast.features import FeatureMaker
from altteul.forecast.panel import Panel

ORIGIN = 1100


def driver(days: int, seed: int = 0, item: str | None = None, *, ahead: bool = False) -> Driver:
    values = np.random.default_rng(seed).uniform(50, 150, days)
    return Driver("반입량", item, date(2021, 1, 1), values, known_ahead=ahead)


def destroyed_after(one: Driver, column: int) -> Driver:
    values = one.values.copy()
    values[column + 1 :] = 1e9
    return replace(one, values=values)


def columns(panel: Panel, *drivers: Driver) -> dict[str, np.ndarray]:
    maker = FeatureMaker(replace(panel, drivers=drivers))
    table = maker.table(maker.rows([ORIGIN], [7, 28]))
    return {
        name: table.values[:, place]
        for place, name in enumerate(table.names)
        if name.startswith("반입량")
    }


def test_a_destroyed_future_of_a_driver_changes_nothing(seasonal: Panel) -> None:
    whole = driver(seasonal.days)
    # What is measured on the day of the origin is published on the next.
    first = columns(seasonal, whole)
    second = columns(seasonal, destroyed_after(whole, ORIGIN - 1))
    assert set(first) == {"반입량_week", "반입량_season"}
    for name, values in first.items():
        assert np.isfinite(values).all()
        np.testing.assert_array_equal(values, second[name])
    assert not np.array_equal(
        columns(seasonal, destroyed_after(whole, ORIGIN - 2))["반입량_week"], first["반입량_week"]
    )


def test_a_driver_known_ahead_is_read_to_the_target_day_and_not_beyond(seasonal: Panel) -> None:
    plan = driver(seasonal.days + FARTHEST, ahead=True)
    first = columns(seasonal, plan)["반입량_ahead"]
    same = columns(seasonal, destroyed_after(plan, ORIGIN + 28))["반입량_ahead"]
    other = columns(seasonal, destroyed_after(plan, ORIGIN + 7))["반입량_ahead"]
    np.testing.assert_array_equal(first, same)
    assert (first[::2] == other[::2]).all()
    assert (first[1::2] != other[1::2]).all()


def test_the_panel_of_a_day_holds_no_later_driver_values(seasonal: Panel) -> None:
    day = seasonal.day(ORIGIN)
    panel = replace(seasonal, drivers=(driver(1400), driver(1400, ahead=True))).until(day)
    assert [one.values.size for one in panel.drivers] == [ORIGIN + 1, ORIGIN + 1 + FARTHEST]
    assert panel.digest() != seasonal.until(day).digest()


def test_the_week_is_held_against_four_weeks_in_logarithms(seasonal: Panel) -> None:
    one = driver(seasonal.days)
    logs = np.log(one.values[:ORIGIN])
    expected = logs[-7:].mean() - logs[-28:].mean()
    assert columns(seasonal, one)["반입량_week"] == pytest.approx(expected)


def test_an_items_driver_concerns_that_item_alone(seasonal: Panel) -> None:
    found = columns(seasonal, driver(seasonal.days, item=seasonal.keys[2].item))["반입량_week"]
    assert np.flatnonzero(np.isfinite(found)).tolist() == [4, 5]


def test_files_in_the_data_folder_are_read(tmp_path: Path) -> None:
    folder = tmp_path / "drivers"
    folder.mkdir()
    text = "date,name,value,item\n2024-06-03,반입량,120.5,배추\n2024-06-05,반입량,80,배추\n"
    (folder / "garak.csv").write_text(text, encoding="utf-8")
    (one,) = read_drivers(tmp_path)
    assert (one.name, one.item, one.first, one.known_ahead) == (
        "반입량",
        "배추",
        date(2024, 6, 3),
        False,
    )
    np.testing.assert_array_equal(one.values, [120.5, np.nan, 80.0])
    assert one.until(one.first + timedelta(days=1)).values.size == 2
    assert read_drivers(tmp_path / "nowhere") == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [("날짜,값\n2024-06-03,1\n", "date"), ("date,name,value\n2024-06-03,반입량,많음\n", "많음")],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "drivers").mkdir()
    (tmp_path / "drivers" / "bad.csv").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"bad\.csv") as refused:
        read_drivers(tmp_path)
    assert said in str(refused.value)

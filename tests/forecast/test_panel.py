"""Series are never spliced, and what was not surveyed stays unknown."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from altteul.catalog import load_catalog
from altteul.forecast.panel import Panel, panel_of
from altteul.history import History
from altteul.sources.files import read_file
from altteul.sources.observation import Channel, Measure, Observation, Stage, observation_frame


def mean(day: date, price: int, **words: object) -> Observation:
    fields: dict[str, object] = {
        "date": day, "stage": Stage.RETAIL, "item": "달걀", "measure": Measure.MEAN,
        "price": price, "count": 30.0, "count_unit": "개", "region": "서울", "source": "made",
    }  # fmt: skip
    return Observation.model_validate({**fields, **words})


MONDAY, THURSDAY = date(2025, 3, 3), date(2025, 3, 6)


def test_packs_regions_and_channels_are_series_of_their_own() -> None:
    panel = panel_of(
        observation_frame(
            [
                mean(MONDAY, 7_000),
                mean(MONDAY, 3_000, count=10.0),
                mean(MONDAY, 7_100, region="부산"),
                mean(MONDAY, 6_500, channel=Channel.LARGE_STORE),
                mean(MONDAY, 6_800, note="1kg(1L)당 환산가격, 표시 단위 30구"),
            ]
        )
    )
    assert len(panel.keys) == 5
    assert sorted(panel.won[:, 0]) == [3_000, 6_500, 6_800, 7_000, 7_100]


def test_days_without_a_survey_are_unknown() -> None:
    panel = panel_of(observation_frame([mean(MONDAY, 7_000), mean(THURSDAY, 7_200)]))
    np.testing.assert_array_equal(panel.won, [[7_000, np.nan, np.nan, 7_200]])
    assert (panel.first, panel.last) == (MONDAY, THURSDAY)


def test_shops_prices_and_ten_day_means_are_no_daily_means() -> None:
    rows = observation_frame(
        [
            mean(MONDAY, 7_000, measure=Measure.PRICE, seller="made:1"),
            mean(MONDAY, 7_000, note="순 평균 · 특란"),
        ]
    )
    assert panel_of(rows).keys == ()


def test_until_forgets_what_came_later() -> None:
    panel = panel_of(observation_frame([mean(MONDAY, 7_000), mean(THURSDAY, 7_200)]))
    assert panel.until(date(2025, 3, 5)).won.tolist()[0][0] == 7_000
    assert np.isnan(panel.until(date(2025, 3, 5)).won[0, 1:]).all()


@pytest.mark.slow
def test_the_seoul_survey_is_83_items_in_separate_packs(shared_data: Path, tmp_path: Path) -> None:
    history = History.open(tmp_path)
    file = shared_data / "prices/kamis_seoul_retail_2021_202506.csv.gz"
    history.record(read_file(file, load_catalog()), origin=file.name)
    rows = history.observations()
    panel: Panel = panel_of(rows)
    assert len({key.item for key in panel.keys}) == rows["item"].n_unique()
    units = {key.unit for key in panel.keys if key.item == "달걀"}
    assert units == {"10개", "30개"}
    assert int(np.isfinite(panel.won).sum()) == rows.height

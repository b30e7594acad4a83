"""Recording prices: once is enough, corrections replace, and the past stays readable."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from altteul.history.history import REPEATED, History
from altteul.sources.harvest import Harvest
from altteul.sources.observation import (
    OBSERVATION_KEY,
    OBSERVATION_SCHEMA,
    Observation,
    observation_frame,
)


def test_a_folder_that_does_not_exist_is_an_empty_history(tmp_path: Path) -> None:
    history = History.open(tmp_path / "nowhere")
    assert history.is_empty()
    assert history.observations().schema == OBSERVATION_SCHEMA
    assert history.observations().is_empty()
    assert history.imports() == []
    assert history.sellers().all() == []
    assert not (tmp_path / "nowhere").exists()


def test_what_is_recorded_reads_back_exactly(history: History, harvest: Any) -> None:
    given = harvest({"note": "세일", "discount": "sale"}, {"item": "무", "count": None,
                    "count_unit": None, "mass_g": 1500.0, "grade": "상품"})  # fmt: skip
    history.record(given, origin="a.csv")
    expected = given.observations.sort("item")
    assert history.observations().equals(expected, null_equal=True)


def test_importing_twice_is_importing_once(history: History, harvest: Any) -> None:
    rows = harvest({}, {"item": "무"}, {"date": date(2022, 1, 3)})
    first = history.record(rows, origin="a.csv")
    before = history.observations()
    second = history.record(rows, origin="a.csv")
    assert (first.new, first.unchanged, first.corrected) == (3, 0, 0)
    assert (second.new, second.unchanged, second.corrected) == (0, 3, 0)
    assert history.observations().equals(before)


@pytest.mark.parametrize("changed", [{"price": 4800}, {"discount": "sale"}, {"note": "국산"}])
def test_a_correction_replaces_and_the_earlier_price_stays_readable(
    history: History, harvest: Any, changed: dict[str, Any]
) -> None:
    first = history.record(harvest({}, {"item": "무"}), origin="a.csv")
    second = history.record(harvest(changed, {"item": "무"}), origin="b.csv")
    assert (second.new, second.unchanged, second.corrected) == (0, 1, 1)
    now = history.observations(items=["배추"]).row(0, named=True)
    assert {name: now[name] for name in changed} == changed
    then = history.observations(items=["배추"], as_known_at=first.recorded_at)
    assert then.select("price", "discount", "note").rows() == [(5000, None, None)]


def test_a_price_corrected_back_is_a_correction_too(history: History, harvest: Any) -> None:
    outcomes = [history.record(harvest({"price": p}), origin="f") for p in (5000, 6000, 5000)]
    assert [outcome.corrected for outcome in outcomes] == [0, 1, 1]
    known = [history.observations(as_known_at=o.recorded_at)["price"].item() for o in outcomes]
    assert known == [5000, 6000, 5000]
    assert history.observations()["price"].to_list() == [5000]


def test_before_the_first_import_nothing_was_known(history: History, harvest: Any) -> None:
    outcome = history.record(harvest({}), origin="a.csv")
    moment = outcome.recorded_at - timedelta(microseconds=1)
    assert history.observations(as_known_at=moment).is_empty()


def test_a_moment_without_time_zone_is_refused(history: History) -> None:
    with pytest.raises(ValueError, match="time zone"):
        history.observations(as_known_at=datetime(2026, 1, 1))  # noqa: DTZ001 - that is the point


def test_rows_that_differ_only_in_what_is_missing_are_two_facts(
    history: History, harvest: Any
) -> None:
    outcome = history.record(
        harvest({}, {"grade": "상품"}, {"mass_g": 2500.0}, {"channel": None, "seller": None,
                "measure": "mean"}), origin="a.csv",
    )  # fmt: skip
    assert outcome.new == 4
    assert history.observations().height == 4


def test_the_last_of_two_equal_rows_in_one_file_counts_and_is_told(
    history: History, harvest: Any
) -> None:
    outcome = history.record(harvest({}, {"price": 5500}), origin="a.csv")
    assert (outcome.new, outcome.dropped_by_reason) == (1, {REPEATED: 1})
    assert history.observations()["price"].to_list() == [5500]


def test_a_correction_is_newer_even_when_the_clock_went_back(
    history: History, harvest: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = history.record(harvest({}), origin="a.csv")
    yesterday = first.recorded_at - timedelta(days=1)
    monkeypatch.setattr("altteul.history.prices._now", lambda: yesterday)
    second = history.record(harvest({"price": 4000}), origin="b.csv")
    assert second.recorded_at > first.recorded_at


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"items": ["무"]}, {"무"}),
        ({"since": date(2021, 6, 1)}, {"오이"}),
        ({"until": date(2021, 5, 30)}, {"양파"}),
        ({"regions": ["부산"]}, {"감자"}),
        ({"sellers": ["other:1"]}, {"상추"}),
        ({"sources": ["other"]}, {"상추"}),
        ({"measures": ["mean"]}, {"쌀"}),
        ({"stages": ["wholesale"]}, {"마늘"}),
        ({"items": ["무", "오이"], "until": date(2021, 5, 31)}, {"무"}),
        ({"items": []}, set()),
    ],
)
def test_observations_are_chosen_by_every_condition(
    history: History, harvest: Any, wanted: dict[str, Any], found: set[str]
) -> None:
    rows = harvest(
        {"item": "무"},
        {"item": "오이", "date": date(2021, 6, 1)},
        {"item": "양파", "date": date(2021, 5, 30)},
        {"item": "감자", "region": "부산"},
        {"item": "상추", "source": "other", "seller": "other:1"},
        {"item": "쌀", "measure": "mean", "seller": None},
        {"item": "마늘", "stage": "wholesale"},
    )
    history.record(rows, origin="a.csv")
    assert set(history.observations(**wanted)["item"]) == found


def test_a_newly_opened_history_sees_what_another_wrote(history: History, harvest: Any) -> None:
    reader = History.open(history._home)
    assert reader.is_empty()
    history.record(harvest({}), origin="a.csv")
    assert reader.observations()["price"].to_list() == [5000]
    history.record(harvest({"price": 5100}), origin="b.csv")
    assert reader.observations()["price"].to_list() == [5100]


def test_compacting_changes_nothing_that_is_read(history: History, harvest: Any) -> None:
    first = history.record(harvest({}, {"item": "무"}), origin="a.csv")
    for price in (5100, 5200, 5300):
        history.record(harvest({"price": price}, {"item": f"품목{price}"}), origin="b.csv")
    before = history.observations(), history.observations(as_known_at=first.recorded_at)
    files = history.compact()
    assert files == {"before": 4, "after": 1}
    reopened = History.open(history._home)
    after = reopened.observations(), reopened.observations(as_known_at=first.recorded_at)
    assert all(a.equals(b) for a, b in zip(before, after, strict=True))
    assert reopened.record(harvest({"price": 5300}), origin="c.csv").unchanged == 1
    assert len(reopened.imports()) == 5


def test_a_year_of_many_small_imports_is_sorted_by_itself(
    history: History, harvest: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("altteul.history.history.FILES_PER_YEAR", 4)
    counted = []
    for price in range(12):
        history.record(harvest({"item": f"품목{price}", "price": 5000 + price}), origin="f")
        counted.append(len(history._prices.folder.files()))
    assert max(counted) == 4
    assert set(history.observations()["price"]) == set(range(5000, 5012))
    assert len(history.imports()) == 12


rows = st.fixed_dictionaries(
    {
        "item": st.sampled_from(["배추", "무"]),
        "date": st.sampled_from([date(2021, 12, 31), date(2022, 1, 1)]),
        "grade": st.sampled_from([None, "상품"]),
        "mass_g": st.sampled_from([None, 0.1 + 0.2, 0.3]),
        "price": st.integers(1, 3),
        "note": st.sampled_from([None, "세일"]),
    }
)


@pytest.mark.slow
@given(batches=st.lists(st.lists(rows, max_size=5), min_size=1, max_size=4))
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_random_batches_equal_a_dictionary(
    tmp_path_factory: pytest.TempPathFactory, priced: Any, batches: list[list[dict[str, Any]]]
) -> None:
    history = History.open(tmp_path_factory.mktemp("model"))
    model: dict[tuple[Any, ...], Observation] = {}
    seen = []
    for batch in batches:
        facts = [priced(**row) for row in batch]
        outcome = history.record(Harvest("seoul", observation_frame(facts)), origin="f")
        expected = count_changes(model, facts)
        assert (outcome.new, outcome.corrected, outcome.unchanged) == expected
        seen.append((outcome.recorded_at, dict(model)))
    for moment, known in seen:
        assert contents(history.observations(as_known_at=moment)) == as_rows(known)
    assert contents(history.observations()) == as_rows(model)
    history.close()


def count_changes(
    model: dict[tuple[Any, ...], Observation], facts: list[Observation]
) -> tuple[int, int, int]:
    """Put the facts into the model, last one wins; how many keys are new, corrected, unchanged."""
    last = {tuple(getattr(fact, name) for name in OBSERVATION_KEY): fact for fact in facts}
    new = sum(key not in model for key in last)
    unchanged = sum(key in model and model[key] == fact for key, fact in last.items())
    model.update(last)
    return new, len(last) - new - unchanged, unchanged


def as_rows(model: dict[tuple[Any, ...], Observation]) -> set[tuple[Any, ...]]:
    return set(observation_frame(model.values()).rows())


def contents(frame: pl.DataFrame) -> set[tuple[Any, ...]]:
    assert frame.select(OBSERVATION_KEY).is_unique().all()
    return set(frame.rows())


def test_importing_the_module_loads_no_database_library() -> None:
    code = (
        "import sys, altteul.history.history;"
        "print([m for m in ('deltalake', 'sqlalchemy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_reading_prices_does_not_load_sqlalchemy(history: History, harvest: Any) -> None:
    history.record(harvest({}), origin="a.csv")
    code = (
        "import sys, pathlib; from altteul.history.history import History;"
        f"h = History.open(pathlib.Path({str(history._home)!r}));"
        "print(h.observations().height, len(h.sellers()), 'sqlalchemy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1", "0", "False"]

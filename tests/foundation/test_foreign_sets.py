"""Sets laid out like the evaluation's, but with series that nobody had in mind."""

from __future__ import annotations

import importlib.util
import json
import math
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from altteul.errors import FileError
from altteul.foundation.commands import app
from altteul.foundation.evaluation.datasets import SeriesSet, load_folder
from altteul.foundation.evaluation.peers import peers
from altteul.foundation.evaluation.protocol import geometric_mean_ratio, score_forecast
from altteul.foundation.seasons import PERIODS, frequency_name

RNG = np.random.default_rng(7)
WAVE = 100 + 10 * np.sin(np.arange(300) * 2 * np.pi / 7) + RNG.normal(0, 2, 300)


def put(folder: Path, series: list[np.ndarray], **changes: object) -> Path:
    folder.mkdir(parents=True)
    lengths = np.array([len(one) for one in series])
    ids = np.array([f"s{place}" for place in range(len(series))])
    np.savez(folder / "series.npz", values=np.concatenate(series), lengths=lengths, ids=ids)
    meta = {"name": folder.name, "freq": "daily", "horizon": 7}
    meta |= {"mase_season": 7, "snaive_season": 7} | changes
    (folder / "meta.json").write_text(json.dumps(meta), "utf-8")
    return folder


def gappy() -> np.ndarray:
    values = WAVE.copy()
    values[RNG.random(300) < 0.3] = np.nan
    values[-4] = np.inf
    return values


def unknown_past() -> np.ndarray:
    return np.concatenate([np.full(200, np.nan), WAVE[:7]])


ODD: dict[str, tuple[list[np.ndarray], dict[str, object]]] = {
    "plain": ([WAVE, WAVE[:60]], {}),
    "gaps": ([gappy(), WAVE], {}),
    "unknown-past": ([WAVE, unknown_past()], {}),
    "unknown-truth": ([WAVE, np.concatenate([WAVE[:50], np.full(7, np.nan)])], {}),
    "constant": ([np.full(100, 5.0)], {}),
    "zeros": ([np.zeros(50)], {}),
    "short": ([np.arange(9.0) ** 2, np.full(8, 3.0)], {"freq": "yearly", "mase_season": 1}),
    "one-point": ([np.concatenate([[3.0], WAVE[:7]])], {}),
    "odd-words": ([WAVE], {"freq": "4_seconds", "mase_season": 21600, "snaive_season": 21600}),
    "long": ([np.cumsum(RNG.normal(0, 1, 20_000))], {"freq": "10-secondly", "horizon": 300}),
    "huge": ([WAVE * 1e18, WAVE * 1e-18, -WAVE], {"freq": None}),
    "한글": ([WAVE], {"freq": "W-SUN"}),
}


@pytest.fixture(scope="module")
def odd_sets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("odd")
    for name, (series, changes) in ODD.items():
        put(folder / name, series, **changes)
    return folder


def evaluated(folder: Path, *words: str) -> dict[str, Any]:
    ended = CliRunner().invoke(app, ["evaluate", str(folder), "--json", "--no-thorough", *words])
    assert ended.exception is None, ended.exception

    def refuse(word: str) -> None:
        raise AssertionError(f"{word} is no JSON")

    made: dict[str, Any] = json.loads(ended.stdout, parse_constant=refuse)
    return made


@pytest.mark.filterwarnings("error")
def test_every_odd_set_is_measured_and_the_same_each_time(odd_sets: Path) -> None:
    first, again = evaluated(odd_sets), evaluated(odd_sets)
    for made in (first, again):
        for line in made["sets"]:
            line.pop("seconds")
    assert first == again
    assert {line["name"] for line in first["sets"]} == set(ODD)
    assert math.isfinite(first["relative_mase"])
    assert math.isfinite(first["relative_wql"])


def test_what_is_not_defined_is_null_and_left_out_of_the_mean(odd_sets: Path) -> None:
    made = evaluated(odd_sets)
    lines = {line["name"]: line for line in made["sets"]}
    assert lines["constant"]["mase"] is None  # it never changes: no seasonal error
    assert lines["constant"]["wql"] == 0.0
    assert lines["constant"]["relative_wql"] is None  # the seasonal naive has no error either
    assert lines["zeros"]["wql"] is None
    assert lines["one-point"]["mase"] is None
    known = [line["relative_mase"] for line in made["sets"] if line["relative_mase"] is not None]
    assert len(known) == len(ODD) - 3
    assert made["relative_mase"] == pytest.approx(np.exp(np.log(known).mean()))


def test_a_series_without_a_known_past_counts_and_gets_the_seasonal_naive(odd_sets: Path) -> None:
    lines = {line["name"]: line for line in evaluated(odd_sets)["sets"]}
    one = lines["unknown-past"]
    truths = np.stack([WAVE[-7:], WAVE[:7]])
    share = np.abs(truths[1]).sum() / np.abs(truths).sum()  # the naive's zeros miss all of it
    assert one["series"] == 2
    assert one["wql"] > 0.99 * share


def test_sets_that_nobody_published_are_measured_without_a_place(
    odd_sets: Path, tmp_path: Path
) -> None:
    text = "dataset_config,seasonal_naive,weak\nelsewhere,1.0,5.0\n"
    for measure in ("mase", "wql"):
        (tmp_path / f"chronos_zeroshot_{measure}.csv").write_text(text)
    assert evaluated(odd_sets / "plain", "--published", str(tmp_path))["places"] == {}


@pytest.mark.skipif(
    importlib.util.find_spec("statsforecast") is None, reason="statsforecast is not installed"
)
@pytest.mark.slow
def test_peers_forecast_every_odd_set(odd_sets: Path) -> None:
    for name in ("gaps", "unknown-past", "constant", "short", "one-point"):
        (group,) = load_folder(odd_sets / name)
        contexts, truth = group.split()
        for peer, run in peers().items():
            made = run(contexts, group)
            assert made.shape == (*truth.shape, 9), (name, peer)
            assert np.isfinite(made).all(), (name, peer)


def without(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).unlink()


def changed(**values: object) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        meta = json.loads((folder / "meta.json").read_text())
        (folder / "meta.json").write_text(json.dumps(meta | values))

    return change


def written(name: str, content: bytes) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        (folder / name).write_bytes(content)

    return change


def empty(folder: Path) -> None:
    np.savez(folder / "series.npz", values=np.zeros(0), lengths=np.zeros(0, int), ids=np.zeros(0))


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (without("meta.json"), "meta.json 파일이 없음"),
        (without("series.npz"), "series.npz 파일이 없음"),
        (written("meta.json", b"junk"), "meta.json이 JSON이 아님"),
        (written("meta.json", b"[1]"), "모양이 다름"),
        (written("meta.json", b'{"name": "x"}'), "horizon 항목이 없음"),
        (written("series.npz", b"PK\x03\x04junk"), "series.npz가 깨져 있음"),
        (changed(horizon=0), "예측 기간 0은"),
        (changed(horizon=300), "짧거나 같습니다"),
        (changed(mase_season=0), "계절 길이"),
        (changed(mase_season="x"), "모양이 다름"),
        (empty, "계열이 없거나"),
    ],
)
def test_a_broken_set_is_named_with_what_is_wrong(
    odd_sets: Path, tmp_path: Path, damage: Callable[[Path], None], words: str
) -> None:
    shutil.copytree(odd_sets / "plain", tmp_path / "set")
    shutil.copytree(odd_sets / "gaps", tmp_path / "whole")
    damage(tmp_path / "set")
    with pytest.raises(FileError, match=words) as told:
        load_folder(tmp_path)
    assert "set" in str(told.value)
    assert "\n" not in str(told.value)


def test_words_of_other_libraries_name_our_frequencies() -> None:
    known = {"H": "hourly", "1h": "hourly", "15T": "15-minutely", "15min": "15-minutely"}
    known |= {"W-SUN": "weekly", "QS-OCT": "quarterly", "A-DEC": "yearly", "MS": "monthly"}
    known |= {"Daily": "daily", " hourly ": "hourly"} | {name: name for name in PERIODS}
    assert {word: frequency_name(word) for word in known} == known
    assert frequency_name("4_seconds") is None
    assert frequency_name("") is None


def test_a_measure_without_anything_to_measure_is_not_a_number() -> None:
    nothing = score_forecast([np.ones(5)], np.full((1, 2), np.nan), np.ones((1, 2, 9)), 1)
    assert math.isnan(nothing.mase)
    assert math.isnan(nothing.wql)
    assert math.isnan(nothing.coverage)
    assert geometric_mean_ratio([4.0, math.nan, 3.0], [1.0, 1.0, 0.0]) == pytest.approx(4.0)
    assert math.isnan(geometric_mean_ratio([1.0], [0.0]))


def test_an_infinite_value_is_unknown(odd_sets: Path) -> None:
    group: SeriesSet = load_folder(odd_sets / "gaps")[0]
    assert not np.isinf(group.series[0]).any()
    assert np.isnan(group.series[0][-4])

"""Loading sets of series, GIFT-Eval's windows, and the public hub (from a local server)."""

from __future__ import annotations

import functools
import http.server
import io
import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from altteul.errors import FileError, InputError, SourceError
from altteul.foundation.evaluation.datasets import SeriesSet, load_folder, load_set
from altteul.foundation.evaluation.hub import CHRONOS, GIFT, TASKS, _frequency, fetch
from altteul.foundation.evaluation.peers import naive
from altteul.foundation.evaluation.report import evaluate
from altteul.foundation.evaluation.windows import (
    HORIZONS,
    SEASONS,
    as_task,
    count_windows,
    horizon_of,
    rolling,
    windows_of,
)


def write_set(folder: Path, lengths: list[int], horizon: int = 2, **changes: object) -> Path:
    folder.mkdir(parents=True)
    values = np.arange(sum(lengths), dtype=float)
    ids = np.array([str(i) for i in range(len(lengths))])
    np.savez(folder / "series.npz", values=values, lengths=np.array(lengths), ids=ids)
    meta = {"name": folder.name, "freq": "daily", "horizon": horizon}
    meta |= {"mase_season": 7, "snaive_season": 7} | changes
    (folder / "meta.json").write_text(json.dumps(meta), "utf-8")
    return folder


def test_series_are_cut_at_their_lengths_and_split_at_the_horizon(tmp_path):
    group = load_set(write_set(tmp_path / "one", [3, 5]))
    assert [one.tolist() for one in group.series] == [[0, 1, 2], [3, 4, 5, 6, 7]]
    contexts, truth = group.split()
    assert contexts[1].tolist() == [3, 4, 5]
    assert truth.tolist() == [[1, 2], [6, 7]]


def test_a_folder_of_sets_is_read_in_order_of_name(tmp_path):
    write_set(tmp_path / "b", [4])
    write_set(tmp_path / "a", [4])
    assert [group.name for group in load_folder(tmp_path)] == ["a", "b"]
    assert [group.name for group in load_folder(tmp_path / "a")] == ["a"]


def test_broken_sets_are_named_in_one_sentence(tmp_path):
    with pytest.raises(FileError, match="시계열 묶음이 없습니다"):
        load_folder(tmp_path)
    (write_set(tmp_path / "torn", [4]) / "series.npz").write_bytes(b"PK\x03\x04")
    with pytest.raises(FileError, match="torn"):
        load_set(tmp_path / "torn")
    with pytest.raises(FileError, match="horizon"):
        load_set(write_set(tmp_path / "short", [5, 2]))


def one_set(*lengths: int) -> SeriesSet:
    series = tuple(np.arange(length, dtype=float) for length in lengths)
    names = tuple(str(i) for i in range(len(lengths)))
    return SeriesSet("set", "hourly", 24, 24, 24, names, series)


def test_gift_windows_do_not_overlap_and_end_at_the_end():
    contexts, truth = rolling(one_set(10), 3, 2)
    assert truth.tolist() == [[4, 5, 6], [7, 8, 9]]
    assert [one.size for one in contexts] == [4, 7]


def test_gift_counts_a_tenth_of_the_shortest_series_up_to_twenty():
    assert count_windows(1000, 48) == 3
    assert count_windows(100, 48) == 1
    assert count_windows(1_000_000, 48) == 20
    assert horizon_of("hourly", "medium") == 480
    assert horizon_of("10-secondly", "long") == 900
    with pytest.raises(InputError, match="GIFT-Eval"):
        horizon_of("lunar")
    with pytest.raises(InputError, match="길이가 모자라"):
        rolling(one_set(5), 48, 1)


def named(name: str, freq: str, *lengths: int) -> SeriesSet:
    return replace(one_set(*lengths), name=name, freq=freq)


def test_gift_has_its_own_season_for_each_frequency():
    task = as_task(named("visits", "daily", 400))
    # GluonTS takes no season for days and weeks, so the naive repeats the last value
    assert (task.horizon, task.mase_season, task.snaive_season) == (30, 1, 1)
    assert as_task(named("load", "15-minutely", 9000), "long").horizon == 720
    assert as_task(named("load", "15-minutely", 9000)).mase_season == 96
    assert SEASONS["business-daily"] == 5
    assert set(SEASONS) == set(HORIZONS)


def test_gift_takes_one_window_of_m4_with_its_own_horizon():
    task = as_task(named("m4_weekly", "weekly", 2000, 900))
    assert task.horizon == 13
    assert windows_of(task) == 1
    other = as_task(named("hospital", "weekly", 2000, 900))
    assert other.horizon == 8
    assert windows_of(other) == 12  # ceil(90 / 8)


def test_gift_windows_score_every_window_by_hand():
    values = np.concatenate([np.zeros(9) + 10, [12.0] * 8, [10.0] * 8])
    values[:9:2] = 11.0  # steps of 1 inside the first context
    group = replace(one_set(1), name="w", freq="weekly", series=(values,))
    lines = evaluate([replace(group, series=(np.resize(values, 25),))], naive, term="short")
    # 25 points: ceil(2.5 / 8) = 1 window of the last 8 points after 17 points; the last value, 12,
    # misses 10 by 2; the mean step before it is (8 · 1 + 1 + 0 · 7) / 16
    assert lines[0].scores.series == 1
    assert lines[0].scores.mase == pytest.approx(2.0 / (9 / 16))
    assert lines[0].scores.wql == pytest.approx(2.0 * 8 / 80)


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[str]:
    served = tmp_path / "served"
    folder = served / CHRONOS / "nn5"
    folder.mkdir(parents=True)
    rows = {"id": ["a", "b"], "timestamp": [["2020"], ["2020"]]}
    rows["target"] = [[float(i) for i in range(80)], [float(i * i) for i in range(90)]]
    buffer = io.BytesIO()
    pl.DataFrame(rows).write_parquet(buffer)
    (folder / "train-00000-of-00001.parquet").write_bytes(buffer.getvalue())
    (served / CHRONOS / "m5").mkdir()
    (served / CHRONOS / "m5" / "train-00000-of-00001.parquet").write_text("<html>")
    write_gift(served / GIFT / "ett1" / "H")
    handler = functools.partial(Silent, directory=str(served))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def write_gift(folder: Path) -> None:
    """A set as the hub has it: state.json, and the Arrow streams that it names."""
    folder.mkdir(parents=True)
    steps = [float(i) for i in range(500)]
    for place, item in enumerate(["x", "y"]):
        rows = {"item_id": [item], "start": [[2016]], "freq": ["H"]}
        rows["target"] = [[steps, [-one for one in steps]]]
        pl.DataFrame(rows).write_ipc_stream(folder / f"data-0000{place}-of-00002.arrow")
    files = [{"filename": f"data-0000{place}-of-00002.arrow"} for place in (0, 1)]
    (folder / "state.json").write_text(json.dumps({"_data_files": files, "_format_type": None}))
    (folder.parent / "W").mkdir()
    (folder.parent / "W" / "state.json").write_text("{}")


class Silent(http.server.SimpleHTTPRequestHandler):
    """Serves files as the hub does: the address of a file leads to another one by a redirect."""

    def do_GET(self) -> None:
        if "?stored" not in self.path:
            self.send_response(302)
            self.send_header("Location", f"{self.path}?stored")
            self.end_headers()
            return
        super().do_GET()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


def test_a_public_set_is_fetched_once_and_kept(hub, tmp_path):
    group = fetch("nn5", tmp_path / "cache", hub)
    assert (group.freq, group.horizon, group.mase_season) == TASKS["nn5"]
    assert group.ids == ("a", "b")
    assert group.series[1][3] == 9.0
    again = fetch("nn5", tmp_path / "cache", "http://127.0.0.1:9")
    assert again.series[0].tolist() == group.series[0].tolist()


def test_a_gift_set_is_fetched_in_all_its_pieces_and_dimensions(hub, tmp_path):
    group = fetch("gift:ett1/H", tmp_path / "cache", hub)
    assert (group.name, group.freq, group.horizon) == ("ett1/H", "hourly", 48)
    assert (group.mase_season, group.snaive_season) == (24, 24)
    assert group.ids == ("x_dim0", "x_dim1", "y_dim0", "y_dim1")
    assert group.series[3][7] == -7.0
    again = fetch("gift:ett1/H", tmp_path / "cache", "http://127.0.0.1:9")
    assert again.ids == group.ids


def test_gift_frequencies_with_an_anchor_are_understood():
    assert _frequency("W-SUN", "a") == "weekly"
    assert _frequency("15T", "a") == "15-minutely"
    with pytest.raises(SourceError, match="3H"):
        _frequency("3H", "a")


def test_hub_failures_are_one_sentence(hub, tmp_path):
    with pytest.raises(SourceError, match="받지 못했습니다"):
        fetch("ercot", tmp_path, hub)
    with pytest.raises(SourceError, match="Parquet"):
        fetch("m5", tmp_path, hub)
    with pytest.raises(SourceError, match=r"state\.json"):
        fetch("gift:ett1/W", tmp_path, hub)
    with pytest.raises(SourceError, match="받지 못했습니다"):
        fetch("gift:absent/D", tmp_path, hub)
    with pytest.raises(InputError, match="모르는 공개 묶음"):
        fetch("nowhere", tmp_path, hub)


def test_tasks_agree_with_the_published_horizons_and_seasons(shared_data):
    path = shared_data / "series" / "published" / "chronos_zeroshot_tasks.csv"
    rows = pl.read_csv(path)
    known = {row[0]: (row[1], row[2]) for row in rows.iter_rows()}
    assert {name: task[1:] for name, task in TASKS.items()} == {n: known[n] for n in TASKS}

"""Loading sets of series, GIFT-Eval's windows, and the public hub (from a local server)."""

from __future__ import annotations

import functools
import http.server
import io
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from altteul.errors import FileError, InputError, SourceError
from altteul.foundation.evaluation.datasets import SeriesSet, load_folder, load_set
from altteul.foundation.evaluation.hub import TASKS, fetch
from altteul.foundation.evaluation.windows import count_windows, horizon_of, rolling


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
    with pytest.raises(InputError, match="GIFT-Eval"):
        horizon_of("lunar")
    with pytest.raises(InputError, match="길이가 모자라"):
        rolling(one_set(5), 48, 1)


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[str]:
    folder = tmp_path / "served" / "nn5"
    folder.mkdir(parents=True)
    rows = {"id": ["a", "b"], "timestamp": [["2020"], ["2020"]]}
    rows["target"] = [[float(i) for i in range(80)], [float(i * i) for i in range(90)]]
    buffer = io.BytesIO()
    pl.DataFrame(rows).write_parquet(buffer)
    (folder / "train-00000-of-00001.parquet").write_bytes(buffer.getvalue())
    (tmp_path / "served" / "m5").mkdir()
    (tmp_path / "served" / "m5" / "train-00000-of-00001.parquet").write_text("<html>")
    handler = functools.partial(Silent, directory=str(tmp_path / "served"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


class Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


def test_a_public_set_is_fetched_once_and_kept(hub, tmp_path):
    group = fetch("nn5", tmp_path / "cache", hub)
    assert (group.freq, group.horizon, group.mase_season) == TASKS["nn5"]
    assert group.ids == ("a", "b")
    assert group.series[1][3] == 9.0
    again = fetch("nn5", tmp_path / "cache", "http://127.0.0.1:9")
    assert again.series[0].tolist() == group.series[0].tolist()


def test_hub_failures_are_one_sentence(hub, tmp_path):
    with pytest.raises(SourceError, match="받지 못했습니다"):
        fetch("ercot", tmp_path, hub)
    with pytest.raises(SourceError, match="Parquet"):
        fetch("m5", tmp_path, hub)
    with pytest.raises(InputError, match="모르는 공개 묶음"):
        fetch("nowhere", tmp_path, hub)


def test_tasks_agree_with_the_published_horizons_and_seasons(shared_data):
    path = shared_data / "series" / "published" / "chronos_zeroshot_tasks.csv"
    rows = pl.read_csv(path)
    known = {row[0]: (row[1], row[2]) for row in rows.iter_rows()}
    assert {name: task[1:] for name, task in TASKS.items()} == {n: known[n] for n in TASKS}

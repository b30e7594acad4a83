"""`altteul foundation …`: what a person sees."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import Result
from typer.testing import CliRunner

from altteul.errors import AltteulError, FileError
from altteul.foundation.commands import app
from altteul.foundation.series_file import read_values


def run(*words: object) -> Result:
    result = CliRunner().invoke(app, [str(word) for word in words])
    if isinstance(result.exception, AltteulError):
        raise result.exception
    return result


@pytest.fixture
def set_folder(tmp_path: Path) -> Path:
    rng = np.random.default_rng(0)
    values = 100 + np.resize([1.0, 5, 9, 3], 240) + rng.standard_normal(240)
    folder = tmp_path / "sets" / "monash_m3_quarterly"
    folder.mkdir(parents=True)
    np.savez(folder / "series.npz", values=values, lengths=[120, 120], ids=["a", "b"])
    meta = {"name": "monash_m3_quarterly", "freq": "quarterly", "horizon": 8}
    meta |= {"mase_season": 4, "snaive_season": 4}
    (folder / "meta.json").write_text(json.dumps(meta))
    return folder.parent


def test_predict_prints_a_table_and_json_with_the_same_numbers(tmp_path):
    file = tmp_path / "price.csv"
    rows = [f"2024-01-{day:02d},{3000 + day * 10}" for day in range(1, 29)]
    file.write_text("date,price\n" + "\n".join(rows))
    made = json.loads(run("predict", file, "--horizon", 5, "--freq", "daily", "--json").stdout)
    assert [row["step"] for row in made] == [1, 2, 3, 4, 5]
    assert all(row["low"] <= row["median"] <= row["high"] for row in made)
    assert 3280 < made[0]["median"] < 3320
    shown = run("predict", file, "--horizon", 5, "--freq", "daily", "--column", "price").stdout
    assert "추정" in shown
    assert f"{made[0]['median']:,.4g}" in shown


def test_card_tells_size_and_hash():
    facts = json.loads(run("card", "--json").stdout)
    assert facts["parameters"] > 2_000_000
    assert "sha256" in run("card").stdout


def test_evaluate_scores_ranks_and_names_what_was_trained_on(set_folder, tmp_path):
    published = tmp_path / "published"
    published.mkdir()
    text = "dataset_config,seasonal_naive,weak\nmonash_m3_quarterly,1.0,5.0\n"
    for measure in ("mase", "wql"):
        (published / f"chronos_zeroshot_{measure}.csv").write_text(text)
    words = ("evaluate", set_folder, "--published", published)
    made = json.loads(run(*words, "--json").stdout)
    assert made["sets"][0]["series"] == 2
    assert made["relative_mase"] == pytest.approx(made["sets"][0]["relative_mase"])
    assert made["relative_mase"] < 1.0
    assert made["places"]["mase"]["models"] == 3
    assert made["trained_on"] == []
    shown = run(*words).stdout
    assert "상대 MASE" in shown
    assert "학습에 쓰인 계열: 없음" in shown


def test_evaluate_by_gift_windows_scores_every_window(set_folder):
    made = json.loads(run("evaluate", set_folder, "--term", "short", "--json").stdout)
    assert made["sets"][0]["series"] == 4  # two series × ceil(12 / 8) windows


def test_peers_stand_beside(set_folder):
    made = json.loads(run("evaluate", set_folder, "--peers", "--json").stdout)
    assert made["peers"]["seasonal_naive"]["relative_mase"] == pytest.approx(1.0)
    assert "dynamic_theta" in made["peers"]
    place = made["places"]["mase"]
    assert place["models"] == 2 + len(made["peers"])
    assert place["rank"] <= place["worst_rank"]
    assert "dynamic_theta (here)" in dict(place["table"])


def test_numbers_are_read_from_lines_columns_and_with_gaps(tmp_path):
    plain = tmp_path / "plain.txt"
    plain.write_text("1\n2.5\n-\n4\n")
    assert np.array_equal(read_values(plain), [1, 2.5, np.nan, 4], equal_nan=True)
    table = tmp_path / "table.csv"
    table.write_text("\ufeffday,price,note\n1,10,a\n2,20,b\n")
    assert read_values(table, "price") == [10, 20]


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("", None, "비어"),
        ("1\n이천\n3", None, "2번째 줄"),
        ("day,price\n1,2", "cost", "cost"),
    ],
)
def test_files_that_cannot_be_read_are_named(tmp_path, text, column, words):
    file = tmp_path / "series.csv"
    file.write_text(text)
    with pytest.raises(FileError, match=words):
        read_values(file, column)


def test_missing_file_and_empty_evaluation_are_one_sentence(tmp_path):
    with pytest.raises(FileError, match="읽을 수 없습니다"):
        run("predict", tmp_path / "absent.csv")
    with pytest.raises(FileError, match="평가할 것이 없습니다"):
        run("evaluate")


@pytest.mark.skipif(importlib.util.find_spec("torch") is not None, reason="PyTorch is here")
def test_training_without_pytorch_says_what_to_install(tmp_path):
    with pytest.raises(AltteulError, match=r"altteul\[train\]"):
        run("train", tmp_path / "run")

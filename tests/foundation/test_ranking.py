"""Places among the published models."""

from __future__ import annotations

import csv
import math

import pytest

from altteul.errors import FileError
from altteul.foundation.evaluation.ranking import joined, place, published


def table(**models: list[float]) -> dict[str, dict[str, float]]:
    return {
        f"set{i}": {name: values[i] for name, values in models.items()}
        for i in range(len(next(iter(models.values()))))
    }


def test_rank_counts_the_models_with_a_smaller_aggregate():
    others = table(seasonal_naive=[1.0, 1.0], good=[0.5, 0.5], fair=[0.9, 0.9])
    made = place("ours", {"set0": 0.7, "set1": 0.7}, others)
    assert (made.rank, made.models) == (2, 4)
    assert made.score == pytest.approx(0.7)
    assert [name for name, _ in made.table] == ["good", "ours", "fair", "seasonal_naive"]


def test_interval_is_wide_when_the_sets_disagree():
    others = table(seasonal_naive=[1.0, 1.0], other=[0.5, 0.9])
    made = place("ours", {"set0": 0.9, "set1": 0.5}, others)
    assert (made.best_rank, made.worst_rank) == (1, 2)


def test_only_sets_that_both_have_are_compared():
    others = table(seasonal_naive=[1.0, 1.0], other=[0.5, 0.5])
    made = place("ours", {"set0": 0.4, "elsewhere": 99.0}, others)
    assert made.score == pytest.approx(0.4)
    with pytest.raises(FileError, match="겹치는"):
        place("ours", {"elsewhere": 1.0}, others)


def test_models_measured_here_are_ranked_on_the_sets_they_have():
    others = table(seasonal_naive=[1.0, 1.0], other=[0.5, 0.9])
    both = joined(others, {"theta": {"set1": 0.8}})
    assert both == {"set1": {"seasonal_naive": 1.0, "other": 0.9, "theta (here)": 0.8}}
    made = place("ours", {"set0": 0.1, "set1": 0.85}, both)
    assert (made.rank, made.models) == (2, 4)


def test_published_tirex_aggregate_is_the_geometric_mean_of_its_rows(shared_data):
    folder = shared_data / "series" / "published"
    with (folder / "chronos_zeroshot_mase.csv").open(encoding="utf-8") as file:
        ratios = [float(r["tirex"]) / float(r["seasonal_naive"]) for r in csv.DictReader(file)]
    expected = math.exp(sum(map(math.log, ratios)) / len(ratios))
    others = published(folder, "mase")
    made = place("ours", {name: row["seasonal_naive"] for name, row in others.items()}, others)
    assert dict(made.table)["tirex"] == pytest.approx(expected)
    assert made.score == pytest.approx(1.0)


def test_missing_published_file_is_one_clear_sentence(tmp_path):
    with pytest.raises(FileError, match="chronos_zeroshot_wql.csv"):
        published(tmp_path, "wql")

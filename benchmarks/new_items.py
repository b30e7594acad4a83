"""Items with little history: the foundation model beside the last price and LightGBM.

    python benchmarks/new_items.py [--quick]

Reads ../shared/data/prices (or ALTTEUL_SHARED_DATA); says so and ends where it is absent. Half of
the items at a time is new: only its last N surveys before an origin are known. LightGBM learns from
the whole past of the other half, before the first origin; the foundation model sees the N surveys.
"New regions" hides Seoul series of items that have a national series, which LightGBM may read too.
Eight origins six weeks apart from June 2024 (new regions: June 2023), horizons 7, 14 and 28 days.
Printed: mean absolute error as a share of that of the last price (mean over items first), and how
often the 80 % interval held; "range" is what `altteul forecast` gives an item with few surveys, its
width how much higher its high end is than its low end.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from altteul.catalog import load_catalog
from altteul.forecast import few_surveys
from altteul.forecast.features import FeatureMaker
from altteul.forecast.models import HIGH, LOW, Boosted
from altteul.forecast.panel import Panel, panel_of
from altteul.forecast.rows import Rows
from altteul.foundation import load_model
from altteul.history import History
from altteul.sources.files import read_file

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

SEOUL = "kamis_seoul_retail_2021_202506.csv.gz"
NATIONAL = "national_retail_13items_2014_202408.csv.gz"
SURVEYS = (5, 10, 20, 60)
HORIZONS = (7, 14, 28)
SURVEYS_PER_DAY = 5 / 7
EVERY = 42
FEWEST_DAYS = 200


def panel_from(names: list[str]) -> Panel | None:
    root = Path(__file__).resolve().parents[1].parent / "shared" / "data"
    folder = Path(os.environ.get("ALTTEUL_SHARED_DATA", root)) / "prices"
    if not all((folder / name).is_file() for name in names):
        return None
    with tempfile.TemporaryDirectory() as home:
        history = History.open(Path(home))
        for name in names:
            history.record(read_file(folder / name, load_catalog()), origin=name)
        return panel_of(history.observations())


def with_little(panel: Panel, new: list[int], origin: date, surveys: int) -> Panel:
    """The panel as known on `origin`, of the new rows only the last surveys."""
    known = panel.until(origin)
    won = known.won.copy()
    for row in new:
        seen = np.flatnonzero(np.isfinite(won[row]))
        won[row, seen[:-surveys]] = np.nan
    return replace(known, won=won)


def contexts_of(maker: FeatureMaker, series: Integers) -> list[Floats]:
    surveyed = maker.past.surveyed
    return [np.exp(surveyed[row][np.isfinite(surveyed[row])]) for row in series]


def ranges(maker: FeatureMaker, rows: Rows, last: Floats) -> tuple[Floats, Floats]:
    """Logarithms of the shipped range's low and high end."""
    series, place = np.unique(rows.series, return_inverse=True)
    made = few_surveys.log_changes(contexts_of(maker, series), HORIZONS)
    changes = made[place, np.searchsorted(HORIZONS, rows.horizon)]
    low, high = few_surveys.LEVELS.index(0.1), few_surveys.LEVELS.index(0.9)
    return last + changes[:, low], last + changes[:, high]


def foundation(maker: FeatureMaker, rows: Rows) -> tuple[Floats, Floats, Floats]:
    """Logarithms of low, median and high; one forecast for each series."""
    series, place = np.unique(rows.series, return_inverse=True)
    contexts = contexts_of(maker, series)
    steps = np.maximum(np.round(rows.horizon * SURVEYS_PER_DAY).astype(int), 1)
    made = load_model().predict(contexts, int(steps.max()), freq="business-daily", thorough=True)
    low, high = made.interval(0.8)
    return tuple(np.log(np.maximum(one[place, steps - 1], 1.0)) for one in (low, made.median, high))


def errors_of(
    panel: Panel, new: list[int], origins: list[date], surveys: int, model: Boosted
) -> Iterator[dict[str, Floats | Integers]]:
    truth_maker = FeatureMaker(panel)
    for origin in origins:
        maker = FeatureMaker(with_little(panel, new, origin, surveys))
        rows = maker.rows([panel.column(origin)], HORIZONS)
        rows = rows.chosen(np.isin(rows.series, new))
        truth = truth_maker.truth(rows)
        rows, truth = rows.chosen(np.isfinite(truth)), truth[np.isfinite(truth)]
        if not len(rows):
            continue
        boosted = model.quantiles(maker, rows)
        last = maker.table(rows).last
        low, middle, high = foundation(maker, rows)
        bottom, top = ranges(maker, rows, last)
        price = np.exp(truth)
        yield {
            "series": rows.series,
            "horizon": rows.horizon,
            "last": np.abs(np.exp(last) - price) / price,
            "boosted": np.abs(np.exp(boosted[0.5]) - price) / price,
            "foundation": np.abs(np.exp(middle) - price) / price,
            "boosted held": ((boosted[LOW] <= truth) & (truth <= boosted[HIGH])).astype(float),
            "foundation held": ((low <= truth) & (truth <= high)).astype(float),
            "range held": ((bottom <= truth) & (truth <= top)).astype(float),
            "range width": np.exp(top - bottom) - 1.0,
        }


def measured(panel: Panel, halves: list[list[int]], origins: list[date], counts: tuple) -> None:
    models = []
    for new in halves:
        others = [row for row in range(len(panel.keys)) if row not in new]
        maker = FeatureMaker(panel.chosen(others).until(origins[0] - timedelta(days=1)))
        models.append(Boosted().fit(maker, maker.panel.days - 1))
    for surveys in counts:
        parts = [
            part
            for new, model in zip(halves, models, strict=True)
            for part in errors_of(panel, new, origins, surveys, model)
        ]
        table = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
        for horizon in HORIZONS:
            print(f"  {surveys:3d} surveys, {horizon:2d} days: {line(table, horizon)}")


def line(table: dict, horizon: int) -> str:
    chosen = table["horizon"] == horizon
    items = np.unique(table["series"][chosen])

    def mean(name: str) -> float:
        return float(
            np.mean([table[name][chosen & (table["series"] == item)].mean() for item in items])
        )

    last = mean("last")
    return (
        f"last price {last:.1%}, foundation {mean('foundation') / last:.3f} of it "
        f"(80 % held {mean('foundation held'):.0%}), LightGBM {mean('boosted') / last:.3f} "
        f"(held {mean('boosted held'):.0%}), range held {mean('range held'):.0%} "
        f"(median width {np.median(table['range width'][chosen]):.0%}); "
        f"{len(items)} series, {int(chosen.sum())} forecasts"
    )


def main() -> None:
    quick = "--quick" in sys.argv[1:]
    counts = SURVEYS[1:2] if quick else SURVEYS
    seoul = panel_from([SEOUL])
    if seoul is None:
        print("new items: the real price files are absent (set ALTTEUL_SHARED_DATA)")
        return
    long = np.flatnonzero(np.isfinite(seoul.won).sum(axis=1) >= FEWEST_DAYS)
    items = sorted({seoul.keys[row].item for row in long})
    halves = [[int(r) for r in long if seoul.keys[r].item in items[part::2]] for part in (0, 1)]
    months = 3 if quick else 8
    print(f"new items, Seoul retail, {len(items)} items:")
    origins = [date(2024, 6, 3) + timedelta(days=EVERY * month) for month in range(months)]
    measured(seoul, halves, [day for day in origins if day < seoul.last], counts)
    both = panel_from([SEOUL, NATIONAL])
    if both is not None:
        regions(both, counts, months)


def regions(both: Panel, counts: tuple, months: int) -> None:
    elsewhere = {key.item for key in both.keys if key.region != "서울"}
    new = [
        row
        for row, key in enumerate(both.keys)
        if key.region == "서울"
        and key.item in elsewhere
        and np.isfinite(both.won[row]).sum() >= FEWEST_DAYS
    ]
    print(f"new region, Seoul series of {len({both.keys[row].item for row in new})} items:")
    origins = [date(2023, 6, 5) + timedelta(days=EVERY * month) for month in range(months)]
    measured(both, [new], origins, counts)


if __name__ == "__main__":
    main()

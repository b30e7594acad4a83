"""The public data sets of the Chronos benchmark, fetched from their hub where there is Internet.

https://huggingface.co/datasets/autogluon/chronos_datasets holds one Parquet file a set with one
row a series: `id`, `timestamp` and one or more list columns of numbers. Horizons and seasons are
those of the benchmark's configuration.
"""

from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from altteul.errors import InputError, SourceError
from altteul.foundation.evaluation.datasets import SeriesSet, load_set

HUB = "https://huggingface.co/datasets/autogluon/chronos_datasets/resolve/main"
SECONDS = 60.0

# Data set → frequency, horizon, season (chronos-forecasting, scripts/evaluation/configs).
TASKS: dict[str, tuple[str, int, int]] = {
    "dominick": ("weekly", 8, 1),
    "ercot": ("hourly", 24, 24),
    "exchange_rate": ("business-daily", 30, 5),
    "m4_quarterly": ("quarterly", 8, 4),
    "m4_yearly": ("yearly", 6, 1),
    "m5": ("daily", 28, 1),
    "monash_australian_electricity": ("half-hourly", 48, 48),
    "monash_car_parts": ("monthly", 12, 12),
    "monash_cif_2016": ("monthly", 12, 12),
    "monash_covid_deaths": ("daily", 30, 1),
    "monash_fred_md": ("monthly", 12, 12),
    "monash_hospital": ("monthly", 12, 12),
    "monash_m1_monthly": ("monthly", 18, 12),
    "monash_m1_quarterly": ("quarterly", 8, 4),
    "monash_m1_yearly": ("yearly", 6, 1),
    "monash_m3_monthly": ("monthly", 18, 12),
    "monash_m3_quarterly": ("quarterly", 8, 4),
    "monash_m3_yearly": ("yearly", 6, 1),
    "monash_nn5_weekly": ("weekly", 8, 1),
    "monash_tourism_monthly": ("monthly", 24, 12),
    "monash_tourism_quarterly": ("quarterly", 8, 4),
    "monash_tourism_yearly": ("yearly", 4, 1),
    "monash_traffic": ("hourly", 24, 24),
    "monash_weather": ("daily", 30, 1),
    "nn5": ("daily", 56, 1),
}


def fetch(name: str, cache: Path, base: str = HUB) -> SeriesSet:
    """One public set, downloaded into `cache` unless it is there; SourceError says what failed."""
    if name not in TASKS:
        raise InputError(f"'{name}'은(는) 모르는 공개 묶음입니다. 아는 이름: {', '.join(TASKS)}.")
    folder = cache / name
    if not (folder / "meta.json").is_file():
        series, ids = _series(_download(name, base), name)
        _store(folder, name, series, ids)
    return load_set(folder)


def _download(name: str, base: str) -> bytes:
    import httpx

    address = f"{base}/{name}/train-00000-of-00001.parquet"
    try:
        reply = httpx.get(address, timeout=SECONDS, follow_redirects=True)
        reply.raise_for_status()
    except httpx.HTTPError as error:
        raise SourceError(
            f"공개 묶음 {name}을(를) 받지 못했습니다({type(error).__name__}). 인터넷을 확인하거나, "
            "이미 받아 둔 폴더를 evaluate에 지정해 주세요."
        ) from error
    return reply.content


def _series(content: bytes, name: str) -> tuple[list[NDArray[np.float64]], list[str]]:
    import polars as pl

    try:
        table = pl.read_parquet(io.BytesIO(content))
    except Exception as error:
        raise SourceError(
            f"공개 묶음 {name}이(가) Parquet 파일이 아닙니다({type(error).__name__}). "
            "자료의 모양이 바뀌었는지 확인해 주세요."
        ) from error
    columns = [
        column
        for column, kind in table.schema.items()
        if isinstance(kind, pl.List) and kind.inner is not None and kind.inner.is_numeric()
    ]
    if not columns or "id" not in table.columns:
        raise SourceError(
            f"공개 묶음 {name}에 id와 수열 열이 없습니다. 자료의 모양이 바뀌었습니다."
        )
    series, ids = [], []
    for row in table.iter_rows(named=True):
        for column in columns:
            series.append(np.array(row[column], dtype=np.float64))
            ids.append(f"{row['id']}" if len(columns) == 1 else f"{row['id']}_{column}")
    return series, ids


def _store(folder: Path, name: str, series: list[NDArray[np.float64]], ids: list[str]) -> None:
    freq, horizon, season = TASKS[name]
    folder.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        folder / "series.npz",
        values=np.concatenate(series),
        lengths=np.array([one.size for one in series]),
        ids=np.array(ids),
    )
    meta = {"name": name, "freq": freq, "horizon": horizon}
    meta |= {"mase_season": season, "snaive_season": season}
    (folder / "meta.json").write_text(json.dumps(meta), "utf-8")

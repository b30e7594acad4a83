"""The public data sets of two benchmarks, fetched from their hub where there is Internet.

Chronos: https://huggingface.co/datasets/autogluon/chronos_datasets holds one Parquet file a set
with one row a series: `id`, `timestamp` and one or more list columns of numbers. Horizons and
seasons are those of the benchmark's configuration.

GIFT-Eval: https://huggingface.co/datasets/Salesforce/GiftEval holds a folder a set; its
`state.json` names Arrow streams with one row a series: `item_id`, `start`, `freq`, `target` (a
list, or a list of lists for a series of several dimensions). Names are written `gift:ett1/H`.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from altteul.errors import InputError, SourceError
from altteul.foundation.evaluation.datasets import SeriesSet, load_set
from altteul.foundation.evaluation.windows import SEASONS, horizon_of
from altteul.foundation.seasons import frequency_name

if TYPE_CHECKING:
    import polars as pl

Floats = NDArray[np.float64]

HUB = "https://huggingface.co/datasets"
CHRONOS = "autogluon/chronos_datasets/resolve/main"
GIFT = "Salesforce/GiftEval/resolve/main"
GIFT_MARK = "gift:"
SECONDS = 60.0
TRIES = 3

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
    gift = name.startswith(GIFT_MARK)
    if not gift and name not in TASKS:
        raise InputError(
            f"'{name}'은(는) 모르는 공개 묶음입니다. 아는 이름: {', '.join(TASKS)}. "
            "GIFT-Eval의 묶음은 gift:ett1/H처럼 적습니다."
        )
    folder = cache / name.replace(GIFT_MARK, "gift_").replace("/", "_")
    if not (folder / "meta.json").is_file():
        if gift:
            _store_gift(folder, name.removeprefix(GIFT_MARK), f"{base}/{GIFT}")
        else:
            _store_chronos(folder, name, f"{base}/{CHRONOS}")
    return load_set(folder)


def _store_chronos(folder: Path, name: str, base: str) -> None:
    content = _download(f"{base}/{name}/train-00000-of-00001.parquet", name)
    series, ids = _columns(_parquet(content, name), name)
    freq, horizon, season = TASKS[name]
    _store(folder, {"name": name, "freq": freq, "horizon": horizon}, season, series, ids)


def _store_gift(folder: Path, name: str, base: str) -> None:
    listed = _json(_download(f"{base}/{name}/state.json", name), name)
    series: list[Floats] = []
    ids: list[str] = []
    freq = ""
    for file in listed:
        for row in _arrow(_download(f"{base}/{name}/{file}", name), name):
            freq = _frequency(str(row["freq"]), name)
            made = _dimensions(row["target"])
            series += made
            mark = [f"_dim{place}" for place in range(len(made))] if len(made) > 1 else [""]
            ids += [f"{row['item_id']}{one}" for one in mark]
    horizon = horizon_of(freq, "short", name)
    _store(folder, {"name": name, "freq": freq, "horizon": horizon}, SEASONS[freq], series, ids)


def _download(address: str, name: str) -> bytes:
    import httpx

    transport = httpx.HTTPTransport(retries=TRIES)
    try:
        with httpx.Client(transport=transport, timeout=SECONDS, follow_redirects=True) as client:
            reply = client.get(address)
            reply.raise_for_status()
    except httpx.HTTPError as error:
        raise SourceError(
            f"공개 묶음 {name}을(를) 받지 못했습니다({type(error).__name__}). 인터넷을 확인하거나, "
            "이미 받아 둔 폴더를 evaluate에 지정해 주세요."
        ) from error
    return reply.content


def _json(content: bytes, name: str) -> list[str]:
    try:
        return [str(one["filename"]) for one in json.loads(content)["_data_files"]]
    except (ValueError, KeyError, TypeError) as error:
        raise SourceError(
            f"공개 묶음 {name}의 state.json을 읽을 수 없습니다({type(error).__name__}). "
            "자료의 모양이 바뀌었는지 확인해 주세요."
        ) from error


def _parquet(content: bytes, name: str) -> pl.DataFrame:
    import polars as pl

    try:
        return pl.read_parquet(io.BytesIO(content))
    except Exception as error:
        raise SourceError(
            f"공개 묶음 {name}이(가) Parquet 파일이 아닙니다({type(error).__name__}). "
            "자료의 모양이 바뀌었는지 확인해 주세요."
        ) from error


def _arrow(content: bytes, name: str) -> Iterator[dict[str, Any]]:
    import polars as pl

    try:
        table = pl.read_ipc_stream(io.BytesIO(content)).select("item_id", "freq", "target")
    except Exception as error:
        raise SourceError(
            f"공개 묶음 {name}에 item_id, freq, target이 있는 Arrow 자료가 없습니다"
            f"({type(error).__name__}). 자료의 모양이 바뀌었는지 확인해 주세요."
        ) from error
    return table.iter_rows(named=True)


def _columns(table: pl.DataFrame, name: str) -> tuple[list[Floats], list[str]]:
    import polars as pl

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


def _dimensions(target: list[Any]) -> list[Floats]:
    """A series, or each dimension of one of several, as GIFT-Eval makes them univariate."""
    several = bool(target) and isinstance(target[0], list)
    return [np.array(one, dtype=np.float64) for one in (target if several else [target])]


def _frequency(word: str, name: str) -> str:
    found = frequency_name(word)
    if found is None:
        raise SourceError(f"공개 묶음 {name}의 주기 '{word}'을(를) 모릅니다.")
    return found


def _store(
    folder: Path, meta: dict[str, Any], season: int, series: list[Floats], ids: list[str]
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        folder / "series.npz",
        values=np.concatenate(series),
        lengths=np.array([one.size for one in series]),
        ids=np.array(ids),
    )
    whole = meta | {"mase_season": season, "snaive_season": season}
    unfinished = folder / "meta.json.unfinished"
    unfinished.write_text(json.dumps(whole), "utf-8")
    unfinished.replace(folder / "meta.json")

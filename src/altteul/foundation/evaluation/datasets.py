"""Sets of series in a local folder: one folder a set, `series.npz` beside `meta.json`.

`series.npz` holds `values` (all series end to end), `lengths` and `ids`; `meta.json` holds name,
freq, horizon, mase_season and snaive_season.
"""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from altteul.errors import FileError, reason_of

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class SeriesSet:
    """A named set of series that share a frequency, a horizon and a season."""

    name: str
    freq: str
    horizon: int
    mase_season: int
    snaive_season: int
    ids: tuple[str, ...]
    series: tuple[Floats, ...]

    def split(self) -> tuple[list[Floats], Floats]:
        """Contexts, and the truth of shape (series, horizon): the last `horizon` points."""
        contexts = [values[: -self.horizon] for values in self.series]
        truth = np.stack([values[-self.horizon :] for values in self.series])
        return contexts, truth


def load_set(folder: Path) -> SeriesSet:
    """Read one set; FileError says which file is missing or broken."""
    try:
        meta = json.loads((folder / "meta.json").read_text("utf-8"))
        with np.load(folder / "series.npz", allow_pickle=False) as archive:
            values = archive["values"].astype(np.float64)
            values[~np.isfinite(values)] = np.nan  # R writes its NA as a signalling NaN
            lengths = archive["lengths"].astype(np.int64)
            ids = tuple(str(name) for name in archive["ids"])
        horizon = int(meta["horizon"])
        named = (str(meta["name"]), str(meta["freq"]))
        seasons = (int(meta["mase_season"]), int(meta["snaive_season"]))
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile, EOFError) as error:
        raise FileError(
            f"시계열 묶음 {folder.name}을(를) 읽을 수 없습니다({_damage(error)}). "
            "series.npz와 meta.json이 온전한지 확인해 주세요."
        ) from error
    _check(folder, values, lengths, ids, horizon)
    if min(seasons) < 1:
        raise FileError(f"시계열 묶음 {folder.name}: 계절 길이는 1 이상이어야 합니다. 고쳐 주세요.")
    series = tuple(np.split(values, np.cumsum(lengths)[:-1]))
    return SeriesSet(named[0], named[1], horizon, seasons[0], seasons[1], ids, series)


def load_folder(folder: Path) -> list[SeriesSet]:
    """Every set below `folder` in order of name, or the one set that `folder` itself is."""
    if (folder / "meta.json").is_file():
        return [load_set(folder)]
    halves = ("*/meta.json", "*/series.npz")  # one alone is a broken set, and told
    found = sorted({path.parent for half in halves for path in folder.glob(half)})
    if not found:
        raise FileError(
            f"{folder}에 시계열 묶음이 없습니다. '이름/series.npz'와 '이름/meta.json'이 있는 "
            "폴더를 지정해 주세요."
        )
    return [load_set(path) for path in found]


def _damage(error: Exception) -> str:
    """What is wrong with a set, in Korean."""
    if isinstance(error, KeyError):
        return f"{error.args[0] if error.args else ''} 항목이 없음"
    if isinstance(error, FileNotFoundError):
        return f"{Path(str(error.filename)).name} 파일이 없음"
    if isinstance(error, OSError):
        return reason_of(error)
    if isinstance(error, json.JSONDecodeError | UnicodeDecodeError):
        return "meta.json이 JSON이 아님"
    if isinstance(error, zipfile.BadZipFile | EOFError):
        return "series.npz가 깨져 있음"
    return "수가 아닌 값이 있거나 모양이 다름"


def _check(
    folder: Path, values: Floats, lengths: NDArray[np.int64], ids: tuple[str, ...], horizon: int
) -> None:
    if not lengths.size or lengths.ndim != 1 or values.ndim != 1 or lengths.min() < 1:
        raise FileError(
            f"시계열 묶음 {folder.name}: 계열이 없거나 lengths와 values의 모양이 다릅니다. "
            "파일을 다시 받아 주세요."
        )
    if horizon < 1:
        raise FileError(
            f"시계열 묶음 {folder.name}: 예측 기간 {horizon}은(는) 쓸 수 없습니다. meta.json의 "
            "horizon을 1 이상으로 고쳐 주세요."
        )
    if int(lengths.sum()) != values.size or len(ids) != lengths.size:
        raise FileError(
            f"시계열 묶음 {folder.name}: lengths의 합({int(lengths.sum())})과 values의 "
            f"길이({values.size}), ids의 수({len(ids)})가 맞지 않습니다. 파일을 다시 받아 주세요."
        )
    if lengths.min() <= horizon:
        raise FileError(
            f"시계열 묶음 {folder.name}: 길이 {int(lengths.min())}인 계열이 예측 기간 "
            f"{horizon}보다 짧거나 같습니다. meta.json의 horizon을 줄여 주세요."
        )

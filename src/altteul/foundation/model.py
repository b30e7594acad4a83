"""Forecasts without fitting: any series in, quantiles out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from altteul.errors import InputError
from altteul.foundation.contexts import REACH
from altteul.foundation.inference import FAST, THOROUGH, Switches, forecast_quantiles
from altteul.foundation.runtime import Network, load_network
from altteul.foundation.seasons import PERIODS, periods_of
from altteul.foundation.shape import LEVELS

Floats = NDArray[np.float64]

MOST_STEPS = 1024


@dataclass(frozen=True)
class Forecast:
    """Quantiles of what comes next.

    `quantiles` has shape (series, horizon, levels) in the units of the series, increasing along the
    last axis; `levels` are the probabilities.
    """

    quantiles: Floats
    levels: tuple[float, ...]

    @property
    def median(self) -> Floats:
        """The 0.5 quantile, shape (series, horizon)."""
        return self.at(0.5)

    def at(self, level: float) -> Floats:
        """One quantile, shape (series, horizon); between the levels it is interpolated."""
        if not self.levels[0] <= level <= self.levels[-1]:
            raise InputError(
                f"분위수 {level}은(는) 예측할 수 없습니다. "
                f"{self.levels[0]}에서 {self.levels[-1]} 사이의 값을 쓰세요."
            )
        right = int(np.searchsorted(self.levels, level))
        if self.levels[right] == level:
            return self.quantiles[:, :, right]
        low, high = self.levels[right - 1], self.levels[right]
        share = (level - low) / (high - low)
        between: Floats = (1 - share) * self.quantiles[:, :, right - 1]
        return between + share * self.quantiles[:, :, right]

    def interval(self, share: float = 0.8) -> tuple[Floats, Floats]:
        """The central interval that should hold `share` of the outcomes: (low, high)."""
        return self.at(round(0.5 - share / 2, 6)), self.at(round(0.5 + share / 2, 6))


@dataclass(frozen=True)
class Model:
    """A loaded foundation model."""

    network: Network

    @property
    def card(self) -> dict[str, Any]:
        """Facts recorded when the weights were made: batches, samples, hashes, validation."""
        return self.network.card

    def predict(
        self,
        series: ArrayLike | Sequence[ArrayLike],
        horizon: int,
        *,
        freq: str | None = None,
        season: int | None = None,
        thorough: bool = False,
        levels: Sequence[float] = LEVELS,
    ) -> Forecast:
        """Forecast one series (1-D) or many (a list of 1-D, or a 2-D array), oldest value first.

        NaN means unknown. `freq` is one of seasons.PERIODS ("daily", "hourly" …) and `season` a
        period in steps that stands before it; without either the period is found in the series.
        `thorough` weighs several experts by backtests inside each context: better, and about ten
        times slower. InputError where nothing can be forecast.
        """
        contexts = _contexts(series)
        _check(contexts, horizon, freq, season)
        periods = np.tile(np.array(periods_of(freq, season)), (len(contexts), 1))
        switches: Switches = THOROUGH if thorough else FAST
        quantiles = forecast_quantiles(self.network, contexts, periods, horizon, switches)
        whole = Forecast(quantiles, LEVELS)
        if tuple(levels) == LEVELS:
            return whole
        chosen = np.stack([whole.at(level) for level in levels], axis=2)
        return Forecast(chosen, tuple(levels))


def load_model(path: str | Path | None = None, threads: int = 1) -> Model:
    """The packaged model, or the ONNX file at `path`; `threads` for onnxruntime."""
    return Model(load_network(Path(path) if path is not None else None, threads))


def predict(
    series: ArrayLike | Sequence[ArrayLike],
    horizon: int,
    *,
    freq: str | None = None,
    season: int | None = None,
    thorough: bool = False,
) -> Forecast:
    """Forecast with the packaged model; see Model.predict."""
    return load_model().predict(series, horizon, freq=freq, season=season, thorough=thorough)


def _contexts(series: ArrayLike | Sequence[ArrayLike]) -> list[Floats]:
    if isinstance(series, np.ndarray) and series.ndim == 1 and series.dtype != object:
        series = [series]
    try:
        many: list[Any] = list(series)  # type: ignore[arg-type]
        one_series = bool(many) and np.ndim(many[0]) == 0
        contexts = [np.asarray(one, dtype=np.float64) for one in ([many] if one_series else many)]
    except (TypeError, ValueError) as error:
        raise InputError(
            "시계열을 읽을 수 없습니다. 오래된 값부터 늘어선 수의 목록을 주세요(모르는 값은 NaN)."
        ) from error
    return [one[-REACH:] for one in contexts]


def _check(contexts: list[Floats], horizon: int, freq: str | None, season: int | None) -> None:
    if not 1 <= horizon <= MOST_STEPS:
        raise InputError(
            f"예측 기간 {horizon}은(는) 쓸 수 없습니다. 1에서 {MOST_STEPS} 사이로 주세요."
        )
    if freq is not None and freq.strip().lower() not in PERIODS:
        raise InputError(
            f"주기 이름 '{freq}'을(를) 모릅니다. {', '.join(PERIODS)} 가운데 하나를 쓰세요."
        )
    if season is not None and season < 1:
        raise InputError(f"계절 길이 {season}은(는) 1 이상이어야 합니다.")
    if not contexts:
        raise InputError("예측할 시계열이 없습니다. 하나 이상 주세요.")
    for place, one in enumerate(contexts, start=1):
        if one.ndim != 1 or not np.isfinite(one).any() or np.isinf(one).any():
            raise InputError(
                f"{place}번째 시계열에 쓸 수 있는 값이 없거나 무한대가 있습니다. "
                "유한한 값을 하나 이상 담은 1차원 목록을 주세요."
            )

"""GIFT-Eval's protocol: several non-overlapping test windows at the end of every series.

Horizons by frequency, ×10 for medium and ×15 for long; as many windows as fit in a tenth of the
shortest series, at least one and at most 20; a season by frequency for MASE and the seasonal naive;
M4 has its own horizons and one window. (Aksu et al. 2024, "GIFT-Eval"; its published loader; the
seasons are those of GluonTS.)
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from altteul.errors import InputError
from altteul.foundation.evaluation.datasets import SeriesSet
from altteul.foundation.seasons import frequency_name

Floats = NDArray[np.float64]

TEST_SHARE = 0.1
MOST_WINDOWS = 20
HORIZONS = {
    "yearly": 6,
    "quarterly": 8,
    "monthly": 12,
    "weekly": 8,
    "daily": 30,
    "business-daily": 30,
    "hourly": 48,
    "half-hourly": 48,
    "15-minutely": 48,
    "10-minutely": 48,
    "5-minutely": 48,
    "minutely": 48,
    "10-secondly": 60,
}
M4_HORIZONS = {
    "yearly": 6,
    "quarterly": 8,
    "monthly": 18,
    "weekly": 13,
    "daily": 14,
    "hourly": 48,
}
SEASONS = {
    "yearly": 1,
    "quarterly": 4,
    "monthly": 12,
    "weekly": 1,
    "daily": 1,
    "business-daily": 5,
    "hourly": 24,
    "half-hourly": 48,
    "15-minutely": 96,
    "10-minutely": 144,
    "5-minutely": 288,
    "minutely": 1440,
    "10-secondly": 360,
}
TERMS = {"short": 1, "medium": 10, "long": 15}


def as_task(group: SeriesSet, term: str = "short") -> SeriesSet:
    """The set with the horizon and the season that GIFT-Eval gives it."""
    freq = frequency_name(group.freq) or group.freq
    horizon = horizon_of(freq, term, group.name)
    season = SEASONS[freq]
    return replace(group, horizon=horizon, mase_season=season, snaive_season=season)


def horizon_of(freq: str, term: str = "short", name: str = "") -> int:
    """Steps ahead that GIFT-Eval asks of a frequency and term; `name` tells M4's sets apart."""
    table = M4_HORIZONS if _of_m4(name) else HORIZONS
    if freq not in table or term not in TERMS:
        raise InputError(
            f"GIFT-Eval의 예측 기간을 알 수 없습니다(주기 '{freq}', 기간 '{term}'). "
            f"주기는 {', '.join(table)}, 기간은 {', '.join(TERMS)} 가운데 하나여야 합니다."
        )
    return table[freq] * TERMS[term]


def windows_of(group: SeriesSet) -> int:
    """How many windows GIFT-Eval takes from every series of a task."""
    if _of_m4(group.name):
        return 1
    return count_windows(min(values.size for values in group.series), group.horizon)


def count_windows(shortest: int, horizon: int) -> int:
    """How many windows fit: 10 % of the shortest series, between 1 and 20."""
    return min(max(1, math.ceil(TEST_SHARE * shortest / horizon)), MOST_WINDOWS)


def rolling(group: SeriesSet, horizon: int, windows: int) -> tuple[list[Floats], Floats]:
    """Contexts and truths (series × windows, horizon) of non-overlapping windows, oldest first.

    A window before which a series has no value is left out; InputError where none is left.
    """
    contexts, truths = [], []
    for values in group.series:
        for back in range(windows, 0, -1):
            end = values.size - (back - 1) * horizon
            if end - horizon < 1:
                continue
            contexts.append(values[: end - horizon])
            truths.append(values[end - horizon : end])
    if not truths:
        raise InputError(
            f"{group.name}: 길이가 모자라 {horizon}단계짜리 평가 구간을 만들 수 없습니다. "
            "더 짧은 기간(short)을 고르세요."
        )
    return contexts, np.stack(truths)


def _of_m4(name: str) -> bool:
    return "m4" in name.lower()

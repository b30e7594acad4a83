"""GIFT-Eval's windows: several non-overlapping test windows at the end of every series.

(Aksu et al. 2024, "GIFT-Eval": test split of 10 % of the shortest series, at least one and at most
20 windows; horizons by frequency, ×10 for medium and ×15 for long.)
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from altteul.errors import InputError
from altteul.foundation.evaluation.datasets import SeriesSet

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
TERMS = {"short": 1, "medium": 10, "long": 15}


def horizon_of(freq: str, term: str = "short") -> int:
    """Steps ahead that GIFT-Eval asks of a frequency and term."""
    if freq not in HORIZONS or term not in TERMS:
        raise InputError(
            f"GIFT-Eval의 예측 기간을 알 수 없습니다(주기 '{freq}', 기간 '{term}'). "
            f"주기는 {', '.join(HORIZONS)}, 기간은 {', '.join(TERMS)} 가운데 하나여야 합니다."
        )
    return HORIZONS[freq] * TERMS[term]


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

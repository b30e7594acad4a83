"""Which periods a series repeats in: by its frequency's name, and by its own periodogram."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

# The usual short and long period of a frequency, in steps. 1 means none.
PERIODS: dict[str, tuple[int, int]] = {
    "yearly": (1, 1),
    "quarterly": (4, 1),
    "monthly": (12, 1),
    "weekly": (52, 1),
    "business-daily": (5, 260),
    "daily": (7, 365),
    "hourly": (24, 168),
    "half-hourly": (48, 336),
    "15-minutely": (96, 672),
    "10-minutely": (144, 1008),
    "5-minutely": (288, 2016),
    "minutely": (60, 1440),
    "10-secondly": (360, 8640),
}
# The words of pandas, GluonTS and GIFT-Eval for them, without an anchor (W-SUN, A-DEC).
ALIASES: dict[str, str] = {
    "A": "yearly", "Y": "yearly", "YE": "yearly", "AS": "yearly", "YS": "yearly",
    "Q": "quarterly", "QE": "quarterly", "QS": "quarterly",
    "M": "monthly", "ME": "monthly", "MS": "monthly",
    "W": "weekly",
    "D": "daily",
    "B": "business-daily",
    "H": "hourly", "h": "hourly", "60T": "hourly", "60min": "hourly",
    "30T": "half-hourly", "30min": "half-hourly",
    "15T": "15-minutely", "15min": "15-minutely",
    "10T": "10-minutely", "10min": "10-minutely",
    "5T": "5-minutely", "5min": "5-minutely",
    "T": "minutely", "min": "minutely",
    "10S": "10-secondly", "10s": "10-secondly",
}  # fmt: skip
DETECTION_POINTS = 1024
LEAST_CORRELATION = 0.1


def frequency_name(word: str) -> str | None:
    """The name in PERIODS that a word means ("Hourly", "H", "1h", "W-SUN"), None if it has none."""
    plain = word.strip()
    if plain.lower() in PERIODS:
        return plain.lower()
    return ALIASES.get(re.sub(r"^1(?=[A-Za-z])", "", plain.split("-")[0]))


def periods_of(freq: str | None, season: int | None) -> tuple[int, int]:
    """The two periods to assume; `season`, where given and above 1, stands before the name's.

    An unknown or absent name with no season gives (1, 1): the periodogram alone then decides.
    """
    named = PERIODS.get((freq or "").strip().lower(), (1, 1))
    if season is None or season <= 1 or season == named[0]:
        return named
    return season, named[1] if named[1] > season else 1


def third_period(values: Floats, first: Integers, known: Integers) -> Integers:
    """The strongest further period of each row, 1 where there is none.

    `values` is right-aligned (count, points) and complete, valid from column `first` on; `known`
    (count, 2) are periods to leave out. The autocorrelation is the inverse transform of the
    periodogram (Wiener-Khinchin), so one transform each way serves a whole batch.
    """
    window = values[:, -DETECTION_POINTS:]
    points = window.shape[1]
    start = np.clip(first - (values.shape[1] - points), 0, points - 1)
    valid = np.arange(points)[None, :] >= start[:, None]
    flat = _detrended(window, valid)
    size = 2 * points
    spectrum = np.abs(np.fft.rfft(flat, size, axis=1)) ** 2
    correlation = np.fft.irfft(spectrum, size, axis=1)[:, : points // 2 + 2]
    power = np.maximum(correlation[:, :1], 1e-12)
    lengths = (points - start).astype(np.float64)
    lags = np.arange(correlation.shape[1])
    correction = np.sqrt(lengths[:, None] / np.maximum(lengths[:, None] - lags, 1.0))
    score = correlation / power * correction
    return _best_peak(score, lengths, known)


def _best_peak(score: Floats, lengths: Floats, known: Integers) -> Integers:
    lags = np.arange(score.shape[1])
    peak = np.zeros(score.shape, dtype=bool)
    peak[:, 2:-1] = (score[:, 2:-1] >= score[:, 1:-2]) & (score[:, 2:-1] >= score[:, 3:])
    peak &= lags[None, :] * 2 <= lengths[:, None]
    for column in range(known.shape[1]):
        period = known[:, column : column + 1]
        near = np.abs(lags[None, :] - period) <= np.maximum(1, 0.03 * period)
        peak &= ~(near & (period > 1))
    masked = np.where(peak & (score > LEAST_CORRELATION), score, -np.inf)
    best = masked.argmax(axis=1)
    found = np.isfinite(masked[np.arange(best.size), best])
    return np.where(found, best, 1).astype(np.int64)


def _detrended(window: Floats, valid: NDArray[np.bool_]) -> Floats:
    weight = valid.astype(np.float64)
    time = np.arange(window.shape[1], dtype=np.float64)[None, :]
    total = weight.sum(axis=1, keepdims=True)
    time = (time - (weight * time).sum(axis=1, keepdims=True) / total) * weight
    centred = (window - (weight * window).sum(axis=1, keepdims=True) / total) * weight
    square = np.maximum((time**2).sum(axis=1, keepdims=True), 1e-9)
    slope = (time * centred).sum(axis=1, keepdims=True) / square
    detrended: Floats = centred - slope * time
    return detrended

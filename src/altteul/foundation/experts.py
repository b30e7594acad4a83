"""Several ways to forecast one context: as it is, in logarithms, without its periods, by Theta,
or every fourth value for itself.

Each expert gives quantiles at LEVELS for any horizon. None sees anything but the context; whether
logarithms may be taken is decided by the context's own values.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from altteul.foundation import theta
from altteul.foundation.contexts import REACH
from altteul.foundation.runtime import Network
from altteul.foundation.shape import HORIZON, LEVELS, MEDIAN

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]

EXPERTS: tuple[str, ...] = ("plain", "logarithm", "untold", "theta", "resampled")
STRIDE = 4  # of the resampled expert
FEWEST_TO_RESAMPLE = 400
LARGEST_GROWTH = 3.0  # a log forecast is held below e^3 times the largest value of the context


def forecast_by(
    name: str, network: Network, series: Sequence[Floats], periods: Integers, horizon: int
) -> Floats:
    """Quantiles of one expert, shape (series, horizon, levels).

    `series` are contexts with NaN for what is unknown, `periods` (series, 2). `logarithm` may only
    be asked of positive contexts (see `usable`).
    """
    if name == "theta":
        complete = [_complete(one) for one in series]
        return theta.forecast(complete, horizon, periods[:, 0]).quantiles(LEVELS)
    if name == "untold":
        return by_blocks(network, series, np.ones_like(periods), horizon)
    if name == "resampled":
        return _resampled(network, series, periods, horizon)
    if name == "logarithm":
        return _in_logarithms(network, series, periods, horizon)
    return by_blocks(network, series, periods, horizon)


def _in_logarithms(
    network: Network, series: Sequence[Floats], periods: Integers, horizon: int
) -> Floats:
    """Forecast log(value / geometric mean), so that the unit of the series does not matter."""
    logarithms = [np.log(one[-REACH:]) for one in series]
    means = np.array([np.nanmean(one) for one in logarithms])
    centred = [one - mean for one, mean in zip(logarithms, means, strict=True)]
    made = by_blocks(network, centred, periods, horizon)
    highest = np.array([np.nanmax(one) for one in centred])[:, None, None] + LARGEST_GROWTH
    grown: Floats = np.exp(np.minimum(made, highest) + means[:, None, None])
    return grown


def _resampled(
    network: Network, series: Sequence[Floats], periods: Integers, horizon: int
) -> Floats:
    """Every STRIDE-th value is a series of its own, with a longer reach; all are forecast."""
    shorter = np.where(periods % STRIDE == 0, np.maximum(periods // STRIDE, 1), 1)
    made = np.empty((len(series), horizon, len(LEVELS)))
    for phase in range(min(STRIDE, horizon)):
        strided = [one[(one.size + phase) % STRIDE :: STRIDE] for one in series]
        steps = len(range(phase, horizon, STRIDE))
        made[:, phase::STRIDE] = by_blocks(network, strided, shorter, steps)
    return made


def usable(name: str, series: Sequence[Floats], periods: Integers) -> Flags:
    """For which contexts an expert has something of its own to say."""
    if name == "logarithm":
        return np.array([bool(np.nanmin(one, initial=np.inf) > 0) for one in series])
    if name == "untold":
        return periods[:, 0] > 1
    if name == "theta":
        return np.array([one.size >= 5 for one in series])
    if name == "resampled":
        whole = (periods[:, 0] > STRIDE) & (periods[:, 0] % STRIDE == 0)
        known = [np.isfinite(one).sum() >= FEWEST_TO_RESAMPLE for one in series]
        both: Flags = whole & np.array(known)
        return both
    return np.ones(len(series), dtype=bool)


def by_blocks(
    network: Network, series: Sequence[Floats], periods: Integers, horizon: int
) -> Floats:
    """The network's quantiles; beyond HORIZON the median is taken in as if it had been seen.

    Each further block starts from the uncertainty at the end of the one before: distances from the
    median add in squares.
    """
    blocks = [network.quantiles(series, periods)]
    extended = list(series)
    while len(blocks) * HORIZON < horizon:
        last = blocks[-1]
        extended = [
            np.concatenate([one, last[row, :, MEDIAN]])[-REACH:] for row, one in enumerate(extended)
        ]
        following = network.quantiles(extended, periods)
        blocks.append(_carried_on(following, last[:, -1, :]))
    return np.concatenate(blocks, axis=1)[:, :horizon]


def _carried_on(quantiles: Floats, end: Floats) -> Floats:
    median = quantiles[:, :, MEDIAN : MEDIAN + 1]
    own = quantiles - median
    before = (end - end[:, MEDIAN : MEDIAN + 1])[:, None, :]
    carried: Floats = median + np.sign(own) * np.sqrt(own**2 + before**2)
    return carried


def _complete(values: Floats) -> Floats:
    """Gaps filled along straight lines, ends with the nearest known value."""
    known = ~np.isnan(values)
    if known.all():
        return values
    where = np.arange(values.size)
    return np.interp(where, where[known], values[known])

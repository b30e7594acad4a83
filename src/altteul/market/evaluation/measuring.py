"""From errors of hidden prices to figures: overall and per item."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl

from altteul.market.estimate.features import Codes, grouped_by
from altteul.market.estimate.level import Values
from altteul.market.evaluation.results import Errors, Measured

VALUES = ("estimate", "half_50", "half_80", "item_mean", "item_channel_mean")
GUESS_SCHEMA = pl.Schema({"together": pl.Int64()} | dict.fromkeys(VALUES, pl.Float64()))
"""What was guessed of hidden goods, in ln price (NaN: nothing); `together` is the same number for
goods that were hidden at the same time."""


def measured(guessed: pl.DataFrame) -> Measured | None:
    """The figures over all goods that could be estimated; None where none could.

    `guessed` has GOODS_SCHEMA and GUESS_SCHEMA.
    """
    known = guessed.filter(pl.all_horizontal(pl.col(name).is_not_nan() for name in VALUES))
    if known.is_empty():
        return None
    true, estimate, half_50, half_80, item_mean, channel_mean = (
        known[name].to_numpy() for name in ("log_price", *VALUES)
    )
    error = np.abs(estimate - true)
    own, mean, channel = (
        _errors(np.abs(guess - true)) for guess in (estimate, item_mean, channel_mean)
    )
    alike = grouped_by(known, ("item", "tray", "together")).codes(known)
    sellers = grouped_by(known, ("seller",)).codes(known)
    return Measured(
        prices=known.height,
        estimate=own,
        item_mean=mean,
        item_channel_mean=channel,
        better=_below(own.mean, channel.mean),
        better_median=_below(own.median, channel.median),
        inside_50=_rounded(float(np.mean(error <= half_50))),
        inside_80=_rounded(float(np.mean(error <= half_80))),
        width_80=_rounded(float(np.median(np.exp(2 * half_80)))),
        rank_error=rank_error(true, estimate, alike, sellers),
        rank_error_item_channel_mean=rank_error(true, channel_mean, alike, sellers),
    )


def rank_error(true: Values, guess: Values, alike: Codes, sellers: Codes) -> float:
    """How often the dearer of two sellers of the same goods is guessed to be the cheaper.

    `alike` are goods of one kind that were hidden together: a mean without one of two prices would
    lean away from it. Pairs that cost the same are left out; a guess that sees no difference is
    wrong by half.
    """
    wrong = pairs = 0.0
    for rows in _alike(alike, guess):
        first, second = np.triu_indices(len(rows), k=1)
        first, second = rows[first], rows[second]
        told = (sellers[first] != sellers[second]) & (true[first] != true[second])
        order = np.sign(true[first] - true[second])[told]
        guessed = np.sign(np.round(guess[first] - guess[second], 9))[told]
        wrong += float(np.sum(np.where(guessed == 0, 0.5, guessed != order)))
        pairs += float(told.sum())
    return _rounded(wrong / pairs) if pairs else 0.0


def _alike(alike: Codes, guess: Values) -> Iterator[np.ndarray[tuple[int], np.dtype[np.intp]]]:
    for group in range(int(alike.max(initial=-1)) + 1):
        yield np.flatnonzero((alike == group) & ~np.isnan(guess))


def _errors(error: Values) -> Errors:
    return Errors(mean=_rounded(float(error.mean())), median=_rounded(float(np.median(error))))


def _below(own: float, other: float) -> float:
    return _rounded(1.0 - own / other) if other else 0.0


def _rounded(value: float) -> float:
    return round(value, 5)

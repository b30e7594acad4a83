"""The rule for faults in survey data: slips of unit or of a zero are kept, marked and not used.

Loose produce really differs by a factor of 2 to 4 within a city (SOURCES B1.7), and a dear shop is
dear in everything. So a price is held against what its good costs at the other sellers, moved by
how dear its seller is in its other items. It is marked when it is (a) more than four times off,
(b) beyond four usual deviations of its item, and (c) a known slip brings it back to within 1.6
times of what was expected, or it is more than five times off and nothing explains it.

This is the only such rule: offers and estimates both leave out what it marks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from altteul.market.estimate.features import Codes, grouped_by
from altteul.market.estimate.level import NORMAL_MAD, Values, grouped_median

FAR = 4.0
SCALES = 4.0
HOPELESS = 5.0
NEAR = 1.6
FEWEST_TO_JUDGE = 4
"""With fewer prices of a good in a region all regions count; with fewer still nothing is judged."""
SELLER_SHRINKING = 4.0
"""How dear a seller is counts as much as "like all others" at this many of its other prices."""
SCALE_SHRINKING = 10.0
LEAST_SCALE = 0.05
FARTHEST_OF_A_SELLER = 1.0
"""In ln price: a single wrong price of a seller must not make its other prices look odd."""

ZEROS = ((10.0, "0이 하나 더 붙은 듯"), (0.1, "0이 하나 빠진 듯"))
WEIGHT_SLIPS = (
    *ZEROS,
    (6.0, "600g 값을 100g 값으로 적은 듯"),
    (1 / 6, "100g 값을 600g 값으로 적은 듯"),
    (1000.0, "kg 값을 g 값으로 적은 듯"),
    (1 / 1000, "g 값을 kg 값으로 적은 듯"),
)
COUNT_SLIPS = (
    *ZEROS,
    (4.0, "여러 개 든 봉지 값을 한 개 값으로 적은 듯"),
    (30.0, "한 판 값을 한 개 값으로 적은 듯"),
    (1 / 4, "한 개 값을 여러 개 값으로 적은 듯"),
    (1 / 30, "한 개 값을 한 판 값으로 적은 듯"),
)
"""How many times too dear a slip makes a price per weight or per piece, and what to call it."""
UNEXPLAINED = "다섯 배 넘게 벗어났고 까닭을 모름"

GOOD = ("item", "base_unit", "tray")


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a price is not used; `expected` is won per base unit."""

    expected: float
    why: str


def faults(goods: pl.DataFrame) -> list[Fault | None]:
    """For each priced good (GOODS_SCHEMA) its fault, None where it is used."""
    if goods.is_empty():
        return []
    log_price = goods["log_price"].to_numpy()
    expected, scale = _expected(goods, log_price)
    weighed = goods["base_unit"].is_in(("g", "mL"))
    judged = zip(expected.tolist(), (log_price - expected).tolist(), scale.tolist(), weighed,
                 strict=True)  # fmt: skip
    return [_fault(*one) for one in judged]


def without_faults(goods: pl.DataFrame) -> pl.DataFrame:
    """The goods that the rule leaves in use."""
    return goods.filter(pl.Series([fault is None for fault in faults(goods)], dtype=pl.Boolean()))


def _expected(goods: pl.DataFrame, log_price: Values) -> tuple[Values, Values]:
    """ln price that the other prices let one expect, and the usual deviation of the item.

    Each of shape (goods,); NaN where too few prices of the good are known.
    """
    seller = grouped_by(goods, ("seller",)).codes(goods)
    own_item = grouped_by(goods, ("seller", "item")).codes(goods)
    level = _level(goods, log_price)
    for _ in range(2):
        dear = _dearness(log_price - level, seller, own_item)
        level = _level(goods, log_price - dear)
    expected = level + dear
    return expected, _scale(goods, log_price - expected)


def _level(goods: pl.DataFrame, values: Values) -> Values:
    """The median of the good in its region, else in all regions, else NaN."""
    level = np.full(len(values), np.nan)
    for columns in ((*GOOD, "region"), GOOD):
        codes = grouped_by(goods, columns).codes(goods)
        enough = np.bincount(codes)[codes] >= FEWEST_TO_JUDGE
        level = np.where(np.isnan(level) & enough, grouped_median(values, codes)[codes], level)
    return level


def _dearness(rest: Values, seller: Codes, own_item: Codes) -> Values:
    """How much dearer than others a seller is in its other items, shrunk; in ln price."""
    known = ~np.isnan(rest)
    value = np.where(known, np.clip(rest, -FARTHEST_OF_A_SELLER, FARTHEST_OF_A_SELLER), 0.0)
    total = np.bincount(seller, value)[seller] - np.bincount(own_item, value)[own_item]
    count = np.bincount(seller, known)[seller] - np.bincount(own_item, known)[own_item]
    dear: Values = total / (count + SELLER_SHRINKING)
    return dear


def _scale(goods: pl.DataFrame, error: Values) -> Values:
    known = ~np.isnan(error)
    scale = np.full(len(error), np.nan)
    if known.any():
        judged, away = goods.filter(pl.Series(known)), np.abs(error[known])
        codes = grouped_by(judged, GOOD).codes(judged)
        usual = max(NORMAL_MAD * float(np.median(away)), LEAST_SCALE)
        own = np.maximum(NORMAL_MAD * grouped_median(away, codes), LEAST_SCALE)
        count = np.bincount(codes)
        shrunk = np.exp(count * np.log(own / usual) / (count + SCALE_SHRINKING)) * usual
        scale[known] = shrunk[codes]
    return scale


def _fault(expected: float, error: float, scale: float, weighed: bool) -> Fault | None:
    """The slip that explains an error of ln price; None for a price that is used."""
    if not abs(error) > max(np.log(FAR), SCALES * scale):
        return None
    slips = WEIGHT_SLIPS if weighed else COUNT_SLIPS
    left, why = min((abs(error - float(np.log(times))), why) for times, why in slips)
    if left > np.log(NEAR):
        if abs(error) <= np.log(HOPELESS):
            return None
        why = UNEXPLAINED
    return Fault(float(np.exp(expected)), why)

"""Which seller carries which good in which pack, and how its prices stand to the level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from altteul.demo.goods import Good
from altteul.demo.towns import regions, survey_region
from altteul.sources.observation import Channel
from altteul.sources.seller import SellerRecord
from altteul.units import Pack

CHANNEL_SD, SELLER_SD = 0.08, 0.06
"""Log spread of a channel for a good (of either sign) and of a seller for all its goods."""

BULK = 0.96
"""A pack twice as large costs 2 ** 0.96 as much."""

LOWER_GRADE_SHARE, LOWER_GRADE_PRICE = 0.12, 0.78
UPPER_GRADE, LOWER_GRADE = "상품", "중품"


@dataclass(frozen=True, slots=True)
class Stall:
    """One good at one seller. `size` is the pack relative to the good's own pack; `markup` the
    lasting log distance of its price from the level, pack size included; `city` the number of
    its survey region, None for online malls."""

    seller: SellerRecord
    good: int
    pack: Pack
    size: float
    grade: str | None
    markup: float
    city: int | None


def open_stalls(sellers: Sequence[SellerRecord], goods: Sequence[Good], seed: int) -> list[Stall]:
    """Every stall of the practice market, in the order of sellers and goods."""
    random = np.random.default_rng([seed, 4])
    channels = {channel: random.normal(0, CHANNEL_SD, len(goods)) for channel in Channel}
    stalls = []
    for seller in sellers:
        markups = (
            channels[seller.channel]
            + random.normal(0, SELLER_SD)
            + random.normal(0, 1, len(goods)) * [good.spread for good in goods]
        )
        stalls += _stalls_of(seller, goods, markups, random)
    return stalls


def _stalls_of(
    seller: SellerRecord,
    goods: Sequence[Good],
    markups: NDArray[np.float64],
    random: np.random.Generator,
) -> list[Stall]:
    region = survey_region(seller)
    city = regions().index(region) if region in regions() else None
    carried, size_draw, grade_draw = random.random((3, len(goods)))
    stalls = []
    for number, good in enumerate(goods):
        if carried[number] >= good.sold.get(seller.channel, 0.0):
            continue
        pack, size = _pack(good, seller.channel, size_draw[number])
        lower = good.grade == UPPER_GRADE and grade_draw[number] < _lower_share(seller.channel)
        markup = markups[number] + BULK * np.log(size) + lower * np.log(LOWER_GRADE_PRICE)
        grade = LOWER_GRADE if lower else good.grade
        stalls.append(Stall(seller, number, pack, size, grade, float(markup), city))
    return stalls


def _pack(good: Good, channel: Channel, draw: float) -> tuple[Pack, float]:
    """Traditional markets sell the survey's pack; other channels any of the packs."""
    sizes = good.sizes()
    if channel is Channel.TRADITIONAL_MARKET:
        return sizes[0]
    return sizes[int(draw * len(sizes))]


def _lower_share(channel: Channel) -> float:
    return LOWER_GRADE_SHARE if channel is Channel.TRADITIONAL_MARKET else 0.0

"""How far an item's price differs around a place: by reach, by channel, and what looking is worth.

An average hides what a person can do about it. For each way of going (on foot, by bus, by car) the
range within reach is told with what a shop taken at random costs more than the cheapest one; and
which channel is cheaper for this item here, where the shops there are enough to tell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import combinations
from math import comb, exp, log
from statistics import mean

import numpy as np
from numpy.typing import NDArray

from altteul.frozen import Frozen
from altteul.korean.going import MODE_WORDS
from altteul.market.offer import CHANNEL_WORDS, Offer, Place
from altteul.market.reach import DEFAULT_RADIUS_M
from altteul.market.spread import Spread, best_of_each_seller, comparable, spread_of
from altteul.sources.observation import Channel

FEWEST_TO_COMPARE = 3
"""Fewer shops of a channel say nothing about the channel."""
SURE = 0.1
"""A difference is told when chance alone makes one as large less often than this (two-sided)."""
MOST_EXACT = 5_000
DRAWS = 2_000


class ReachSpread(Frozen):
    """The range of an item within one way's reach.

    `random_won` is what a shop taken at random asks on average (the mean over the shops of each
    one's lowest unit price), `worth_won` how much that is above the cheapest shop, both for the
    spread's base; `worth_percent` is the same in percent of the random shop's price.
    """

    mode: str
    radius_m: int
    spread: Spread
    random_won: int
    worth_won: int
    worth_percent: int


class ChannelComparison(Frozen):
    """Whether one channel is cheaper than another for this item here.

    `percent` is how far the middle (geometric mean) price of `channel` lies below that of `other`
    (−8: it is 8 % dearer); `chance` how often shops shuffled between the two would differ as much
    (permutation test, two-sided), `sure` when that is at most 10 %.
    """

    channel: Channel
    other: Channel
    shops: int
    other_shops: int
    percent: int
    chance: float
    sure: bool

    def sentence(self) -> str:
        """Which is cheaper by how much, or that it cannot be told."""
        one, two = CHANNEL_WORDS[self.channel], CHANNEL_WORDS[self.other]
        of = f"{one} {self.shops}곳, {two} {self.other_shops}곳"
        if not self.sure:
            return f"{one}·{two} 가운데 어디가 싼지는 여기서 알 수 없습니다({of})."
        return f"여기서는 {one} 쪽이 {two}보다 {self.percent}% 쌉니다({of})."


class Dispersion(Frozen):
    """The range of an item around a place, by way of going and by channel.

    `by_reach` stands from the nearest reach to the farthest, without those that hold no shop;
    `channels` has every pair of channels with enough shops within the farthest reach, the cheaper
    first. Everything is in the unit `per` that most shops within the farthest reach use.
    """

    item: str
    variety: str | None
    place: Place
    on: date
    per: str | None
    by_reach: tuple[ReachSpread, ...]
    channels: tuple[ChannelComparison, ...]
    simulated: bool

    @property
    def cheaper_channel(self) -> Channel | None:
        """The channel that is surely cheaper than every other one here; None where unknown."""
        sure = {one.channel for one in self.channels if one.sure}
        dearer = {one.other for one in self.channels if one.sure}
        alone = sure - dearer
        unsure = {c for one in self.channels if not one.sure for c in (one.channel, one.other)}
        return next(iter(alone)) if len(alone) == 1 and not alone & unsure else None

    def sentences(self) -> tuple[str, ...]:
        """One fact a line, in Korean."""
        return (*map(self._reach, self.by_reach), *(one.sentence() for one in self.channels))

    def _reach(self, one: ReachSpread) -> str:
        where = f"{MODE_WORDS[one.mode]}({one.radius_m:,}m)"
        won = one.spread.won
        if one.spread.sellers == 1:
            return f"{where}: {won.mid:,}원/{self.per}, 한 곳뿐"
        return (
            f"{where}: {won.low:,}~{won.high:,}원/{self.per}, {one.spread.sellers}곳. "
            f"아무 데나 가면 평균 {one.random_won:,}원, 가장 싼 곳은 {one.worth_won:,}원"
            f"({one.worth_percent}%) 쌈"
        )


def dispersion_of(
    offers: Sequence[Offer],
    *,
    item: str,
    variety: str | None,
    place: Place,
    on: date,
    reaches: Mapping[str, int] = DEFAULT_RADIUS_M,
) -> Dispersion:
    """The dispersion of the offers of one item; `reaches` is mode → metres."""
    alike = comparable(offers)
    ways = sorted(reaches.items(), key=lambda way: way[1])
    found = [_reach(alike, mode, radius) for mode, radius in ways]
    return Dispersion(
        item=item,
        variety=variety,
        place=place,
        on=on,
        per=alike[0].unit_price.per if alike else None,
        by_reach=tuple(reach for reach in found if reach),
        channels=_channels(alike),
        simulated=any(offer.simulated for offer in alike),
    )


def _reach(alike: Sequence[Offer], mode: str, radius_m: int) -> ReachSpread | None:
    near = [offer for offer in alike if offer.distance_m <= radius_m]
    spread = spread_of(near)
    if spread is None:
        return None
    at_random = mean(offer.unit_price.won.mid for offer in best_of_each_seller(near))
    worth = at_random - spread.won.low
    return ReachSpread(
        mode=mode,
        radius_m=radius_m,
        spread=spread,
        random_won=round(at_random),
        worth_won=round(worth),
        worth_percent=round(100 * worth / at_random) if at_random else 0,
    )


def _channels(alike: Sequence[Offer]) -> tuple[ChannelComparison, ...]:
    """Every pair of channels with enough shops; each shop counts with its lowest unit price."""
    best = [offer for offer in best_of_each_seller(alike) if offer.unit_price.won.mid > 0]
    prices = {
        channel: [log(o.unit_price.won.mid) for o in best if o.seller.channel is channel]
        for channel in Channel
    }
    enough = [channel for channel in Channel if len(prices[channel]) >= FEWEST_TO_COMPARE]
    return tuple(_compared(one, two, prices) for one, two in combinations(enough, 2))


def _compared(
    one: Channel, two: Channel, prices: Mapping[Channel, Sequence[float]]
) -> ChannelComparison:
    if mean(prices[one]) > mean(prices[two]):
        one, two = two, one
    cheaper, dearer = np.array(prices[one]), np.array(prices[two])
    chance = permutation_chance(cheaper, dearer)
    return ChannelComparison(
        channel=one,
        other=two,
        shops=len(cheaper),
        other_shops=len(dearer),
        percent=round(100 * (1 - exp(cheaper.mean() - dearer.mean()))),
        chance=round(chance, 4),
        sure=chance <= SURE,
    )


def permutation_chance(first: NDArray[np.float64], second: NDArray[np.float64]) -> float:
    """How often two groups shuffled differ in their means at least as much as these.

    Exact over all ways to choose the first group where they are at most 5,000, else 2,000 draws
    of a fixed seed, the groups themselves counted as one (Phipson & Smyth 2010).
    """
    every, size = np.concatenate([first, second]), len(first)
    seen = abs(first.mean() - second.mean()) - 1e-12
    if comb(len(every), size) <= MOST_EXACT:
        chosen = np.array(list(combinations(range(len(every)), size)))
        return float(np.mean(_differences(every, chosen) >= seen))
    order = np.random.default_rng(0).random((DRAWS, len(every))).argsort(axis=1)
    extreme = int(np.sum(_differences(every, order[:, :size]) >= seen))
    return (extreme + 1) / (DRAWS + 1)


def _differences(every: NDArray[np.float64], chosen: NDArray[np.intp]) -> NDArray[np.float64]:
    total, size = float(every.sum()), chosen.shape[1]
    own = every[chosen].sum(axis=1)
    difference: NDArray[np.float64] = np.abs(own / size - (total - own) / (len(every) - size))
    return difference

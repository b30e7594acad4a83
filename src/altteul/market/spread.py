"""The spread of an item's unit price among sellers: never only an average."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import median

from altteul.frozen import Frozen
from altteul.market.offer import Offer, WonRange
from altteul.sources.observation import Channel


class Spread(Frozen):
    """Low, middle (median) and high of the unit price, each seller counted once.

    A seller with several packs counts with its lowest unit price. `cheapest` and `dearest` are
    that price at the ends; `discounted` counts sellers whose price is a sale or 1+1, `estimated`
    those whose weight was taken from typical ranges (추정).
    """

    per: str
    won: WonRange
    sellers: int
    cheapest: Offer
    dearest: Offer
    discounted: int = 0
    estimated: int = 0


class ChannelSpread(Frozen):
    """The spread among the sellers of one channel."""

    channel: Channel
    spread: Spread


def spread_of(offers: Iterable[Offer]) -> Spread | None:
    """The spread of the offers in the unit that most sellers use; None without an offer.

    Offers in another unit (a 봉 of unknown weight) cannot be compared and do not count.
    """
    best = best_of_each_seller(comparable(list(offers)))
    if not best:
        return None
    won = [offer.unit_price.won.mid for offer in best]
    return Spread(
        per=best[0].unit_price.per,
        won=WonRange(low=won[0], mid=round(median(won)), high=won[-1]),
        sellers=len(best),
        cheapest=best[0],
        dearest=best[-1],
        discounted=sum(offer.discount is not None for offer in best),
        estimated=sum(offer.unit_price.estimated for offer in best),
    )


def spread_by_channel(offers: Sequence[Offer]) -> tuple[ChannelSpread, ...]:
    """The spread of each channel that has an offer, in the unit of the whole spread."""
    alike = comparable(offers)
    found = (
        (channel, spread_of(o for o in alike if o.seller.channel is channel)) for channel in Channel
    )
    return tuple(ChannelSpread(channel=c, spread=s) for c, s in found if s)


def comparable(offers: Sequence[Offer]) -> list[Offer]:
    """The offers in the unit that most sellers use; the others cannot be compared with them."""
    sellers = Counter(per for per, _ in {(o.unit_price.per, o.seller.id) for o in offers})
    if not sellers:
        return []
    per = max(sellers, key=lambda unit: (sellers[unit], unit))
    return [offer for offer in offers if offer.unit_price.per == per]


def best_of_each_seller(offers: Iterable[Offer]) -> list[Offer]:
    """The lowest unit price of each seller, cheapest seller first."""
    best: dict[str, Offer] = {}
    for offer in sorted(offers, key=lambda o: (o.unit_price.won.mid, o.distance_m, o.seller.id)):
        best.setdefault(offer.seller.id, offer)
    return list(best.values())

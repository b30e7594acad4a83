"""The quotes within reach of a place as offers, and those that were left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from altteul.market.offer import Offer
from altteul.market.packs import PER
from altteul.market.quotes import Quote
from altteul.market.reach import is_open
from altteul.market.report import MarkedPrice


@dataclass(frozen=True, slots=True)
class Around:
    """The offers of one item within reach, and how many prices were left out."""

    offers: list[Offer]
    marked: tuple[MarkedPrice, ...]
    closed: int

    @classmethod
    def of(cls, quotes: Sequence[Quote], near: Mapping[str, int], on: date) -> Around:
        """`near` tells the metres to each seller's id."""
        closed = {quote.seller.id for quote in quotes if not is_open(quote.seller, on)}
        return cls(
            offers=offers_near(quotes, near, on),
            marked=tuple(_marked(quote, near, on) for quote in quotes if quote.fault),
            closed=len(closed),
        )


def offers_near(
    quotes: Sequence[Quote], near: Mapping[str, int], on: date, *, closed_too: bool = False
) -> list[Offer]:
    """The quotes within reach that are believed and open that day, by unit price."""
    offers = [
        quote.offer(near[quote.seller.id], on)
        for quote in quotes
        if quote.seller.id in near and not quote.fault and (closed_too or is_open(quote.seller, on))
    ]
    return sorted(offers, key=by_unit_price)


def _marked(quote: Quote, near: Mapping[str, int], on: date) -> MarkedPrice:
    assert quote.fault is not None
    size, _ = PER.get(quote.pack.base_unit, (1.0, ""))
    return MarkedPrice(
        offer=quote.offer(near[quote.seller.id], on),
        expected_won=round(quote.fault.expected * size),
        why=quote.fault.why,
    )


def by_unit_price(offer: Offer) -> tuple[str, int, int, str, str]:
    """The key that sorts offers: cheapest for its amount first, then nearest."""
    price = offer.unit_price
    return price.per, price.won.mid, offer.distance_m, offer.seller.id, offer.pack.label

"""Whom one can visit on which day, who delivers, and on what terms: the columns of the model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from altteul.history.seller import Seller
from altteul.planner.demand import Demand
from altteul.planner.discounts import Rate
from altteul.planner.exact.model import NO_CAP, OrderTerms, Won
from altteul.planner.naming import named, the_one
from altteul.planner.opening import OpeningRules
from altteul.planner.plan import DeliveryTerms, Request

MOST_ORDERS = 3
"""Every set of orders is a search of its own."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """An order that can be made: from whom, on what terms, and the day it arrives."""

    seller: int
    terms: DeliveryTerms
    arrives: date


def visits_on(
    request: Request, demand: Demand, days: Sequence[date], rules: OpeningRules
) -> tuple[tuple[int, int], ...]:
    """(day, seller) for all sellers that can be visited on a day, day by day."""
    refused = {s.id for text in request.never for s in named(text, demand.sellers)}
    sold = {seller for _, _, seller in demand.options}
    return tuple(
        (number, index)
        for number, day in enumerate(days)
        for index, seller in enumerate(demand.sellers)
        if index in sold
        and seller.id not in refused
        and seller.lat is not None
        and rules.is_open(seller, day)
    )


def orders_of(request: Request, demand: Demand, days: Sequence[date]) -> tuple[Delivered, ...]:
    """Orders that arrive in time, from at most MOST_ORDERS sellers: those who sell most of it."""
    refused = {s.id for text in request.never for s in named(text, demand.sellers)}
    terms = {
        index: DeliveryTerms(seller=seller.id, **dict(seller.delivery))
        for index, seller in enumerate(demand.sellers)
        if seller.delivery
    }
    for said in request.deliveries:
        for seller in named(said.seller, demand.sellers)[:1]:
            terms[demand.sellers.index(seller)] = said
    sells = Counter(seller for _, variant, seller in demand.options if variant == 0)
    found = [
        Delivered(index, known, days[0] + timedelta(days=known.days))
        for index, known in terms.items()
        if demand.sellers[index].id not in refused
    ]
    in_time = [one for one in found if one.arrives <= days[-1]]
    return tuple(sorted(in_time, key=lambda one: (-sells[one.seller], one.seller))[:MOST_ORDERS])


def terms_of(terms: DeliveryTerms) -> OrderTerms:
    """A seller's terms as the model reads them: the fees from 0 won on."""
    steps = sorted((step.goods_from, step.fee) for step in terms.fees)
    if not steps or steps[0][0] > 0:
        steps = [(0, 0), *steps]
    return OrderTerms(terms.minimum, tuple(steps))


def caps_of(rates: Sequence[Rate | None], columns: Sequence[tuple[int, int]]) -> Won:
    """The most that a discount saves in each column."""
    found = [rate.cap if (rate := rates[seller]) else NO_CAP for seller, _ in columns]
    return np.array(found, dtype=np.int64)


def musts_of(
    request: Request, sellers: tuple[Seller, ...], visits: Sequence[tuple[int, int]]
) -> tuple[int, ...]:
    """The places that have to be visited, by what the request calls them."""
    visited = sorted({seller for _, seller in visits})
    open_ones = [sellers[index] for index in visited]
    places = (sellers.index(the_one(text, open_ones)) for text in request.must)
    return tuple(dict.fromkeys(places))


def times_of(
    sellers: Sequence[Seller], visits: Sequence[tuple[int, int]], rules: OpeningRules, linger: int
) -> dict[str, Any]:
    """Where and when each visit can be made; one must be served before it closes."""
    hours = [rules.minutes(sellers[seller]) for _, seller in visits]
    return {
        "place": np.array([seller for _, seller in visits], dtype=np.intp),
        "day": np.array([day for day, _ in visits], dtype=np.intp),
        "opens": np.array([opens for opens, _ in hours], dtype=np.int64),
        "closes": np.array([closes - linger for _, closes in hours], dtype=np.int64),
    }

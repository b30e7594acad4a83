"""Random shopping of the size people shop at: 60 sellers x 20 needs x 7 days x 2 substitutes."""

from __future__ import annotations

import numpy as np

from altteul.planner.exact.model import NO_CAP, NOT_SOLD, Model, OrderTerms

HALF = 1_500
"""Metres from home to the edge of the town."""
MARKET, STORE, CORNER = range(3)
STEP = 0.02
"""How much prices of a good in a channel move from day to day (ln)."""


def peoples_model(
    seed: int,
    *,
    needs: int = 20,
    places: int = 60,
    days: int = 7,
    options: int = 3,
    stops: int = 3,
    limits: bool = False,
    budget: float = 0.85,
    carry: float = 0.8,
) -> Model:
    """A town whose shops differ by their level and by good; a third of the goods are missing.

    A third of the places are markets, of which some are held every fifth day, a third stores that
    close on the last day. With `limits` a budget, a carrying limit, capped discounts at markets
    and one seller who delivers take part, all so that they can bind: the budget is a share of what
    all needs cost as a rule, the carrying limit (a day) one of what they weigh.
    """
    rng = np.random.default_rng(seed)
    channel = rng.integers(0, 3, places)
    place, day = _visits(rng, channel, days)
    usual = rng.integers(1_000, 9_000, needs)
    shelf, sold = _shelf(rng, usual, channel, days, options)
    columns = len(place) + limits
    paid = np.zeros((needs, options, columns), dtype=np.int64)
    paid[:, :, : len(place)] = shelf[:, :, place, day]
    known = np.zeros(paid.shape, dtype=np.bool_)
    known[:, :, : len(place)] = sold[:, :, place]
    if limits:
        paid[:, 0, -1] = usual * 9 // 10
        known[:, 0, -1] = rng.random(needs) < 0.7
    discount = np.zeros_like(paid)
    if limits:
        at_market = np.flatnonzero(channel[place] == MARKET)
        discount[:, :, at_market] = paid[:, :, at_market] // 10
    dislike = rng.integers(0, 30, (needs, options)) * usual[:, None] // 100
    dislike[:, 0] = 0
    cost = np.where(known, paid - discount + dislike[:, :, None], NOT_SOLD)
    grams = rng.integers(1, 15, (needs, 1, 1)) * 100
    leg, metres = _legs(rng, places)
    limit = int(usual.sum())
    return Model(
        cost=cost,
        paid=np.where(known, paid - discount, 0),
        grams=np.where(known, grams, 0),
        discount=np.where(known, discount, 0),
        uncovered=3 * usual,
        place=place,
        day=day,
        opens=np.full(len(place), 9 * 60),
        closes=np.where(channel[place] == MARKET, 19 * 60, 22 * 60),
        leg=leg,
        minutes=metres // 67,
        metres=metres,
        stop=np.full(places, 1_667),
        stop_minutes=np.full(places, 10),
        cap=np.where(discount.any(axis=(0, 1)), 3_000, NO_CAP),
        orders=(OrderTerms(15_000, ((0, 3_000), (40_000, 0))),) if limits else (),
        hour_won=10_000,
        max_stops=stops,
        max_days=days,
        carry=int(grams.sum() * carry) if limits else None,
        budget=int(limit * budget) if limits else None,
    )


def _visits(
    rng: np.random.Generator, channel: np.ndarray, days: int
) -> tuple[np.ndarray, np.ndarray]:
    opens = np.ones((days, len(channel)), dtype=np.bool_)
    for place in np.flatnonzero((channel == MARKET) & (rng.random(len(channel)) < 0.3)):
        first = int(rng.integers(0, 5))
        opens[:, place] = (np.arange(days) - first) % 5 == 0
    opens[-1, channel == STORE] = False
    day, place = np.nonzero(opens)
    return place, day


def _shelf(
    rng: np.random.Generator, usual: np.ndarray, channel: np.ndarray, days: int, options: int
) -> tuple[np.ndarray, np.ndarray]:
    """Won (needs, options, places, days) and whether a place sells it (needs, options, places)."""
    needs, places = len(usual), len(channel)
    level = rng.lognormal(0, 0.15, places)
    price = usual[:, None, None] * level * rng.lognormal(0, 0.25, (needs, options, places))
    steps = rng.normal(0, STEP, (needs, 3, days))
    steps[:, :, 0] = 0
    move = np.exp(np.cumsum(steps, axis=2))[:, channel]
    won = price[:, :, :, None] * move[:, None] // 10 * 10
    return won.astype(np.int64), rng.random(price.shape) < 0.67


def _legs(rng: np.random.Generator, places: int) -> tuple[np.ndarray, np.ndarray]:
    where = rng.uniform(-HALF, HALF, (places + 1, 2))
    metres = np.rint(np.sqrt(((where[:, None] - where[None]) ** 2).sum(axis=2))).astype(np.int64)
    return metres * int(rng.integers(1, 4)), metres

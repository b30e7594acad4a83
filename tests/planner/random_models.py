"""Random shopping with all features: days, hours, substitutes, limits, discounts, orders."""

from __future__ import annotations

import numpy as np

from altteul.planner.exact.model import NO_CAP, NOT_SOLD, Model, OrderTerms

TIES = ("budget", "carry", "cap", "orders", "must")
FEATURES = ("hours", "budget", "carry", "cap", "orders", "must", "days", "crooked", "oneway")


def random_model(
    seed: int,
    *,
    needs: int = 3,
    places: int = 3,
    days: int = 2,
    most_visits: int = 4,
    stops: int = 3,
    tied: bool = True,
    binding: bool = False,
) -> Model:
    """A random model; each feature is on in about a third of the cases, those that tie the needs
    together only where `tied`; where `binding`, budget and carrying limit are always on and hold a
    part of what is asked for, and discounts and orders are on in most cases."""
    chance = np.random.default_rng(seed)
    has = {feature: bool(chance.random() < 0.35) for feature in FEATURES}
    if binding:
        has |= {name: bool(chance.random() < 0.7) for name in ("cap", "orders")}
        has |= dict.fromkeys(("budget", "carry"), True)
    has |= {} if tied else dict.fromkeys(TIES, False)
    needs, places = int(chance.integers(1, needs + 1)), int(chance.integers(1, places + 1))
    options = int(chance.integers(1, 3))
    place, day = _visits(chance, places, days, most_visits)
    orders = _orders(chance) if has["orders"] else ()
    columns = len(place) + len(orders)
    shelf = _shelf(chance, needs, options, columns)
    sold = chance.random(shelf.shape) > 0.3
    discount = np.where(chance.random(columns) < 0.5, shelf // 10, 0) if has["cap"] else 0 * shelf
    paid = shelf - discount
    extra = chance.integers(0, 4, shelf.shape) * 100
    leg, metres = _legs(chance, places, has)
    visits = len(place)
    grams = np.where(sold, chance.integers(1, 5, shelf.shape) * 500, 0)
    carry = int(chance.integers(1, 9)) * 500 if has["carry"] else None
    budget = int(chance.integers(0, 30)) * 500 if has["budget"] else None
    if binding:
        whole = np.where(sold, paid, 0).max(axis=(1, 2)).sum()
        budget = int(whole * chance.uniform(0.3, 0.9))
        carry = int(grams.max(axis=(1, 2)).sum() * chance.uniform(0.3, 0.9))
    return Model(
        cost=np.where(sold, paid + extra, NOT_SOLD),
        paid=np.where(sold, paid, 0),
        grams=grams,
        discount=np.where(sold, discount, 0),
        uncovered=chance.integers(4, 24, needs) * 500,
        place=place,
        day=day,
        opens=chance.integers(560, 640, visits) if has["hours"] else np.zeros(visits, np.int64),
        closes=chance.integers(630, 760, visits) if has["hours"] else np.full(visits, 10_000),
        leg=leg,
        minutes=metres // 60,
        metres=metres,
        stop=np.full(places, int(chance.choice([0, 300])), dtype=np.int64),
        stop_minutes=np.full(places, 10, dtype=np.int64),
        cap=chance.integers(0, 4, columns) * 150 if has["cap"] else np.full(columns, NO_CAP),
        orders=orders,
        must=(int(chance.choice(place)),) if has["must"] else (),
        leaves=600,
        hour_won=int(chance.choice([0, 10_000])),
        max_stops=int(chance.integers(1, stops + 1)),
        max_days=int(chance.integers(1, days + 1)) if has["days"] else days,
        carry=carry,
        budget=budget,
    )


def _visits(
    chance: np.random.Generator, places: int, days: int, most: int
) -> tuple[np.ndarray, np.ndarray]:
    every = [(day, place) for day in range(days) for place in range(places)]
    many = min(len(every), int(chance.integers(1, most + 1)))
    kept = sorted(chance.choice(len(every), many, replace=False).tolist())
    return np.array([every[i][1] for i in kept]), np.array([every[i][0] for i in kept])


def _orders(chance: np.random.Generator) -> tuple[OrderTerms, ...]:
    return tuple(
        OrderTerms(
            minimum=int(chance.choice([0, 3_000, 6_000])),
            fees=((0, 3_000), (int(chance.integers(4, 16)) * 500, int(chance.choice([0, 1_000])))),
        )
        for _ in range(int(chance.integers(1, 3)))
    )


def _shelf(chance: np.random.Generator, needs: int, options: int, columns: int) -> np.ndarray:
    """Won on the shelf; coarse prices make ties."""
    coarse = int(chance.choice([10, 500]))
    return chance.integers(200, 1_200, (needs, options, columns)) * 10 // coarse * coarse


def _legs(
    chance: np.random.Generator, places: int, has: dict[str, bool]
) -> tuple[np.ndarray, np.ndarray]:
    where = chance.integers(0, int(chance.choice([3, 40])), (places + 1, 2))
    metres = np.abs(where[:, None] - where[None]).sum(axis=2) * 100
    leg = metres * int(chance.choice([0, 1, 2]))
    if has["crooked"]:
        leg = leg + chance.integers(0, 900, leg.shape)
    if has["oneway"]:
        leg[:, 0] = metres[:, 0] = 0
    np.fill_diagonal(leg, 0)
    return leg.astype(np.int64), metres.astype(np.int64)

"""What the ingredients of a dish cost here today, for the amounts that go into the pot.

Not what one pays at the till: rice is bought by the sack. That is the plan's answer (`/plan`); the
cost of the amounts used is what makes dishes comparable.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from statistics import median
from typing import NamedTuple

from altteul.catalog import Catalog
from altteul.market.offer import Offer
from altteul.planner.amounts import Amounts
from altteul.planner.cooking import needs_of
from altteul.planner.plan import Need
from altteul.recipes.dish import Dish
from altteul.recipes.shopping import shopping_for
from altteul.sources.observation import Discount


class DishCost(NamedTuple):
    """Won for the amounts used of what must be bought; `low` at the cheapest seller of each
    ingredient, `mid` at the middle of the sellers. `missing` has no price in reach and is in
    neither; `estimated` where a typical weight took part (추정)."""

    dish: Dish
    people: int
    low: int
    mid: int
    ingredients: tuple[str, ...]
    missing: tuple[str, ...]
    at_home: tuple[str, ...]
    estimated: bool

    @property
    def per_person(self) -> int:
        return round(self.mid / self.people)


class _Used(NamedTuple):
    """Won for the amount used of one ingredient, at each seller."""

    won: tuple[float, ...]
    estimated: bool


def dish_costs(
    dishes: Iterable[Dish], people: int, offers: Sequence[Offer], catalog: Catalog
) -> list[DishCost]:
    """The cost of each dish; fully priced ones first, the cheapest for one person first."""
    by_item: dict[str, list[Offer]] = {}
    for offer in offers:
        by_item.setdefault(offer.item, []).append(offer)
    costs = [_cost(dish, people, by_item, catalog) for dish in dishes]
    return sorted(costs, key=lambda cost: (bool(cost.missing), cost.per_person, cost.dish.name))


def _cost(
    dish: Dish, people: int, by_item: Mapping[str, list[Offer]], catalog: Catalog
) -> DishCost:
    shopping = shopping_for([(dish, people)], catalog)
    needs = needs_of(shopping)
    used = [_used(need, by_item.get(need.item, []), catalog) for need in needs]
    return DishCost(
        dish=dish,
        people=people,
        low=round(sum(min(one.won) for one in used if one)),
        mid=round(sum(median(one.won) for one in used if one)),
        ingredients=tuple(need.text for need in needs),
        missing=tuple(n.text for n, one in zip(needs, used, strict=True) if one is None),
        at_home=tuple(need.item for need in shopping.pantry),
        estimated=any(one.estimated for one in used if one),
    )


def _used(need: Need, offers: Sequence[Offer], catalog: Catalog) -> _Used | None:
    """The lowest price of each seller for the amount; None where nobody in reach sells it."""
    named = [o for o in offers if need.variety is None or o.variety == need.variety]
    amounts = Amounts(need, catalog)
    lowest: dict[str, tuple[float, bool]] = {}
    for offer in named or [o for o in offers if o.variety is None]:
        fit = amounts.fit(offer)
        if fit is None:
            continue
        packs = 2 if offer.discount is Discount.ONE_PLUS_ONE else 1
        won = (offer.price.mid / (packs * fit.share), fit.estimated)
        lowest[offer.seller.id] = min(won, lowest.get(offer.seller.id, won))
    if not lowest:
        return None
    return _Used(
        tuple(won for won, _ in lowest.values()), any(guess for _, guess in lowest.values())
    )


def matching(dishes: Iterable[Dish], words: str) -> list[Dish]:
    """The dishes whose name, other name or ingredient holds every word; all without a word."""
    wanted = words.split()
    return [dish for dish in dishes if all(_holds(dish, word) for word in wanted)]


def _holds(dish: Dish, word: str) -> bool:
    named = (dish.name, *dish.aliases, *(i.item for i in dish.to_buy))
    return any(word in "".join(name.split()) for name in named)

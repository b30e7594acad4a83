"""From dishes to a priced, routed plan: what cooking for so many people costs near a place."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING

from altteul.frozen import Frozen
from altteul.planner.plan import Need, Plan, Request, Trip
from altteul.planner.planning import make_plan
from altteul.recipes.shopping import DishNeed, DishShopping, shopping_for
from altteul.units import Dimension

if TYPE_CHECKING:
    from altteul.catalog import Catalog
    from altteul.market import Market
    from altteul.market.offer import Place
    from altteul.recipes.dish import Dish

SCHEMA_VERSION = "altteul.cooking/1"
UNITS = {Dimension.MASS: "g", Dimension.VOLUME: "mL"}
LARGE = {"g": "kg", "mL": "L"}


class Cooked(Frozen):
    """A dish of the book and for how many people it is cooked."""

    name: str
    servings: float
    batch: str | None = None


class AtHome(Frozen):
    """Something taken to be at home: no price, amounts as the recipes say."""

    item: str
    amounts: tuple[str, ...]


class CookingPlan(Frozen):
    """The plan for the ingredients, what is taken to be at home, and won for one person.

    `goods_per_person` are the whole packs bought, leftovers included; `used_per_person` is that
    less what leftovers that keep are worth (docs/topics/planner.md). Both are None where an
    ingredient has no price, for a part of a dish is no dish.
    """

    schema_version: str = SCHEMA_VERSION
    dishes: tuple[Cooked, ...]
    at_home: tuple[AtHome, ...]
    goods_per_person: int | None
    plan: Plan
    used_per_person: int | None = None


def needs_of(shopping: DishShopping) -> tuple[Need, ...]:
    """The needs of dishes, as the planner takes them: "소고기 200g", "애호박 1개"."""
    return tuple(_need(need) for need in shopping.to_buy)


def uses_of(shopping: DishShopping) -> dict[str, tuple[str, ...]]:
    """Item → what it is for in these dishes, for `swaps_that_pay`."""
    uses: dict[str, tuple[str, ...]] = {}
    for need in shopping.to_buy:
        uses[need.item] = tuple(dict.fromkeys((*uses.get(need.item, ()), *need.roles)))
    return uses


def cook(
    dishes: Sequence[tuple[Dish, float | None]],
    place: Place,
    on: date,
    market: Market,
    catalog: Catalog,
    *,
    trip: Trip | None = None,
    exclude: Collection[str] = (),
    buy_pantry: Collection[str] = (),
) -> CookingPlan:
    """Plan the shopping for dishes with their servings (None: as the book makes them)."""
    shopping = shopping_for(dishes, catalog, exclude=exclude, buy_pantry=buy_pantry)
    request = Request(needs=needs_of(shopping), place=place, on=on, trip=trip or Trip())
    plan = make_plan(request, market, catalog)
    cooked = tuple(_cooked(dish, servings) for dish, servings in dishes)
    return CookingPlan(
        dishes=cooked,
        at_home=tuple(AtHome(item=n.item, amounts=n.amounts) for n in shopping.pantry),
        goods_per_person=_per_person(plan, cooked),
        used_per_person=_per_person(plan, cooked, kept=True),
        plan=plan,
    )


def _cooked(dish: Dish, servings: float | None) -> Cooked:
    as_made = servings is None or servings == dish.servings
    return Cooked(
        name=dish.name, servings=servings or dish.servings, batch=dish.batch if as_made else None
    )


def _per_person(plan: Plan, cooked: Sequence[Cooked], *, kept: bool = False) -> int | None:
    if plan.best is None or plan.not_priced or plan.best.not_bought:
        return None
    won = plan.best.goods.mid - (plan.best.leftover_won if kept else 0)
    return round(won / max(dish.servings for dish in cooked))


def _need(need: DishNeed) -> Need:
    quantity = need.amount.quantity
    unit = UNITS.get(need.amount.dimension, need.amount.unit)
    name = " ".join(filter(None, (need.item, need.variety)))
    return Need(
        text=f"{name} {_said(quantity.mid, unit)}",
        item=need.item,
        variety=need.variety,
        amount_low=quantity.low,
        amount=quantity.mid,
        amount_high=quantity.high,
        unit=unit,
    )


def _said(amount: float, unit: str) -> str:
    if unit in LARGE and amount >= 1_000:
        return f"{amount / 1_000:.3g}{LARGE[unit]}"
    return f"{amount:.0f}{unit}" if unit in LARGE else f"{_fraction(amount)}{unit}"


def _fraction(amount: float) -> str:
    """A half and a quarter as cooks write them; else at most two decimals."""
    return {0.5: "1/2", 0.25: "1/4", 0.75: "3/4"}.get(amount, f"{round(amount, 2):g}")

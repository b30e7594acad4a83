"""From dishes to what must be bought: servings scaled, equal ingredients of all dishes merged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from altteul.catalog import Catalog, Item, in_base
from altteul.recipes.dish import Dish, Ingredient
from altteul.recipes.yields import as_bought
from altteul.units import Amount, Dimension, Span, ToTaste, parse_amount


@dataclass(frozen=True, slots=True)
class DishNeed:
    """An amount of an item to buy, with the dishes and uses (roles) it is for.

    `estimated` (추정) where amounts in different units were added through typical weights.
    """

    item: str
    variety: str | None
    amount: Amount
    dishes: tuple[str, ...]
    roles: tuple[str, ...]
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class PantryNeed:
    """Something taken to be at home, with how much of it, and the dishes it is for."""

    item: str
    amounts: tuple[str, ...]
    dishes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DishShopping:
    """What to buy for dishes, and what is taken to be at home at no cost."""

    to_buy: tuple[DishNeed, ...]
    pantry: tuple[PantryNeed, ...]


def shopping_for(
    dishes: Sequence[tuple[Dish, float | None]],
    catalog: Catalog,
    *,
    exclude: Iterable[str] = (),
    buy_pantry: Iterable[str] = (),
) -> DishShopping:
    """What to buy for dishes with their servings (None: as the recipe makes).

    Amounts scale linearly; whole pieces are made by whole packs when buying. `exclude` leaves
    items out, `buy_pantry` buys pantry items that have a readable amount after all.
    """
    left_out, wanted = set(exclude), set(buy_pantry)
    needs: list[DishNeed] = []
    pantry: dict[str, list[tuple[str, str]]] = {}
    for dish, servings in dishes:
        factor = 1.0 if servings is None else servings / dish.servings
        for ingredient in dish.ingredients:
            if ingredient.item in left_out:
                continue
            need = _need(ingredient, dish, factor, catalog, ingredient.item in wanted)
            if need is not None:
                needs.append(need)
            else:
                at_home = (dish.name, _at_home_amount(ingredient, factor, catalog))
                pantry.setdefault(ingredient.item, []).append(at_home)
    return DishShopping(tuple(_merged(needs, catalog)), tuple(_at_home(pantry)))


def _need(
    ingredient: Ingredient, dish: Dish, factor: float, catalog: Catalog, buy_pantry: bool
) -> DishNeed | None:
    """The scaled need, or None for what is taken to be at home."""
    if ingredient.at_home and not buy_pantry:
        return None
    item = catalog.item(ingredient.item)
    amount = parse_amount(ingredient.amount, item_kind=item.kind)
    if isinstance(amount, ToTaste):
        return None
    bought = amount if dish.as_bought else as_bought(ingredient, item, amount)
    return DishNeed(
        item.name,
        ingredient.variety,
        bought.scaled(factor),
        (dish.name,),
        (dish.use_of(ingredient),),
        estimated=not dish.as_bought and bought != amount,
    )


SPOONS = ("큰술", "작은술", "컵")


def _at_home_amount(ingredient: Ingredient, factor: float, catalog: Catalog) -> str:
    """The amount for the servings that are cooked; as written for 약간 and the recipe's own."""
    if factor == 1:
        return ingredient.amount
    kind = catalog.item(ingredient.item).kind
    amount = parse_amount(ingredient.amount, item_kind=kind)
    if isinstance(amount, ToTaste):
        return ingredient.amount
    # Spoons are read as millilitres; people want their spoons back.
    unit = next((name for name in SPOONS if name in ingredient.amount), amount.unit)
    one = parse_amount(f"1{unit}", item_kind=kind)
    size = 1 if isinstance(one, ToTaste) or unit == amount.unit else one.quantity.mid
    return f"{round(amount.quantity.mid * factor / size, 2):g}{unit}"


def _merged(needs: Iterable[DishNeed], catalog: Catalog) -> list[DishNeed]:
    """Add up equal items; amounts that no weight connects stay apart."""
    kept: list[DishNeed] = []
    for need in needs:
        for place, other in enumerate(kept):
            same = (other.item, other.variety) == (need.item, need.variety)
            if same and (both := _sum(other, need, catalog.item(need.item))) is not None:
                kept[place] = both
                break
        else:
            kept.append(need)
    return kept


def _sum(one: DishNeed, other: DishNeed, item: Item) -> DishNeed | None:
    if one.amount.unit == other.amount.unit:
        return _joined(one, other, one.amount.quantity + other.amount.quantity, one.amount, False)
    variety = item.variety(one.variety) if one.variety else None
    first, second = in_base(item, one.amount, variety), in_base(item, other.amount, variety)
    if first is None or second is None:
        return None
    dimension = {"g": Dimension.MASS, "mL": Dimension.VOLUME}.get(item.base, Dimension.COUNT)
    base = Amount(first.span, item.base, dimension, one.amount.text)
    return _joined(one, other, first.span + second.span, base, first.estimated or second.estimated)


def _joined(one: DishNeed, other: DishNeed, total: Span, like: Amount, estimated: bool) -> DishNeed:
    return DishNeed(
        one.item,
        one.variety,
        Amount(total, like.unit, like.dimension, f"{one.amount.text} + {other.amount.text}"),
        tuple(dict.fromkeys(one.dishes + other.dishes)),
        tuple(dict.fromkeys(one.roles + other.roles)),
        estimated or one.estimated or other.estimated,
    )


def _at_home(pantry: dict[str, list[tuple[str, str]]]) -> Iterable[PantryNeed]:
    for item, uses in pantry.items():
        dishes = tuple(dict.fromkeys(dish for dish, _ in uses))
        yield PantryNeed(item, tuple(amount for _, amount in uses), dishes)

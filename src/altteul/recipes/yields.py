"""From what a recipe weighs (trimmed, soaked, boiled) to what a shop sells.

Ratios are typical kitchen values: 고사리 from SOURCES C3, the others known from practice [K]; each
is a span, so a converted amount is an estimate (추정).
"""

from __future__ import annotations

import re

from altteul.catalog import Item
from altteul.recipes.dish import Ingredient
from altteul.units import Amount, Dimension, Span

_SOAKED = re.compile(r"불린|불림|삶은|데친")
_DRIED = re.compile(r"마른|말린|건(?=[가-힣])")

# Sold dry: grams of soaked or boiled goods that one gram of dry goods becomes.
SWELLS_TO = {
    "미역": Span(8, 10, 12),
    "다시마": Span(2.5, 3, 4),
    "쌀": Span(1.2, 1.25, 1.3),
    "찹쌀": Span(1.2, 1.3, 1.4),
    "콩": Span(2.0, 2.2, 2.4),
    "팥": Span(2.0, 2.3, 2.5),
    "당면": Span(2.0, 2.5, 3.0),
    "멸치": Span(1.0, 1.0, 1.0),
}
# Sold fresh or soaked: grams of that which one gram of dried goods stands for.
DRIED_STANDS_FOR = {
    "고사리": Span(6, 7, 8),
    "표고버섯": Span(4, 5, 6),
    "도라지": Span(2.5, 3, 4),
    "취나물": Span(5, 6, 7),
    "시래기": Span(5, 6, 7),
    "토란대": Span(5, 6, 7),
}


def as_bought(ingredient: Ingredient, item: Item, amount: Amount) -> Amount:
    """What to buy so that the recipe's weighed amount is on the board; counts stay as they are.

    Divides by the edible part of the item and by the swelling of what is sold dry; what a recipe
    weighs dry and shops sell soaked is multiplied.
    """
    if amount.dimension is not Dimension.MASS:
        return amount
    grams = amount.quantity.scaled(1 / item.edible)
    if _SOAKED.search(ingredient.written) and item.name in SWELLS_TO:
        grams = amount.quantity / SWELLS_TO[item.name]
    elif _is_dried(ingredient) and item.name in DRIED_STANDS_FOR:
        grams = amount.quantity * DRIED_STANDS_FOR[item.name]
    return Amount(grams, amount.unit, amount.dimension, amount.text)


def _is_dried(ingredient: Ingredient) -> bool:
    return bool(_DRIED.match(ingredient.written)) or (ingredient.variety or "").startswith("건")

"""A dish: what it is made of for a stated number of servings."""

from __future__ import annotations

from pydantic import Field

from altteul.frozen import Frozen

TO_BUY_ROLES = frozenset({
    "밥", "고기", "나물", "고명", "말이", "속", "주재료", "부재료",
    "국거리", "국물", "양념채소", "향채", "사리", "소", "젓갈", "절임",
    "양념", "곁들임", "쌈", "반죽", "피", "새알심", "과일", "탕",
    "생선", "전", "포", "떡", "국", "잡채", "샐러드", "반찬",
    "채소",
})  # fmt: skip
"""What an ingredient does in a dish; a substitute is chosen by it, not by botany."""


MAIN_ROLE = "주재료"


KEPT_AT_HOME = frozenset({"쌀"})
"""What a household has: a bowl of rice comes from the bag at home, not from a new one of 20 kg."""


class Ingredient(Frozen):
    """An item with its amount as written and its role. `pantry`: a seasoning, not priced.

    `item` and `variety` are catalog names, `written` is the name that the recipe uses.
    """

    item: str
    variety: str | None = None
    amount: str
    role: str
    pantry: bool = False
    written: str
    prepared: str | None = None

    @property
    def at_home(self) -> bool:
        """Whether it is likely at home; it is not priced unless it is asked for."""
        return self.pantry or self.item in KEPT_AT_HOME


class Dish(Frozen):
    """A dish of the book or of a public recipe.

    `batch` names what one making is measured by (배추 20포기) where servings are a rough guide.
    `serves` names what its main ingredient is for where that is narrower than 주재료 (김치).
    `as_bought`: amounts are of untrimmed goods (다듬기 전); else they are trimmed and soaked.
    """

    name: str
    aliases: tuple[str, ...] = ()
    servings: int = Field(gt=0)
    batch: str | None = None
    serves: str | None = None
    ingredients: tuple[Ingredient, ...]
    source: str
    as_bought: bool = True

    @property
    def to_buy(self) -> tuple[Ingredient, ...]:
        """The ingredients that are priced and planned."""
        return tuple(i for i in self.ingredients if not i.at_home)

    def use_of(self, ingredient: Ingredient) -> str:
        """What a substitute for the ingredient must be able to do here."""
        return self.serves if self.serves and ingredient.role == MAIN_ROLE else ingredient.role

    @property
    def pantry(self) -> tuple[Ingredient, ...]:
        """The ingredients that are taken to be at home."""
        return tuple(i for i in self.ingredients if i.at_home)

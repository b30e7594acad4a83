"""Standard baskets (data/baskets.toml): what is bought, and where the amounts come from."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from pydantic import Field

from altteul.frozen import Frozen
from altteul.planner.plan import Mode, Need


class Amount(Frozen):
    """So much of a catalog item, in the unit that people say."""

    item: str
    amount: float = Field(gt=0)
    unit: str


class Basket(Frozen):
    """A shopping list that many people have; `source` says where its amounts come from, `mode`
    how one goes for it."""

    key: str
    title: str
    source: str
    mode: Mode = Mode.BUS
    needs: tuple[Amount, ...]

    def as_needs(self) -> tuple[Need, ...]:
        """The list as the planner reads it; each need's text is its item."""
        return tuple(
            Need(
                text=one.item,
                item=one.item,
                amount_low=one.amount,
                amount=one.amount,
                amount_high=one.amount,
                unit=one.unit,
            )
            for one in self.needs
        )


class _File(Frozen):
    basket: tuple[Basket, ...]


@cache
def standard_baskets() -> tuple[Basket, ...]:
    """One person, a family of four, 김장, 차례상."""
    text = files("altteul.planner.savings").joinpath("data/baskets.toml").read_text("utf-8")
    return _File.model_validate(tomllib.loads(text)).basket

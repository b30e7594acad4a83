"""What sort of goods an item is, where the reading of a customary unit depends on it."""

from __future__ import annotations

from enum import StrEnum


class ItemKind(StrEnum):
    """Sort of goods; a 근 of meat is 600 g, a 근 of vegetables 400 g."""

    GRAIN = "grain"
    VEGETABLE = "vegetable"
    MUSHROOM = "mushroom"
    FRUIT = "fruit"
    NUT = "nut"
    MEAT = "meat"
    FISH = "fish"
    SEAWEED = "seaweed"
    EGG_DAIRY = "egg_dairy"
    DRIED_CHILLI = "dried_chilli"
    CHILLI_POWDER = "chilli_powder"
    PROCESSED = "processed"
    SEASONING = "seasoning"
    NOT_FOOD = "not_food"

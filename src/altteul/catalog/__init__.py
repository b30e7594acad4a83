"""The vocabulary: items, varieties, KAMIS codes, grades, and conversion between units."""

from altteul.catalog.catalog import Catalog, load_catalog, survey_unit
from altteul.catalog.conversion import (
    Measure,
    grams,
    in_base,
    packs_for,
    packs_measure,
    piece_unit,
    pieces,
)
from altteul.catalog.finding import Found
from altteul.catalog.grades import DEFAULT_GRADE, GRADES, grade_name
from altteul.catalog.model import Item, KamisKind, Storage, SurveyUnit, Variety, Weight

__all__ = [
    "DEFAULT_GRADE",
    "GRADES",
    "Catalog",
    "Found",
    "Item",
    "KamisKind",
    "Measure",
    "Storage",
    "SurveyUnit",
    "Variety",
    "Weight",
    "grade_name",
    "grams",
    "in_base",
    "load_catalog",
    "packs_for",
    "packs_measure",
    "piece_unit",
    "pieces",
    "survey_unit",
]

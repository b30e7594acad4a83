"""The templates with the words and pictures that they use; every value is escaped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from altteul.korean.going import MODE_WORDS
from altteul.korean.particles import with_particle
from altteul.market.offer import CHANNEL_WORDS
from altteul.web import words
from altteul.web.assets import Assets
from altteul.web.pictures import picture

HOURS = (
    ("5000", "느긋해요", "한 시간에 5천 원"),
    ("10000", "보통", "한 시간에 1만 원"),
    ("20000", "바빠요", "한 시간에 2만 원"),
)


def environment(
    assets: Assets, category: Callable[[str], str | None], licence: Callable[[str], str]
) -> Environment:
    """Templates of the package; an unknown name in one is an error, never an empty place."""
    made = Environment(
        loader=PackageLoader("altteul.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= _filters()
    made.globals |= {
        "asset": assets.address,
        "island": assets.island,
        "picture": picture,
        "category": category,
        "licence": licence,
        "HOURS": HOURS,
        "BASIS_WORDS": words.BASIS_WORDS,
        "CHANNEL_WORDS": CHANNEL_WORDS,
        "DISCOUNT_WORDS": words.DISCOUNT_WORDS,
        "MODE_WORDS": MODE_WORDS,
        "MODE_PICTURES": words.MODE_PICTURES,
        "PROGRAMME_WORDS": words.PROGRAMME_WORDS,
        "ROUGH_LOCATIONS": words.ROUGH_LOCATIONS,
    }
    return made


def _filters() -> dict[str, Callable[..., Any]]:
    return {
        "won": words.won,
        "won_range": words.won_range,
        "about_won": words.about_won,
        "distance": words.distance,
        "duration": words.duration,
        "day": words.day,
        "short_day": words.short_day,
        "age": words.age,
        "bought": words.bought,
        "packs": words.packs,
        "particle": with_particle,
    }

"""What somebody wants to know, from the words of the sentence and its morphemes.

Each intent is a row; the rows are tried in order and the first that holds wins. The cues are in
data/cues.toml; what their verbs end in is left to the morphemes where a stem alone decides.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from altteul.assistant.speech.word_lists import cue
from altteul.assistant.understood import Intent

SHORT_REST = 6
"""Letters beside a day that still make it an answer to "언제?" and no other matter."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a sentence when its intent is decided.

    `foods`: items or families named; `amounts`: any of them with an amount; `conditions`: a place,
    a budget, people … were said; `rest`: letters that no rule took.
    """

    text: str
    stems: str
    foods: int = 0
    amounts: int = 0
    dishes: int = 0
    people: bool = False
    conditions: bool = False
    excluded: bool = False
    replaced: bool = False
    channels: int = 0
    dated: bool = False
    rest: int = 0

    @property
    def names(self) -> int:
        """Everything edible that was named."""
        return self.foods + self.dishes

    def says(self, *cues: str) -> bool:
        """Whether the sentence has the words of any of these cues (data/cues.toml)."""
        return any(cue(name).search(self.text) for name in cues)

    def has(self, stem: str) -> bool:
        """Whether the sentence has this stem, whatever its ending ('사/V', '비싸/A')."""
        return stem in self.stems.split()


def intent_of(said: Evidence) -> Intent:
    """The intent; out of scope where nothing speaks for any."""
    for intent, holds in _ROWS:
        if holds(said):
            return intent
    return Intent.OUT_OF_SCOPE


def is_general(text: str) -> bool:
    """Whether a price is asked of no item but of whatever is cheap ("요즘 뭐가 싸요?")."""
    return cue("cheapest").search(text) is not None


def _greeting_only(said: Evidence) -> bool:
    return not said.names and not said.conditions and said.says("greeting")


def _elsewhere(said: Evidence) -> bool:
    if not said.names and said.says("never_food"):
        return True
    if not said.names and said.says("weather") and not said.says("idea", "shopping", "meals"):
        return True
    if said.names and said.says("why") and said.says("price_words"):
        return False
    unwell = any(said.has(stem) for stem in ("고프/A", "아프/A", "부르/A", "고프/V"))
    return (unwell or said.says("elsewhere")) and not said.amounts and not said.says("shopping")


def _help(said: Evidence) -> bool:
    if said.names:
        return said.says("manual") and not said.amounts
    return said.says("help") and not said.says("not_help")


def _record(said: Evidence) -> bool:
    return said.says("record")


def _why(said: Evidence) -> bool:
    about = said.names > 0 or said.says("price_words", "only_why")
    return about and said.says("why") and not said.says("not_why")


def _substitute(said: Evidence) -> bool:
    if (said.says("idea") and said.says("only_left")) or said.says("decided"):
        return False
    if not said.foods:
        return not said.names and not said.conditions and said.says("instead_of_it")
    if not said.replaced and not said.says("instead"):
        return False
    alone = said.foods == 1 and not said.amounts and said.says("only_instead")
    return alone or said.says("substitute")


def _season(said: Evidence) -> bool:
    return said.says("season") and not said.amounts


def _when(said: Evidence) -> bool:
    if said.says("not_wait") or (said.amounts and said.says("firm_wish")):
        return False
    return said.says("wait") and (said.names > 0 or said.says("wait_alone"))


def _price(said: Evidence) -> bool:
    if said.says("altogether") and (said.amounts > 1 or not said.names):
        return False
    if said.says("cheapest") and not said.amounts and not said.dishes:
        return True
    if said.dishes and said.says("dish_money"):
        return False
    if said.names and said.says("price_asked"):
        return True
    return said.names > 0 and said.says("price") and not said.says("not_price")


def _dish(said: Evidence) -> bool:
    """What a dish is made of, or what it costs to make."""
    if not said.dishes:
        return False
    if said.says("dish_cost"):
        return not said.says("not_dish_cost")
    for_somebody = said.people and said.says("cooking_clause", "for_people")
    return said.says("dish_parts") and not for_somebody and not said.says("not_dish_parts")


def _idea(said: Evidence) -> bool:
    """What to cook at all."""
    if said.amounts or (said.dishes and not said.says("other_dish")):
        return False
    return said.says("idea") and not said.says("what_to_buy")


def _plan(said: Evidence) -> bool:
    if said.names or said.excluded or said.conditions:
        return True
    if said.says("shopping", "change") or said.has("사/V"):
        return True
    return said.dated and said.rest <= SHORT_REST


_ROWS: tuple[tuple[Intent, Callable[[Evidence], bool]], ...] = (
    (Intent.OUT_OF_SCOPE, _greeting_only),
    (Intent.RECORD, _record),
    (Intent.HELP, _help),
    (Intent.OUT_OF_SCOPE, _elsewhere),
    (Intent.WHY, _why),
    (Intent.SUBSTITUTE, _substitute),
    (Intent.SEASON, _season),
    (Intent.DISH, _idea),
    (Intent.WHEN, _when),
    (Intent.PRICE, _price),
    (Intent.DISH, _dish),
    (Intent.PLAN, _plan),
)

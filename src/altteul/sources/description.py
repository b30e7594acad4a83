"""How a source introduces itself: who publishes it, under which licence, what it survives."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from altteul.frozen import Frozen
from altteul.sources.observation import Stage


class Grade(StrEnum):
    """How much trouble a source is shown to survive; every claim has a test.

    gold: outage, empty days and a changed shape are met and told apart; silver: a wrong or
    changed shape is refused with a reason; practice: simulated, nothing to survive.
    """

    GOLD = "gold"
    SILVER = "silver"
    PRACTICE = "practice"


class Survives(StrEnum):
    """A kind of trouble that a source meets without losing or inventing anything."""

    OUTAGE = "outage"
    EMPTY_DAY = "empty_day"
    CHANGED_UNIT = "changed_unit"
    CHANGED_SHAPE = "changed_shape"
    WRONG_KEY = "wrong_key"
    RATE_LIMIT = "rate_limit"
    BAD_ROW = "bad_row"


class SourceDescription(Frozen):
    """One feed or file family, as shown to people.

    `needs_keys` names the settings whose keys it cannot do without; `keyless` tells whether it
    serves without a key of one's own (a public test key, a file). `look_back_days` is how far back
    the latest survey may lie. `reads_files`, `reads_replies` and `fetches` tell what the module
    offers; `by_default` sources are fetched when none is named; `instead` is the source to turn to
    when this one blocks.
    """

    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str = Field(min_length=1)
    what: str = Field(min_length=1)
    publisher: str = Field(min_length=1)
    licence: str = Field(min_length=1)
    attribution: str = Field(min_length=1)
    link: str = Field(pattern=r"^https?://|^$")
    stages: tuple[Stage, ...] = ()
    needs_keys: tuple[str, ...] = ()
    keyless: bool = False
    look_back_days: int = Field(default=7, ge=0)
    by_default: bool = False
    instead: str | None = None
    reads_files: bool = False
    reads_replies: bool = False
    fetches: bool = False
    grade: Grade
    survives: tuple[Survives, ...] = ()
    simulated: bool = False

"""A name in the sentence, and all of them: what the rules of a sentence hand to one another."""

from __future__ import annotations

from dataclasses import dataclass, field

from altteul.assistant.amounts.portions import Portion
from altteul.assistant.names.naming import Hit


@dataclass(slots=True)
class Mention:
    """A name in the sentence with its amount and what is said of it."""

    hit: Hit
    portion: Portion | None = None
    excluded: bool = False
    at_home: bool = False
    material: bool = False
    allergy: bool = False
    replaced: bool = False
    given_up: bool = False
    """Taken back for the name that follows: '꽃게 아니 그냥 새우'."""

    @property
    def end(self) -> int:
        """Where the words for it end."""
        return max(self.hit.end, self.portion.end) if self.portion else self.hit.end


@dataclass(slots=True)
class Mentions:
    """All names of a sentence in order, and amounts that belong to none."""

    named: list[Mention] = field(default_factory=list)
    loose: list[Portion] = field(default_factory=list)
    unknown: tuple[str, ...] = ()

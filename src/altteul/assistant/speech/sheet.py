"""The sentence while it is read: what a rule has understood is taken and no other rule sees it."""

from __future__ import annotations

import re

TAKEN = "¦"


class Sheet:
    """A text; `left` shows TAKEN for each letter that was taken, so positions never move."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.left = text

    def take(self, start: int, end: int) -> None:
        """Mark letters as understood."""
        self.left = self.left[:start] + TAKEN * (end - start) + self.left[end:]

    def take_first(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Find a pattern in what is left and take it; None if it is not there."""
        found = pattern.search(self.left)
        if found:
            self.take(*found.span())
        return found

    def take_all(self, pattern: re.Pattern[str]) -> list[re.Match[str]]:
        """Find and take every place of a pattern."""
        found = list(pattern.finditer(self.left))
        for one in found:
            self.take(*one.span())
        return found

    def between(self, start: int, end: int) -> str:
        """What stands between two positions, untaken letters only."""
        return self.left[start:end].replace(TAKEN, " ").strip()

    @property
    def rest(self) -> str:
        """All that nobody took, in one line."""
        return " ".join(self.left.replace(TAKEN, " ").split())

"""Every error a person can meet.

AltteulError                    one Korean sentence: what is wrong, where, what to do
├── InputError                  what the person typed or handed over cannot be used
│   ├── UnknownItemError        no such item; carries the nearest names
│   ├── AmountError             an amount that cannot be read
│   ├── PlaceError              a place that is not known or out of reach
│   └── FileError               a file that is empty, broken or of no known shape
├── NoDataError                 nothing is known for this day, place or item
├── SourceError                 a public feed is down, slow, refuses or has changed
└── StorageError                the data folder cannot be read or written
"""

from __future__ import annotations

from altteul.korean.particles import fitted


class AltteulError(Exception):
    """An error whose text is one Korean sentence for the person who meets it.

    "은(는)" and the like after a name that only the moment knows are settled here.
    """

    exit_code = 1

    def __init__(self, sentence: str = "") -> None:
        super().__init__(fitted(sentence))


class InputError(AltteulError):
    """What the person typed or handed over cannot be used."""

    exit_code = 2


class UnknownItemError(InputError):
    """No item of that name; `suggestions` are the nearest catalog names, best first."""

    def __init__(self, name: str, suggestions: tuple[str, ...] = ()) -> None:
        self.name = name
        self.suggestions = suggestions
        nearest = f" 혹시 {', '.join(suggestions)}인가요?" if suggestions else ""
        super().__init__(f"'{name}'은(는) 모르는 품목입니다.{nearest}")


class AmountError(InputError):
    """An amount that cannot be read, with the text and the reason."""


class PlaceError(InputError):
    """A place that is not known."""


class FileError(InputError):
    """A file that is missing, empty, broken or of no known shape."""


class NoDataError(AltteulError):
    """Nothing is known for the day, place or item that was asked for."""

    exit_code = 3


class SourceError(AltteulError):
    """A public feed is down, slow, refuses the key, or has changed its shape."""

    exit_code = 4


class StorageError(AltteulError):
    """The data folder cannot be read or written (full disk, no permission, damaged)."""

    exit_code = 5

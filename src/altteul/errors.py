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

import errno

from altteul.korean.particles import fitted

_REASONS = {
    errno.ENOENT: "없는 파일이나 폴더",
    errno.EISDIR: "파일이 아니라 폴더",
    errno.ENOTDIR: "폴더가 아님",
    errno.EACCES: "권한이 없음",
    errno.EPERM: "권한이 없음",
    errno.ENOSPC: "디스크가 가득 참",
    errno.EROFS: "읽기만 되는 곳",
    errno.ENAMETOOLONG: "이름이 너무 긺",
    errno.EIO: "디스크 고장",
    errno.EADDRINUSE: "이미 쓰고 있는 번호",
    errno.EADDRNOTAVAIL: "이 기기의 주소가 아님",
}


def reason_of(error: OSError) -> str:
    """Why a file, a disk or an address could not be used, in a few Korean words."""
    number = error.errno or 0
    if number < 0:  # of a name that no address belongs to
        return "모르는 주소"
    return _REASONS.get(number) or error.strerror or "알 수 없는 까닭"


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

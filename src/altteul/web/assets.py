"""Our own style sheet and drawings, read once; the address carries a hash of the content, so a
browser keeps them for a year and never shows an old one."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

CONTENT_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}
HASH_LETTERS = 12


@dataclass(frozen=True, slots=True)
class Asset:
    """One file: its address, type and bytes."""

    address: str
    content_type: str
    body: bytes
    zipped: bytes


class Assets:
    """Every file of the package's static folder, by its name ("altteul.css")."""

    def __init__(self) -> None:
        self._by_name = dict(_read(files("altteul.web").joinpath("static"), ""))
        self._by_address = {asset.address: asset for asset in self._by_name.values()}

    def address(self, name: str) -> str:
        """The address of a file; KeyError when the package has no such file."""
        return self._by_name[name].address

    def get(self, address: str) -> Asset | None:
        """The file at an address, None when the address is unknown or of an older content."""
        return self._by_address.get(address)


def _read(folder: Traversable, above: str) -> list[tuple[str, Asset]]:
    found: list[tuple[str, Asset]] = []
    for entry in folder.iterdir():
        name = above + entry.name
        if entry.is_dir():
            found += _read(entry, f"{name}/")
        elif "." in entry.name:
            found.append((name, _asset(name, entry.read_bytes())))
    return found


def _asset(name: str, body: bytes) -> Asset:
    stem, dot, suffix = name.rpartition(".")
    digest = sha256(body).hexdigest()[:HASH_LETTERS]
    return Asset(
        address=f"/static/{stem}.{digest}{dot}{suffix}",
        content_type=CONTENT_TYPES[dot + suffix],
        body=body,
        zipped=gzip.compress(body, mtime=0),
    )

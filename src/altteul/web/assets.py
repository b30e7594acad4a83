"""Our own style sheet, drawings and islands, read once; the address carries a hash of the content,
so a browser keeps them for a year and never shows an old one.

The islands (what a page does more where scripts run) are built from `frontend/` into
`static/built`, where manifest.json names them. Where they were not built, pages are served without.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

CONTENT_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}
HASH_LETTERS = 12
BUILT: Final = "built/"
MANIFEST: Final = "built/manifest.json"
LOADED_BY_NEED: Final = ("chart", "map")
"""Islands that only some screens load; they are not fetched ahead."""


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
        static = files("altteul.web").joinpath("static")
        self._by_name = dict(_read(static, ""))
        self._by_address = {asset.address: asset for asset in self._by_name.values()}
        self._islands = _islands(static.joinpath(MANIFEST), self._by_name)

    @property
    def has_islands(self) -> bool:
        """Whether the islands were built."""
        return bool(self._islands)

    def island(self, name: str) -> Asset | None:
        """An island by the name of its source ("main"); None where they were not built."""
        file = self._islands.get(name)
        return self._by_name[BUILT + file] if file else None

    def to_fetch_ahead(self) -> list[str]:
        """The addresses of everything that the screens for use without a network need."""
        skipped = tuple(f"{BUILT}{name}-" for name in (*LOADED_BY_NEED, "worker"))
        return sorted(
            asset.address
            for name, asset in self._by_name.items()
            if not name.startswith(skipped) and name.endswith((".js", ".svg", "altteul.css"))
        )

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
        elif name.startswith(BUILT) and name != MANIFEST:
            found.append((name, _asset(f"/static/{name}", name, entry.read_bytes())))
        elif "." in entry.name and name != MANIFEST:
            found.append((name, _hashed(name, entry.read_bytes())))
    return found


def _islands(manifest: Traversable, known: Mapping[str, Asset]) -> dict[str, str]:
    """The file of each island; nothing where there is no manifest or a file of it is missing (a
    build that broke off)."""
    if not manifest.is_file():
        return {}
    entries = json.loads(manifest.read_text(encoding="utf-8"))
    found = {e["name"]: e["file"] for key, e in entries.items() if key.startswith("src/")}
    return found if all(BUILT + file in known for file in found.values()) else {}


def _hashed(name: str, body: bytes) -> Asset:
    stem, dot, suffix = name.rpartition(".")
    digest = sha256(body).hexdigest()[:HASH_LETTERS]
    return _asset(f"/static/{stem}.{digest}{dot}{suffix}", name, body)


def _asset(address: str, name: str, body: bytes) -> Asset:
    return Asset(
        address=address,
        content_type=CONTENT_TYPES["." + name.rpartition(".")[2]],
        body=body,
        zipped=gzip.compress(body, mtime=0),
    )

"""Builds and loads the compiled steps: once per machine, where it has a C compiler.

`cc` (or what `CC` names) turns the .c files beside this module into a library in the user's cache
folder; the name carries a digest of the sources, so that a new version is built anew. Without a
compiler, or with `ALTTEUL_COMPILE=0`, the search takes the same steps in NumPy, only slower.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import numpy.typing as npt
from platformdirs import user_cache_path

SOURCES = ("basket.h", "touring.c", "goods.c", "descent.c", "trip_cuts.c")
COMPILE = "ALTTEUL_COMPILE"
LONGEST_SECONDS = 60


class Code:
    """The compiled functions. `freely` lets other threads run meanwhile; `briefly` does not, which
    is quicker for what takes a few microseconds."""

    def __init__(self, freely: ctypes.CDLL, briefly: ctypes.PyDLL) -> None:
        self.freely = freely
        self.briefly = briefly
        freely.closest_unions.restype = freely.loose_parts.restype = ctypes.c_int64


@cache
def library() -> Code | None:
    """The compiled steps, or None where they cannot be had."""
    if os.environ.get(COMPILE) == "0":
        return None
    try:
        built = user_cache_path("altteul") / "compiled" / f"large-{_digest()}.so"
        if not built.exists():
            _build(built)
        return Code(ctypes.CDLL(str(built)), ctypes.PyDLL(str(built)))
    except (OSError, subprocess.SubprocessError):
        return None


def pointer(table: npt.NDArray[Any]) -> ctypes.c_void_p:
    """Where a table begins that lies row after row; the caller keeps it alive."""
    return ctypes.c_void_p(table.ctypes.data)


def _digest() -> str:
    """Of the sources and of the kind of machine: folders of users can be shared by machines."""
    folder = Path(__file__).parent
    text = b"".join((folder / name).read_bytes() for name in SOURCES)
    kind = f"{sys.platform} {platform.machine()} {platform.libc_ver()}".encode()
    return hashlib.sha256(kind + text).hexdigest()[:16]


def _build(built: Path) -> None:
    """Raises OSError or SubprocessError where it fails; a kill leaves no half library behind."""
    compiler = shutil.which(os.environ.get("CC", "cc"))
    if compiler is None:
        raise FileNotFoundError("no C compiler")
    built.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=built.parent) as folder:
        new = Path(folder) / built.name
        sources = [Path(__file__).with_name(name) for name in SOURCES if name.endswith(".c")]
        subprocess.run(
            [compiler, "-O3", "-ffp-contract=off", "-shared", "-fPIC", "-o", new, *sources],
            check=True,
            capture_output=True,
            timeout=LONGEST_SECONDS,
        )
        new.replace(built)

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

from platformdirs import user_cache_path

SOURCES = ("basket.h", "touring.c", "descent.c")
COMPILE = "ALTTEUL_COMPILE"
LONGEST_SECONDS = 60


@cache
def library() -> ctypes.CDLL | None:
    """The compiled steps, or None where they cannot be had."""
    if os.environ.get(COMPILE) == "0":
        return None
    try:
        built = user_cache_path("altteul") / "compiled" / f"large-{_digest()}.so"
        if not built.exists():
            _build(built)
        return ctypes.CDLL(str(built))
    except (OSError, subprocess.SubprocessError):
        return None


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
            [compiler, "-O3", "-shared", "-fPIC", "-o", new, *sources],
            check=True,
            capture_output=True,
            timeout=LONGEST_SECONDS,
        )
        new.replace(built)

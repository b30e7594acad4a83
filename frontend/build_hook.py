"""Builds the islands before a wheel is packed, where Node is there and they were not built yet.

Without Node the wheel is packed all the same; its pages are then served without islands.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUILT = "src/altteul/web/static/built/manifest.json"


class IslandsHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs `npm ci` and `npm run build` in this folder."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        if version == "editable" or (root / BUILT).is_file():
            return
        npm = shutil.which("npm")
        if npm is None:
            self.app.display_warning("No Node: the wheel will hold no islands.")
            return
        try:
            subprocess.run([npm, "ci"], cwd=root / "frontend", check=True)
            subprocess.run([npm, "run", "build"], cwd=root / "frontend", check=True)
        except (OSError, subprocess.CalledProcessError) as error:
            self.app.display_warning(f"The islands could not be built: {error}")

"""Lets these tests import the modules beside them (tpplib, large_checker …)."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

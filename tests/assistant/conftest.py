"""Lets the tests of this room import the modules beside them and the small worlds of others."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "planner"), str(HERE.parent / "web")]

"""Synthetic series: plain functions, each with its reference; `library.draw` mixes them."""

from __future__ import annotations

from altteul.foundation.generators.library import FAMILIES, Family, draw

__all__ = ["FAMILIES", "Family", "draw"]

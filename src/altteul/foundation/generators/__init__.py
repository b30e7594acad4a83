"""Synthetic series: plain functions, each with its reference; `library.draw` mixes them."""

from __future__ import annotations

from altteul.foundation.generators.library import FAMILIES, LOCKED, TRAINING, Family, draw

__all__ = ["FAMILIES", "LOCKED", "TRAINING", "Family", "draw"]

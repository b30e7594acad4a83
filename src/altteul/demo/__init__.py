"""The practice market (연습용(가상) 장터): invented towns whose prices behave like real ones."""

from altteul.demo.build import build_demo, practice_harvest

__all__ = ["build_demo", "practice_harvest"]

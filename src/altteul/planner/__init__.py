"""Where to buy what, so that goods and trip cost least: exact, with proof."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from altteul.planner.planning import make_plan

__all__ = ["make_plan"]


def __getattr__(name: str) -> Any:
    # The documents of plan.py are read by every command; the search only by `altteul plan`.
    if name == "make_plan":
        from altteul.planner.planning import make_plan

        return make_plan
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

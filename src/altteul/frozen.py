"""The base of every document that one room hands to another."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """Validated at the border, never changed afterwards, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")

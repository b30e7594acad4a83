"""A quantity that may not be known exactly: low, most likely, high."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A non-negative quantity with its uncertainty; low <= mid <= high, else ValueError."""

    low: float
    mid: float
    high: float

    def __post_init__(self) -> None:
        if not (0 <= self.low <= self.mid <= self.high < math.inf):
            raise ValueError(f"span out of order: {self.low}, {self.mid}, {self.high}")

    @staticmethod
    def exact(value: float) -> Span:
        """Return the quantity `value`, known exactly."""
        return Span(value, value, value)

    @staticmethod
    def between(low: float, high: float) -> Span:
        """Return the span from `low` to `high` with the middle as the most likely value."""
        return Span(low, (low + high) / 2, high)

    @property
    def is_exact(self) -> bool:
        """Tell whether there is no uncertainty."""
        return self.low == self.high

    def scaled(self, factor: float) -> Span:
        """Return the span times an exact non-negative factor."""
        return Span(self.low * factor, self.mid * factor, self.high * factor)

    def contains(self, value: float) -> bool:
        """Tell whether `value` lies within low and high (both included)."""
        return self.low <= value <= self.high

    def __add__(self, other: Span) -> Span:
        return Span(self.low + other.low, self.mid + other.mid, self.high + other.high)

    def __mul__(self, other: Span) -> Span:
        return Span(self.low * other.low, self.mid * other.mid, self.high * other.high)

    def __truediv__(self, other: Span) -> Span:
        """Divide by a span that does not touch 0; the widest result (ends cross)."""
        if other.low == 0:
            raise ZeroDivisionError("division by a span that contains 0")
        return Span(self.low / other.high, self.mid / other.mid, self.high / other.low)

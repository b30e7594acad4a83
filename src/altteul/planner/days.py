"""Days as people say them."""

from __future__ import annotations

from datetime import date

WEEKDAYS = "월화수목금토일"


def weekday(day: date) -> str:
    """A day with its weekday: "11월 26일 목요일"."""
    return f"{day.month}월 {day.day}일 {WEEKDAYS[day.weekday()]}요일"

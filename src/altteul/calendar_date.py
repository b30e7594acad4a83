"""The calendar date in Korea: what every date of the program is."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

SEOUL = ZoneInfo("Asia/Seoul")


def today() -> date:
    """The calendar date in Korea now."""
    return datetime.now(SEOUL).date()

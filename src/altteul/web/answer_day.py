"""The day that an answer is for where none was asked for."""

from __future__ import annotations

from datetime import date, timedelta

from altteul.calendar_date import today
from altteul.web.words import day as day_words

NEW_ENOUGH_DAYS = 14


def default_day(newest: date | None) -> tuple[date, str]:
    """Today, or the newest surveyed day where that lies well back, with a sentence on it."""
    now = today()
    if newest is None or now - newest <= timedelta(days=NEW_ENOUGH_DAYS):
        return now, ""
    return newest, f"가장 최근에 조사한 날이 {day_words(newest)}이라 그날로 답해요."

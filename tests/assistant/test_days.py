"""Days as people say them, against the calendar."""

from __future__ import annotations

from datetime import date

import pytest

from altteul.assistant.circumstances.days import read_day
from altteul.assistant.circumstances.feasts import next_feast
from altteul.assistant.speech.sheet import Sheet

TUESDAY = date(2026, 9, 15)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("오늘", date(2026, 9, 15)),
        ("내일", date(2026, 9, 16)),
        ("내일모레", date(2026, 9, 17)),
        ("글피", date(2026, 9, 18)),
        ("사흘 뒤", date(2026, 9, 18)),
        ("일주일 후", date(2026, 9, 22)),
        ("한 달 뒤", date(2026, 10, 15)),
        ("이번 주말", date(2026, 9, 19)),
        ("금요일", date(2026, 9, 18)),
        ("화요일", date(2026, 9, 22)),
        ("다음 주 화요일까지", date(2026, 9, 22)),
        ("다다음 주 일요일", date(2026, 10, 4)),
        ("20일에", date(2026, 9, 20)),
        ("3일", date(2026, 10, 3)),
        ("시월 삼일", date(2026, 10, 3)),
        ("1월 5일", date(2027, 1, 5)),
        ("9월 말까지", date(2026, 9, 30)),
        ("다음 달 초하루", date(2026, 10, 1)),
        ("추석 전날", date(2026, 9, 24)),
        ("추석 이틀 전에", date(2026, 9, 23)),
        ("설 전까지", date(2027, 2, 6)),
        ("추석 다음 날", date(2026, 9, 26)),
        ("내일 말고 모레", date(2026, 9, 17)),
        ("2026-10-05", date(2026, 10, 5)),
        ("동짓날 팥죽", date(2026, 12, 22)),
        ("추석 차례상", date(2026, 9, 25)),
        ("내일 아니 모레", date(2026, 9, 17)),
        ("오늘 아 오늘이 아니고 모레", date(2026, 9, 17)),
        ("명절만 되면", None),
        ("오일장", None),
        ("주말마다", None),
        ("사나흘 뒤에", date(2026, 9, 18)),
        ("다음달 초닷새", date(2026, 10, 5)),
        ("수능날", date(2026, 11, 19)),
        ("정월 보름에 나물", date(2027, 2, 21)),
        ("추석 선물", None),
        ("32일", None),
        ("추석 지나고", None),
        ("그냥", None),
    ],
)
def test_a_day(text: str, day: date | None) -> None:
    found = read_day(Sheet(text), TUESDAY)
    assert (found.day if found else None) == day


@pytest.mark.parametrize(
    ("feast", "on", "day"),
    [
        ("설날", date(2026, 1, 1), date(2026, 2, 17)),
        ("추석", date(2025, 1, 1), date(2025, 10, 6)),
        ("정월대보름", date(2026, 1, 1), date(2026, 3, 3)),
        ("단오", date(2026, 1, 1), date(2026, 6, 19)),
        ("동지", date(2026, 1, 1), date(2026, 12, 22)),
        ("초복", date(2025, 1, 1), date(2025, 7, 20)),
        ("중복", date(2025, 1, 1), date(2025, 7, 30)),
        ("말복", date(2025, 1, 1), date(2025, 8, 9)),
        ("초복", date(2026, 1, 1), date(2026, 7, 15)),
        ("말복", date(2026, 1, 1), date(2026, 8, 14)),
        ("명절", date(2026, 3, 1), date(2026, 9, 25)),
    ],
)
def test_a_feast_falls_on_its_published_day(feast: str, on: date, day: date) -> None:
    assert next_feast(feast, on) == day

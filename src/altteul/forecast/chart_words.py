"""One Korean sentence of what a chart means."""

from __future__ import annotations

from altteul.forecast.ahead import DayAhead
from altteul.forecast.chart import ItemChart

NEAR = 0.03
"""A difference below 3 % is called alike."""
LIKELY = 0.6
PRACTICE = " 연습용(가상) 자료입니다."


def sentence_of(chart: ItemChart) -> str:
    """Today's price beside 평년, and where it is going as far as that is known."""
    practice = PRACTICE if chart.simulated else ""
    return f"{_now(chart)} {_later(chart)}{practice}"


def _now(chart: ItemChart) -> str:
    day = f"{chart.observed_on.month}월 {chart.observed_on.day}일"
    start = f"{chart.item}({chart.region}, {chart.unit}) 값은 {day} 조사로 {chart.price:,}원"
    usual = next((p for p in chart.normal if p.day == chart.observed_on), None)
    if usual is None:
        return f"{start}입니다(평년과 견줄 지난해 자료가 없습니다)."
    gap = chart.price / usual.mid - 1
    years = f"지난 {usual.years}년의 평년 {usual.mid:,}원"
    if abs(gap) < NEAR:
        return f"{start}, {years}과 비슷합니다."
    return f"{start}, {years}보다 {abs(gap):.0%} {'비쌉니다' if gap > 0 else '쌉니다'}."


def _later(chart: ItemChart) -> str:
    proved = [point for point in chart.fan if point.proved]
    if chart.made_on is None:
        return "앞으로의 값은 예측해 둔 것이 없습니다."
    if not chart.fan:
        return "앞으로의 값은 조사가 뜸하거나 예측이 오래되어 모릅니다(모름)."
    if not proved:
        return "앞으로의 값은 지난 예측이 확실히 낫지 않아 모릅니다(모름)."
    far = proved[-1]
    range_ = f"{far.low_80:,}~{far.high_80:,}원(열에 여덟 번)"
    return f"{far.day.month}월 {far.day.day}일에는 {range_}으로 보며, {_way(far)}(추정)."


def _way(far: DayAhead) -> str:
    if far.p_cheaper >= LIKELY:
        return f"지금보다 쌀 가능성이 {far.p_cheaper:.0%}입니다"
    if far.p_cheaper <= 1 - LIKELY:
        return f"지금보다 쌀 가능성은 {far.p_cheaper:.0%}뿐입니다"
    return "오를지 내릴지는 반반에 가깝습니다"

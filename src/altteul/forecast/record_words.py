"""The record (성적) in Korean sentences."""

from __future__ import annotations

from datetime import date

from altteul.forecast.decisions import Summary

REPLAYED = "모의"


def sentence_of(kind: str, first: date, last: date, summary: Summary) -> str:
    """How advice did, losses included; a replayed record says that nobody followed it."""
    start = f"{kind} 성적({first} ~ {last}): "
    if summary.decisions == 0:
        return start + "아직 실제 값이 나온 판단이 없습니다."
    unknown = f"판단 {summary.decisions:,}번 가운데 {summary.abstention:.0%}는 모름이었습니다"
    if summary.hit_rate is None or summary.mean_saving is None:
        return f"{start}{unknown}."
    given = summary.waits + summary.buys
    replay = " 지난 자료로 되풀이한 것이라 실제로 따른 사람은 없습니다." if kind == REPLAYED else ""
    return (
        f"{start}{unknown}. 말해 준 {given:,}번 가운데 {summary.hit_rate:.0%}가 맞았고, 틀린 때와 "
        f"모름까지 모두 셈하면 한 번에 값의 {abs(summary.mean_saving):.1%}를 "
        f"{'아꼈습니다' if summary.mean_saving >= 0 else '더 썼습니다'}.{replay}"
    )

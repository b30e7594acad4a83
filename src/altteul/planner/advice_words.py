"""The verdict, reasons and notices of the advice on substitutes, in plain Korean."""

from __future__ import annotations

from collections.abc import Sequence

from altteul.korean.particles import fitted
from altteul.market.offer import HowUnusual
from altteul.planner.advice import Facts, Finding, SubstituteChoice
from altteul.planner.noticing import FOR_REFERENCE, SIMULATED

NAMED_AT_MOST = 3
SAME = 0.05
"""Costs nearer than this are called nearly the same."""


def name_of(facts: Facts) -> str:
    """The item, with its variety where one is meant."""
    return " ".join(filter(None, (facts.item, facts.variety)))


def why(finding: Finding, facts: Facts, saves: float | None) -> str:
    """Why a substitute is recommended or not: one sentence."""
    percent = f"{abs(round(100 * (saves or 0)))}%"
    dearer = (saves or 0) < -SAME
    return {
        Finding.PAYS: f"같은 쓰임에 {percent} 적게 들고, 제 값도 평년보다 비싸지 않습니다.",
        Finding.NORMAL_UNKNOWN: f"같은 쓰임에 {percent} 적게 들지만, 평년값을 몰라 권하지는 "
        "않습니다.",
        Finding.NOT_CHEAPER: f"같은 쓰임에 {percent} 더 듭니다."
        if dearer
        else "같은 쓰임에 드는 값이 거의 같아 바꿀 까닭이 없습니다.",
        Finding.DEAR_ITSELF: f"제 값이 평년보다 {_dear(facts.unusual)} 때라 권하지 않습니다.",
        Finding.PRICE_UNKNOWN: "견줄 조사가격이 없어 싼지 모릅니다.",
        Finding.ORIGINAL_UNKNOWN: "원래 것의 조사가격이 없어 싸지는지 모릅니다.",
    }[finding]


def verdict(
    original: Facts, use: str | None, uses: Sequence[str], choices: Sequence[SubstituteChoice]
) -> str:
    """One to three sentences: what to use instead, or why nothing."""
    name, where = name_of(original), f" ({use}에)" if use else ""
    if not choices:
        known = f" 아는 쓰임새: {', '.join(uses)}." if uses else ""
        return f"{name}{where} 대신 쓸 것을 아직 모릅니다.{known}"
    if original.price is None:
        return (
            f"{name}의 조사가격이 가까이에 없어 무엇이 더 싼지 말할 수 없습니다. "
            f"쓸 수 있는 것: {_named(choices)}."
        )
    return " ".join(filter(None, (_advice(name, where, choices), _allergy(choices))))


def _advice(name: str, where: str, choices: Sequence[SubstituteChoice]) -> str:
    pays = [choice for choice in choices if choice.recommended]
    if pays:
        first = pays[0]
        here = where or f" ({'·'.join(first.uses)}에)"
        return (
            f"{name}{here} 대신 {name_of(first.facts)}: 같은 쓰임에 {first.saves_percent}% 적게 "
            f"듭니다. {first.taste}."
        )
    unsure = [choice for choice in choices if choice.finding is Finding.NORMAL_UNKNOWN]
    if unsure:
        return (
            f"{name}{where} 대신 지금 더 싼 것: {_named(unsure)}. "
            "다만 평년값을 몰라, 지금이 비싼 때인지는 모릅니다."
        )
    return f"{name}{where} 대신 권할 만큼 더 싼 것이 없습니다. 그대로 사는 것이 낫습니다."


def _allergy(choices: Sequence[SubstituteChoice]) -> str:
    shown = [c for c in choices if c.finding in (Finding.PAYS, Finding.NORMAL_UNKNOWN)]
    warned = [
        f"{name_of(choice.facts)}에는 {'·'.join(choice.new_allergens)}"
        for choice in shown
        if choice.new_allergens
    ]
    return fitted(f"알레르기 주의: {', '.join(warned)}이(가) 들어 있습니다.") if warned else ""


def notices(
    original: Facts, choices: Sequence[SubstituteChoice], *, simulated: bool
) -> tuple[str, ...]:
    """What one must know to use the advice rightly."""
    prices = [original.price, *(choice.price for choice in choices)]
    said = (
        SIMULATED if simulated else None,
        FOR_REFERENCE,
        "바꿔 쓰는 비율은 집에서 흔히 하는 정도이고 재어 본 값이 아닙니다.",
        "개수로 파는 것은 보통 무게로 환산했습니다(추정)."
        if any(price and price.estimated for price in prices)
        else None,
        "영양은 먹는 부분 100g의 어림값(참고)입니다.",
    )
    return tuple(notice for notice in said if notice)


def _dear(unusual: HowUnusual) -> str:
    return "아주 비싼" if unusual is HowUnusual.VERY_DEAR else "비싼"


def _named(choices: Sequence[SubstituteChoice]) -> str:
    return ", ".join(name_of(choice.facts) for choice in choices[:NAMED_AT_MOST])

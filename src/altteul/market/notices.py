"""What a person must know beside the prices: how old, how sure, what was left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from altteul.market.offer import Offer
from altteul.market.spread import Spread

REFERENCE = "조사가격은 참고용이며 가게의 오늘 값과 다를 수 있습니다."
PRACTICE = "연습용(가상) 자료가 들어 있습니다. 진짜 가격이 아닙니다."
OLD_DAYS = 14
"""Shop prices are sticky (91 % the same from day to day, SOURCES B1.7), so a price is not called
old before two weeks."""


def notices_of(
    offers: Sequence[Offer],
    spread: Spread | None,
    *,
    variety: str | None,
    doubtful: int,
    closed: int,
    simulated: bool,
    still: Sequence[str] = (),
) -> tuple[str, ...]:
    """The sentences to show, the gravest first; the last is always that values are 참고용.

    `still` says which sources stand still.
    """
    found = [PRACTICE] if simulated else []
    found += still
    found += [*_about(offers, spread), *_about_varieties(offers, variety)]
    if doubtful:
        found.append(f"조사 오류로 보이는 값 {doubtful}개는 쓰지 않았습니다.")
    if closed:
        found.append(f"오늘 장이 서지 않는 5일장 {closed}곳의 값은 뺐습니다.")
    return (*found, REFERENCE)


def _about(offers: Sequence[Offer], spread: Spread | None) -> Iterator[str]:
    oldest = max((offer.age_days for offer in offers), default=0)
    if oldest >= OLD_DAYS:
        yield f"가장 오래된 조사는 {oldest}일 전 것입니다."
    if any(offer.unit_price.estimated for offer in offers):
        yield "무게나 개수가 적히지 않은 것은 보통 무게로 어림했습니다(추정)."
    if spread and spread.discounted:
        yield f"할인·1+1 값이 {spread.discounted}곳 있습니다. 오늘도 하는지 확인하세요."
    others = sum(offer.unit_price.per != spread.per for offer in offers) if spread else 0
    if others:
        yield f"단위가 달라 견줄 수 없는 값 {others}개는 범위에 넣지 않았습니다."


def _about_varieties(offers: Sequence[Offer], asked: str | None) -> Iterator[str]:
    named = sorted({offer.variety for offer in offers if offer.variety})
    unnamed = sum(offer.variety is None for offer in offers)
    if asked and unnamed:
        yield f"품종이 적히지 않아 '{asked}'인지 알 수 없는 값이 {unnamed}개 들어 있습니다."
    if len(named) > 1:
        yield f"품종이나 상태가 다른 것이 섞여 있습니다: {', '.join(named)}."
    grades = sorted({offer.grade for offer in offers if offer.grade})
    if len(grades) > 1:
        yield f"등급이 다른 것이 섞여 있습니다: {', '.join(grades)}."

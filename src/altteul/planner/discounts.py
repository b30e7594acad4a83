"""The shopper's discount programmes: where they count, and what they save.

Facts: 디지털 온누리상품권 are sold at 10 % off, up to 2,000,000 won a month and person, and
spent at traditional markets (중소벤처기업부 공고 2025; 전통시장 및 상점가 육성을 위한 특별법).
지역사랑상품권 differ by district: 5 % off up to 500,000 won a month is the rate of
서울사랑상품권 in 2025; they are not taken at large stores (지역사랑상품권 이용 활성화에 관한
법률: small businesses). From 65 years on the subway is free (노인복지법 제26조, 도시철도 무임).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from altteul.history.seller import Seller
from altteul.planner.request import Programme, ShopperDiscount
from altteul.sources.observation import Channel


@dataclass(frozen=True, slots=True)
class Rate:
    """A programme at a seller: per cent of what is paid, and the most won it saves on a visit."""

    programme: Programme
    percent: float
    cap: int


USUAL = {
    Programme.ONNURI: Rate(Programme.ONNURI, 10.0, 200_000),
    Programme.LOCAL_CURRENCY: Rate(Programme.LOCAL_CURRENCY, 5.0, 25_000),
}
WORDS = {Programme.ONNURI: "온누리", Programme.LOCAL_CURRENCY: "지역"}


def rate_at(seller: Seller, discounts: Iterable[ShopperDiscount]) -> Rate | None:
    """The programme that saves most at a seller; programmes are not added up."""
    rates = [_rate(one) for one in discounts if _taken(seller, one.programme)]
    return max(rates, key=lambda rate: (rate.percent, rate.cap), default=None)


def rides_free(discounts: Iterable[ShopperDiscount]) -> bool:
    """Whether the shopper rides the subway free (경로)."""
    return any(one.programme is Programme.SENIOR for one in discounts)


def _rate(one: ShopperDiscount) -> Rate:
    usual = USUAL[one.programme]
    percent = usual.percent if one.percent is None else one.percent
    return Rate(one.programme, percent, usual.cap if one.cap_won is None else one.cap_won)


def _taken(seller: Seller, programme: Programme) -> bool:
    """As the register says; where it says nothing, traditional markets take both and local food
    shops the local currency (assumption, told beside the plan)."""
    if programme not in WORDS:
        return False
    if seller.vouchers:
        return any(WORDS[programme] in word for word in seller.vouchers)
    if seller.channel is Channel.TRADITIONAL_MARKET:
        return True
    return programme is Programme.LOCAL_CURRENCY and seller.channel is Channel.LOCAL_FOOD

"""How won, distances, days and our own words are written for a person: plain Korean."""

from __future__ import annotations

from datetime import date
from typing import Final

from altteul.market.offer import Basis, WonRange
from altteul.planner.plan import Mode, Programme, Purchase
from altteul.sources.observation import Discount
from altteul.sources.seller import LocationBasis

BASIS_WORDS: Final = {Basis.OBSERVED: "조사", Basis.REPORTED: "제보", Basis.ESTIMATED: "추정"}
DISCOUNT_WORDS: Final = {Discount.SALE: "할인", Discount.ONE_PLUS_ONE: "1+1"}
PROGRAMME_WORDS: Final = {
    Programme.ONNURI: "온누리상품권",
    Programme.LOCAL_CURRENCY: "지역화폐",
    Programme.SENIOR: "어르신",
}
MODE_PICTURES: Final = {Mode.WALK: "🚶", Mode.BUS: "🚌", Mode.CAR: "🚗"}
ROUGH_LOCATIONS: Final = {
    LocationBasis.DONG: "동네 가운데로 어림한 자리",
    LocationBasis.DISTRICT: "구 가운데로 어림한 자리",
}
COUNT_WORDS: Final = ("", "한", "두", "세", "네", "다섯")
WEEKDAYS: Final = "월화수목금토일"


def won(amount: int) -> str:
    """1234 → "1,234원"."""
    return f"{amount:,}원"


def won_range(span: WonRange) -> str:
    """The least and the most, or one number where they agree."""
    return won(span.low) if span.low == span.high else f"{span.low:,}~{span.high:,}원"


def about_won(span: WonRange) -> str:
    """The most likely sum, with "쯤" where it is not exact."""
    return won(span.mid) if span.low == span.high else f"{won(span.mid)}쯤"


def distance(metres: float) -> str:
    """Metres to the ten below one kilometre, else kilometres to the tenth."""
    if metres < 995:
        return f"{round(metres, -1):.0f}m"
    return f"{metres / 1000:.1f}km".replace(".0km", "km")


def duration(minutes: float) -> str:
    """Whole minutes, at least one."""
    whole = max(1, round(minutes))
    hours, rest = divmod(whole, 60)
    if not hours:
        return f"{rest}분"
    return f"{hours}시간 {rest}분" if rest else f"{hours}시간"


def day(when: date) -> str:
    """2021년 5월 31일(월)."""
    return f"{when.year}년 {when.month}월 {when.day}일({WEEKDAYS[when.weekday()]})"


def short_day(when: date) -> str:
    """5월 31일."""
    return f"{when.month}월 {when.day}일"


def age(days: int) -> str:
    """How long before the day in question a price was asked."""
    if days < 2:
        return ("그날", "하루 전")[days]
    if days < 14:
        return f"{days}일 전"
    if days < 60:
        return f"{days // 7}주 전"
    return f"{days // 30}달 전" if days < 365 else f"{days // 365}년 전"


def places(count: int) -> str:
    """한 곳, 두 곳, 세 곳."""
    return f"{COUNT_WORDS[count] if count < len(COUNT_WORDS) else count} 곳"


def packs(label: str, count: int) -> str:
    """The pack, and how many of it where it is more than one."""
    return label if count == 1 else f"{label} × {count}"


def plain_amount(number: float) -> str:
    """A number without a needless ".0"."""
    return f"{number:g}"


def bought(purchase: Purchase) -> str:
    """What is bought: the need as it was said, or what stands in for it."""
    if purchase.instead_of is None:
        return purchase.need
    name = " ".join(filter(None, (purchase.item, purchase.variety)))
    return f"{name} ({purchase.need} 대신)"

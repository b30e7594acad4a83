"""The words of Seoul's shop survey: headings, remarks, and what they say of the goods."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from altteul.catalog import Catalog
from altteul.sources.observation import Discount
from altteul.sources.vocabulary import Named, named, variety_in

# (their item, a word of the name or remark) → our item: another good under a common heading.
# 부세 is sold as 조기 but is another fish at another price.
OTHER_GOODS = {
    ("조기", "부세"): "부세",
    ("배추", "알배기"): "알배기배추",
    ("배추", "알배추"): "알배기배추",
    ("배추", "쌈배추"): "알배기배추",
}
# The survey's 호박 is 애호박, as nearly every remark says.
HEADINGS = {"호박": "애호박"}

# Kinds that the catalog has no variety for, kept apart since their prices differ.
KINDS = {("조기", "백조기"): "백조기", ("조기", "참조기"): "참조기"}

# Brand words that look like a cut of meat, and misspellings, put right before a cut is looked for.
NOT_A_CUT = ("농협안심", "안심한우", "안심신선", "안심국내")
SPELLINGS = {"상겹": "삼겹", "삽겹": "삼겹"}

# A word of the remark → where the goods come from; the first that occurs decides.
ORIGINS = {
    "원양": "원양", "원앙산": "원양",
    "수입": "수입", "러시아": "수입", "러사이": "수입", "중국": "수입", "일본": "수입",
    "노르웨이": "수입", "캐나다": "수입",
    "국내": "국산", "국산": "국산", "국네산": "국산", "한우": "국산", "한돈": "국산",
    "제주": "국산", "무안": "국산", "신안": "국산", "해남": "국산", "부산": "국산",
    "동해": "국산", "청송": "국산", "대관령": "국산", "음성": "국산", "함평": "국산",
    "구례": "국산",
}  # fmt: skip

# A word of the remark or the unit → grade; longer words first.
GRADES = {
    "1++": "1++등급", "한우++": "1++등급", "1+": "1+등급", "1등급": "1등급",
    "왕란": "왕란", "특란": "특란", "대란": "대란", "명란": "명란",
}  # fmt: skip

DISCOUNTS = ("세일", "행사", "할인", "특가")
NOT_SOLD = ("없음", "입고안됨", "미취급", "품절")


@dataclass(frozen=True, slots=True)
class ShopPrice:
    """One row of the file or of the API, before our words."""

    where: str
    day: date
    shop: str
    shop_name: str
    kind: str
    district: str
    goods: str
    unit: str
    price: str
    note: str
    lat: str | None = None
    lng: str | None = None

    @property
    def remark(self) -> str:
        """Everything that is written about the goods."""
        return f"{self.goods} {self.unit} {self.note}"


def goods_of(row: ShopPrice, catalog: Catalog) -> Named | None:
    """The item and variety of the row; a remark may name another good than the heading."""
    own = row.goods.split("(")[0].strip()
    words = f"{row.goods} {row.note}"
    for (heading, word), other in OTHER_GOODS.items():
        if own == heading and word in words:
            return _with_variety(named(catalog, other), row.remark)
    return _with_variety(named(catalog, HEADINGS.get(row.goods, row.goods)), row.remark)


def _with_variety(goods: Named | None, words: str) -> Named | None:
    if goods is None:
        return None
    for brand in NOT_A_CUT:
        words = words.replace(brand, "")
    for wrong, right in SPELLINGS.items():
        words = words.replace(wrong, right)
    for (item, word), kind in KINDS.items():
        if goods.item.name == item and word in words:
            return Named(goods.item, kind)
    return Named(goods.item, goods.variety or variety_in(goods.item, words))


def grade_of(row: ShopPrice) -> str | None:
    """The grade that the name, unit or remark states."""
    return _first(GRADES, row.remark)


def origin_of(row: ShopPrice) -> str | None:
    """Where the goods come from, by the remark."""
    return _first(ORIGINS, row.note)


def discount_of(row: ShopPrice) -> Discount | None:
    """Whether the remark speaks of a sale."""
    return Discount.SALE if any(word in row.note for word in DISCOUNTS) else None


def is_not_sold(row: ShopPrice) -> bool:
    """Whether the remark says that there was nothing to buy."""
    return any(word in row.note for word in NOT_SOLD)


def _first(table: Mapping[str, str], words: str) -> str | None:
    return next((ours for theirs, ours in table.items() if theirs in words), None)

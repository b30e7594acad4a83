"""Korean addresses → province, district and dong, in the short forms used everywhere here."""

from __future__ import annotations

import re
from dataclasses import dataclass

# 시도: what addresses say → the short name; old names and misspellings of the lists too.
PROVINCES = {
    "서울특별시": "서울", "서울시": "서울", "서울": "서울",
    "부산광역시": "부산", "부산시": "부산", "부산": "부산",
    "대구광역시": "대구", "대구시": "대구", "대구": "대구",
    "인천광역시": "인천", "인천시": "인천", "인천": "인천",
    "광주광역시": "광주", "광주시": "광주", "광주": "광주",
    "대전광역시": "대전", "대전시": "대전", "대전": "대전",
    "울산광역시": "울산", "울산시": "울산", "울산": "울산",
    "세종특별자치시": "세종", "세종시": "세종", "세종": "세종",
    "경기도": "경기", "경기": "경기",
    "강원특별자치도": "강원", "강원도": "강원", "강원": "강원",
    "충청북도": "충북", "충북": "충북", "충청남도": "충남", "충남": "충남",
    "전북특별자치도": "전북", "전북특별차치도": "전북", "전라북도": "전북", "전북": "전북",
    "전라남도": "전남", "전남": "전남",
    "경상북도": "경북", "경북": "경북", "경상남도": "경남", "경남": "경남",
    "제주특별자치도": "제주", "제주특별자치시도": "제주", "제주도": "제주", "제주": "제주",
}  # fmt: skip

_DISTRICT = re.compile(r"[가-힣]{1,4}(?:시|군|구)")
_DONG = re.compile(r"[가-힣]+[0-9.]*(?:가|동|읍|면|리)(?:[0-9]가)?|[가-힣]+[0-9]+동")


@dataclass(frozen=True, slots=True)
class Address:
    """Parts of an address that could be read; None where it does not say.

    `district` is the 시·군·구, with the 구 of a large city after its 시 ("수원시 팔달구").
    """

    region: str | None = None
    district: str | None = None
    dong: str | None = None


def read_address(text: str | None) -> Address:
    """Read '서울 노원구 공릉동 617-2' → 서울, 노원구, 공릉동; unknown parts stay None."""
    words = re.sub(r"(동|리)(\d+-?\d*(?:\s|$))", r"\1 \2", text or "").split()
    region = PROVINCES.get(words[0]) if words else None
    if region is None:
        return Address()
    district, rest = _district(words[1:], region)
    dong = rest[0] if rest and _DONG.fullmatch(rest[0]) else None
    return Address(region, district, dong)


def _district(words: list[str], region: str) -> tuple[str | None, list[str]]:
    """The 시·군·구 at the head of the words, and what follows it."""
    if region == "세종":  # the one city without districts
        return "세종시", words
    if not words or not _DISTRICT.fullmatch(words[0]):
        return None, words
    if len(words) > 1 and words[0].endswith("시") and re.fullmatch(r"[가-힣]{1,4}구", words[1]):
        return f"{words[0]} {words[1]}", words[2:]
    return words[0], words[1:]


def district_of(name: str) -> str:
    """'노원' → '노원구'; a name that already ends as a district stays ('중구')."""
    return name if len(name) > 1 and name.endswith(("구", "군", "시")) else f"{name}구"

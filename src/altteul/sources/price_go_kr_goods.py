"""참가격 goods → items and packs: fresh goods by their name, branded ones by their class."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import inf

from altteul.catalog import Catalog
from altteul.sources.vocabulary import Named, named, packed, variety_in
from altteul.units import Pack

# Class (goodSmlclsCode) → our item, for goods whose name is a brand's.
ITEM_OF_CLASS = {
    "030101001": "계란",
    "030101003": "닭고기",
    "030102005": "콩나물",
    "030102023": "현미",
    "030201007": "밀가루",
    "030201008": "두부",
    "030201015": "당면",
    "030201029": "참깨",
    "030202009": "미역",
    "030203005": "우유",
    "030204001": "식초",
    "030204002": "꿀",
    "030204004": "참기름",
    "030204005": "식용유",
    "030204006": "소금",
    "030204007": "설탕",
    "030204009": "고추장",
    "030204010": "된장",
    "030204011": "간장",
    "030204016": "쌈장",
    "030204020": "고춧가루",
    "030204022": "까나리액젓",
    "030204024": "멸치액젓",
    "030205015": "쌀",
}
# Classes whose goods are named after the goods themselves: 배추(1.5~2kg), 돼지고기 목살(100g).
FRESH_CLASSES = ("030101002", "030101004", "030102", "030103")
# Among those, classes that hold prepared food only: 김치, 단무지, 연어회.
PREPARED_CLASSES = ("030102004", "030102006", "030103006")

# 참가격's head word → the catalog's, where they differ.
OTHER_WORDS = {"쇠고기": "소고기", "마늘": "깐마늘", "적상추": "상추", "참조기": "조기"}

# goodTotalDivCode → count unit; G and ML are measures.
COUNT_UNITS = {"EA": "개", "PK": "포기", "MA": "망", "DA": "단", "MR": "마리"}
# Goods of the CSV of a day, which has no unit fields: what one price buys one of.
SOLD_BY = {
    "배추": "포기", "양배추": "포기", "무": "개", "애호박": "개", "오이": "개", "양파": "망",
    "시금치": "단", "대파": "단", "고등어": "마리", "오징어": "마리",
    "참조기": "마리", "부세": "마리",
}  # fmt: skip
GRADES = ("1++등급", "1+등급", "1등급")
ORIGINS = {"외국산": "수입", "수입": "수입", "국산": "국산", "국내산": "국산"}

_EXACT_WEIGHT = re.compile(r"(?<![\d~.])(\d+(?:\.\d+)?)(kg|g)(?![a-z])")


@dataclass(frozen=True, slots=True)
class Good:
    """A 참가격 good in our words."""

    name: str
    item: str
    variety: str | None
    grade: str | None
    origin: str | None
    pack: Pack


def read_good(row: Mapping[str, str | None], catalog: Catalog) -> Good | str:
    """The good of a row (good_name, smlcls_code, total_cnt, total_div_code, detail_mean).

    A row without class, as in the CSV of a survey day, is read by its name alone. Otherwise the
    reason why it is not taken.
    """
    name, kind = (row.get("good_name") or "").strip(), row.get("smlcls_code") or ""
    found = _item(name, kind, catalog)
    if found is None:
        return "품목표에 없는 상품"
    pack = _pack(row, name, found)
    if pack is None:
        return "상품의 양을 읽을 수 없음"
    words = f"{name} {row.get('detail_mean') or ''}"
    branded = kind in ITEM_OF_CLASS
    return Good(
        name=name,
        item=found.item.name,
        variety=name.split("(")[0].strip()
        if branded
        else found.variety or variety_in(found.item, name),
        grade=next((grade for grade in GRADES if grade in words), None),
        origin=next((ours for theirs, ours in ORIGINS.items() if theirs in words), None),
        pack=pack,
    )


def _item(name: str, kind: str, catalog: Catalog) -> Named | None:
    if kind in ITEM_OF_CLASS:
        return named(catalog, ITEM_OF_CLASS[kind])
    if kind and (kind in PREPARED_CLASSES or not kind.startswith(FRESH_CLASSES)):
        return None
    head, _, inside = name.partition("(")
    words = head.split()
    if not words:
        return None
    item = named(catalog, OTHER_WORDS.get(words[0], words[0]))
    if item is None or (not kind and len(words) > 2):
        return None
    return Named(
        item.item, item.variety or variety_in(item.item, f"{' '.join(words[1:])} {inside}")
    )


def _pack(row: Mapping[str, str | None], name: str, found: Named) -> Pack | None:
    """The pack by total count and unit; a count gains the weight that the name states exactly."""
    unit, total = row.get("total_div_code"), row.get("total_cnt")
    if not unit or not total:
        return _pack_in_name(name, found)
    amount = _amount(total)
    if amount is None:
        return None
    if unit == "G":
        return Pack(mass_g=amount)
    if unit == "ML":
        return Pack(volume_ml=amount)
    if unit not in COUNT_UNITS:
        return None
    return Pack(mass_g=_stated_grams(name), count=amount, count_unit=COUNT_UNITS[unit])


def _amount(text: str) -> float | None:
    try:
        amount = float(text)
    except ValueError:
        return None
    return amount if 0 < amount < inf else None


def _pack_in_name(name: str, found: Named) -> Pack | None:
    """The pack of a good without unit fields: sold by the piece, or as its brackets say."""
    head, _, inside = name.partition("(")
    if piece := SOLD_BY.get(head.strip()):
        return Pack(mass_g=_stated_grams(name), count=1, count_unit=piece)
    return packed(inside.rstrip(")").split(",")[-1], found.item) if inside else None


def _stated_grams(name: str) -> float | None:
    weight = _EXACT_WEIGHT.search(name)
    if not weight or "~" in name:
        return None
    return float(weight[1]) * (1000 if weight[2] == "kg" else 1)

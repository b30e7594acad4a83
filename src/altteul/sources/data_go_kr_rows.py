"""Rows of the data.go.kr mirror as observations: prices of markets, statistics of cities."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from altteul.catalog import Catalog
from altteul.sources.data_go_kr_listing import TITLE
from altteul.sources.frames import gathered
from altteul.sources.harvest import Dropped, Harvest
from altteul.sources.kamis_periods import STORE
from altteul.sources.kamis_words import Kind, grade_of, read_kind
from altteul.sources.money import read_won
from altteul.sources.observation import Channel, Measure, Observation, Stage
from altteul.sources.seller import SellerRecord
from altteul.sources.vocabulary import packed
from altteul.units import Pack

KEY = "data_go_kr"

# se_cd → stage; 03 (친환경, before 2020) is empty.
STAGES = {"01": Stage.RETAIL, "02": Stage.WHOLESALE, "07": Stage.ECO_FRIENDLY}
IGNORED_STAGES = {"03"}
ONLINE_REGION = "9998"
NATIONWIDE = "전국"
DAY_COLUMN = "exmn_dd_prc"


def read_markets(rows: Iterable[Mapping[str, Any]], catalog: Catalog) -> Harvest:
    """perDay: one price per market and kind; wholesale markets are no shops, so no sellers."""
    harvest = Harvest(KEY)
    shops: dict[str, SellerRecord] = {}
    observations: list[Observation] = []
    for row in rows:
        told = _told(row, catalog, DAY_COLUMN)
        if isinstance(told, str):
            harvest.dropped.append(Dropped(told, _where(row), str(row.get(DAY_COLUMN, ""))))
            continue
        if told.stage is not Stage.WHOLESALE and (shop := _shop(row)):
            shops.setdefault(shop.key, shop)
            told = told.model_copy(
                update={"seller": shop.key, "channel": shop.channel, "measure": Measure.PRICE}
            )
        observations.append(told)
    return gathered(harvest, observations, shops)


def read_regions(
    rows: Iterable[Mapping[str, Any]], catalog: Catalog, measures: Mapping[str, Measure]
) -> Harvest:
    """perRegion and recent: statistics of a city, or nationwide where no city is named."""
    harvest = Harvest(KEY)
    observations: list[Observation] = []
    for row in rows:
        for column in (name for name in measures if name in row):
            told = _told(row, catalog, column)
            if isinstance(told, str):
                harvest.dropped.append(Dropped(told, _where(row), str(row.get(column, ""))))
            else:
                observations.append(told.model_copy(update={"measure": measures[column]}))
    return gathered(harvest, observations)


def _where(row: Mapping[str, Any]) -> str:
    words = (row.get(name) for name in ("exmn_ymd", "sgg_nm", "mrkt_nm", "item_nm", "vrty_nm"))
    return " ".join([TITLE, *(str(word) for word in words if word)])


def _told(row: Mapping[str, Any], catalog: Catalog, column: str) -> Observation | str:
    """The row as a mean, or the reason why it is not taken."""
    words = {name: str(value or "").strip() for name, value in row.items()}
    stage, day = STAGES.get(words.get("se_cd", "")), _day(words.get("exmn_ymd", ""))
    kind = read_kind(
        catalog, words.get("item_cd", ""), words.get("vrty_cd", ""), words.get("vrty_nm", "")
    )
    price = read_won(words.get(column))
    if stage is None:
        ignored = words.get("se_cd", "") in IGNORED_STAGES
        return "지금은 쓰이지 않는 구분(옛 친환경)" if ignored else "소매·중도매·친환경 구분을 모름"
    if day is None:
        return "조사일을 읽을 수 없음"
    if kind is None:
        return "품목표에 없는 품목"
    if price is None:
        return "가격이 0이거나 없음"
    pack = packed(_unit(words), kind.item)
    if pack is None:
        return "단위를 읽을 수 없음"
    return _mean(words, kind, pack, stage, day, price)


def _mean(
    words: Mapping[str, str], kind: Kind, pack: Pack, stage: Stage, day: date, price: int
) -> Observation:
    return Observation(
        date=day,
        stage=stage,
        item=kind.item.name,
        variety=kind.variety,
        grade=grade_of(words.get("grd_nm", ""), words.get("vrty_nm", "")),
        origin=kind.origin,
        measure=Measure.MEAN,
        price=price,
        mass_g=pack.mass_g,
        volume_ml=pack.volume_ml,
        count=pack.count,
        count_unit=pack.count_unit,
        region=words.get("sgg_nm") or NATIONWIDE,
        channel=Channel.ONLINE if words.get("sgg_cd") == ONLINE_REGION else None,
        source=KEY,
    )


def _day(text: str) -> date | None:
    digits = re.sub(r"\D", "", text)
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None


def _unit(words: Mapping[str, str]) -> str:
    """'1' and '포기' → '1포기'; '10.0' and 'kg' → '10kg'."""
    size = words.get("unit_sz", "") or "1"
    return f"{re.sub(r'[.]0+$', '', size)}{words.get('unit', '')}"


def _shop(row: Mapping[str, Any]) -> SellerRecord | None:
    code, name = str(row.get("mrkt_cd") or "").strip(), str(row.get("mrkt_nm") or "").strip()
    if not code or not name:
        return None
    city = str(row.get("sgg_nm") or "").strip()
    if str(row.get("sgg_cd")) == ONLINE_REGION:
        channel = Channel.ONLINE
    else:
        channel = Channel.LARGE_STORE if STORE.fullmatch(name) else Channel.TRADITIONAL_MARKET
    return SellerRecord(
        key=f"{KEY}:{code}",
        source=KEY,
        name=name,
        channel=channel,
        region=city or None,
    )

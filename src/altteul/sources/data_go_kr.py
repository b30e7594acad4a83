"""The data.go.kr mirror of KAMIS (B552845): prices per market, per city, and the latest listing.

A filter must be wrapped as `cond[field::OP]`: unwrapped it is silently ignored or yields nothing,
so nothing but known plain names is ever sent unwrapped, and rows outside the filter are refused.
The normal price (평년) is not mirrored; livestock wholesale rows are empty shells of 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from altteul.catalog import Catalog
from altteul.settings import Settings
from altteul.sources.description import Grade, SourceDescription, Survives
from altteul.sources.frames import gathered
from altteul.sources.gateway import paged_items
from altteul.sources.harvest import Dropped, Harvest
from altteul.sources.kamis_periods import STORE, chunks
from altteul.sources.kamis_words import CITIES, Kind, grade_of, read_kind
from altteul.sources.money import read_won
from altteul.sources.observation import Channel, Measure, Observation, Stage
from altteul.sources.seller import SellerRecord
from altteul.sources.steps import Period, Step
from altteul.sources.transport import Transport
from altteul.sources.trouble import FeedError, Trouble
from altteul.sources.vocabulary import packed
from altteul.units import Pack

SOURCE = SourceDescription(
    key="data_go_kr",
    title="공공데이터포털 농수산물 도·소매가격",
    what="조사 시장별·도시별 하루 가격 (KAMIS와 같은 조사, 2013년부터)",
    publisher="한국농수산식품유통공사(aT)",
    licence="이용허락범위 제한 없음",
    attribution="한국농수산식품유통공사, 공공데이터포털(data.go.kr)",
    link="https://www.data.go.kr/data/15156057/openapi.do",
    stages=(Stage.RETAIL, Stage.WHOLESALE, Stage.ECO_FRIENDLY),
    needs_keys=("data_go_kr_key",),
    look_back_days=0,
    fetches=True,
    by_default=True,
    grade=Grade.GOLD,
    survives=(
        Survives.OUTAGE,
        Survives.EMPTY_DAY,
        Survives.CHANGED_UNIT,
        Survives.CHANGED_SHAPE,
        Survives.WRONG_KEY,
        Survives.RATE_LIMIT,
        Survives.BAD_ROW,
    ),
)

ORGANISATION = "B552845"
PER_DAY, PER_REGION, RECENT = "perDay/price", "perRegion/price", "recent/price"
LONGEST_DAYS = 31

# se_cd → stage; 03 (친환경, before 2020) is empty.
STAGES = {"01": Stage.RETAIL, "02": Stage.WHOLESALE, "07": Stage.ECO_FRIENDLY}
IGNORED_STAGES = {"03"}
ONLINE_REGION = "9998"
NATIONWIDE = "전국"

# Price column → measure, by listing.
REGION_MEASURES = {
    "exmn_dd_avg_prc": Measure.MEAN,
    "exmn_dd_min_prc": Measure.LOW,
    "exmn_dd_max_prc": Measure.HIGH,
}
DAY_COLUMN = "exmn_dd_prc"

_FILTER = re.compile(r"cond\[[a-z_]+::(?:EQ|GTE|LTE|GT|LT|LIKE)\]")
PLAIN_NAMES = {"returnType", "selectable"}


def filtered(**conditions: str) -> dict[str, str]:
    """Filters as the mirror wants them: exmn_ymd__GTE='20260713' → cond[exmn_ymd::GTE]."""
    wrapped = {}
    for name, value in conditions.items():
        field, _, operator = name.partition("__")
        wrapped[f"cond[{field}::{operator or 'EQ'}]"] = value
    return wrapped


def listing(
    feed: Transport, settings: Settings, operation: str, params: Mapping[str, str]
) -> list[dict[str, Any]]:
    """All rows of a listing. Raises FeedError, also for rows that the filter should have kept out.

    Without a filter the listing is never empty, so emptiness is an error there. A filter that is
    not wrapped is a mistake of ours: ValueError.
    """
    loose = {name for name in params if not _FILTER.fullmatch(name)} - PLAIN_NAMES
    if loose:
        raise ValueError(f"filters must be wrapped as cond[field::OP]: {sorted(loose)}")
    url = f"{settings.data_go_kr_url}/{ORGANISATION}/{operation}"
    asked = {"returnType": "JSON", **params}
    rows = list(paged_items(feed, SOURCE.title, url, settings.data_go_kr_key, asked))
    if not rows and not any(_FILTER.fullmatch(name) for name in params):
        raise FeedError(SOURCE.title, Trouble.CHANGED, "전체 목록이 비어 있음")
    for name, value in params.items():
        field = re.match(r"cond\[([a-z_]+)::EQ\]", name)
        if field and any(str(row.get(field[1], value)) != value for row in rows):
            raise FeedError(SOURCE.title, Trouble.CHANGED, f"{field[1]} 조건이 듣지 않음")
    return rows


def steps(period: Period, settings: Settings, catalog: Catalog) -> list[Step]:
    """The latest listing, or each surveyed item in pieces of 31 days, newest first."""
    if period.latest_only:
        return [_latest(period.until, settings, catalog)]
    codes = sorted({(k.category, k.item_code) for i in catalog.items.values() for k in i.kamis})
    pieces = chunks(period, LONGEST_DAYS)
    cities = [_city(code, days, settings, catalog) for days in pieces for code in CITIES]
    return cities + [
        _markets(category, code, days, settings, catalog)
        for days in pieces
        for category, code in codes
    ]


def _latest(day: date, settings: Settings, catalog: Catalog) -> Step:
    def run(feed: Transport) -> Harvest:
        return read_regions(
            listing(feed, settings, RECENT, {}), catalog, {DAY_COLUMN: Measure.MEAN}
        )

    return Step(SOURCE.key, f"{day} 최근", day, run)


Days = tuple[date, date]


def _between(days: Days) -> dict[str, str]:
    return {"exmn_ymd__GTE": f"{days[0]:%Y%m%d}", "exmn_ymd__LTE": f"{days[1]:%Y%m%d}"}


def _markets(category: str, code: str, days: Days, settings: Settings, catalog: Catalog) -> Step:
    """One item in every market: the listing wants category and item beside the days."""
    wanted = filtered(**_between(days), ctgry_cd=category, item_cd=code)
    return Step(
        SOURCE.key,
        f"{days[0]}~{days[1]} {category}-{code}",
        days[1],
        lambda feed: read_markets(listing(feed, settings, PER_DAY, wanted), catalog),
    )


def _city(code: str, days: Days, settings: Settings, catalog: Catalog) -> Step:
    """Daily mean, lowest and highest price of every item in a city."""
    wanted = filtered(**_between(days), sgg_cd=code)

    def run(feed: Transport) -> Harvest:
        rows = listing(feed, settings, PER_REGION, wanted)
        return read_regions(rows, catalog, REGION_MEASURES)

    return Step(SOURCE.key, f"{days[0]}~{days[1]} {CITIES[code]}", days[1], run)


def read_markets(rows: Iterable[Mapping[str, Any]], catalog: Catalog) -> Harvest:
    """perDay: one price per market and kind; wholesale markets are no shops, so no sellers."""
    harvest = Harvest(SOURCE.key)
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
    harvest = Harvest(SOURCE.key)
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
    return " ".join([SOURCE.title, *(str(word) for word in words if word)])


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
        source=SOURCE.key,
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
        key=f"{SOURCE.key}:{code}",
        source=SOURCE.key,
        name=name,
        channel=channel,
        region=city or None,
    )

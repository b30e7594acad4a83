"""KAMIS period lists: what each surveyed market and store asked, day by day.

`periodRetailProductList` and `periodWholesaleProductList` give one row per shop and day, without
a unit, mixed with rows of averages; `periodProductList` is their elder with the same rows. Needs
a key of one's own: the test key gets no data. A year takes up to 27 s, so 91 days are asked at a
time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from altteul.catalog import Catalog, survey_unit
from altteul.catalog.model import KamisKind
from altteul.settings import Settings
from altteul.sources.description import Grade, SourceDescription, Survives
from altteul.sources.frames import gathered
from altteul.sources.harvest import Dropped, Harvest
from altteul.sources.kamis_replies import TITLE, Row, ask
from altteul.sources.kamis_words import Kind, read_kind
from altteul.sources.money import read_won
from altteul.sources.observation import Channel, Measure, Observation, Stage
from altteul.sources.seller import SellerRecord
from altteul.sources.steps import Period, Step
from altteul.sources.transport import Transport
from altteul.sources.vocabulary import packed
from altteul.units import Pack

SOURCE = SourceDescription(
    key="kamis_periods",
    title="KAMIS 판매처별 기간 가격",
    what="조사 도시의 전통시장과 유통업체가 날마다 받은 값",
    publisher="한국농수산식품유통공사(aT)",
    licence="KAMIS 이용약관 (참고용, 출처표시)",
    attribution="한국농수산식품유통공사 KAMIS (www.kamis.or.kr), 참고용",
    link="https://www.kamis.or.kr/customer/reference/openapi_list.do",
    stages=(Stage.RETAIL, Stage.WHOLESALE),
    needs_keys=("kamis_cert_key", "kamis_cert_id"),
    fetches=True,
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

ACTIONS = {
    Stage.RETAIL: ("periodRetailProductList", "01"),
    Stage.WHOLESALE: ("periodWholesaleProductList", "02"),
}
ELDER_ACTION = "periodProductList"
STAGE_IN_CATALOG = {Stage.RETAIL: "retail", Stage.WHOLESALE: "wholesale"}
LONGEST_DAYS = 91
DEFAULT_RANK = "04"

# countyname of rows that are statistics beside the shops' rows.
PSEUDO = {"평균", "평년", "전국"}
# 'A-유통': a store under a letter; the letters begin anew in every city.
STORE = re.compile(r"[A-Z]-유통")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One kind at one stage, on the days from `since` to `until`."""

    kind: KamisKind
    stage: Stage
    since: date
    until: date

    def __str__(self) -> str:
        kind = f"{self.kind.item_code}-{self.kind.kind_code}"
        return f"{self.since}~{self.until} {self.stage} {kind}"


def steps(period: Period, settings: Settings, catalog: Catalog) -> list[Step]:
    """One step per kind and 91 days, newest days first."""
    kinds = [kind for item in catalog.items.values() for kind in item.kamis]
    return [
        _step(Wanted(kind, stage, since, until), settings, catalog)
        for since, until in chunks(period)
        for kind in kinds
        for stage in ACTIONS
        if STAGE_IN_CATALOG[stage] in kind.units
    ]


def chunks(period: Period, longest_days: int = LONGEST_DAYS) -> list[tuple[date, date]]:
    """The period in pieces of so many days at most, newest first, both ends included."""
    pieces, until = [], period.until
    while until >= period.since:
        since = max(period.since, until - timedelta(days=longest_days - 1))
        pieces.append((since, until))
        until = since - timedelta(days=1)
    return pieces


def _step(wanted: Wanted, settings: Settings, catalog: Catalog) -> Step:
    return Step(
        SOURCE.key,
        str(wanted),
        wanted.until,
        lambda feed: fetch_kind(feed, settings, catalog, wanted),
    )


def fetch_kind(feed: Transport, settings: Settings, catalog: Catalog, wanted: Wanted) -> Harvest:
    """The shops' prices of one kind; asks the elder action when the newer one has nothing."""
    action, code = ACTIONS[wanted.stage]
    params = _params(wanted, code)
    rows, _ = ask(feed, settings, action, params)
    if not rows:
        rows, _ = ask(feed, settings, ELDER_ACTION, params)
    return read_rows(rows, wanted, catalog)


def _params(wanted: Wanted, code: str) -> dict[str, str]:
    """Both spellings of the county code occur in working clients; both are sent."""
    return {
        "p_startday": f"{wanted.since}",
        "p_endday": f"{wanted.until}",
        "p_productclscode": code,
        "p_itemcategorycode": wanted.kind.category,
        "p_itemcode": wanted.kind.item_code,
        "p_kindcode": wanted.kind.kind_code,
        "p_productrankcode": DEFAULT_RANK,
        "p_countrycode": "",
        "p_countycode": "",
        "p_convert_kg_yn": "N",
    }


def read_rows(rows: Iterable[Row], wanted: Wanted, catalog: Catalog) -> Harvest:
    """Observations and shops of one kind; the unit is the survey's on each day.

    Wholesale markets are no shops to go to: their price is the city's, without a seller.
    """
    harvest = Harvest(SOURCE.key)
    kind = wanted.kind
    ours = read_kind(catalog, kind.item_code, kind.kind_code, kind.kind_name)
    if ours is None:
        harvest.dropped.append(Dropped("품목표에 없는 품목", TITLE, kind.item_name))
        return harvest
    shops: dict[str, SellerRecord] = {}
    return gathered(harvest, _read(rows, ours, wanted, shops, harvest.dropped), shops)


def _read(
    rows: Iterable[Row],
    ours: Kind,
    wanted: Wanted,
    shops: dict[str, SellerRecord],
    dropped: list[Dropped],
) -> Iterator[Observation]:
    for row in rows:
        city, market = row.get("countyname", ""), row.get("marketname", "")
        found = _observation(row, ours, wanted)
        if isinstance(found, str):
            where = f"{TITLE} {row.get('yyyy')}/{row.get('regday')} {city} {market}"
            dropped.append(Dropped(found, where, row.get("price", "")))
            continue
        if found.seller:
            shops.setdefault(found.seller, _shop(city, market))
        yield found


def _observation(row: Row, ours: Kind, wanted: Wanted) -> Observation | str:
    """The observation, or the reason why there is none."""
    city, market = row.get("countyname", ""), row.get("marketname", "")
    price, day = read_won(row.get("price", "")), _day(row)
    if city in PSEUDO:
        return "판매처가 아닌 통계 줄(평균·평년·전국)"
    if not city or not market:
        return "지역이나 판매처 이름이 없음"
    if price is None:
        return "가격이 없음"
    if day is None:
        return "조사일을 읽을 수 없음"
    if not wanted.since <= day <= wanted.until:
        return "물어본 기간 밖의 줄"
    pack = _pack(ours, wanted, day)
    if pack is None:
        return "그날의 조사 단위를 모름"
    shop = _shop(city, market) if wanted.stage is Stage.RETAIL else None
    return Observation(
        date=day,
        stage=wanted.stage,
        item=ours.item.name,
        variety=ours.variety,
        grade="상품",
        origin=ours.origin,
        measure=Measure.PRICE if shop else Measure.MEAN,
        price=price,
        mass_g=pack.mass_g,
        volume_ml=pack.volume_ml,
        count=pack.count,
        count_unit=pack.count_unit,
        region=city,
        channel=shop.channel if shop else None,
        seller=shop.key if shop else None,
        source=SOURCE.key,
        note=None if shop else market,
    )


def _pack(ours: Kind, wanted: Wanted, day: date) -> Pack | None:
    unit = survey_unit(ours.item, STAGE_IN_CATALOG[wanted.stage], day, wanted.kind.kind_code)
    return packed(unit or "", ours.item)


def _day(row: Row) -> date | None:
    try:
        return date.fromisoformat(f"{row['yyyy']}-{row['regday'].replace('/', '-')}")
    except (KeyError, ValueError):
        return None


def _shop(city: str, market: str) -> SellerRecord:
    """A surveyed shop; 'A-유통' of two cities are two shops, so the city is part of the key."""
    store = STORE.fullmatch(market) is not None
    return SellerRecord(
        key=f"{SOURCE.key}:{city}/{market}",
        source=SOURCE.key,
        name=market,
        channel=Channel.LARGE_STORE if store else Channel.TRADITIONAL_MARKET,
        region=city,
    )

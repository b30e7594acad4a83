"""The data.go.kr mirror of KAMIS (B552845): prices per market, per city, and the latest listing.

A filter must be wrapped as `cond[field::OP]`: unwrapped it is silently ignored or yields nothing,
so nothing but known plain names is ever sent unwrapped, and rows outside the filter are refused.
The normal price (평년) is not mirrored; livestock wholesale rows are empty shells of 0.
"""

from __future__ import annotations

from datetime import date

from altteul.catalog import Catalog
from altteul.settings import Settings
from altteul.sources.data_go_kr_listing import TITLE, filtered, listing
from altteul.sources.data_go_kr_rows import DAY_COLUMN, KEY, read_markets, read_regions
from altteul.sources.description import Grade, SourceDescription, Survives
from altteul.sources.harvest import Harvest
from altteul.sources.kamis_periods import chunks
from altteul.sources.kamis_words import CITIES
from altteul.sources.observation import Measure, Stage
from altteul.sources.steps import Period, Step
from altteul.sources.transport import Transport

SOURCE = SourceDescription(
    key=KEY,
    title=TITLE,
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

PER_DAY, PER_REGION, RECENT = "perDay/price", "perRegion/price", "recent/price"
LONGEST_DAYS = 31

# Price column → measure, by listing.
REGION_MEASURES = {
    "exmn_dd_avg_prc": Measure.MEAN,
    "exmn_dd_min_prc": Measure.LOW,
    "exmn_dd_max_prc": Measure.HIGH,
}


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

"""KAMIS latest prices of the major items (dailySalesList) and this year beside the normal year.

`dailySalesList` has no date parameter and works with the test key; `recentlyPriceTrendList` gives
for one of its products the price of the day of this year, the last year and the normal year (평년).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from altteul.catalog import Catalog
from altteul.settings import Settings
from altteul.sources.description import Grade, SourceDescription, Survives
from altteul.sources.frames import gathered
from altteul.sources.harvest import Dropped, Harvest
from altteul.sources.kamis_replies import TITLE, Row, ask
from altteul.sources.money import read_won
from altteul.sources.observation import Measure, Observation, Stage
from altteul.sources.steps import Period, Step
from altteul.sources.transport import Transport
from altteul.sources.vocabulary import Named, named, packed, variety_in
from altteul.units import Pack

SOURCE = SourceDescription(
    key="kamis_trend",
    title="KAMIS 주요 품목 최근 가격과 평년",
    what="주요 품목의 최근 조사일 평균가격과 그날의 평년값",
    publisher="한국농수산식품유통공사(aT)",
    licence="KAMIS 이용약관 (참고용, 출처표시)",
    attribution="한국농수산식품유통공사 KAMIS (www.kamis.or.kr), 참고용",
    link="https://www.kamis.or.kr/customer/reference/openapi_list.do",
    stages=(Stage.RETAIL, Stage.WHOLESALE),
    needs_keys=("kamis_cert_key", "kamis_cert_id"),
    keyless=True,
    fetches=True,
    grade=Grade.GOLD,
    survives=(
        Survives.OUTAGE,
        Survives.EMPTY_DAY,
        Survives.CHANGED_SHAPE,
        Survives.WRONG_KEY,
        Survives.RATE_LIMIT,
        Survives.BAD_ROW,
    ),
)

SALES, TREND = "dailySalesList", "recentlyPriceTrendList"
CLASSES = {"01": Stage.RETAIL, "02": Stage.WHOLESALE}
NATIONWIDE = "전국"

# Words of a trend row → measure of its `d0`; last year's row and d10…d40, mx, mn are not taken:
# they are smoothed values without a survey day of their own.
TREND_ROWS = {"평년": Measure.NORMAL}
TREND_IGNORED = ("올해", "당해", "금년", "작년", "전년")


def steps(period: Period, settings: Settings, catalog: Catalog) -> list[Step]:
    """One step: the latest survey of every major item, whatever the period."""
    title = f"{period.until} 최근 가격"
    return [Step(SOURCE.key, title, period.until, lambda feed: fetch(feed, settings, catalog))]


def fetch(feed: Transport, settings: Settings, catalog: Catalog) -> Harvest:
    """Latest prices, then the normal price of each product on its survey day."""
    harvest = Harvest(SOURCE.key)
    rows, _ = ask(feed, settings, SALES, {})
    observations = list(read_sales(rows, catalog, harvest.dropped))
    products = {row.get("productno", ""): seen for row, seen in observations}
    normals = [
        normal
        for product, seen in products.items()
        if product
        for normal in _normal(feed, settings, product, seen, harvest.dropped)
    ]
    return gathered(harvest, [*(seen for _, seen in observations), *normals])


def read_sales(
    rows: Iterable[Row], catalog: Catalog, dropped: list[Dropped]
) -> Iterator[tuple[Row, Observation]]:
    """The day's price of each product; `lastest_day` is the survey day (their spelling)."""
    for row in rows:
        found = _sale(row, catalog)
        if isinstance(found, str):
            where = f"{TITLE} {row.get('lastest_day')} {row.get('productName')}"
            dropped.append(Dropped(found, where, row.get("dpr1", "")))
        else:
            yield row, found


def _sale(row: Row, catalog: Catalog) -> Observation | str:
    price, stage = read_won(row.get("dpr1", "")), CLASSES.get(row.get("product_cls_code", ""))
    goods = _goods(row, catalog)
    if goods is None:
        return "품목표에 없는 품목"
    pack = packed(row.get("unit", ""), goods.item)
    if pack is None:
        return "단위를 읽을 수 없음"
    if price is None:
        return "가격이 없음"
    try:
        day = date.fromisoformat(row.get("lastest_day", ""))
    except ValueError:
        return "조사일을 읽을 수 없음"
    if stage is None:
        return "소매도 도매도 아님"
    return _mean(goods, pack, stage, day, price)


def _goods(row: Row, catalog: Catalog) -> Named | None:
    """'배추/고랭지' → item and variety."""
    name, _, kind = (row.get("productName") or row.get("item_name", "")).partition("/")
    found = named(catalog, name)
    return Named(found.item, found.variety or variety_in(found.item, kind)) if found else None


def _mean(goods: Named, pack: Pack, stage: Stage, day: date, price: int) -> Observation:
    return Observation(
        date=day,
        stage=stage,
        item=goods.item.name,
        variety=goods.variety,
        measure=Measure.MEAN,
        price=price,
        mass_g=pack.mass_g,
        volume_ml=pack.volume_ml,
        count=pack.count,
        count_unit=pack.count_unit,
        region=NATIONWIDE,
        source=SOURCE.key,
    )


def _normal(
    feed: Transport, settings: Settings, product: str, seen: Observation, dropped: list[Dropped]
) -> Iterator[Observation]:
    asked = {"p_productno": product, "p_regday": f"{seen.date}"}
    rows, _ = ask(feed, settings, TREND, asked)
    yield from read_trend(rows, seen, dropped)


def read_trend(
    rows: Iterable[Row], seen: Observation, dropped: list[Dropped]
) -> Iterator[Observation]:
    """The normal price on the survey day of `seen`, in its pack."""
    for row in rows:
        label, price = row.get("yyyy", ""), read_won(row.get("d0", ""))
        measure = TREND_ROWS.get(label)
        if measure and price:
            yield seen.model_copy(update={"measure": measure, "price": price})
        elif not measure and not label.isdigit() and not label.startswith(TREND_IGNORED):
            dropped.append(Dropped("뜻을 모르는 추이 줄", f"{TITLE} {seen.item}", label))

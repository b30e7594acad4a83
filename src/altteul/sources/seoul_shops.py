"""서울시 생필품 농수축산물 가격 정보: named markets and large stores of Seoul.

The API (ListNecessariesPricesService, ≤ 1,000 rows a call, newest first) and a file of the survey
of May 2021. The only open feed that names traditional markets with their prices.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from altteul.catalog import Catalog
from altteul.settings import Settings
from altteul.sources.description import Grade, SourceDescription, Survives
from altteul.sources.harvest import Dropped, Harvest
from altteul.sources.observation import Stage
from altteul.sources.seoul_replies import paged_rows
from altteul.sources.seoul_shop_rows import collect
from altteul.sources.seoul_words import ShopPrice
from altteul.sources.steps import Period, Step
from altteul.sources.tables import Table
from altteul.sources.transport import Transport

SOURCE = SourceDescription(
    key="seoul_shops",
    title="서울시 생필품 농수축산물 가격",
    what="서울의 이름 있는 전통시장과 대형마트의 품목별 가격",
    publisher="서울특별시",
    licence="서울 열린데이터광장 이용약관 (출처표시)",
    attribution="서울특별시, 생필품 농수축산물 가격 정보",
    link="https://data.seoul.go.kr/dataList/OA-1170/S/1/datasetView.do",
    stages=(Stage.RETAIL,),
    needs_keys=("seoul_key",),
    look_back_days=62,
    reads_files=True,
    fetches=True,
    by_default=True,
    grade=Grade.GOLD,
    survives=(
        Survives.OUTAGE,
        Survives.EMPTY_DAY,
        Survives.CHANGED_SHAPE,
        Survives.WRONG_KEY,
        Survives.BAD_ROW,
    ),
)

HEADER = ("m_seq", "gu", "market", "type", "name", "unit", "price", "etc", "survey_month")


def recognises(table: Table) -> bool:
    """Whether the table is the survey file of named shops."""
    return table.has(*HEADER)


def read(table: Table, catalog: Catalog) -> Harvest:
    """Prices and shops of the survey file; `survey_month` decides the date."""
    harvest = Harvest(SOURCE.key)
    collect(_file_rows(table, harvest.dropped), harvest, catalog)
    return harvest


def _file_rows(table: Table, dropped: list[Dropped]) -> Iterator[ShopPrice]:
    for index, row in enumerate(table.rows.iter_rows(named=True)):
        day = last_day_of(row["survey_month"] or "")
        if day is None:
            dropped.append(Dropped("조사 달을 읽을 수 없음", table.where(index), row["name"] or ""))
            continue
        yield ShopPrice(
            where=table.where(index),
            day=day,
            shop=row["m_seq"] or "",
            shop_name=row["market"] or "",
            kind=row["type"] or "",
            district=row["gu"] or "",
            goods=row["name"] or "",
            unit=row["unit"] or "",
            price=row["price"] or "",
            note=(row["etc"] or "").strip(),
            lat=row.get("lat"),
            lng=row.get("lng"),
        )


def last_day_of(month: str) -> date | None:
    """The survey date of a month that is all the file names ('2021-05' → 2021-05-31).

    Shops are visited through the month and the list is published for the whole of it, so only on
    its last day is every price of the list known to be in force.
    """
    try:
        first = date.fromisoformat(f"{month}-01")
    except ValueError:
        return None
    return first.replace(day=monthrange(first.year, first.month)[1])


def steps(period: Period, settings: Settings, catalog: Catalog) -> list[Step]:
    """One step per month of the period, newest first."""
    return [_month(first, period, settings, catalog) for first in months_of(period)]


def _month(first: date, period: Period, settings: Settings, catalog: Catalog) -> Step:
    last = first.replace(day=monthrange(first.year, first.month)[1])
    return Step(
        SOURCE.key,
        f"{first:%Y-%m}",
        min(period.until, last),
        lambda feed: _fetch(feed, settings, catalog, first),
    )


def months_of(period: Period) -> list[date]:
    """The first days of the months that the period touches, newest first."""
    first, months = period.until.replace(day=1), []
    while first >= period.since.replace(day=1):
        months.append(first)
        first = (first.replace(day=1) - timedelta(days=1)).replace(day=1)
    return months


def _fetch(feed: Transport, settings: Settings, catalog: Catalog, month: date) -> Harvest:
    harvest = Harvest(SOURCE.key)
    replies = paged_rows(feed, SOURCE.title, settings, f"{month:%Y-%m}")
    collect(_reply_rows(replies, harvest.dropped), harvest, catalog)
    return harvest


def _reply_rows(
    replies: Iterable[Mapping[str, object]], dropped: list[Dropped]
) -> Iterator[ShopPrice]:
    for place, reply in enumerate(replies, start=1):
        row = {name: str(value or "").strip() for name, value in reply.items()}
        where = f"{SOURCE.title} {place}번째"
        try:
            day = date.fromisoformat(row.get("P_DATE", "")[:10])
        except ValueError:
            dropped.append(Dropped("조사일을 읽을 수 없음", where, row.get("P_DATE", "")))
            continue
        yield ShopPrice(
            where=where,
            day=day,
            shop=row.get("M_SEQ", "").removesuffix(".0"),
            shop_name=row.get("M_NAME", ""),
            kind=row.get("M_TYPE_CODE", ""),
            district=row.get("M_GU_NAME", ""),
            goods=_without_unit(row.get("A_NAME", ""), row.get("A_UNIT", "")),
            unit=row.get("A_UNIT", ""),
            price=row.get("A_PRICE", ""),
            note=row.get("ADD_COL", ""),
        )


def _without_unit(goods: str, unit: str) -> str:
    """'배추 1포기' → '배추': since 2026 the name repeats the unit at its end."""
    return goods.removesuffix(unit).strip() if unit else goods

"""KAMIS (aT): the day's mean prices of every surveyed item, retail and wholesale.

`dailyPriceByCategoryList`: one day, one category, one class. Always asked without kg conversion
(p_convert_kg_yn=N): with it the price is per kg while the label stays '100g' or '20kg'.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from altteul.catalog import Catalog, survey_unit
from altteul.settings import Settings
from altteul.sources.description import Grade, SourceDescription, Survives
from altteul.sources.frames import gathered
from altteul.sources.harvest import Dropped, Harvest
from altteul.sources.kamis_replies import TITLE, Row, ask, read_reply
from altteul.sources.kamis_words import CATEGORIES, CITIES, Kind, grade_of, read_kind
from altteul.sources.money import read_won
from altteul.sources.observation import Measure, Observation, Stage, observation_frame
from altteul.sources.steps import Period, Step
from altteul.sources.transport import Transport
from altteul.sources.trouble import FeedError, Trouble
from altteul.sources.vocabulary import packed
from altteul.units import Pack

SOURCE = SourceDescription(
    key="kamis",
    title=TITLE,
    what="품목별 하루 평균가격 (소매·도매, 전국)과 평년값",
    publisher="한국농수산식품유통공사(aT)",
    licence="KAMIS 이용약관 (참고용, 출처표시)",
    attribution="한국농수산식품유통공사 KAMIS (www.kamis.or.kr), 참고용",
    link="https://www.kamis.or.kr/customer/reference/openapi_list.do",
    stages=(Stage.RETAIL, Stage.WHOLESALE),
    needs_keys=("kamis_cert_key", "kamis_cert_id"),
    keyless=True,
    reads_replies=True,
    fetches=True,
    by_default=True,
    instead="data_go_kr",
    look_back_days=7,
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

ACTION = "dailyPriceByCategoryList"
CLASSES = {"01": Stage.RETAIL, "02": Stage.WHOLESALE}
NATIONWIDE = "전국"
STAGE_IN_CATALOG = {Stage.RETAIL: "retail", Stage.WHOLESALE: "wholesale"}

# Column → how its label must begin. The columns go by meaning; were they moved, the labels show it.
DATED = {1: "당일", 2: "1일전", 3: "1주일전", 4: "2주일전"}
# Five-day moving values without a date: no observations.
UNDATED = {5: "1개월전", 6: "1년전"}
NORMAL = {7: "일평년"}
COLUMNS = DATED | UNDATED | NORMAL

WRONG_UNIT = "다른 단위의 값과 같음(단위 의심)"
OLD_UNIT = "조사 단위가 바뀌기 전의 값"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reply answers: day, class and place ('전국' or a city)."""

    day: date
    stage: Stage
    region: str = NATIONWIDE
    per_kg: bool = False


def steps(period: Period, settings: Settings, catalog: Catalog) -> list[Step]:
    """One step per day of the period, newest first; Saturdays and Sundays have no survey."""
    days = (period.until - timedelta(days=n) for n in range((period.until - period.since).days + 1))
    return [_day(day, settings, catalog) for day in days if day.weekday() < 5]


def _day(day: date, settings: Settings, catalog: Catalog) -> Step:
    return Step(
        SOURCE.key,
        f"{day}",
        day,
        lambda feed: fetch_day(feed, settings, catalog, day),
        lambda harvest: is_survey_day(harvest, day),
    )


def is_survey_day(harvest: Harvest, day: date) -> bool:
    """Whether at least half of the items have a price of the day itself.

    A reply for a holiday still holds earlier days and the normal price, and before 16:00 livestock
    may stand there alone; on a proper day more than 95 % are priced.
    """
    facts = harvest.observations
    priced = facts.filter(pl.col("date") == day, pl.col("measure") == Measure.MEAN.value)
    return priced.height > 0 and 2 * priced["item"].n_unique() >= facts["item"].n_unique()


def fetch_day(feed: Transport, settings: Settings, catalog: Catalog, day: date) -> Harvest:
    """All categories of both classes on a day, nationwide; empty where there was no survey."""
    harvest = Harvest(SOURCE.key)
    observations: list[Observation] = []
    for code, stage in CLASSES.items():
        for category in CATEGORIES:
            rows, _ = ask(feed, settings, ACTION, _params(day, code, category))
            asked = Asked(day, stage)
            observations += read_rows(rows, asked, catalog, harvest.dropped)
    harvest.observations = observation_frame(observations)
    return harvest


def _params(day: date, code: str, category: str, city: str = "") -> dict[str, str]:
    """The parameter names of this action: a wrong name is ignored silently by KAMIS."""
    return {
        "p_product_cls_code": code,
        "p_item_category_code": category,
        "p_country_code": city,
        "p_regday": f"{day}",
        "p_convert_kg_yn": "N",
    }


def asked_in(condition: Row) -> Asked | None:
    """What a saved reply was asked for, from the condition it echoes; None if it does not say."""
    try:
        day = date.fromisoformat(condition.get("p_regday", ""))
    except ValueError:
        return None
    stage = CLASSES.get(condition.get("p_product_cls_code", ""))
    city = condition.get("p_country_code", "")
    region = CITIES.get(city) if city else NATIONWIDE
    if stage is None or region is None:
        return None
    return Asked(day, stage, region, per_kg=condition.get("p_convert_kg_yn") == "Y")


def read_saved(text: str, catalog: Catalog) -> Harvest | None:
    """A saved reply of dailyPriceByCategoryList; None if the text is none."""
    try:
        rows, condition = read_reply(text)
    except FeedError:
        return None
    asked = asked_in(condition)
    if asked is None or not all("dpr1" in row for row in rows):
        return None
    harvest = Harvest(SOURCE.key)
    return gathered(harvest, read_rows(rows, asked, catalog, harvest.dropped))


def read_rows(
    rows: Iterable[Row], asked: Asked, catalog: Catalog, dropped: list[Dropped]
) -> list[Observation]:
    """Observations of one reply: dated means, and the published normal price (평년).

    Raises FeedError when the columns do not mean what the documents say.
    """
    rows = list(rows)
    _check_labels(rows)
    borrowed = borrowed_values(rows)
    observations: list[Observation] = []
    for index, row in enumerate(rows):
        told = Told(row, asked, f"{asked.day} {row.get('item_name')} {row.get('kind_name')}")
        goods = told.goods(catalog)
        if isinstance(goods, str):
            dropped.append(Dropped(goods, told.where, row.get("unit", "")))
            continue
        refused = {column for at, column in borrowed if at == index}
        for column in sorted(refused):
            dropped.append(Dropped(WRONG_UNIT, f"{told.where} dpr{column}", row[f"dpr{column}"]))
        observations += told.observations(*goods, refused, dropped)
    return observations


def _check_labels(rows: list[Row]) -> None:
    """The columns go by meaning (dpr3 is a week, not a month ago); the labels must agree."""
    for row in rows[:1]:
        for column, start in COLUMNS.items():
            label = row.get(f"day{column}", "")
            if label and not label.startswith(start):
                raise FeedError(TITLE, Trouble.CHANGED, f"day{column}이 '{label}'")


@dataclass(frozen=True, slots=True)
class Told:
    """One row of a reply with what it answers."""

    row: Row
    asked: Asked
    where: str

    def goods(self, catalog: Catalog) -> tuple[Kind, Pack] | str:
        """Kind and pack of the row, or the reason why there are none."""
        row = self.row
        kind = read_kind(
            catalog, row.get("item_code", ""), row.get("kind_code", ""), row.get("kind_name", "")
        )
        if kind is None:
            return "품목표에 없는 품목"
        pack = packed(row.get("unit", ""), kind.item)
        if pack is None:
            return "단위를 읽을 수 없음"
        return kind, per_kilogram(pack) if self.asked.per_kg else pack

    def observations(
        self, kind: Kind, pack: Pack, refused: set[int], dropped: list[Dropped]
    ) -> Iterator[Observation]:
        """The observations of the row; values of an earlier survey unit are dropped."""
        for column in (*DATED, *NORMAL):
            price, day = read_won(self.row.get(f"dpr{column}", "")), self.day_of(column)
            if price is None or day is None or column in refused:
                continue
            if self.unit_changed(kind, day if column in DATED else _year_before(day)):
                dropped.append(Dropped(OLD_UNIT, f"{self.where} dpr{column}", f"{price}"))
                continue
            yield self.observation(kind, pack, column, day, price)

    def observation(
        self, kind: Kind, pack: Pack, column: int, day: date, price: int
    ) -> Observation:
        """One value of the row; the normal price is nationwide whatever city was asked."""
        normal = column in NORMAL
        return Observation(
            date=day,
            stage=self.asked.stage,
            item=kind.item.name,
            variety=kind.variety,
            grade=grade_of(self.row.get("rank", ""), self.row.get("kind_name", "")),
            origin=kind.origin,
            measure=Measure.NORMAL if normal else Measure.MEAN,
            price=price,
            mass_g=pack.mass_g,
            volume_ml=pack.volume_ml,
            count=pack.count,
            count_unit=pack.count_unit,
            region=NATIONWIDE if normal else self.asked.region,
            source=SOURCE.key,
        )

    def day_of(self, column: int) -> date | None:
        """The survey day of a column: '1주일전 (07/06)' asked on 2026-07-13 → 2026-07-06."""
        if column in NORMAL:
            return self.asked.day
        found = re.search(r"\((\d{1,2})/(\d{1,2})\)", self.row.get(f"day{column}", ""))
        if not found:
            return self.asked.day if column == 1 else None
        try:
            day = self.asked.day.replace(month=int(found[1]), day=int(found[2]))
        except ValueError:
            return None
        return day if day <= self.asked.day else day.replace(year=day.year - 1)

    def unit_changed(self, kind: Kind, day: date) -> bool:
        """Whether the survey quoted another unit on `day` than on the day of the reply."""
        stage, code = STAGE_IN_CATALOG[self.asked.stage], self.row.get("kind_code", "")
        then = survey_unit(kind.item, stage, day, code.zfill(2))
        return then != survey_unit(kind.item, stage, self.asked.day, code.zfill(2))


def _year_before(day: date) -> date:
    return day - timedelta(days=365)


def per_kilogram(pack: Pack) -> Pack:
    """With kg conversion a mass is quoted per kg, a volume per litre; counts are left alone."""
    if pack.mass_g is not None:
        return Pack(mass_g=1000.0)
    return Pack(volume_ml=1000.0) if pack.volume_ml is not None else pack


def borrowed_values(rows: list[Row]) -> set[tuple[int, int]]:
    """(row, column) of prices that belong to another pack of the same item.

    On 2026-08-21 the row of 쌀 10kg showed the month-ago price of 쌀 20kg. Two packs cannot have
    one price, so the row that lies farther from its own other columns is the wrong one.
    """
    same: dict[tuple[str, str, int, int], list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        for column in COLUMNS:
            if price := read_won(row.get(f"dpr{column}", "")):
                same[row.get("item_code", ""), row.get("rank_code", ""), column, price] += [index]
    return {
        (max(indexes, key=lambda index: _distance(rows[index], column, price)), column)
        for (_, _, column, price), indexes in same.items()
        if len({rows[index].get("unit") for index in indexes}) > 1
    }


def _distance(row: Row, column: int, price: int) -> float:
    """How far a price lies from the middle of its row's other columns, as a ratio over 1."""
    others = sorted(p for c in COLUMNS if c != column and (p := read_won(row.get(f"dpr{c}", ""))))
    if not others:
        return 1.0
    middle = others[len(others) // 2]
    return max(price / middle, middle / price)

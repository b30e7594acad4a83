"""KAMIS (aT): the day's mean prices of every surveyed item, retail and wholesale.

`dailyPriceByCategoryList`: one day, one category, one class. Always asked without kg conversion
(p_convert_kg_yn=N): with it the price is per kg while the label stays '100g' or '20kg'.
"""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from altteul.catalog import Catalog
from altteul.settings import Settings
from altteul.sources.description import Grade, SourceDescription, Survives
from altteul.sources.frames import gathered
from altteul.sources.harvest import Harvest
from altteul.sources.kamis_daily_rows import CLASSES, KEY, NATIONWIDE, Asked, read_rows
from altteul.sources.kamis_replies import TITLE, Row, ask, read_reply
from altteul.sources.kamis_words import CATEGORIES, CITIES
from altteul.sources.observation import Measure, Observation, Stage, observation_frame
from altteul.sources.steps import Period, Step
from altteul.sources.transport import Transport
from altteul.sources.trouble import FeedError

SOURCE = SourceDescription(
    key=KEY,
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

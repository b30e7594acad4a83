"""Rows of KAMIS's daily list by category as observations: dated means and the normal price."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from altteul.catalog import Catalog, survey_unit
from altteul.sources.harvest import Dropped
from altteul.sources.kamis_borrowed_prices import borrowed_values
from altteul.sources.kamis_replies import TITLE, Row
from altteul.sources.kamis_words import Kind, grade_of, read_kind
from altteul.sources.money import read_won
from altteul.sources.observation import Measure, Observation, Stage
from altteul.sources.trouble import FeedError, Trouble
from altteul.sources.vocabulary import packed
from altteul.units import Pack

KEY = "kamis"
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


def read_rows(
    rows: Iterable[Row], asked: Asked, catalog: Catalog, dropped: list[Dropped]
) -> list[Observation]:
    """Observations of one reply: dated means, and the published normal price (평년).

    Raises FeedError when the columns do not mean what the documents say.
    """
    rows = list(rows)
    _check_labels(rows)
    borrowed = borrowed_values(rows, COLUMNS)
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
            source=KEY,
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

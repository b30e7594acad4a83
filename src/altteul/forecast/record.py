"""The public record (성적): what was advised, on what inputs, and what then happened.

Every forecast and verdict is one row of the state database, written when it is issued and never
changed except for its truth, which is filled in when the day was surveyed. Rows that replay a
backtest are labelled 모의 and never mixed with those given to people (실제).
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np
import polars as pl

from altteul.forecast.decisions import UNKNOWN, Summary, savings, summarised
from altteul.forecast.panel import Panel
from altteul.forecast.record_table import (
    advice_rows,
    advice_table,
    advice_tables,
    insert_new,
    moment,
)
from altteul.forecast.record_words import sentence_of
from altteul.frozen import Frozen
from altteul.history.state import State

WORST = 5
AT_ONCE = 2_000


class Kind(StrEnum):
    """Whether advice was really given or replayed from a backtest."""

    REAL = "실제"
    REPLAYED = "모의"


class Case(Frozen):
    """One piece of advice with its outcome; prices in won per pack."""

    item: str
    region: str
    on: date
    until: date
    word: str
    price: int
    price_then: int
    saving: float


class OfHorizon(Frozen):
    """The record of advice so many days ahead."""

    horizon: int
    summary: Summary


class Part(Frozen):
    """The record of one kind; `sentence` says it in Korean for a page."""

    kind: Kind
    first: date
    last: date
    summary: Summary
    horizons: tuple[OfHorizon, ...]
    worst: tuple[Case, ...]
    waiting_for_truth: int
    sentence: str


class RecordReport(Frozen):
    """The record, replayed (모의) and real (실제) apart. Savings are shares of the price."""

    schema_version: str = "altteul.record/1"
    parts: tuple[Part, ...]


def record_summary(state_url: str) -> RecordReport:
    """The record as it stands, from the state database alone; nothing is computed or replayed.

    Empty of parts while nothing was recorded: `altteul forecast --all` (or `altteul record`)
    fills it.
    """
    state = State(state_url)
    try:
        return Record(state).report()
    finally:
        state.close()


class Record:
    """The record in a state database."""

    def __init__(self, state: State) -> None:
        self._state = state

    def issue(self, decided: pl.DataFrame, kind: Kind, inputs: str) -> int:
        """Store decided forecasts (decisions.words); what was issued before stays. Counts new rows.

        Truths that the rows carry are stored only for replayed advice: real advice is scored from
        the history later.
        """
        before = self._count()
        rows = list(advice_rows(decided, kind.value, inputs, with_truth=kind is Kind.REPLAYED))
        with self._state.transaction(advice_tables()) as connection:
            for start in range(0, len(rows), AT_ONCE):
                connection.execute(
                    insert_new(connection.dialect.name), rows[start : start + AT_ONCE]
                )
        return self._count() - before

    def score(self, panel: Panel) -> int:
        """Fill in the truths that have come; returns how many."""
        from sqlalchemy import select, update

        advice = advice_table()
        row_of = {key.text: row for row, key in enumerate(panel.keys)}
        query = select(advice.c.advice_id, advice.c.series, advice.c.target)
        with self._state.transaction(advice_tables()) as connection:
            open_rows = connection.execute(query.where(advice.c.truth.is_(None))).all()
            found = 0
            for advice_id, series, target in open_rows:
                truth = _surveyed(panel, row_of.get(series), date.fromisoformat(target))
                if truth is not None:
                    values = {"truth": truth, "scored_at": moment()}
                    connection.execute(
                        update(advice).where(advice.c.advice_id == advice_id).values(values)
                    )
                    found += 1
        return found

    def rows(self, kind: Kind) -> pl.DataFrame:
        """All advice of a kind, prices as logarithms as in the backtest's rows."""
        from sqlalchemy import select

        advice = advice_table()
        names = (
            "item", "region", "origin", "target", "horizon", "word",
            "price", "expected", "p_cheaper", "p_loss", "truth",
        )  # fmt: skip
        query = select(*(advice.c[name] for name in names)).where(advice.c.kind == kind.value)
        with self._state.transaction(advice_tables()) as connection:
            found = [tuple(row) for row in connection.execute(query)]
        frame = pl.DataFrame(found, schema=names, orient="row", infer_schema_length=None)
        return frame.with_columns(
            pl.col("origin", "target").cast(pl.String).str.to_date(),
            pl.col("price").cast(pl.Float64).log().alias("now"),
            pl.col("truth").cast(pl.Float64).log(),
        )

    def has(self, kind: Kind) -> bool:
        """Whether there is any advice of a kind."""
        from sqlalchemy import select

        advice = advice_table()
        query = select(advice.c.advice_id).where(advice.c.kind == kind.value).limit(1)
        with self._state.transaction(advice_tables()) as connection:
            return connection.execute(query).first() is not None

    def report(self) -> RecordReport:
        """The record of both kinds, as far as there is any."""
        made = [(kind, self.rows(kind)) for kind in Kind]
        return RecordReport(parts=tuple(_part(kind, rows) for kind, rows in made if rows.height))

    def _count(self) -> int:
        from sqlalchemy import func, select

        with self._state.transaction(advice_tables()) as connection:
            return int(connection.scalar(select(func.count()).select_from(advice_table())) or 0)


def _surveyed(panel: Panel, row: int | None, day: date) -> int | None:
    column = panel.column(day)
    if row is None or not 0 <= column < panel.days or np.isnan(panel.won[row, column]):
        return None
    return round(float(panel.won[row, column]))


def _part(kind: Kind, rows: pl.DataFrame) -> Part:
    first, last = rows["origin"].min(), rows["origin"].max()
    assert isinstance(first, date)
    assert isinstance(last, date)
    summary = summarised(rows)
    worst = savings(rows).filter(pl.col("word") != UNKNOWN).sort("saving").head(WORST)
    return Part(
        kind=kind,
        first=first,
        last=last,
        summary=summary,
        horizons=tuple(
            OfHorizon(
                horizon=horizon, summary=summarised(rows.filter(pl.col("horizon") == horizon))
            )
            for horizon in sorted(rows["horizon"].unique().to_list())
        ),
        worst=tuple(_case(row) for row in worst.iter_rows(named=True)),
        waiting_for_truth=rows["truth"].null_count(),
        sentence=sentence_of(kind.value, first, last, summary),
    )


def _case(row: dict[str, Any]) -> Case:
    return Case(
        item=row["item"],
        region=row["region"],
        on=row["origin"],
        until=row["target"],
        word=row["word"],
        price=row["price"],
        price_then=round(np.exp(row["truth"])),
        saving=row["saving"],
    )

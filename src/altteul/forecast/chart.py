"""What a chart of one item is made of: plain documents that a page draws and a table repeats."""

from __future__ import annotations

from datetime import date

from altteul.forecast.ahead import DayAhead
from altteul.frozen import Frozen
from altteul.sources.observation import Channel

SURVEYED, FORECAST = "조사", "예측(추정)"


class PricePoint(Frozen):
    """A surveyed price: won per pack of the series."""

    day: date
    won: int


class NormalPoint(Frozen):
    """평년 of a day: lowest, mean and highest level of up to five earlier years, in won.

    `mid` leaves out the lowest and the highest of three or more years.
    """

    day: date
    low: int
    mid: int
    high: int
    years: int


class Mark(Frozen):
    """A holiday or season on the chart, from `day` to `until` (both included)."""

    day: date
    until: date
    name: str


class TableRow(Frozen):
    """A line of the table behind the chart; `low` and `high` are the 80 % range of a forecast."""

    day: date
    kind: str
    won: int
    low: int | None = None
    high: int | None = None
    normal: int | None = None
    proved: bool | None = None


class ItemChart(Frozen):
    """One item in one region as a chart, a table and a sentence. Money in won per pack (`unit`)."""

    schema_version: str = "altteul.chart/1"
    item: str
    variety: str | None
    region: str
    channel: Channel | None
    unit: str
    source: str
    on: date
    price: int
    observed_on: date
    made_on: date | None
    history: tuple[PricePoint, ...]
    normal: tuple[NormalPoint, ...]
    fan: tuple[DayAhead, ...]
    marks: tuple[Mark, ...]
    table: tuple[TableRow, ...]
    sentence: str
    simulated: bool

"""What the forecast room knows of an item near a place, as answers and pages tell it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from altteul.errors import NoDataError
from altteul.forecast.charting import DAYS_AHEAD, chart_of
from altteul.forecast.verdict import Priced, Situation, Verdict, judge

if TYPE_CHECKING:
    from altteul.catalog import Catalog
    from altteul.forecast.chart import ItemChart
    from altteul.history import History
    from altteul.market.report import PriceReport

NATIONWIDE = "전국"


def chart_near(report: PriceReport, history: History, home: Path) -> ItemChart | None:
    """The chart of the region whose mean stands in the report, else of the place's region; None
    where no region has a series of the item."""
    regions = [value.region for value in report.region_values]
    region = next(iter(regions), None) or report.place.region or NATIONWIDE
    try:
        return chart_of(history, home, report.item, region, report.on)
    except NoDataError:
        return None


def verdict_of(chart: ItemChart | None, on: date, catalog: Catalog) -> Verdict | None:
    """Buy, wait or 모름 from the forecast kept for a chart; None where none is kept."""
    if chart is None or not chart.fan:
        return None
    item = catalog.item(chart.item)
    priced = Priced(
        item=chart.item,
        region=chart.region,
        unit=chart.unit,
        price=chart.price,
        observed_on=chart.observed_on,
        simulated=chart.simulated,
    )
    keeps = item.keeps.longest if item.keeps is not None else None
    latest = on + timedelta(days=DAYS_AHEAD)
    return judge(priced, chart.fan, Situation(on=on, latest=latest, keeps_days=keeps))

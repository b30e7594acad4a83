"""What the item page tells beside the prices of the sellers: how far they differ by reach and
channel, how the price went and where it goes, and whether to buy now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from altteul.catalog import Catalog
from altteul.errors import NoDataError
from altteul.forecast.chart import ItemChart
from altteul.forecast.charting import DAYS_AHEAD, chart_of
from altteul.forecast.verdict import Priced, Situation, Verdict, judge
from altteul.history import History
from altteul.market.dispersion import Dispersion
from altteul.market.report import PriceReport

NATIONWIDE = "전국"


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """One item at one place and day. `chart` is None where no region has a series of it, `verdict`
    where no forecast is kept."""

    report: PriceReport
    dispersion: Dispersion
    chart: ItemChart | None
    verdict: Verdict | None
    in_season: bool | None


def item_facts(
    report: PriceReport, dispersion: Dispersion, history: History, home: Path, catalog: Catalog
) -> ItemFacts:
    """Everything but the report and the dispersion, from kept forecasts and the history."""
    chart = _chart(report, history, home)
    item = catalog.item(report.item)
    keeps = item.keeps.longest if item.keeps is not None else None
    return ItemFacts(
        report=report,
        dispersion=dispersion,
        chart=chart,
        verdict=_verdict(chart, report.on, keeps) if chart and chart.fan else None,
        in_season=item.in_season(report.on.month),
    )


def _chart(report: PriceReport, history: History, home: Path) -> ItemChart | None:
    """Of the region whose mean stands in the report, else of the place's region."""
    regions = [value.region for value in report.region_values]
    region = next(iter(regions), None) or report.place.region or NATIONWIDE
    try:
        return chart_of(history, home, report.item, region, report.on)
    except NoDataError:
        return None


def _verdict(chart: ItemChart, on: date, keeps_days: int | None) -> Verdict:
    priced = Priced(
        item=chart.item,
        region=chart.region,
        unit=chart.unit,
        price=chart.price,
        observed_on=chart.observed_on,
        simulated=chart.simulated,
    )
    latest = on + timedelta(days=DAYS_AHEAD)
    return judge(priced, chart.fan, Situation(on=on, latest=latest, keeps_days=keeps_days))

"""What the item page tells beside the prices of the sellers: how far they differ by reach and
channel, how the price went and where it goes, and whether to buy now."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from altteul.assistant.answering.advising import chart_near, verdict_of
from altteul.catalog import Catalog
from altteul.forecast.chart import ItemChart
from altteul.forecast.verdict import Verdict
from altteul.history import History
from altteul.market.dispersion import Dispersion
from altteul.market.report import PriceReport


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
    chart = chart_near(report, history, home)
    item = catalog.item(report.item)
    return ItemFacts(
        report=report,
        dispersion=dispersion,
        chart=chart,
        verdict=verdict_of(chart, report.on, catalog),
        in_season=item.in_season(report.on.month),
    )

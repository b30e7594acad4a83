"""The item page's strip: one dot for each seller in the unit of the report's spread."""

from __future__ import annotations

from altteul.market.report import PriceReport
from altteul.web.spread import Strip, strip


def strip_of(report: PriceReport) -> Strip | None:
    """The strip of a report; the normal price is on it where it is in the same unit."""
    spread = report.spread
    if spread is None or spread.sellers < 2:
        return None
    lowest: dict[str, tuple[int, str]] = {}
    for offer in report.offers:
        if offer.unit_price.per == spread.per:
            price = (offer.unit_price.won.mid, offer.seller.channel.value)
            lowest[offer.seller.id] = min(lowest.get(offer.seller.id, price), price)
    normal = report.normal
    same_unit = normal is not None and normal.per == spread.per
    return strip(
        list(lowest.values()), spread.won.mid, normal.won if normal and same_unit else None
    )

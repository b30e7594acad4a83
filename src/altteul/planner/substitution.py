"""What may stand in for an item now, near a place: cheaper, not dear itself, with what changes.

A substitute is recommended only if its price is known not to be dear against its normal price and
what stands for 100 g of the original costs clearly less. A new allergen is always said.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from altteul.market.offer import HowUnusual, Place
from altteul.market.report import PriceSource
from altteul.planner.advice import Facts, Finding, SubstituteAdvice, SubstituteChoice
from altteul.planner.advice_words import notices, verdict, why
from altteul.planner.comparable import ComparablePrice, of_region, of_sellers
from altteul.recipes.nutrition import load_nutrition

if TYPE_CHECKING:
    from altteul.catalog import Catalog, Found
    from altteul.market import Market
    from altteul.market.report import PriceReport
    from altteul.recipes.substitutes import Substitute, Swaps

RADIUS_M = 5_000
SAVES_AT_LEAST = 0.05
"""Our rule: less than a twentieth is within the rounding of prices and weights."""
DEAR = frozenset({HowUnusual.DEAR, HowUnusual.VERY_DEAR})
ORDER = (
    Finding.PAYS,
    Finding.NORMAL_UNKNOWN,
    Finding.NOT_CHEAPER,
    Finding.DEAR_ITSELF,
    Finding.PRICE_UNKNOWN,
    Finding.ORIGINAL_UNKNOWN,
)


@dataclass(frozen=True, slots=True)
class _Looked:
    """An item with its price report here and now."""

    found: Found
    report: PriceReport

    @property
    def by_sellers(self) -> ComparablePrice | None:
        return of_sellers(self.report, self.found.item, self.found.variety)

    @property
    def by_region(self) -> ComparablePrice | None:
        return of_region(self.report.region_values, self.found.item, self.found.variety)


def advise(
    item: str,
    use: str | None,
    place: Place,
    on: date,
    market: Market,
    catalog: Catalog,
    swaps: Swaps,
    *,
    radius_m: int = RADIUS_M,
) -> SubstituteAdvice:
    """What may replace an item where it serves `use` (김치, 나물 …; None: any use).

    `item` is as a person says it; UnknownItemError with the nearest names. Prices that are
    compared are of one kind: sellers in reach for both, or the region's means for both.
    """

    def look(text: str) -> _Looked:
        return _Looked(catalog.find(text), market.price_report(text, place, on, radius_m))

    original = look(item)
    name = original.found.item.name
    known = [(s, look(_spoken(s))) for s in swaps.instead_of(name, use)]
    choices = sorted(
        (_choice(substitute, looked, original, swaps) for substitute, looked in known), key=_rank
    )
    facts, uses = _facts(original, swaps), swaps.uses_of(name)
    reports = [original.report, *(looked.report for _, looked in known)]
    simulated = any(report.simulated for report in reports)
    return SubstituteAdvice(
        original=facts,
        use=use,
        known_uses=uses,
        place=place,
        on=on,
        radius_m=radius_m,
        choices=tuple(choices),
        verdict=verdict(facts, use, uses, choices),
        notices=notices(facts, choices, simulated=simulated),
        sources=_sources(reports),
        simulated=simulated,
    )


def _choice(
    substitute: Substitute, looked: _Looked, original: _Looked, swaps: Swaps
) -> SubstituteChoice:
    facts = _facts(looked, swaps)
    price, against = _of_one_kind(looked, original)
    instead = round(price.won.mid * substitute.ratio) if price else None
    saves = None
    if price and against and against.won.mid:
        saves = 1 - price.won.mid * substitute.ratio / against.won.mid
    finding = _finding(facts, saves, known=bool(original.by_sellers or original.by_region))
    return SubstituteChoice(
        facts=facts,
        uses=substitute.uses,
        ratio=substitute.ratio,
        taste=substitute.taste,
        new_allergens=substitute.allergens,
        price=price,
        original_price=against,
        instead_won=instead,
        saves_percent=None if saves is None else round(100 * saves),
        finding=finding,
        recommended=finding is Finding.PAYS,
        why=why(finding, facts, saves),
    )


def _of_one_kind(
    looked: _Looked, original: _Looked
) -> tuple[ComparablePrice | None, ComparablePrice | None]:
    """The two prices to compare; none where only unlike ones are known."""
    for pair in (
        (looked.by_sellers, original.by_sellers),
        (looked.by_region, original.by_region),
    ):
        if all(pair):
            return pair
    return None, None


def _finding(facts: Facts, saves: float | None, *, known: bool) -> Finding:
    if not known:
        return Finding.ORIGINAL_UNKNOWN
    if saves is None:
        return Finding.PRICE_UNKNOWN
    if facts.unusual in DEAR:
        return Finding.DEAR_ITSELF
    if saves < SAVES_AT_LEAST:
        return Finding.NOT_CHEAPER
    return Finding.NORMAL_UNKNOWN if facts.unusual is HowUnusual.UNKNOWN else Finding.PAYS


def _rank(choice: SubstituteChoice) -> tuple[int, int]:
    """Recommended first, the largest saving first; equals stay in the order of the book."""
    return ORDER.index(choice.finding), -(choice.saves_percent or 0)


def _facts(looked: _Looked, swaps: Swaps) -> Facts:
    item, report = looked.found.item, looked.report
    return Facts(
        item=item.name,
        variety=report.variety,
        price=looked.by_sellers or looked.by_region,
        unusual=report.unusual,
        normal=report.normal,
        in_season=item.in_season(report.on.month),
        nutrition=load_nutrition().get(item.name),
        allergens=tuple(sorted(swaps.allergens.get(item.name, ()))),
    )


def _spoken(substitute: Substitute) -> str:
    return " ".join(filter(None, (substitute.item, substitute.variety)))


def _sources(reports: Iterable[PriceReport]) -> tuple[PriceSource, ...]:
    """Every source of the reports once, with the whole span of its survey dates."""
    kept: dict[str, PriceSource] = {}
    for source in (source for report in reports for source in report.sources):
        other = kept.get(source.key, source)
        days = {
            "oldest": min(source.oldest, other.oldest),
            "newest": max(source.newest, other.newest),
        }
        kept[source.key] = source.model_copy(update=days)
    return tuple(kept[key] for key in sorted(kept))

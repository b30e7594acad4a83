"""How fresh each source is: a source that has stood still says so by itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from altteul.frozen import Frozen
from altteul.market.offer import Offer
from altteul.market.regional import RegionValue
from altteul.market.report import PriceSource
from altteul.sources.description import SourceDescription


class Freshness(Frozen):
    """The newest survey date of a source up to a day; `late` when it is older than the source's
    own interval allows."""

    key: str
    title: str
    newest: date
    age_days: int
    late: bool
    simulated: bool

    def sentence(self) -> str:
        """That the source stands still, and since when."""
        return (
            f"'{self.title}' 자료는 {self.age_days}일째 새 조사가 없습니다 "
            f"(마지막 조사 {self.newest})."
        )


def freshness(
    newest: Iterable[tuple[str, date]], on: date, described: Mapping[str, SourceDescription]
) -> tuple[Freshness, ...]:
    """The sources that have prices, freshest first, from their newest survey dates."""
    found = [_freshness(key, day, on, described.get(key)) for key, day in newest]
    return tuple(sorted(found, key=lambda f: (f.age_days, f.key)))


def standing_still(fresh: Iterable[Freshness], used: Collection[str]) -> tuple[str, ...]:
    """A sentence for each used source that brought nothing new for longer than it should."""
    return tuple(one.sentence() for one in fresh if one.late and one.key in used)


def sources_of(
    dated: Iterable[Offer | RegionValue],
    described: Mapping[str, SourceDescription],
    fresh: Iterable[Freshness],
) -> tuple[PriceSource, ...]:
    """The sources of the shown prices, by title, with the span of their survey dates."""
    still = {one.key: one.age_days for one in fresh if one.late}
    days: dict[str, list[date]] = {}
    for value in dated:
        days.setdefault(value.source, []).append(value.observed_on)
    return tuple(
        _price_source(key, days[key], described.get(key), still.get(key)) for key in sorted(days)
    )


def _freshness(key: str, newest: date, on: date, described: SourceDescription | None) -> Freshness:
    age = (on - newest).days
    return Freshness(
        key=key,
        title=described.title if described else key,
        newest=newest,
        age_days=age,
        late=described is not None and age > described.look_back_days,
        simulated=described is not None and described.simulated,
    )


def _price_source(
    key: str, days: list[date], described: SourceDescription | None, still_days: int | None
) -> PriceSource:
    return PriceSource(
        key=key,
        title=described.title if described else key,
        licence=described.licence if described else "",
        attribution=described.attribution if described else "",
        link=described.link if described else "",
        oldest=min(days),
        newest=max(days),
        still_days=still_days,
    )

"""What is known of an item's price around a place on a day, with its sources and its limits."""

from __future__ import annotations

from datetime import date

from altteul.frozen import Frozen
from altteul.market.dispersion import Dispersion
from altteul.market.offer import CHANNEL_WORDS, HowUnusual, NormalPrice, Offer, Place, UnitPrice
from altteul.market.regional import RegionValue
from altteul.market.spread import ChannelSpread, Spread


class PriceSource(Frozen):
    """A source behind an answer: its licence, how to name it, and the span of survey dates used.

    `still_days` tells for how many days it brought nothing new, where that is longer than its own
    interval; else None.
    """

    key: str
    title: str
    licence: str
    attribution: str
    link: str
    oldest: date
    newest: date
    still_days: int | None = None


class RecentLevel(Frozen):
    """최근 3개월 보통값: the median of a region's mean price. It is not a normal price (평년)."""

    won: int
    per: str
    since: date
    until: date
    survey_days: int
    region: str
    source: str


class MarkedPrice(Frozen):
    """A surveyed price that the rule for faults keeps out: it is kept, shown and not used.

    `expected_won` was expected for the base of the offer's unit price; `why` names the slip.
    """

    offer: Offer
    expected_won: int
    why: str

    def sentence(self) -> str:
        """The price, what was expected, and why it is not used."""
        unit, seller = self.offer.unit_price, self.offer.seller
        return (
            f"쓰지 않은 값: {seller.name} {self.offer.pack.label} {self.offer.price.mid:,}원 "
            f"({unit.won.mid:,}원/{unit.per}, 어림 {self.expected_won:,}원) {self.why}"
        )


class PriceReport(Frozen):
    """The answer to "what does it cost here?".

    `variety` is set where one was asked for: prices of other varieties are left out, those that
    name none are not. `offers` are sorted by unit price; `marked` are prices that were left out as
    data faults, `doubtful` their number.
    `unusual` holds `compared` (a mean of the region, or the sellers' median) against `normal`;
    모름 without a normal price. `dispersion` is there where it was asked for (`Market.dispersion`).
    `normal_note` says why there is none, or what it rests on.
    """

    item: str
    variety: str | None
    place: Place
    on: date
    radius_m: int
    offers: tuple[Offer, ...]
    spread: Spread | None
    channels: tuple[ChannelSpread, ...]
    region_values: tuple[RegionValue, ...]
    normal: NormalPrice | None
    normal_note: str
    unusual: HowUnusual
    compared: str | None
    recent: RecentLevel | None
    doubtful: int
    marked: tuple[MarkedPrice, ...] = ()
    closed: int
    sources: tuple[PriceSource, ...]
    simulated: bool
    notices: tuple[str, ...]
    dispersion: Dispersion | None = None

    def sentences(self) -> tuple[str, ...]:
        """The report in Korean, one fact a line, the range before everything else."""
        lines = [self._range(), *self._ends(), *self._by_channel(), *self._by_region()]
        return (*lines, self._against_normal(), *self._against_recent())

    def _range(self) -> str:
        if self.spread is None:
            return (
                f"{self.place.name}에서 {self.radius_m:,}m 안에는 {self.item} 조사가격이 없습니다."
            )
        won = self.spread.won
        estimated = f" (추정 {self.spread.estimated}곳)" if self.spread.estimated else ""
        return (
            f"{self.item}: {won.low:,}~{won.high:,}원/{self.spread.per}, "
            f"가운데 {won.mid:,}원, 판매처 {self.spread.sellers}곳{estimated}"
        )

    def _ends(self) -> list[str]:
        if self.spread is None or self.spread.sellers < 2:
            return []
        ends = (("가장 싼 곳", self.spread.cheapest), ("가장 비싼 곳", self.spread.dearest))
        return [
            f"{word}: {o.seller.name} {_words(o.variety, o.grade)}{o.pack.label} "
            f"{o.price.mid:,}원{_guess(o.unit_price)} "
            f"({_day(o.observed_on)} 조사)"
            for word, o in ends
        ]

    def _by_channel(self) -> list[str]:
        if len(self.channels) < 2:
            return []
        middles = (
            f"{CHANNEL_WORDS[c.channel]} {c.spread.won.mid:,}원({c.spread.sellers}곳)"
            for c in self.channels
        )
        return [f"유통경로별 가운데값: {', '.join(middles)}"]

    def _by_region(self) -> list[str]:
        return [
            f"{v.region} 평균: {_goods(v)}{v.unit_price.won.mid:,}원/{v.unit_price.per} "
            f"({v.pack.label} {v.price:,}원, {_day(v.observed_on)} 조사)"
            for v in self.region_values[:3]
        ]

    def _against_normal(self) -> str:
        if self.normal is None:
            return f"평년과 비교: {self.unusual.value} ({self.normal_note})"
        return (
            f"평년과 비교: {self.unusual.value} · 평년 {self.normal.won:,}원/{self.normal.per} "
            f"({self.normal_note}) · 견준 값: {self.compared or '없음'}"
        )

    def _against_recent(self) -> list[str]:
        if self.recent is None:
            return []
        recent = self.recent
        return [
            f"최근 3개월 보통값(평년 아님): {recent.won:,}원/{recent.per} "
            f"({recent.region}, {_day(recent.since)}~{_day(recent.until)})"
        ]


def _guess(price: UnitPrice) -> str:
    won = price.won
    return f" (추정 {won.low:,}~{won.high:,}원/{price.per})" if price.estimated else ""


def _day(day: date) -> str:
    return day.isoformat()


def _goods(value: RegionValue) -> str:
    channel = CHANNEL_WORDS[value.channel] if value.channel else None
    return _words(channel, value.variety, value.grade)


def _words(*words: str | None) -> str:
    """The words that are known, each once, with a space after each (특란 is variety and grade)."""
    return "".join(f"{word} " for word in dict.fromkeys(words) if word)

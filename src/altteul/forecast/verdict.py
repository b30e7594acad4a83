"""The verdict a shopper needs: buy now, wait until about a day, or 모름.

A verdict is given only at horizons where the item's own backtest beats both the last price and the
same season (see scores.Score.beats_both); otherwise it is 모름 and says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from altteul.forecast.ahead import DayAhead
from altteul.forecast.calibration import LOSS_SHARE
from altteul.forecast.decisions import SURE
from altteul.frozen import Frozen


class Word(StrEnum):
    """The verdict in a word."""

    BUY = "buy"
    WAIT = "wait"
    UNKNOWN = "unknown"


class Verdict(Frozen):
    """Advice for one item, with what it rests on.

    `price` and `loss_over` are won per pack of the series, `expected_saving` is for all packs, net
    of another trip. `p_loss` is the probability that following the advice loses more than
    `loss_over` a pack: waiting, that the price is so much higher then; buying, so much lower.
    """

    item: str
    region: str
    unit: str
    on: date
    price: int
    observed_on: date
    word: Word
    until: date | None
    p_cheaper: float | None
    expected_saving: int | None
    p_loss: float | None
    loss_over: int
    sentence: str
    simulated: bool


@dataclass(frozen=True, slots=True)
class Situation:
    """What the shopper can do: the latest day, how long the item keeps, what another trip costs.

    `keeps_days` None: not known, then buying ahead is not advised; `packs` is how many are needed;
    `loss_won` is the loss a pack worth a warning (None: a tenth of the price).
    """

    on: date
    latest: date
    keeps_days: int | None
    trip_won: int = 0
    packs: float = 1.0
    loss_won: int | None = None

    @property
    def days(self) -> int:
        """Days until the item is needed."""
        return (self.latest - self.on).days


@dataclass(frozen=True, slots=True)
class Priced:
    """The series that the verdict is about and its last price."""

    item: str
    region: str
    unit: str
    price: int
    observed_on: date
    simulated: bool


def judge(priced: Priced, days: Sequence[DayAhead], situation: Situation) -> Verdict:
    """The verdict for a need; days beyond the latest day do not count."""
    reachable = [one for one in days if 0 < one.horizon <= situation.days]
    usable = [one for one in reachable if one.proved]
    waits = [one for one in usable if _waits(one, priced, situation)]
    if waits:
        best = max(waits, key=lambda one: _net(one, priced, situation))
        return _made(priced, situation, Word.WAIT, best)
    dearer = [one for one in usable if one.p_cheaper <= 1 - SURE and one.expected > priced.price]
    if dearer:
        return _dearer(priced, situation, dearer)
    return _unknown(priced, situation, reachable, usable)


def too_little(priced: Priced, surveys: int, situation: Situation) -> Verdict:
    """모름 for an item with few surveys, of which nothing could be tested."""
    sentence = (
        f"{priced.item}: 조사 기록이 짧아({surveys}번) 언제 살지 모릅니다(모름). "
        "마지막 조사가격을 가운데에 두고 범위만 어림합니다(추정)."
    )
    return _document(priced, situation, Word.UNKNOWN, None, sentence)


def _waits(one: DayAhead, priced: Priced, situation: Situation) -> bool:
    return one.p_cheaper >= SURE and _net(one, priced, situation) > 0


def _net(one: DayAhead, priced: Priced, situation: Situation) -> int:
    """The expected saving of waiting, less another trip."""
    return round((priced.price - one.expected) * situation.packs) - situation.trip_won


def _dearer(priced: Priced, situation: Situation, dearer: Sequence[DayAhead]) -> Verdict:
    """Dearer later: buy now for the days that the item keeps; 모름 where it keeps none of them."""
    keeps = situation.keeps_days
    kept = [one for one in dearer if keeps is not None and one.horizon <= keeps]
    if kept:
        return _made(priced, situation, Word.BUY, max(kept, key=lambda one: one.expected))
    far = max(dearer, key=lambda one: one.horizon)
    days = "보관 기간을 모르는" if keeps is None else f"{keeps}일쯤 가는"
    sentence = (
        f"{priced.item}: {_day(far.day)}까지 오를 가능성이 크지만({1 - far.p_cheaper:.0%}), "
        f"{days} 품목이라 미리 사 두라고 하지 않습니다(모름)."
    )
    return _document(priced, situation, Word.UNKNOWN, far, sentence)


def _unknown(
    priced: Priced, situation: Situation, reachable: Sequence[DayAhead], usable: Sequence[DayAhead]
) -> Verdict:
    if not reachable:
        why = "필요한 날까지 기다릴 틈이 없어 언제 살지는 판단하지 않습니다"
    elif not usable:
        why = (
            "지난 예측이 '마지막 값 그대로'와 '작년 이맘때'보다 확실히 낫지 않았습니다. "
            "그래서 언제 살지 모릅니다"
        )
    else:
        why = "오를지 내릴지 반반이거나 기다려도 남는 것이 없습니다"
    return _document(priced, situation, Word.UNKNOWN, None, f"{priced.item}: {why}(모름).")


def _made(priced: Priced, situation: Situation, word: Word, one: DayAhead) -> Verdict:
    if word is Word.WAIT:
        sentence = (
            f"{priced.item}: {_day(one.day)}쯤까지 기다리면 싸질 가능성이 {one.p_cheaper:.0%}이고 "
            f"{_net(one, priced, situation):,}원을 아낄 것으로 봅니다(추정). "
            f"{_loss(priced, situation):,}원 넘게 오를 가능성은 "
            f"{_chance_of_loss(word, one, priced, situation):.0%}입니다."
        )
    else:
        sentence = (
            f"{priced.item}: 지금 사세요. {_day(one.day)}까지 싸질 가능성은 "
            f"{one.p_cheaper:.0%}뿐이고, 그때는 {one.expected:,}원쯤일 것으로 봅니다(추정). "
            f"{_loss(priced, situation):,}원 넘게 내릴 가능성은 "
            f"{_chance_of_loss(word, one, priced, situation):.0%}입니다."
        )
    return _document(priced, situation, word, one, sentence)


def _document(
    priced: Priced, situation: Situation, word: Word, one: DayAhead | None, sentence: str
) -> Verdict:
    practice = " 연습용(가상) 자료입니다." if priced.simulated else ""
    net = None if one is None else _net(one, priced, situation)
    return Verdict(
        item=priced.item,
        region=priced.region,
        unit=priced.unit,
        on=situation.on,
        price=priced.price,
        observed_on=priced.observed_on,
        word=word,
        until=one.day if one is not None and word is Word.WAIT else None,
        p_cheaper=None if one is None else one.p_cheaper,
        expected_saving=-net if net is not None and word is Word.BUY else net,
        p_loss=None if one is None else _chance_of_loss(word, one, priced, situation),
        loss_over=_loss(priced, situation),
        sentence=sentence + practice,
        simulated=priced.simulated,
    )


def _loss(priced: Priced, situation: Situation) -> int:
    if situation.loss_won is not None:
        return situation.loss_won
    return round(priced.price * LOSS_SHARE)


def _chance_of_loss(word: Word, one: DayAhead, priced: Priced, situation: Situation) -> float:
    loss = _loss(priced, situation)
    if word is Word.BUY:
        return 1.0 - one.chance_above(priced.price - loss)
    return one.p_loss if situation.loss_won is None else one.chance_above(priced.price + loss)


def _day(day: date) -> str:
    return f"{day.month}월 {day.day}일"

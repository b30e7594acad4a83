"""Find every quantity in a written amount or label: '1팩(744g)3마리' states three."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from altteul.errors import AmountError
from altteul.units.kinds import ItemKind
from altteul.units.numbers import SCALED, SINO, WRITTEN, number_words, parse_number, spell_fractions
from altteul.units.span import Span
from altteul.units.words import BY_KIND, METRIC, UNIT_WORDS, UnitWord, unit_word


@dataclass(frozen=True, slots=True)
class Fact:
    """One stated quantity: how many of which unit, and how it stands in the text."""

    number: Span
    word: UnitWord
    bracketed: bool
    multiplied: bool
    start: int
    end: int

    @property
    def quantity(self) -> Span:
        """The quantity in the canonical unit; 1.001 kg is 1001 g, not 1000.9999999999999."""
        exact = self.number * self.word.factor
        return Span(round(exact.low, 6), round(exact.mid, 6), round(exact.high, 6))


@dataclass(frozen=True, slots=True)
class Scan:
    """Every fact of a text in reading order, whether it names money, and what is left over."""

    facts: tuple[Fact, ...]
    money: bool
    each: bool
    total: bool
    rest: str


_ALL_UNITS = {*UNIT_WORDS, *(word for special in BY_KIND.values() for word in special)}
_UNITS = "|".join(re.escape(word) for word in sorted(_ALL_UNITS, key=len, reverse=True))
_METRIC = "|".join(re.escape(word) for word in sorted(METRIC, key=len, reverse=True))
# What may follow a unit without a space; anything else makes it another word (1봉지, 1개월).
_ENDINGS = (
    "씩|정도|쯤|가량|내외|들이|어치|당|짜리|이나|이상|이하|입|만|반|"
    "을|를|이|가|은|는|에|로|으로|랑|이랑|하고|와|과|도"
)
# A Latin unit may touch a Korean word ('600g한근').
_END = rf"(?:(?<=[A-Za-z])(?![A-Za-z])|(?=$|[^가-힣A-Za-z]|(?:{_ENDINGS})(?![가-힣A-Za-z])))"
_WORDS = "|".join(number_words())
# A lone 이, 사, 오 is too often another word: only before metric units ('이 킬로') and 인분.
_SINO_ALONE = rf"[일이삼사오육칠팔구](?=\s*(?:{_METRIC}|인분))"
_QUANTITY = re.compile(
    rf"(?P<times>[*x×]\s*)?(?:(?P<number>{SCALED}|{WRITTEN})|"
    rf"(?<![가-힣])(?P<word>{_WORDS}|{SINO}|{_SINO_ALONE}))\s*"
    rf"(?P<unit>{_UNITS}|(?i:{_METRIC})){_END}(?P<half>\s*반(?![가-힣]))?"
)
_NEGATIVE = re.compile(r"(?:^|[\s(])[-−]\s*\d")
_MOST = 1e9  # g, mL or pieces; nobody shops for a thousand tons
_LONGEST = 200  # letters; no label or amount is longer
_TIMES = re.compile(r"[*x×]\s*(?P<number>\d+)(?![\d.]*\s*[가-힣A-Za-z])")
_MONEY = re.compile(
    r"(?:[\d,.]+|[일이삼사오육칠팔구십백천만\d]*[십백천만])\s*(?:천|만|백)*\s*원(?:어치)?"
)
_SIZE = re.compile(rf"(?:{WRITTEN}\s*[*x×]\s*)?{WRITTEN}\s*(?:cm|㎝|mm|센티미터|센치|센티)")
_DATE = re.compile(r"\d{4}[-./]\d{1,2}[-./]\d{1,2}")
_GRADE = re.compile(r"1\+{1,2}(?:\s*등급)?(?!\s*\d)|\d\s*등급|\d+\s*호")
_ROUND = str.maketrans("[]{}", "()()")
_NO_QUANTITY = re.compile(r"[()\[\]{},./~·:;*x×+\-\s]+")


def scan(text: str, item_kind: ItemKind | None = None) -> Scan:
    """Read every quantity of a text.

    Raises AmountError for a number whose unit is unknown or absent: it is never dropped.
    """
    if len(text) > _LONGEST:
        raise AmountError(f"'{shown(text)}'은(는) 분량으로 너무 깁니다. 수와 단위만 적어 주세요.")
    plain = unicodedata.normalize("NFKC", spell_fractions(text)).translate(_ROUND).strip()
    if _NEGATIVE.search(plain):
        raise AmountError(f"'{shown(text)}'에 음수가 있습니다. 0보다 큰 수로 적어 주세요.")
    masked, money = _MONEY.subn(_blank, plain)
    for pattern in (_DATE, _SIZE, _GRADE):
        masked = pattern.sub(_blank, masked)
    facts = []
    for found in [*_QUANTITY.finditer(masked), *_TIMES.finditer(masked)]:
        facts.append(_fact(found, masked, item_kind, text))
        masked = masked[: found.start()] + _blank(found) + masked[found.end() :]
    _refuse_leftover_number(masked, text)
    return Scan(
        facts=_joined(sorted(facts, key=lambda fact: fact.start), masked),
        money=money > 0,
        each=bool(re.search(r"각|씩|짜리", masked)),
        total=bool(re.search(r"총|합계|모두", masked)),
        rest=_NO_QUANTITY.sub(" ", masked).strip(),
    )


def shown(text: str) -> str:
    """Return the text as an error message quotes it: one line, at most 40 letters."""
    line = " ".join(text.split())
    return line if len(line) <= 40 else f"{line[:40]}…"


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _fact(found: re.Match[str], text: str, item_kind: ItemKind | None, original: str) -> Fact:
    groups = found.groupdict()
    written = groups["number"] or groups["word"]
    number = parse_number(written)
    word = unit_word(groups["unit"], item_kind) if "unit" in groups else UNIT_WORDS["개"]
    if number is None or word is None:
        raise AmountError(
            f"'{shown(original)}'의 '{shown(written)}'을(를) 수로 읽을 수 없습니다. "
            "'1과 1/2'나 '5.5'처럼 뜻이 하나인 수로 적어 주세요."
        )
    if groups.get("half"):
        number = number + Span.exact(0.5)
    if not 0 < number.low <= number.high * word.factor.high <= _MOST:
        raise AmountError(
            f"'{shown(original)}'의 '{shown(written)}'은(는) 양이 될 수 없습니다. "
            "0보다 크고 지나치게 크지 않은 수로 적어 주세요."
        )
    before = text[: found.start()]
    return Fact(
        number=number,
        word=word,
        bracketed=before.count("(") > before.count(")"),
        multiplied="unit" not in groups or bool(groups["times"]),
        start=found.start(),
        end=found.end(),
    )


def _joined(facts: list[Fact], masked: str) -> tuple[Fact, ...]:
    """Add up '1kg 500g' and '1L 200mL', which state one quantity in two units."""
    joined: list[Fact] = []
    for fact in facts:
        last = joined[-1] if joined else None
        if last and _continues(last, fact) and not masked[last.end : fact.start].strip():
            thousands = last.number + fact.number.scaled(0.001)
            joined[-1] = replace(last, number=thousands, end=fact.end)
        else:
            joined.append(fact)
    return tuple(joined)


def _continues(last: Fact, fact: Fact) -> bool:
    same = last.word.canonical == fact.word.canonical and last.word.canonical in ("g", "mL")
    return (
        same
        and last.word.factor == Span.exact(1000)
        and fact.word.factor == Span.exact(1)
        and fact.number.high < 1000
        and not (fact.multiplied or last.bracketed or fact.bracketed)
    )


def _refuse_leftover_number(masked: str, original: str) -> None:
    left = re.search(r"\d[\d.,/]*\s*([A-Za-z가-힣]*)", masked)
    if not left:
        return
    if left[1]:
        raise AmountError(
            f"'{shown(original)}'의 단위 '{left[1]}'을(를) 모릅니다. "
            "'1.5kg', '2개', '1단'처럼 단위를 고쳐 적어 주세요."
        )
    raise AmountError(
        f"'{shown(original)}'에서 수 '{shown(left[0])}'에 단위가 없습니다. "
        "'2개', '300g'처럼 단위를 붙여 주세요."
    )

"""What a person asked, as it stands in the address of the page: a GET form, so that an answer
is a link. Kept as typed for the form; read strictly, with one Korean sentence when it cannot be."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from altteul.errors import InputError
from altteul.planner.plan import Mode, Risk, Trip

LONGEST_LIST = 2_000
LONGEST_WORD = 80
FIRST_DAY = date(1990, 1, 1)
DAYS_AHEAD = 366
MOST_STOPS = 3
DEAREST_HOUR = 1_000_000
MOST_DAYS_TO_WAIT = 6
MOST_MONEY = 100_000_000
USUAL_PEOPLE = 4
MOST_PEOPLE = 300

LONGEST_TALK = 1_000
MOST_SENTENCES = 12

_KEPT_CONTROLS = "\n"
_LIMITS = {"need": LONGEST_LIST, "without": 400, "then": LONGEST_TALK}


@dataclass(frozen=True, slots=True)
class Asked:
    """The fields of the form, as text without control characters; empty where not given."""

    need: str = ""
    near: str = ""
    on: str = ""
    mode: str = ""
    value_of_time: str = ""
    max_stops: str = ""
    wait: str = ""
    budget: str = ""
    risk: str = ""
    onnuri: str = ""
    local_currency: str = ""
    senior: str = ""
    instead: str = ""
    people: str = ""
    find: str = ""
    without: str = ""
    about: str = ""
    use: str = ""
    """What a substitute is wanted for (김치, 쌈)."""
    more: str = ""
    then: str = ""
    """What was said after `need`, a sentence on each line: "양파는 빼고"."""
    too_long: bool = False

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Asked:
        """The known fields of a query; unknown ones are ignored, over-long ones are cut."""
        given = {name: _clean(query.get(name, "")) for name in cls.names()}
        cut = {name: text[: _LIMITS.get(name, LONGEST_WORD)] for name, text in given.items()}
        return cls(**cut, too_long=cut != given)

    @property
    def wishes_more(self) -> bool:
        """Whether anything was chosen that stands folded away in the form."""
        usual = {"wait": "0", "risk": "normal", "value_of_time": "10000", "max_stops": "3"}
        others = ("budget", "onnuri", "local_currency", "senior", "instead")
        return any(getattr(self, name) not in ("", value) for name, value in usual.items()) or any(
            getattr(self, name) for name in others
        )

    @classmethod
    def names(cls) -> list[str]:
        """The names of the fields in a query."""
        return [field.name for field in fields(cls) if field.name != "too_long"]

    def query(self, **changed: str) -> str:
        """The query part of the address, with some fields changed and empty ones left out."""
        values = {name: getattr(self, name) for name in self.names()} | changed
        return urlencode({name: text for name, text in values.items() if text})

    def taking_back(self, *words: str, **changed: str) -> str:
        """The query that asks again without these parts of the sentence."""
        kept = [word for word in self.without.split(",") if word]
        return self.query(without=",".join(dict.fromkeys([*kept, *words])), **changed)

    @property
    def sentences(self) -> list[str]:
        """What was said after `need`, in order."""
        return [line for line in map(str.strip, self.then.split("\n")) if line]

    def saying(self, sentence: str, again: Collection[str]) -> Asked:
        """The same question with a sentence said after it; what that says again is no longer
        taken back. InputError when the talk grows too long."""
        said = [*self.sentences, " ".join(sentence.split())]
        then = "\n".join(said)
        if len(said) > MOST_SENTENCES or len(then) > LONGEST_TALK:
            raise InputError("이야기가 길어졌어요. 처음부터 다시 적어 주세요.")
        kept = [word for word in self.without.split(",") if word.strip() not in again]
        people = "" if "people" in again else self.people
        return replace(self, then=then, without=",".join(kept), people=people)

    def naming(self, word: str, name: str) -> str:
        """The query that asks again with the name instead of a word that may mean several."""
        if word and word not in self.need:
            return self.query(then=self.then.replace(word, name, 1))
        return self.query(need=self.need.replace(word, name, 1))

    def unsaying(self, number: int) -> str:
        """The query that asks again without the sentence of that number (from 0)."""
        kept = [one for at, one in enumerate(self.sentences) if at != number]
        return self.query(then="\n".join(kept))

    def with_list(self, need: str) -> Asked:
        """The same question for another list."""
        return replace(self, need=need, too_long=False)

    def with_about(self, about: str, use: str | None = None) -> Asked:
        """The same question, with what is wanted to be known of an item (when, why, …)."""
        return replace(self, about=about, use=use or "")

    def looking_for(self, find: str, people: int | None) -> Asked:
        """The same question for dishes of that name."""
        return replace(self, find=find, people=str(people or ""))

    def day(self, today: date) -> date | None:
        """The day asked for; None when left open. InputError when it is no possible day."""
        if not self.on:
            return None
        try:
            day = date.fromisoformat(self.on)
        except ValueError:
            raise InputError(
                f"날짜 '{self.on}'을(를) 읽을 수 없어요. 2021-05-31처럼 적어 주세요."
            ) from None
        if not FIRST_DAY <= day <= today + timedelta(days=DAYS_AHEAD):
            raise InputError(f"{self.on}의 값은 알 수 없어요. 오늘이나 지난날을 골라 주세요.")
        return day

    def checked_list(self) -> str:
        """The shopping list; InputError when it is empty or too long."""
        if self.too_long:
            raise InputError(f"너무 길어요. 목록은 {LONGEST_LIST:,}자까지 적을 수 있어요.")
        if not self.need.strip():
            raise InputError("무엇이 필요한지 적어 주세요. 예: 배추 1포기, 달걀 30개")
        return self.need

    def checked_place(self) -> str:
        """The place; InputError when it is empty."""
        if not self.near.strip():
            raise InputError("어디 계신지 적어 주세요. 예: 노원구 공릉동")
        return self.near

    def trip(self) -> Trip:
        """How the shopping is done; InputError names what cannot be read."""
        return Trip(
            mode=self._mode(),
            value_of_time=_number(
                self.value_of_time, Trip().value_of_time, 0, DEAREST_HOUR, "한 시간의 값"
            ),
            max_stops=_number(self.max_stops, MOST_STOPS, 1, MOST_STOPS, "들를 곳의 수"),
        )

    def days_to_wait(self) -> int:
        """How many days after the first one the shopping may be done; InputError when too many."""
        return _number(self.wait, 0, 0, MOST_DAYS_TO_WAIT, "기다릴 날수")

    def money(self) -> int | None:
        """What may be spent in won; None where nothing was said."""
        return _number(self.budget, 0, 0, MOST_MONEY, "쓸 돈") if self.budget else None

    def doubt(self) -> Risk | None:
        """How much doubt about a price weighs; None where nothing was said."""
        if not self.risk:
            return None
        try:
            return Risk(self.risk)
        except ValueError:
            raise InputError(
                f"'{self.risk}'은(는) 모르는 말이에요. 안전하게, 보통, 싼 쪽 가운데 골라 주세요."
            ) from None

    def headcount(self) -> int:
        """For how many one cooks; InputError when that is no possible number."""
        return _number(self.people, USUAL_PEOPLE, 1, MOST_PEOPLE, "먹을 사람 수")

    def _mode(self) -> Mode:
        try:
            return Mode(self.mode or Mode.BUS)
        except ValueError:
            raise InputError(
                f"'{self.mode}'은(는) 모르는 방법이에요. 걸어서, 버스, 차 가운데 골라 주세요."
            ) from None


def _number(text: str, default: int, least: int, most: int, what: str) -> int:
    if not text:
        return default
    digits = text.replace(",", "")
    number = int(digits) if digits.isdecimal() else None
    if number is None or not least <= number <= most:
        raise InputError(f"{what} '{text}'을(를) 쓸 수 없어요. {least:,}~{most:,}로 적어 주세요.")
    return number


def _clean(text: str) -> str:
    """Without control, formatting and surrogate characters, which only mislead."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\t", " "))
    return "".join(
        c for c in composed if c in _KEPT_CONTROLS or unicodedata.category(c)[0] != "C"
    ).strip()

"""For how many: eaters ("손님 네 명", "둘이 먹을") and servings ("4인분", "2인")."""

from __future__ import annotations

import re
from dataclasses import dataclass

from altteul.assistant.amounts.numerals import DIGITS, NATIVE, SINO, STANDING, span_of, value_of
from altteul.assistant.speech.sheet import Sheet

_NUMBER = rf"(?P<number>{DIGITS}|{NATIVE}|{SINO})"
_ABOUT = r"(?:\s*(?:쯤|정도|가량|남짓|씩))?"
_FOLK = (
    r"(?:손님|식구|가족|친구|손주|손자|애|아이|자식|아들|딸|며느리|사위|어른|우리|저희|"
    r"모두|다|다들|나까지|저까지|저희까지|우리까지|합쳐서?|합해서?|다\s*해서|도합|총|남자|여자|일행|직원|교인)(?:들|"
    r"네)?(?:이|가|은|는|까지|도|만|하고|랑)?"
)
_SERVINGS = re.compile(
    rf"(?:(?<![가-힣\d])|(?<=[가-힣])(?=\d))(?:(?P<digit>[일이삼사오육칠팔구])(?=\s*인\s*분)|"
    rf"{_NUMBER})\s*(?:인\s*분|사람\s*분|인(?=$|[\s,.]|용|"
    rf"식))(?:씩|만|으로|용|의|이면)?"
)
_SHARES = re.compile(rf"(?<![가-힣\d]){_NUMBER}\s*명\s*분(?:씩|만|으로|의|을|이면)?")
_FAMILY = re.compile(
    rf"(?<![가-힣\d])(?:(?P<digit>[일이삼사오육칠팔구])(?=인\s*(?:가족|가구|식구))|{_NUMBER})"
    rf"\s*(?:인\s*(?:가족|가구|식구)|식구|가족|가구)(?:이|가|은|"
    rf"는|인데|이야|이라|용)?"
)
_PEOPLE = re.compile(
    rf"(?<![가-힣\d])(?P<who>어른|아이|애|아기|손주|학생|남자|여자)?(?:들)?(?:이|은|"
    rf"만)?\s*{_NUMBER}\s*"
    rf"(?:명|사람|분(?!\s*(?:안|거리|걸|뒤|후|동안|정도\s*걸|이내|만\s*에)))(?=$|"
    rf"[^가-힣]|이|은|으로|쯤|정도|가|만|을|"
    rf"이서|먹|오|께|인데|용|한테|치|짜리|에|의|도)"
    rf"{_ABOUT}(?:이서|이|은|으로|만|께서)?"
)
_BE = r"(?:네요?|입니다|야|요|에요|예요|라서?|니까|거든요?|지|고|구|랑|다|서요)"
_TOGETHER = re.compile(
    rf"(?<![가-힣])(?!열이\s*(?:나|올|펄))(?P<number>{STANDING})(?:이서|이)(?=\s*(?:먹|오|모이|모여|와|같이|"
    rf"함께|사|살|나눠|해|온|갈|있|둘러))|"
    rf"(?<![가-힣])(?P<ending>{STANDING})(?:(?<=[둘셋넷댓섯곱덟홉])이(?=\s(?!아니))|이{_BE}?(?=\s*$|\s*[,.])|"
    rf"(?<=[둘셋넷섯곱덟홉])(?:이?{_BE}|인데요?)(?=\s|$|[,.]))|"
    rf"(?<![가-힣])(?P<others>{STANDING})(?:이서|서)(?:요|는|만|도|끼리)?(?![가-힣])|"
    rf"(?<=아니\s)(?P<instead>{STANDING})(?=\s*(?:오[는시신실면]|온|올|와|먹|$))"
)
_CORRECTED = re.compile(r"아니|아차|아\s*참")
_FOLK_COUNT = re.compile(
    rf"(?<![가-힣]){_FOLK}\s*(?P<number>{STANDING})(?=$|[^가-힣]|이|인데|예요|이야|분|은"
    rf"|하고)(?:이|인데|이서)?"
)
_ALONE = re.compile(r"(?<![가-힣])(?:나\s*|저\s*)?(?:혼자|혼밥|홀로|나만|독거|1인\s*가구)[가-힣]*")
_COUPLE = re.compile(
    r"(?<![가-힣])(?:(?:우리|저희|두|신혼|노)\s*)?(?:부부|내외|노부부|신혼부부|"
    r"영감\s*할멈)(?:가|끼리|만|랑|이)?(?:\s*둘(?:이서?)?)?"
)
_NOT_COUPLE = re.compile(r"(?:네|아들|딸|동생|누나|형|친구|이모|삼촌)\s*$")
_PART_COUNT = re.compile(
    rf"(?<![가-힣])(?P<who>어른|아이|애기|애|아기|꼬마|손주|학생|남자|여자|아들|딸)(?:들)?(?:은|"
    rf"이)?\s*(?P<number>{STANDING})"
    rf"(?=$|[^가-힣]|이|하고|랑|이랑|에|입니다)(?:이서|이|하고|이랑|랑)?"
)
_PARTS = frozenset(
    {"어른", "아이", "애기", "애", "아기", "꼬마", "아들", "딸", "손주", "학생", "남자", "여자"}
)


@dataclass(frozen=True, slots=True)
class Company:
    """A number with where it stands; `eaters` are people, else only servings were named."""

    number: int
    start: int
    eaters: bool
    part: bool = False


def read_company(sheet: Sheet) -> list[Company]:
    """Every number of eaters or servings, in order, taken off the sheet."""
    said: list[Company] = []
    for pattern, eaters in (
        (_SHARES, True), (_FAMILY, True), (_SERVINGS, False), (_PEOPLE, True),
        (_PART_COUNT, True), (_FOLK_COUNT, True), (_TOGETHER, True),
    ):  # fmt: skip
        for found in pattern.finditer(sheet.left):
            words = next(v for k, v in found.groupdict().items() if v and k != "who")
            span = span_of(words)
            if span is None or not 1 <= span.low <= 1000:
                continue
            part = found.groupdict().get("who") in _PARTS
            part = part and not _sums_up(sheet.left[: found.start()], said)
            said.append(Company(int(value_of(span)), found.start(), eaters, part))
            sheet.take(*found.span())
    if not said or all(one.part for one in said):
        said += _without_number(sheet, among=bool(said))
    return _last_said(sorted(said, key=lambda one: one.start), sheet)


def _sums_up(before: str, said: list[Company]) -> bool:
    """'사돈 내외 오신다는데 잡채 하려고요. 어른 일곱입니다': said in a sentence of its own, after
    others were spoken of, it is the whole number and no part of it."""
    ended = max((before.rfind(sign) for sign in ".?!"), default=-1)
    others = _COUPLE.search(before[: ended + 1]) is not None
    return others and not any(one.start > ended for one in said)


def _last_said(said: list[Company], sheet: Sheet) -> list[Company]:
    """Numbers without those that were taken back: "여섯 아니 일곱 오는데"."""
    return [
        one
        for number, one in enumerate(said)
        if not any(
            one.eaters == then.eaters and _CORRECTED.search(sheet.left[one.start : then.start])
            for then in said[number + 1 : number + 2]
        )
    ]


def _without_number(sheet: Sheet, *, among: bool) -> list[Company]:
    if not among and (found := sheet.take_first(_ALONE)):
        return [Company(1, found.start(), True)]
    couple = _COUPLE.search(sheet.left)
    if couple and not _NOT_COUPLE.search(sheet.left[: couple.start()]):
        sheet.take(*couple.span())
        return [Company(2, couple.start(), True, part=among)]
    return []


def people_of(said: list[Company]) -> int | None:
    """The number of eaters: grown-ups and children add up, else the last number that was said."""
    eaters = [one for one in said if one.eaters]
    if len(eaters) > 2 and eaters[-1].number == sum(one.number for one in eaters[:-1]):
        return eaters[-1].number
    if len(eaters) > 1 and sum(one.part for one in eaters) > 1:
        return sum(one.number for one in eaters)
    return eaters[-1].number if eaters else None

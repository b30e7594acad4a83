"""Dishes that only say what something is for: a stated list, an occasion, a house-warming."""

from __future__ import annotations

import re

from altteul.assistant.circumstances.company import Company, people_of
from altteul.assistant.mentions.mention import Mention
from altteul.assistant.understood import SpokenDish
from altteul.recipes.book import Book

_BACKGROUND = re.compile(
    r"^[을를은는이가도랑\s]*[가-힣]{0,4}?(?:려고|ㄹ라고|라고|려구|려는데)(?!요?\s*$)|"
    r"(?:하|끓이|담그|만들|부치|볶|굽|무치)려고\s*[요]?$"
)
_LEADS_TO = re.compile(
    r"\s*(?:(?:으로|로|가지고|갖고)(?![가-힣])|(?:을|를|만|정도|좀)?\s*(?:사다가?|사서|사가지고|"
    r"사\s*갖고|사\s*와서|넣고|넣어서?)(?![가-힣]))"
)


def with_occasion(
    dishes: tuple[SpokenDish, ...], goods: list[Mention], plain: str, company: list[Company]
) -> tuple[SpokenDish, ...]:
    """'김장 배추 열 포기' is for 김장; 집들이 without a word for its food is its usual table."""
    kimjang = any(
        m.hit.name.item and (m.hit.word.startswith("김장") or _KIMJANG.search(plain[: m.hit.start]))
        for m in goods
    )
    if kimjang and all(dish.name != "김장" for dish in dishes):
        return (*dishes, SpokenDish(name="김장", background=True))
    if not goods and not dishes and _HOUSEWARMING.search(plain):
        people = people_of(company)
        return (SpokenDish(name="집들이상", servings=float(people) if people else None),)
    return dishes


_KIMJANG = re.compile(r"(?<![가-힣])김장용?\s*$")
_HOUSEWARMING = re.compile(r"(?<![가-힣])집들이(?!\s*선물)")


_ONLY = re.compile(r"[^,.?!]{0,8}?만\s*(?:더\s*)?(?:사|있으면|필요|구하)")
"""'북엇국 끓일 건데 두부랑 대파만 사면 돼요'."""


def is_for_list(
    dish: Mention, needs: list[Mention], plain: str, company: list[Company], book: Book
) -> bool:
    """Whether a dish only says what a list with amounts is for: its other ingredients are not
    bought ('팥죽 쑤려고요, 팥 두 되만')."""
    if any(_ONLY.match(plain[m.hit.end :]) for m in needs):
        return True
    if not any(m.portion for m in needs) or _bought_for(dish, needs, plain):
        return False
    if _is_background(dish, plain):
        return True
    if company:
        return False
    besides = any(plain[m.hit.end : m.hit.end + 1] == "도" for m in needs)
    occasion = not besides and not dish.portion and _OCCASION.match(plain[dish.hit.end :])
    return bool(occasion) or _list_is_for(dish, needs, plain, book)


_OCCASION = re.compile(
    r"[을를은는도나\s]*(?:좀\s*)?(?:해|만들어|끓여|구워|볶아|무쳐|비벼|부쳐|싸)?\s?[가-힣]{0,3}?"
    r"(?:[가-힣]{0,3}다고|\s?[가-힣]{0,2}대서|려는데|려\s?하는데|ㄹ\s?건데|느라\S*|[할끓일글칠을울쌀]\s?(?:건데|거라|거여서|거니까|텐데))"
)
_FOR_THIS = re.compile(r"(?:\s*(?:반찬|국|메뉴))?(?:으로|로|에|용으로|용)\s")


def without_occasion(cooked: list[Mention], plain: str) -> list[Mention]:
    """'김장 삼아 배추김치': beside a named kimchi 김장 without an amount is only the occasion, and
    so is '도시락으로' before what goes into it."""
    last = cooked[-1] if cooked else None
    cooked = [
        m
        for m in cooked
        if m is last
        or m.portion
        or not m.hit.word.endswith(("도시락", "도시락반찬", "상", "상차림"))
        or not _FOR_THIS.match(plain[m.hit.end :])
    ]
    kimchi = [m for m in cooked if m.hit.word.endswith(("김치", "깍두기", "동치미"))]
    return [m for m in cooked if m.hit.word != "김장" or m.portion or not kimchi]


_MADE_FROM_IT = re.compile(
    r"[을를은는]?\s*(?:끓일|담글|무칠|부칠|구울|볶을|하는데|담그는데|담그려구?요?|담글라꼬)(?![가-힣])"
)


def _list_is_for(dish: Mention, needs: list[Mention], plain: str, book: Book) -> bool:
    """'미역국 끓일 미역 100그램하고 소고기 300그램': what goes into the dish is stated with its
    amounts, so the dish only says what for."""
    if dish.portion or dish.hit.name.dish is None or _bought_for(dish, needs, plain):
        return False
    if not _MADE_FROM_IT.match(plain[dish.hit.end :]):
        return False
    parts = {part.item for part in book.find(dish.hit.name.dish).to_buy}
    stated = [m for m in needs if m.portion and m.hit.name.item]
    return any(m.hit.name.item.item.name in parts for m in stated if m.hit.name.item)


def _bought_for(dish: Mention, needs: list[Mention], plain: str) -> bool:
    """'열무 세 단으로 열무김치', '앞다리살 두 근 사다 수육': the list leads to the dish."""
    before = [m for m in needs if m.portion and m.end <= dish.hit.start]
    between = plain[before[-1].end : dish.hit.start] if before else ""
    return _LEADS_TO.match(between) is not None


def _is_background(mention: Mention, plain: str) -> bool:
    """'떡국 끓일라고 떡국떡 600그람': a stated list is for the dish; the list is the mention."""
    return bool(
        re.match(
            r"\s?(?:용|에)\s*(?:넣|쓸|쓰|들어갈|올릴|곁들|먹일)|\s?거리\s|"
            r"[을를은는도나\s]*(?:해|만들어|끓여|구워|볶아|무쳐|비벼|부쳐|싸)?\s?(?:서\s)?(?:먹|해먹)(?:게|을라고|으려고|을려고|자고)\s|"
            r"[을를은는도\s]*[가-힣]{1,3}\s?(?:려고|ㄹ라고|라고|라구|려구|을라고|일라고|할라고)|"
            r"[을를은는도\s]*[가-힣]{0,2}(?:[할일글칠을]라고|하려고|이려고|그려고|치려고|들려고)",
            plain[mention.hit.end :],
        )
    )

"""A dish in two words, its goods and the way it is made: "**깻잎** 백 장 **장아찌** 담그려고"."""

from __future__ import annotations

import re
from typing import Final

from altteul.assistant.circumstances.company import Company, people_of
from altteul.assistant.mentions.mention import Mention
from altteul.assistant.understood import SpokenDish
from altteul.recipes.book import Book

_WAYS: Final = {"찌짐": "전", "지짐": "전", "부침개": "전", "쪼림": "조림"}
"""Regional words for a way → the word in the names of the book."""
_WAY: Final = re.compile(
    r"(?<![가-힣])(장아찌|찌짐|지짐|부침개|청|무침|조림|쪼림|볶음|튀김|전|탕|찜|국|구이|죽|찌개)(?:를|을|도|나|이나|좀)?\s*"
    r"(?:담[그글가]|부[치칠쳐]|무[치칠쳐]|졸이|조리|볶[으을아]|튀[기길겨]|끓[이일여]|쑤|쑬|만들|해\s*먹|하려|할\s?[건거라])"
)
_SHORT_WAYS: Final = frozenset({"전", "탕", "찜", "국", "구이", "죽", "찌개"})
"""Words of their own, which mean a dish of the goods only behind them: "꽃게 사다가 탕 끓일까"."""


def with_made_from(
    dishes: tuple[SpokenDish, ...],
    goods: list[Mention],
    plain: str,
    company: list[Company],
    book: Book,
) -> tuple[SpokenDish, ...]:
    """The dishes, or where none is named the one of the first goods made in the way that is said:
    it is what the goods are for."""
    way = _WAY.search(plain)
    if dishes or way is None:
        return dishes
    made = _WAYS.get(way[1], way[1])
    known = book.names()
    for mention in goods:
        item = mention.hit.name.item
        if way[1] in _SHORT_WAYS and way.start() < mention.hit.end:
            continue  # "죽 끓일 찹쌀 조금하고 전복": any gruel
        names = (item.item.name + made, mention.hit.word + made) if item else ()
        dish = next((known[name] for name in names if name in known), None)
        if dish:
            people = people_of(company)
            servings = float(people) if people else None
            return (SpokenDish(name=dish, servings=servings, background=True),)
    return dishes

"""Pages for sentences that need a word more, or that ask for something other than a plan."""

from __future__ import annotations

from typing import Any

from altteul.assistant.answering.about_items import answer_record
from altteul.assistant.answering.answer import HELP, OUT_OF_SCOPE, WHICH_ITEM
from altteul.assistant.asking import ElsewhereError, NoPlaceError, WhichError
from altteul.assistant.understood import Intent, Understood
from altteul.errors import AltteulError
from altteul.web.asked import Asked
from altteul.web.desk import Desk
from altteul.web.kept import Answer
from altteul.web.mending import Link
from altteul.web.understood_words import pieces, talk

MOST_PLACES = 12
TITLES = {
    Intent.HELP: "이렇게 물어보세요",
    Intent.OUT_OF_SCOPE: "그것은 알뜰이 몰라요",
    Intent.RECORD: "알뜰의 성적",
}
SENTENCES = (
    "내일 손님 네 명이 와서 비빔밥을 해야 하는데, 재료를 어디서 제일 싸게 사지?",
    "배추 두어 포기랑 대파 한 단 사려는데 어디가 싸?",
    "배추 값이 얼마야?",
    "시금치 대신 뭐가 좋아?",
    "요즘 제철이 뭐야?",
)
"""One for each thing that can be asked; a test asks them all."""


def examples_of(asked: Asked) -> list[Link]:
    """Sentences to try, at the place that was given."""
    fresh = Asked(near=asked.near, on=asked.on)
    return [Link(text, f"/plan?{fresh.query(need=text)}") for text in SENTENCES]


class SpokenPages:
    """Draws what a sentence leads to when it is not (yet) a plan."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def which(self, asked: Asked, error: WhichError) -> Answer:
        """One short question, with a button for each choice; the word is changed in the text."""
        links = [Link(name, f"/plan?{asked.naming(error.word, name)}") for name in error.choices]
        others = len(error.said.needs) + len(error.said.dishes) > 1
        if others and error.word:
            links.append(
                Link(f"{error.word} 빼고 알려 주세요", f"/plan?{asked.taking_back(error.word)}")
            )
        return self._ask(asked, error, error.said, links)

    def no_place(self, asked: Asked, error: NoPlaceError) -> Answer:
        """What was understood, and the one thing that is missing."""
        places = self._desk.answers.opened().places[:MOST_PLACES]
        links = [Link(name, f"/plan?{asked.query(near=name)}") for name in places]
        return self._ask(asked, error, error.said, links, place_wanted=True)

    def told(self, asked: Asked, said: Understood) -> Answer:
        """Help, what we cannot do, our record; or which item is meant."""
        sentences = {
            Intent.HELP: HELP[:1],
            Intent.OUT_OF_SCOPE: OUT_OF_SCOPE,
            Intent.RECORD: (answer_record().short,),
        }.get(said.intent, (WHICH_ITEM,))
        return self._desk.draw(
            "told.html",
            **self._desk.form_values(asked),
            title=TITLES.get(said.intent, "무엇이 궁금하세요?"),
            sentences=sentences,
            links=examples_of(asked),
        )

    def _ask(
        self,
        asked: Asked,
        error: AltteulError,
        said: Understood | None,
        links: list[Link],
        **more: Any,
    ) -> Answer:
        values = {"place_wanted": False} | more
        return self._desk.draw(
            "which.html",
            **self._desk.form_values(asked),
            question=str(error),
            pieces=pieces(said, asked) if said else [],
            talk=talk(asked),
            links=links,
            **values,
        )


def elsewhere(error: ElsewhereError, asked: Asked) -> tuple[str, Asked, str]:
    """The screen for a sentence that is no plan: its name, its question, and an item's name.

    A price without goods but with a dish is asked on the screen of dishes; why a dish is dear, of
    which of its goods.
    """
    said = error.said
    place = Asked(near=said.place or asked.near, on=asked.on)
    if said.needs and said.intent in (
        Intent.PRICE,
        Intent.WHEN,
        Intent.WHY,
        Intent.SUBSTITUTE,
        Intent.SEASON,
    ):
        first = said.needs[0]
        name = " ".join(filter(None, (first.item, first.variety)))
        return "item", place.with_about(said.intent.value, said.use), name
    if said.intent is Intent.SEASON:
        return "today", place, ""
    if said.intent is Intent.DISH or (said.dishes and said.intent is not Intent.WHY):
        find = said.dishes[0].name if said.dishes else ""
        return "dishes", place.looking_for(find, said.people), ""
    return "told", asked, ""

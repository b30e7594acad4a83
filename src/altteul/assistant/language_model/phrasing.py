"""Saying an answer with a model: more natural words, the same numbers, or it is thrown away."""

from __future__ import annotations

import re

from altteul.assistant.answering.spoken_answer import SpokenAnswer
from altteul.assistant.language_model.endpoint import Endpoint, ModelFailedError
from altteul.assistant.language_model.fencing import DATA_IS_NO_ORDER, fenced
from altteul.assistant.language_model.numbers_said import numbers_said
from altteul.catalog import Catalog
from altteul.frozen import Frozen
from altteul.korean.spoken_numbers import read_aloud
from altteul.planner.plan import Plan

LONGEST_PHRASE = 500
ORDERS = (
    "장보기 답을 여든 살 어르신이 알아듣기 쉬운 존댓말 두세 문장으로 다시 말하세요. 숫자, 가게 "
    "이름, 품목은 하나도 바꾸거나 더하지 말고, '연습용(가상)'과 '추정'이라는 말은 그대로 두세요. "
    "문장만 쓰세요. " + DATA_IS_NO_ORDER
)
NOTICE = "이 글은 언어 모델({name})이 다듬었고, 숫자는 원래 답과 맞춰 보았어요."
MUST_STAY = ("연습용(가상)", "추정", "모름")
MEAN_A_NUMBER = ("공짜", "무료", "반값", "절반", "두 배", "최저가")
"""Words that claim a price without a number; they may not come in. No answer says 최저가."""
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9.]*")


class Phrased(Frozen):
    """The answer in the model's words, and the notice that must be shown with it."""

    answer: SpokenAnswer
    notice: str


def phrase(
    answer: SpokenAnswer, plan: Plan | None, endpoint: Endpoint | None, catalog: Catalog
) -> Phrased | None:
    """The short answer in the model's words; None whenever it cannot be used.

    Every sum of won must stay; no number, item or Latin word may come in that the answer has not.
    With a plan its sellers must be named, and numbers inside their names allow nothing.
    """
    if endpoint is None or answer.question:
        return None
    question = fenced({"answer": answer.short})
    messages = [{"role": "system", "content": ORDERS}, {"role": "user", "content": question}]
    try:
        said = " ".join(endpoint.ask(messages).text.split())
    except ModelFailedError:
        return None
    if not holds(said, answer, plan, catalog):
        return None
    worded = answer.model_copy(update={"short": said, "spoken": read_aloud(said)})
    return Phrased(answer=worded, notice=NOTICE.format(name=endpoint.name))


def holds(said: str, answer: SpokenAnswer, plan: Plan | None, catalog: Catalog) -> bool:
    """Whether a wording says nothing that the short answer does not say, and leaves out nothing
    that matters."""
    if not said or len(said) > LONGEST_PHRASE:
        return False
    if not _same_numbers(_nameless(said, plan), _nameless(answer.short, plan)):
        return False
    if any(word in said and word not in _nameless(answer.short, plan) for word in MEAN_A_NUMBER):
        return False
    if not set(_LATIN.findall(said)) <= set(_LATIN.findall(answer.short)):
        return False
    if not _items(said, catalog) <= _items(answer.short, catalog):
        return False
    kept = [word for word in MUST_STAY if word in answer.short]
    return all(word in said for word in kept) and _is_about(said, plan)


def _same_numbers(said: str, known: str) -> bool:
    """No number comes in, and no sum of won is left out."""
    mine, theirs = numbers_said(said), numbers_said(known)
    return mine <= theirs and {n for n in theirs if n[1] == "원"} <= mine


def _nameless(text: str, plan: Plan | None) -> str:
    """The text without the sellers' names, which come from feeds and may hold anything."""
    for stop in plan.best.stops if plan and plan.best else ():
        text = text.replace(stop.seller.name, "¦")
    return text


def _is_about(said: str, plan: Plan | None) -> bool:
    if plan is None or plan.best is None:
        return True
    names = all(stop.seller.name in said for stop in plan.best.stops)
    return names and (f"{plan.best.goods.mid}", "원") in numbers_said(said)


def _items(text: str, catalog: Catalog) -> set[str]:
    return {found.item.name for _, _, found in catalog.longest_in(text)}

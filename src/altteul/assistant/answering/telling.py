"""The one home for "a plan → the words that tell it", with a language model where one is set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from altteul.assistant.answering.about_plan import answer_plan, budget_said, headline, sentences
from altteul.assistant.language_model.phrasing import phrase
from altteul.assistant.request import ReadyRequest

if TYPE_CHECKING:
    from altteul.assistant.answering.spoken_answer import SpokenAnswer
    from altteul.assistant.language_model.endpoint import Endpoint
    from altteul.catalog import Catalog
    from altteul.planner.plan import Plan


@dataclass(frozen=True, slots=True)
class Told:
    """A plan in words: `headline` and `sentences` to be shown, `answer` to be read aloud or sent.

    `notice` says that a model worded them and must be shown with them; empty where none did.
    """

    headline: str
    sentences: tuple[str, ...]
    answer: SpokenAnswer
    notice: str = ""


def tell(plan: Plan, ready: ReadyRequest, catalog: Catalog, endpoint: Endpoint | None) -> Told:
    """Tell a plan; a model's wording is used only where every number and name of it holds."""
    answer = answer_plan(plan, ready, ready.said)
    worded = phrase(answer, plan, endpoint, catalog) if plan.best else None
    if worded is not None:
        return Told(headline(plan), (worded.answer.short,), worded.answer, worded.notice)
    said = filter(None, [*sentences(plan), budget_said(plan, ready.said)])
    return Told(headline(plan), tuple(said), answer)


def noticed(plan: Plan, ready: ReadyRequest) -> Plan:
    """The plan with the notice that a model read the sentence, for pages and programs alike."""
    if not ready.notice:
        return plan
    return plan.model_copy(update={"notices": (*plan.notices, ready.notice)})

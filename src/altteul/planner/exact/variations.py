"""Many questions that differ from one by what they forbid: the sets that can matter are found once.

A variation allows less than its question (fewer visits, dearer cells), so no set costs less in it.
The sets whose bound is within a ceiling are listed for the question, and each variation decides
only those that its own prices leave open.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from altteul.planner.exact.answering import Answering
from altteul.planner.exact.combining import Sets, TooManyError
from altteul.planner.exact.incumbent import ENDLESS, HeadStart, Incumbent, Limits
from altteul.planner.exact.judging import judged
from altteul.planner.exact.model import Answer, Model
from altteul.planner.exact.proving import Proof
from altteul.planner.exact.question import Question
from altteul.planner.exact.search import Found, proofs_of
from altteul.planner.exact.tied_sets import TiedSets
from altteul.planner.exact.ways import Ways


class Variations:
    """A question whose best answer is known, and the sets that cost at most a ceiling."""

    def __init__(
        self,
        model: Model,
        limits: Limits,
        answer: Answer,
        ceiling: int,
        *,
        ways: Ways,
        most_sets: int,
    ) -> None:
        self._limits, self._ways = limits, ways
        self._listed = self._list(model, answer, ceiling, most_sets)

    @property
    def whole(self) -> bool:
        """Whether the sets were few enough to be listed."""
        return self._listed is not None

    def best(
        self,
        model: Model,
        allowed: npt.NDArray[np.bool_],
        tries: tuple[tuple[int, ...], ...],
        ceiling: int,
    ) -> Found:
        """The best answer of a variation that costs at most a ceiling, not above that of the list.

        `model` is the question's with some cells dearer, `allowed` (visits,) leaves visits out.
        """
        assert self._listed is not None
        known = Incumbent(None, ceiling)
        parts = [part for listed in self._listed for part in self._varied(model, allowed, *listed)]
        for members in tries:
            for answering, _ in parts:
                known.offer(answering.quick(members))
        left = [self._decided(answering, sets, known) for answering, sets in parts]
        cost = known.best.cost if known.best else ENDLESS
        looked_at = sum(len(sets.value) for _, sets in parts)
        return Found(known.best, min([cost, *left]), looked_at)

    def _list(
        self, model: Model, answer: Answer, ceiling: int, most_sets: int
    ) -> list[tuple[Question, Sets]] | None:
        known = Incumbent(answer, slack=ceiling - answer.cost)
        begun: list[Proof] = []
        for proof in proofs_of(model, self._limits, self._ways, known, HeadStart()):
            begun += proof.begin(begun[0] if begun else None)
        try:
            return [some for proof in begun for some in proof.listed(most_sets)]
        except TooManyError:
            return None

    def _varied(
        self, model: Model, allowed: npt.NDArray[np.bool_], question: Question, sets: Sets
    ) -> list[tuple[Answering, Sets]]:
        """The question of a variation, step by step of its orders, with its own sets."""
        usable = np.append(allowed, np.True_)[sets.members]
        kept = sets.chosen(np.flatnonzero(np.logical_and.reduce(usable, axis=1)))
        varied = Question(model, self._ways, self._limits.allowed & allowed, question.steps)
        parts = varied.each_step()
        for part in parts:
            if part.tied:
                part.weigh(question.weights)
        return [(Answering(part), kept) for part in parts]

    def _decided(self, answering: Answering, sets: Sets, known: Incumbent) -> int:
        """Decide the sets; what no undecided one undercuts."""
        if answering.question.tied:
            return TiedSets(answering, known).run(sets)
        judged(answering, known, sets)
        return ENDLESS

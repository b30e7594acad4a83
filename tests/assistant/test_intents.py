"""The learned intent: its arithmetic by hand, its weights from the sentences, its edges."""

from __future__ import annotations

import math
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from altteul.assistant.evaluating import evaluate
from altteul.assistant.intent_training import (
    Example,
    fingerprint,
    read_examples,
    train,
    training_files,
)
from altteul.assistant.intents.deciding import decide
from altteul.assistant.intents.model import BUCKETS, INTENTS, IntentModel, bucket, load_model
from altteul.assistant.intents.reading import Reading
from altteul.assistant.intents.signs import signs_of
from altteul.assistant.understanding import reading_of, understand
from altteul.assistant.understood import Intent
from altteul.catalog import load_catalog
from altteul.recipes.book import load_book

SENTENCES = Path(__file__).parent / "sentences"
TUESDAY = date(2026, 9, 15)


def intent(text: str) -> Intent:
    return understand(text, TUESDAY, load_catalog(), load_book()).intent


def reading(text: str) -> Reading:
    found = reading_of(text, TUESDAY, load_catalog())
    assert found is not None
    return found


def test_the_probabilities_of_two_signs_computed_by_hand() -> None:
    """z = 0.5·(2, 4) + 2·(−1, 1) = (−1, 4) steps of 0.25; eight intents have z = 0."""
    steps = np.zeros((BUCKETS, len(INTENTS)), dtype=np.int8)
    steps[bucket("one"), :2] = 2, 4
    steps[bucket("other"), :2] = -1, 1
    likely = IntentModel(steps, size=0.25).probabilities({"one": 0.5, "other": 2.0})
    total = math.exp(-0.25) + math.exp(1.0) + 8
    assert likely[INTENTS[0]] == pytest.approx(math.exp(-0.25) / total)
    assert likely[INTENTS[1]] == pytest.approx(math.exp(1.0) / total)
    assert likely[INTENTS[9]] == pytest.approx(1 / total)


def test_one_sign_alone_trains_to_the_optimum_of_its_equation() -> None:
    """Two sentences, two signs: by symmetry the weight w of a sign for its own intent solves
    penalty·w = 1 − p and −penalty·u = p for the other intent, 8·v + u + w = 0 for the rest."""
    examples = [
        Example("", {"a": 1.0}, Intent.PLAN, Intent.PLAN, ""),
        Example("", {"b": 1.0}, Intent.PRICE, Intent.PRICE, ""),
    ]
    model = train(examples, penalty=0.5)
    weights = model.steps[bucket("a")] * model.size
    odds = np.exp(weights)
    chances = odds / odds.sum()
    truth = np.eye(len(INTENTS))[INTENTS.index(Intent.PLAN)]
    np.testing.assert_allclose(0.5 * weights, truth - chances, atol=model.size)
    np.testing.assert_allclose(weights.sum(), 0, atol=10 * model.size)


def test_what_is_named_is_shown_by_its_class() -> None:
    assert reading("배추 두 포기 얼마야").shown == "① ④ 얼마야"
    assert signs_of(reading("양배추 세 통 얼마야")).keys() == signs_of(
        reading("애호박 네 개 얼마야")
    ).keys() | {"word ①"}


@pytest.mark.slow
def test_training_again_gives_the_shipped_weights() -> None:
    """Same sentences and signs: the same weights to a step. Where rules have changed since, the
    shipped weights must still decide alike; if they do not, train again (see `training`)."""
    examples = read_examples(training_files(SENTENCES))
    shipped, again = load_model(), train(examples)
    if shipped.made_from == fingerprint(examples):
        assert shipped.size == pytest.approx(again.size, rel=1e-3)
        assert np.abs(shipped.steps.astype(int) - again.steps).max() <= 1
    alike = sum(_best(shipped, e) == _best(again, e) for e in examples)
    assert alike >= 0.99 * len(examples)


def _best(model: IntentModel, example: Example) -> Intent:
    likely = model.probabilities(example.signs)
    return max(likely, key=lambda one: likely[one])


def test_the_order_of_sentences_changes_nothing() -> None:
    examples = read_examples([SENTENCES / "foreign_a.jsonl"])
    once, again = train(examples), train(examples[::-1])
    assert fingerprint(examples) == fingerprint(examples[::-1])
    assert np.abs(once.steps.astype(int) - again.steps).max() <= 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("어디서 사는 게 나아요 당근 3kg", "plan"), ("지금 사는 게 나아요 당근", "when")),
        (("잡채에 뭐가 들어가요", "dish"), ("잡채 하면 돈이 얼마나 들어가요", "price")),
        (("깻잎은 언제가 제철이에요", "season"), ("깻잎은 언제 사야 싸요", "when")),
        (("부추가 왜 비싸요", "why"), ("부추 대신 뭘 써요", "substitute")),
        (("네 예측 맞았니", "record"), ("너는 뭘 할 수 있니", "help")),
        (("수학 숙제 도와줄래", "out_of_scope"), ("장바구니 쓰는 법 좀 도와줄래", "help")),
    ],
)
def test_like_questions_are_told_apart(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert (intent(one[0]), intent(other[0])) == (one[1], other[1])


@pytest.mark.parametrize("text", ["", "   ", "?!", "\U0001f600", "zzz qqq", "0", "ㅋㅋㅋ", "\x00"])
def test_a_text_that_says_nothing_is_no_request(text: str) -> None:
    assert intent(text) in (Intent.OUT_OF_SCOPE, Intent.HELP)


def test_a_very_long_text_is_decided() -> None:
    assert decide(reading("그래서 말이야 " * 200 + "배추 얼마야")) in INTENTS


@pytest.mark.parametrize("author", "abcdehij")
def test_intents_of_foreign_authors_are_decided(author: str) -> None:
    """They are trained on; what the model does without them: benchmarks/intents.py."""
    score = evaluate(SENTENCES / f"foreign_{author}.jsonl", load_catalog(), load_book())
    assert score.by_field["intent"] >= 0.97

"""Answers in plain Korean: short, long, and with numbers in words for reading aloud."""

from altteul.assistant.answering.about_plan import (
    answer_plan,
    budget_said,
    headline,
    main_comparison,
    sentences,
)
from altteul.assistant.answering.answer import Foreseen, answer
from altteul.assistant.answering.spoken_answer import SpokenAnswer

__all__ = [
    "Foreseen",
    "SpokenAnswer",
    "answer",
    "answer_plan",
    "budget_said",
    "headline",
    "main_comparison",
    "sentences",
]

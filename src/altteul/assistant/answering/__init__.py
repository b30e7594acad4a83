"""Answers in plain Korean: short, long, and with numbers in words for reading aloud."""

from altteul.assistant.answering.about_plan import (
    answer_plan,
    budget_said,
    headline,
    main_comparison,
    sentences,
)
from altteul.assistant.answering.answer import Foreseen, answer
from altteul.assistant.answering.particles import with_particle
from altteul.assistant.answering.spoken_answer import SpokenAnswer
from altteul.assistant.answering.spoken_numbers import read_aloud

__all__ = [
    "Foreseen",
    "SpokenAnswer",
    "answer",
    "answer_plan",
    "budget_said",
    "headline",
    "main_comparison",
    "read_aloud",
    "sentences",
    "with_particle",
]

"""Finished answers kept in memory, so that the same question is answered at once.

An answer depends only on the question and on the version of the price table, which are its key.
Nothing is written to disk, nothing says who asked, and the oldest answer gives way to a new one.
"""

from __future__ import annotations

import gzip
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from threading import Lock

KEPT_ANSWERS = 512
ZIP_LEVEL = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """A finished page or document: status, type, and its bytes plain and compressed."""

    status: int
    content_type: str
    body: bytes
    zipped: bytes

    @classmethod
    def of(cls, text: str, *, status: int = 200, content_type: str) -> Answer:
        body = text.encode("utf-8")
        return cls(status, content_type, body, gzip.compress(body, ZIP_LEVEL, mtime=0))


class KeptAnswers:
    """The last answers by question; safe to use from several threads."""

    def __init__(self, size: int = KEPT_ANSWERS) -> None:
        self._size = size
        self._answers: OrderedDict[Hashable, Answer] = OrderedDict()
        self._lock = Lock()

    def get(self, question: Hashable) -> Answer | None:
        with self._lock:
            answer = self._answers.get(question)
            if answer:
                self._answers.move_to_end(question)
            return answer

    def keep(self, question: Hashable, answer: Answer) -> None:
        with self._lock:
            self._answers[question] = answer
            self._answers.move_to_end(question)
            while len(self._answers) > self._size:
                self._answers.popitem(last=False)

"""Counts and latencies of this process as Prometheus text: no address, no question, no item."""

from __future__ import annotations

import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from threading import Lock
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

PAGES: Final = frozenset(
    {"", "plan", "item", "today", "dishes", "sources", "about", "list", "settings", "offline",
     "record", "static", "api", "healthz", "metrics", "openapi.json", "sw.js",
     "manifest.webmanifest"}
)  # fmt: skip
OTHER: Final = "other"
UPPER_SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """Answers by page and status, and how long they took; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._answers: Counter[tuple[str, int]] = Counter()
        self._buckets: dict[str, list[int]] = {}
        self._seconds: dict[str, float] = {}

    def count(self, page: str, status: int, seconds: float) -> None:
        """One answer of a page (a name of PAGES or OTHER)."""
        with self._lock:
            self._answers[page, status] += 1
            buckets = self._buckets.setdefault(page, [0] * (len(UPPER_SECONDS) + 1))
            buckets[bisect_left(UPPER_SECONDS, seconds)] += 1
            self._seconds[page] = self._seconds.get(page, 0.0) + seconds

    def text(self) -> str:
        """Everything in the text format of Prometheus."""
        with self._lock:
            return "\n".join([*self._answer_lines(), *self._latency_lines()]) + "\n"

    def _answer_lines(self) -> Iterable[str]:
        yield "# HELP altteul_answers_total Answers by page and status."
        yield "# TYPE altteul_answers_total counter"
        for (page, status), number in sorted(self._answers.items()):
            yield f'altteul_answers_total{{page="{page}",status="{status}"}} {number}'

    def _latency_lines(self) -> Iterable[str]:
        yield "# HELP altteul_answer_seconds From the question to the last byte of the answer."
        yield "# TYPE altteul_answer_seconds histogram"
        for page, buckets in sorted(self._buckets.items()):
            below = 0
            for upper, number in zip((*UPPER_SECONDS, "+Inf"), buckets, strict=True):
                below += number
                yield f'altteul_answer_seconds_bucket{{page="{page}",le="{upper}"}} {below}'
            yield f'altteul_answer_seconds_sum{{page="{page}"}} {self._seconds[page]:.6f}'
            yield f'altteul_answer_seconds_count{{page="{page}"}} {below}'


class Counted:
    """Counts every answer of the application."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status, begun = 500, time.perf_counter()

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, watched)
        finally:
            self._metrics.count(page_of(scope), status, time.perf_counter() - begun)


def page_of(scope: Scope) -> str:
    """The first part of the path where it is one of ours; what follows may name an item."""
    path = str(scope["path"]).removeprefix(scope.get("root_path", ""))
    first = path.lstrip("/").partition("/")[0]
    if first not in PAGES:
        return OTHER
    return first or "ask"

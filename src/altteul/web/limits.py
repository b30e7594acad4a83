"""How much one address may ask: so many questions at once and a minute, and so long a query.

An address is kept in memory as long as its allowance is not full again (at most a minute) and is
written nowhere.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from threading import Lock
from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from altteul.web.kept import Answer

A_MINUTE: Final = 240
"""Questions in the long run; half as many at a stroke (a school class behind one address)."""
MOST_ADDRESSES: Final = 20_000
LONGEST_QUERY: Final = 40_000
"""Bytes; the longest list that may be written takes 18,000 when encoded."""
WATCHERS: Final = ("/static/", "/healthz", "/metrics", "/sw.js", "/manifest.webmanifest")


@dataclass(slots=True)
class _Allowance:
    left: float
    since: float


class RateLimit:
    """An allowance of questions for each address (an IPv6 network of 64 bits counts as one)."""

    def __init__(
        self, a_minute: int = A_MINUTE, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`a_minute` questions in the long run, half of them at a stroke; 0 sets no limit."""
        self._at_once = max(1, a_minute // 2)
        self._a_second = a_minute / 60
        self._clock = clock
        self._lock = Lock()
        self._known: dict[str, _Allowance] = {}
        self._swept = clock()

    def wait(self, address: str) -> float:
        """Seconds to wait before this question may be asked; 0 takes it from the allowance."""
        if not self._a_second:
            return 0.0
        key, now = _network(address), self._clock()
        with self._lock:
            self._sweep(now)
            known = self._known.setdefault(key, _Allowance(self._at_once, now))
            known.left = min(self._at_once, known.left + (now - known.since) * self._a_second)
            known.since = now
            if known.left < 1:
                return (1 - known.left) / self._a_second
            known.left -= 1
            return 0.0

    @property
    def known(self) -> int:
        """How many addresses are in memory."""
        return len(self._known)

    def _sweep(self, now: float) -> None:
        """Forget the addresses whose allowance is full again; when there are too many, all."""
        full = self._at_once / self._a_second
        if now - self._swept >= full:
            self._swept = now
            self._known = {k: a for k, a in self._known.items() if now - a.since < full}
        if len(self._known) >= MOST_ADDRESSES:
            self._known.clear()


def _network(address: str) -> str:
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None:
        return str(IPv6Address(int(parsed) >> 64 << 64))
    return address


class Limits:
    """Refuses questions that come too fast (429) or are too long (400), in Korean."""

    def __init__(self, app: ASGIApp, limit: RateLimit, too_fast: Answer, too_long: Answer) -> None:
        self._app = app
        self._limit = limit
        self._too_fast = too_fast
        self._too_long = too_long

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif len(scope["query_string"]) > LONGEST_QUERY:
            await _refuse(send, self._too_long)
        elif wait := self._wait(scope):
            seconds = str(int(wait) + 1).encode()
            await _refuse(send, self._too_fast, (b"retry-after", seconds))
        else:
            await self._app(scope, receive, send)

    def _wait(self, scope: Scope) -> float:
        path = str(scope["path"]).removeprefix(scope.get("root_path", ""))
        client = scope.get("client")
        return 0.0 if client is None or path.startswith(WATCHERS) else self._limit.wait(client[0])


async def _refuse(send: Send, answer: Answer, *more: tuple[bytes, bytes]) -> None:
    headers = [
        (b"content-type", answer.content_type.encode()),
        (b"content-length", str(len(answer.body)).encode()),
        (b"cache-control", b"no-store"),
        *more,
    ]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})

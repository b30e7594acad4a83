"""What every answer of the server carries, and what happens when our own code fails.

Nothing of a question (the list, the place) reaches a log: the access log is off, and a failure is
logged with its kind and place in our code, never with its text or the query.
"""

from __future__ import annotations

import logging
import traceback
from typing import Final
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger("altteul.web")

CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
"""Scripts and styles are files of ours, never text inside a page."""
HEADERS: Final = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
FAILURE: Final = (
    "<!doctype html><html lang=ko><meta charset=utf-8><title>알뜰</title>"
    "<h1>잠깐 문제가 생겼어요</h1><p>저희 잘못이에요. 잠시 뒤에 다시 해 주세요. "
    '<a href="/">처음으로</a></p></html>'
).encode()


def safety_headers(
    tiles: str | None = None, *, asks_position: bool = True
) -> list[tuple[bytes, bytes]]:
    """The headers of every answer. A configured tile server is the one third party whose pictures
    may be loaded; the position of the device may be asked for by our own page only."""
    policy = CONTENT_SECURITY_POLICY
    if tiles:
        server = urlsplit(tiles)
        host = server.netloc.replace("{s}", "*")
        policy = policy.replace("img-src 'self'", f"img-src 'self' data: {server.scheme}://{host}")
    position = "(self)" if asks_position else "()"
    permissions = f"geolocation={position}, camera=(), microphone=(self)"
    return [
        (b"content-security-policy", policy.encode()),
        (b"permissions-policy", permissions.encode()),
        *HEADERS,
    ]


class Guard:
    """Adds the safety headers to every answer and turns a failure into a Korean page (500)."""

    def __init__(
        self,
        app: ASGIApp,
        failure: bytes = FAILURE,
        headers: list[tuple[bytes, bytes]] | None = None,
    ) -> None:
        self._app = app
        self._failure = failure
        self._headers = headers or safety_headers()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def guarded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                message["headers"] = [*message["headers"], *self._headers]
            await send(message)

        try:
            await self._app(scope, receive, guarded)
        except Exception as error:
            _log_failure(scope, error)
            if started:
                raise ConnectionAbortedError("the answer broke off") from None
            await self._send_failure(guarded)

    async def _send_failure(self, send: Send) -> None:
        headers = [
            (b"content-type", b"text/html; charset=utf-8"),
            (b"content-length", str(len(self._failure)).encode()),
            (b"cache-control", b"no-store"),
        ]
        await send({"type": "http.response.start", "status": 500, "headers": headers})
        await send({"type": "http.response.body", "body": self._failure})


def _log_failure(scope: Scope, error: Exception) -> None:
    """Kind and place of a failure; its text may hold what the person typed, so it stays out.

    Of the path only the first part is told: /item/… names what somebody looks for.
    """
    where = "".join(traceback.format_tb(error.__traceback__))
    page = "/" + str(scope["path"]).lstrip("/").partition("/")[0]
    log.error("%s %s: %s\n%s", scope["method"], page, type(error).__name__, where)

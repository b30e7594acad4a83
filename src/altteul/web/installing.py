"""What a browser needs to put the page on a phone's screen and to use it without a network: the
manifest and the service worker (written in `frontend/src/worker.ts`)."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from altteul.web.desk import Desk, respond
from altteul.web.kept import Answer

SCREENS_WITHOUT_NETWORK: Final = ("/", "/list", "/settings", "/offline")
ASK_AGAIN: Final = "no-cache"
"""A browser looks every time whether the worker has changed."""
ICONS: Final = (("icon-192.png", 192, "any"), ("icon-512.png", 512, "any"),
                ("icon-512-maskable.png", 512, "maskable"))  # fmt: skip


class Installing:
    """`/manifest.webmanifest` and `/sw.js`, under the path that a proxy serves."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._manifest = _document(_manifest(desk), "application/manifest+json")
        self._worker = _worker(desk)

    def routes(self) -> list[Route]:
        return [
            Route("/manifest.webmanifest", self.manifest),
            Route("/sw.js", self.worker),
        ]

    async def manifest(self, request: Request) -> Response:
        return respond(request, self._manifest)

    async def worker(self, request: Request) -> Response:
        return respond(request, self._worker, ASK_AGAIN)


def _manifest(desk: Desk) -> str:
    icons = [
        {"src": desk.address(desk.assets.address(name)), "sizes": f"{size}x{size}",
         "type": "image/png", "purpose": purpose}
        for name, size, purpose in ICONS
    ]  # fmt: skip
    shortcuts = [("내 목록", "/list"), ("오늘 싼 것", "/today"), ("음식", "/dishes")]
    return json.dumps(
        {
            "id": desk.address("/"),
            "name": "알뜰: 어디서 사면 가장 알뜰할까요?",
            "short_name": "알뜰",
            "description": "조사된 값으로 어디서 사면 가장 알뜰한지 알려 드려요.",
            "lang": "ko",
            "start_url": desk.address("/"),
            "scope": desk.address("/"),
            "display": "standalone",
            "background_color": "#f7f3e8",
            "theme_color": "#f7f3e8",
            "icons": icons,
            "shortcuts": [{"name": n, "url": desk.address(path)} for n, path in shortcuts],
        },
        ensure_ascii=False,
    )


def _worker(desk: Desk) -> Answer:
    """The worker with the list of what it fetches ahead; its version changes with any of them."""
    code = desk.assets.island("worker")
    if code is None:
        return Answer.of("", status=404, content_type="text/plain; charset=utf-8")
    files = [desk.address(path) for path in SCREENS_WITHOUT_NETWORK]
    files += [desk.address(path) for path in desk.assets.to_fetch_ahead()]
    version = sha256("\n".join([*files, code.address]).encode()).hexdigest()[:12]
    shell = {"version": version, "root": desk.address("/"), "files": files}
    text = f"const SHELL = {json.dumps(shell)};\n{code.body.decode()}"
    return _document(text, code.content_type)


def _document(text: str, content_type: str) -> Answer:
    return Answer.of(text, content_type=content_type)

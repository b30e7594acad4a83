"""The web application: pages for people, JSON for programs, nothing from or to third parties."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from threading import Event, Thread

from fastapi import FastAPI, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from starlette.types import Lifespan

from altteul import __version__
from altteul.errors import AltteulError
from altteul.settings import Settings
from altteul.web.answers import Answers
from altteul.web.api import api_router, trouble_document
from altteul.web.assets import Assets
from altteul.web.desk import Desk, respond
from altteul.web.device_pages import DevicePages
from altteul.web.installing import Installing
from altteul.web.limits import Limits, RateLimit
from altteul.web.metrics import Counted, Metrics
from altteul.web.pages import Pages
from altteul.web.safety import Guard, safety_headers

log = logging.getLogger("altteul.web")

WITHOUT_ISLANDS = (
    "화면의 목록·음성·오프라인 기능이 만들어져 있지 않아 빼고 보여 드립니다. "
    "Node가 있으면 make front로 만들 수 있습니다."
)
SECONDS_BEFORE_THE_REST = 10.0
"""The first people who ask for a plan go before."""
PROGRAMS = ("/api/", "/healthz")


def create_app(
    settings: Settings, *, root_path: str = "", limit: RateLimit | None = None
) -> FastAPI:
    """The application on the data folder of `settings`; the folder is opened at the first request.

    `root_path` ("/altteul") is where a proxy serves it; links then begin with it. `limit` is how
    fast one address may ask (None: as usual).

    The interactive documentation pages are off because they load scripts of third parties; the
    description itself is at /openapi.json.
    """
    answers = Answers(settings)
    assets = Assets()
    if not assets.has_islands:
        log.warning(WITHOUT_ISLANDS)
    desk = Desk(answers, assets, settings, root_path)
    pages = Pages(desk)
    app = FastAPI(
        title="알뜰 Altteul",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        lifespan=_warming(answers),
    )
    app.state.answers = answers
    metrics = Metrics()
    app.include_router(api_router(desk, metrics))
    for part in (pages, DevicePages(desk), Installing(desk)):
        app.router.routes.extend(part.routes())

    async def refused(request: Request, error: Exception) -> Response:
        return pages.refused(request, getattr(error, "status_code", 404))

    async def troubled(request: Request, error: Exception) -> Response:
        assert isinstance(error, AltteulError)
        if request.scope["path"].removeprefix(root_path).startswith(PROGRAMS):
            return respond(request, trouble_document(error))
        return respond(request, pages.troubled(error))

    app.add_exception_handler(HTTPException, refused)
    app.add_exception_handler(AltteulError, troubled)
    app.add_middleware(
        Limits,
        limit=limit or RateLimit(),
        too_fast=pages.too_fast(),
        too_long=pages.too_long(),
    )
    headers = safety_headers(settings.map_tiles, asks_position=settings.page_asks_position)
    app.add_middleware(Guard, failure=pages.failure(), headers=headers)
    app.add_middleware(Counted, metrics=metrics)
    return app


def _warming(answers: Answers) -> Lifespan[FastAPI]:
    """Reads the newest prices in the background while the server already answers."""

    stopped = Event()

    def warm_up() -> None:
        with suppress(AltteulError):  # the first question will meet it and say it
            answers.warm_up()
            if not stopped.wait(SECONDS_BEFORE_THE_REST):
                answers.warm_up_the_rest()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        Thread(target=warm_up, name="warm-up", daemon=True).start()
        yield
        stopped.set()

    return lifespan

"""The web application: pages for people, JSON for programs, nothing from or to third parties."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from altteul import __version__
from altteul.settings import Settings
from altteul.web.answers import Answers
from altteul.web.api import api_router
from altteul.web.assets import Assets
from altteul.web.desk import Desk
from altteul.web.pages import Pages
from altteul.web.safety import Guard


def create_app(settings: Settings) -> FastAPI:
    """The application on the data folder of `settings`; the folder is opened at the first request.

    The interactive documentation pages are off because they load scripts of third parties; the
    description itself is at /openapi.json.
    """
    desk = Desk(Answers(settings), Assets())
    pages = Pages(desk)
    app = FastAPI(title="알뜰 Altteul", version=__version__, docs_url=None, redoc_url=None)
    app.include_router(api_router(desk))
    app.router.routes.extend(pages.routes())

    async def not_found(request: Request, error: Exception) -> Response:
        return pages.not_found(request)

    app.add_exception_handler(HTTPException, not_found)
    app.add_middleware(Guard, failure=pages.failure())
    return app

"""The same answers for programs: JSON documents as the command line prints with --json."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import PlainTextResponse, Response
from pydantic import BaseModel

from altteul import __version__
from altteul.assistant.asking import NothingReadError
from altteul.errors import AltteulError, UnknownItemError
from altteul.frozen import Frozen
from altteul.market.report import PriceReport
from altteul.planner.plan import Mode, Plan, Unread
from altteul.recipes.book import load_book
from altteul.web.asked import Asked
from altteul.web.desk import JSON, Desk, status_of
from altteul.web.goods import Prices, Vocabulary, vocabulary
from altteul.web.kept import Answer
from altteul.web.metrics import CONTENT_TYPE, Metrics

Need = Annotated[str, Query(description="목록. 예: 배추 1포기, 달걀 30개")]
Near = Annotated[str, Query(description='시군구·동 또는 "위도,경도"')]
On = Annotated[str, Query(description="날짜 YYYY-MM-DD. 없으면 오늘, 자료가 오래면 마지막 조사일")]


class Wishes(Frozen):
    """What may be wished besides: days to wait (0–6), won to spend, safe | normal | bold, "1" for
    each discount one has, "1" where something like it may be bought instead."""

    wait: str = ""
    budget: str = ""
    risk: str = ""
    onnuri: str = ""
    local_currency: str = ""
    senior: str = ""
    instead: str = ""


class Trouble(Frozen):
    """Why there is no answer: one Korean sentence, and what might have been meant."""

    error: str
    suggestions: tuple[str, ...] = ()
    unread: tuple[Unread, ...] = ()


class Health(Frozen):
    """Whether the server can answer, and how new its prices are."""

    status: str
    version: str
    newest_day: str | None
    sellers: int
    simulated: bool


TROUBLES: dict[int | str, dict[str, object]] = {
    code: {"model": Trouble} for code in (404, 422, 503)
}


def api_router(desk: Desk, metrics: Metrics) -> APIRouter:
    """The routes for programs, on the desk that the pages use too."""
    router = APIRouter()

    @router.get("/api/plan", response_model=Plan, responses=TROUBLES)
    async def plan(
        request: Request,
        need: Need = "",
        near: Near = "",
        on: On = "",
        mode: Mode | str = Mode.BUS,
        value_of_time: str = "",
        max_stops: str = "",
        wishes: Annotated[Wishes, Depends()] = Wishes(),  # noqa: B008 - frozen
    ) -> Response:
        """The cheapest way to buy a list: the document of `altteul plan --json`."""
        asked = Asked.from_query(request.query_params)
        return await desk.reply(
            request, ("api/plan", asked), lambda: _document(lambda: desk.answers.plan(asked))
        )

    @router.get("/api/price", response_model=PriceReport, responses=TROUBLES)
    async def price(request: Request, item: str = "", near: Near = "", on: On = "") -> Response:
        """The prices of an item within reach: the document of `altteul price --json`."""
        asked = Asked.from_query(request.query_params)
        name = Asked.from_query({"near": item}).near
        return await desk.reply(
            request,
            ("api/price", name, asked),
            lambda: _document(lambda: desk.answers.price(name, asked)),
        )

    @router.get("/api/goods", response_model=Vocabulary)
    async def goods(request: Request) -> Response:
        """The words for goods and dishes that a list may use."""
        return await desk.reply(request, "api/goods", lambda: _document(lambda: _goods(desk)))

    @router.get("/api/prices", response_model=Prices, responses=TROUBLES)
    async def prices(request: Request, near: Near = "", on: On = "") -> Response:
        """What every good costs around a place: the range in its unit, with its survey day."""
        asked = Asked.from_query(request.query_params)
        return await desk.reply(
            request,
            ("api/prices", asked.near, asked.on),
            lambda: _document(lambda: desk.answers.ranges(asked)),
            long=True,
        )

    @router.get("/healthz", response_model=Health)
    async def health(request: Request) -> Response:
        """Whether the server can answer."""
        return await desk.reply(request, "healthz", lambda: _document(lambda: _health(desk)))

    @router.get("/metrics", response_class=PlainTextResponse)
    async def counts() -> PlainTextResponse:
        """Counts and latencies of this worker process, as Prometheus text."""
        text = metrics.text()
        return PlainTextResponse(
            text, media_type=CONTENT_TYPE, headers={"cache-control": "no-store"}
        )

    return router


def _goods(desk: Desk) -> Vocabulary:
    return vocabulary(
        desk.answers.catalog,
        load_book().dishes,
        lambda name: desk.address(desk.assets.address(name)),
    )


def _health(desk: Desk) -> Health:
    opened = desk.answers.opened()
    return Health(
        status="ok" if opened.newest else "empty",
        version=__version__,
        newest_day=opened.newest.isoformat() if opened.newest else None,
        sellers=opened.sellers,
        simulated=opened.simulated,
    )


def _document(make: Callable[[], BaseModel]) -> Answer:
    try:
        return Answer.of(make().model_dump_json(), content_type=JSON)
    except AltteulError as error:
        return trouble_document(error)


def trouble_document(error: AltteulError) -> Answer:
    """An error as a program reads it."""
    suggestions = error.suggestions if isinstance(error, UnknownItemError) else ()
    unread = error.unread if isinstance(error, NothingReadError) else ()
    trouble = Trouble(error=str(error), suggestions=suggestions, unread=unread)
    return Answer.of(trouble.model_dump_json(), status=status_of(error), content_type=JSON)

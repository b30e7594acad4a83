"""The pages for people. Each is a GET address that answers the same to everybody."""

from __future__ import annotations

from typing import Any

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from altteul.assistant.answering.telling import tell
from altteul.assistant.asking import (
    ElsewhereError,
    NoPlaceError,
    NothingReadError,
    ReadyRequest,
    WhichError,
)
from altteul.errors import AltteulError
from altteul.planner.plan import Plan
from altteul.web.asked import LONGEST_LIST, Asked
from altteul.web.desk import Desk, respond, status_of
from altteul.web.examples import examples
from altteul.web.feeds import Feed, feeds
from altteul.web.item_pages import ItemPages
from altteul.web.kept import Answer
from altteul.web.mending import mended
from altteul.web.place_pages import PlacePages
from altteul.web.plan_page import plan_values
from altteul.web.spoken_pages import SpokenPages, elsewhere, examples_of


class Pages:
    """The routes of the pages, on one desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._answers = desk.answers
        self._places = PlacePages(desk)
        self._items = ItemPages(desk)
        self._spoken = SpokenPages(desk)

    def routes(self) -> list[Route]:
        return [
            Route("/", self.ask),
            Route("/plan", self.plan),
            Route("/say", self.say),
            Route("/item", self._items.item_named),
            Route("/item/{name}", self._items.item),
            Route("/today", self._places.today),
            Route("/dishes", self._places.dishes),
            Route("/record", self.record),
            Route("/sources", self.sources),
            Route("/about", self.about),
            Route("/static/{path:path}", self.static),
        ]

    async def ask(self, request: Request) -> Response:
        asked = Asked.from_query(request.query_params)
        return await self._desk.reply(request, ("ask", asked), lambda: self._draw_ask(asked))

    async def plan(self, request: Request) -> Response:
        asked = Asked.from_query(request.query_params)
        return await self._desk.reply(request, ("plan", asked), lambda: self._draw_plan(asked))

    async def say(self, request: Request) -> Response:
        """A sentence after the plan: leads to the address of what both mean together."""
        asked = Asked.from_query(request.query_params)
        sentence = Asked.from_query({"need": request.query_params.get("now", "")}).need
        try:
            asked = await to_thread.run_sync(self._answers.after, asked, sentence)
        except AltteulError as error:
            return respond(request, self._draw_ask(asked, status=422, trouble=str(error)))
        return RedirectResponse(self._desk.address(f"/plan?{asked.query()}"), status_code=303)

    async def record(self, request: Request) -> Response:
        # Not kept by the state of the price table: a nightly job fills the record.
        answer = await to_thread.run_sync(self._draw_record)
        return respond(request, answer)

    async def sources(self, request: Request) -> Response:
        return await self._desk.reply(request, "sources", self._draw_sources)

    async def about(self, request: Request) -> Response:
        return await self._desk.reply(request, "about", self._draw_about)

    async def static(self, request: Request) -> Response:
        asset = self._desk.assets.get(f"/static/{request.path_params['path']}")
        if asset is None:
            return self.refused(request)
        answer = Answer(200, asset.content_type, asset.body, asset.zipped)
        return respond(request, answer, "public, max-age=31536000, immutable")

    def refused(self, request: Request, status: int = 404) -> Response:
        """The page for an address that leads nowhere or does not take such a request."""
        answer = self._desk.draw(
            "trouble.html",
            status=status,
            title="없는 화면이에요",
            sentence="주소가 바뀌었거나 잘못 적혔어요. 처음 화면에서 다시 물어봐 주세요.",
            links=(),
        )
        return respond(request, answer)

    def troubled(self, error: AltteulError) -> Answer:
        """The page for an error met before any question was read (a damaged data folder)."""
        return self._desk.draw(
            "trouble.html",
            status=status_of(error),
            title="지금은 답할 수 없어요",
            sentence=str(error),
            links=(),
        )

    def failure(self) -> bytes:
        """The page for a failure of our own."""
        return self._desk.draw(
            "trouble.html",
            status=500,
            title="잠깐 문제가 생겼어요",
            sentence="저희 잘못이에요. 잠시 뒤에 다시 해 주세요.",
            links=(),
        ).body

    def too_fast(self) -> Answer:
        """The page for an address that asks faster than a person can."""
        return self._desk.draw(
            "trouble.html",
            status=429,
            title="조금 천천히 물어봐 주세요",
            sentence="이 인터넷 주소에서 한꺼번에 너무 많이 물어봤어요. 잠시 뒤에 다시 해 주세요.",
            links=(),
        )

    def too_long(self) -> Answer:
        """The page for a question that is too long to be read."""
        return self._desk.draw(
            "trouble.html",
            status=400,
            title="너무 길어요",
            sentence=f"목록은 {LONGEST_LIST:,}자까지 적을 수 있어요. 나누어 물어봐 주세요.",
            links=(),
        )

    def _draw(self, template: str, **values: Any) -> Answer:
        opened = self._answers.opened()
        return self._desk.draw(template, **({"simulated": opened.simulated} | values))

    def _draw_ask(self, asked: Asked, **values: Any) -> Answer:
        opened = self._answers.opened()
        known = self._desk.form_values(asked) | {
            "here": "ask",
            "newest": opened.newest,
            "sellers": opened.sellers,
            "examples": examples(asked, opened.places),
            "spoken": examples_of(asked),
        }
        return self._draw("ask.html", **(known | values))

    def _draw_plan(self, asked: Asked) -> Answer:
        try:
            ready = self._answers.ready(asked)
            return self._draw_answer(
                asked, ready, self._answers.plan(asked, ready, explained=bool(asked.more))
            )
        except ElsewhereError as error:
            return self._draw_elsewhere(asked, error)
        except WhichError as error:
            return self._spoken.which(asked, error)
        except NoPlaceError as error:
            return self._spoken.no_place(asked, error)
        except NothingReadError as error:
            pieces = mended(error.unread, asked, self._answers.catalog)
            return self._draw_ask(asked, status=422, trouble=str(error), pieces=pieces)
        except AltteulError as error:
            return self._draw_ask(asked, status=status_of(error), trouble=str(error))

    def _draw_elsewhere(self, asked: Asked, error: ElsewhereError) -> Answer:
        screen, question, item = elsewhere(error, asked)
        if screen == "item":
            return self._items.draw(item, question)
        if screen == "told":
            return self._spoken.told(question, error.said)
        return self._places.draw(screen, question)

    def _draw_answer(self, asked: Asked, ready: ReadyRequest, plan: Plan) -> Answer:
        told = tell(plan, ready, self._answers.catalog, self._answers.model)
        values = self._desk.form_values(asked)
        values |= plan_values(asked, ready, plan, told, self._answers.catalog)
        return self._draw("plan.html", **values)

    def _feeds(self) -> list[Feed]:
        return feeds(self._answers.imports(), self._answers.freshness())

    def _draw_about(self) -> Answer:
        return self._draw("about.html", here="about")

    def _draw_record(self) -> Answer:
        return self._draw("record.html", here="record", record=self._answers.record())

    def _draw_sources(self) -> Answer:
        return self._draw("sources.html", here="sources", feeds=self._feeds())

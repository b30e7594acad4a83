"""The pages about an item: its prices around a place, its past and the days ahead, substitutes."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from altteul.errors import AltteulError, UnknownItemError
from altteul.web.answers import ABOUT
from altteul.web.asked import Asked
from altteul.web.desk import Desk, status_of
from altteul.web.kept import Answer
from altteul.web.mending import Link
from altteul.web.price_chart import chart_drawing
from altteul.web.spread import strip_of

LONGEST_ITEM = 40


class ItemPages:
    """`/item` and `/item/{name}`, on the desk that the other pages use."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._answers = desk.answers

    async def item(self, request: Request) -> Response:
        """`/item/{name}`."""
        name = Asked.from_query({"near": request.path_params["name"]}).near[:LONGEST_ITEM]
        asked = Asked.from_query(request.query_params)
        return await self._desk.reply(
            request, ("item", name, asked), lambda: self.draw(name, asked)
        )

    async def item_named(self, request: Request) -> Response:
        """The small form of the item page sends the name in the query."""
        name = Asked.from_query({"near": request.query_params.get("name", "")}).near
        asked = Asked.from_query(request.query_params)
        return await self._desk.reply(
            request, ("item", name, asked), lambda: self.draw(name[:LONGEST_ITEM], asked)
        )

    def draw(self, name: str, asked: Asked) -> Answer:
        """The page of an item, or what is wrong with the question, as a page."""
        try:
            report = self._answers.price(name, asked)
            told = self._answers.told(report, asked) if asked.about in ABOUT else ""
            facts = self._answers.facts(report)
        except UnknownItemError as error:
            return self._unknown_item(error, asked)
        except AltteulError as error:
            values = self._desk.form_values(asked) | {"name": name, "trouble": str(error)}
            return self._draw("item_ask.html", status=status_of(error), **values)
        return self._draw(
            "item.html",
            **self._desk.form_values(asked),
            name=report.item,
            report=report,
            strip=strip_of(report),
            facts=facts,
            drawing=chart_drawing(facts.chart) if facts.chart else None,
            told=told,
            about_link=lambda about: f"/item/{quote(name, safe='')}?{asked.query(about=about)}",
        )

    def _unknown_item(self, error: UnknownItemError, asked: Asked) -> Answer:
        links = [
            Link(name, f"/item/{quote(name, safe='')}?{asked.query()}")
            for name in error.suggestions
        ]
        return self._draw(
            "trouble.html",
            status=404,
            title="모르는 품목이에요",
            sentence=str(error),
            links=links,
        )

    def _draw(self, template: str, **values: Any) -> Answer:
        return self._desk.draw(
            template, **({"simulated": self._answers.opened().simulated} | values)
        )

"""The pages about a place: what is cheap there today, and what dishes cost there."""

from __future__ import annotations

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from altteul.errors import AltteulError
from altteul.web.answers import NEARBY_M
from altteul.web.asked import Asked
from altteul.web.desk import Desk, status_of
from altteul.web.dish_costs import DishCost
from altteul.web.kept import Answer

TODAY = {
    "here": "today",
    "action": "/today",
    "title": "오늘 무엇이 싼가요?",
    "lead": "동네를 알려 주시면 평년보다 싼 것, 값이 뛴 것과 대신 쓸 것, 제철인 것을 보여 드려요.",
    "button": "오늘 보기",
    "with_dishes": False,
}
DISHES = {
    "here": "dishes",
    "action": "/dishes",
    "title": "오늘 무엇을 해 먹을까요?",
    "lead": "동네를 알려 주시면 음식마다 재료값이 얼마나 드는지 보여 드려요.",
    "button": "음식 값 보기",
    "with_dishes": True,
}


class PlacePages:
    """`/today` and `/dishes`, on the desk that the other pages use."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._answers = desk.answers

    async def today(self, request: Request) -> Response:
        asked = Asked.from_query(request.query_params)
        return await self._desk.reply(
            request, ("today", asked), lambda: self.draw("today", asked), long=True
        )

    async def dishes(self, request: Request) -> Response:
        asked = Asked.from_query(request.query_params)
        return await self._desk.reply(
            request, ("dishes", asked), lambda: self.draw("dishes", asked), long=True
        )

    def draw(self, screen: str, asked: Asked) -> Answer:
        """The screen "today" or "dishes". Without a place it asks for it; what cannot be read is
        said in its form."""
        about = TODAY if screen == "today" else DISHES
        values = self._desk.form_values(asked) | about
        if not asked.near:
            return self._desk.draw("near_ask.html", **values)
        try:
            return self._draw_today(asked) if screen == "today" else self._draw_dishes(asked)
        except AltteulError as error:
            values |= {"trouble": str(error)}
            return self._desk.draw("near_ask.html", status=status_of(error), **values)

    def _draw_today(self, asked: Asked) -> Answer:
        board = self._answers.board(asked)
        nearby = Asked(near=asked.near, on=board.on.isoformat()).query()
        return self._desk.draw(
            "today.html",
            **self._desk.form_values(asked) | TODAY,
            board=board,
            radius_m=NEARBY_M,
            item_link=lambda item: f"/item/{quote(item, safe='')}?{nearby}",
        )

    def _draw_dishes(self, asked: Asked) -> Answer:
        place, on, costs = self._answers.dish_costs(asked)
        return self._desk.draw(
            "dishes.html",
            **self._desk.form_values(asked) | DISHES,
            place=place,
            on=on,
            people=asked.headcount(),
            costs=costs,
            radius_m=NEARBY_M,
            dish_link=lambda cost: _plan_of(cost, asked, on.isoformat()),
        )


def _plan_of(cost: DishCost, asked: Asked, on: str) -> str:
    need = ", ".join(cost.ingredients)
    return f"/plan?{Asked(need=need, near=asked.near, on=on, mode=asked.mode).query()}"

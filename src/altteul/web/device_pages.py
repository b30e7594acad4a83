"""The screens whose contents live on the device (list, settings) or that stand in where there is no
network. The server draws the same for everybody and learns nothing of what is kept there."""

from __future__ import annotations

from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from altteul.web.asked import Asked
from altteul.web.desk import Desk
from altteul.web.kept import Answer

SCREENS = ("list", "settings", "offline")


class DevicePages:
    """`/list`, `/settings` and `/offline`, on the desk that the other pages use."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def routes(self) -> list[Route]:
        return [Route(f"/{screen}", partial(self._answer, screen)) for screen in SCREENS]

    async def _answer(self, screen: str, request: Request) -> Response:
        return await self._desk.reply(request, screen, lambda: self._draw(screen))

    def _draw(self, screen: str) -> Answer:
        values = self._desk.form_values(Asked()) | {"here": screen, "day_note": ""}
        return self._desk.draw(f"{screen}.html", **values)

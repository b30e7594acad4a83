"""The desk: takes a question, answers it from memory or from the rooms, and hands a reply back.

Rooms work in threads, few at a time: they compute, so more at once would only make all of them
slower, while answers that are kept go out past them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from html import escape
from typing import Any

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response

from altteul.calendar_date import today
from altteul.errors import (
    AltteulError,
    InputError,
    NoDataError,
    PlaceError,
    SourceError,
    StorageError,
    UnknownItemError,
)
from altteul.settings import Settings
from altteul.web.answers import Answers
from altteul.web.asked import Asked
from altteul.web.assets import Assets
from altteul.web.kept import Answer, KeptAnswers
from altteul.web.pictures import Picture, picture
from altteul.web.templating import environment

HTML = "text/html; charset=utf-8"
JSON = "application/json"
COMPUTED_AT_ONCE = 1
"""Per process: Python computes on one core; a second computation would only slow the first."""
WAITING_AT_ONCE = 8
"""Where a language model is set: waiting for it takes no time of ours, so others go past."""
KEPT_BY_BROWSER = "private, max-age=60"


def status_of(error: AltteulError) -> int:
    """The HTTP status of an error that a person can mend (or wait for)."""
    if isinstance(error, UnknownItemError | PlaceError | NoDataError):
        return 404
    if isinstance(error, SourceError | StorageError):
        return 503
    return 422 if isinstance(error, InputError) else 500


class Desk:
    """Turns questions into finished answers, in Korean pages or JSON."""

    def __init__(
        self, answers: Answers, assets: Assets, settings: Settings, root_path: str = ""
    ) -> None:
        self.answers = answers
        self._root_path = escape(root_path)
        self.assets = assets
        self._templates = environment(assets, self._category, self._licence)
        self._templates.globals |= {
            "asks_position": settings.page_asks_position,
            "tiles": settings.map_tiles or "",
            "tiles_credit": settings.map_tiles_credit,
        }
        self._kept = KeptAnswers()
        self._limiter = CapacityLimiter(WAITING_AT_ONCE if answers.model else COMPUTED_AT_ONCE)
        self._long_limiter = CapacityLimiter(COMPUTED_AT_ONCE)

    def address(self, path: str) -> str:
        """A path of ours as it is reached from outside, under the path that a proxy serves."""
        return self._root_path + path

    def draw(self, template: str, *, status: int = 200, **values: Any) -> Answer:
        """A page from a template; values that every page needs have defaults."""
        known = {"here": "", "simulated": False, "trouble": "", "pieces": [], "day_note": ""}
        text = self._templates.get_template(template).render(known | values)
        if self._root_path:
            # Values are escaped, so a quotation mark before a slash is always an address of ours.
            text = text.replace('="/', f'="{self._root_path}/')
        return Answer.of(text, status=status, content_type=HTML)

    async def reply(
        self,
        request: Request,
        question: Hashable,
        make: Callable[[], Answer],
        *,
        long: bool = False,
    ) -> Response:
        """The kept answer to a question, or the one that `make` computes in a thread.

        Only answers with status 200 are kept. `long` work waits in a line of its own, so that
        plans go past it.
        """
        if not self.answers.is_fresh():
            await to_thread.run_sync(self.answers.opened)
        key = (question, self.answers.opened().state, today())
        answer = self._kept.get(key)
        if answer is None:
            line = self._long_limiter if long else self._limiter
            answer = await to_thread.run_sync(make, limiter=line)
            if answer.status == 200:
                self._kept.keep(key, answer)
        return respond(request, answer)

    def form_values(self, asked: Asked) -> dict[str, Any]:
        """What the form needs: what was typed, the known places, the day and a note on it."""
        opened = self.answers.opened()
        day, note = self.answers.default_day()
        return {
            "asked": asked,
            "places": opened.places,
            "day_shown": day.isoformat(),
            "day_note": "" if asked.on else note,
            "simulated": opened.simulated,
        }

    def _category(self, item: str) -> str | None:
        known = self.answers.catalog.items.get(item)
        return known.category if known else None

    def _licence(self, source: str) -> str:
        from altteul.sources.adapters import all_sources

        described = all_sources().get(source)
        return described.licence if described else ""

    def picture(self, item: str) -> Picture:
        """The picture of an item."""
        return picture(item, self._category(item))


def respond(request: Request, answer: Answer, cache: str = KEPT_BY_BROWSER) -> Response:
    """The answer as an HTTP response, compressed where the browser takes that."""
    headers = {"content-type": answer.content_type, "vary": "Accept-Encoding"}
    headers["cache-control"] = cache if answer.status == 200 else "no-store"
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["content-encoding"] = "gzip"
        return Response(answer.zipped, answer.status, headers)
    return Response(answer.body, answer.status, headers)

"""What stands behind `altteul plan`: what was typed, made ready for the planner."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from altteul.errors import InputError
from altteul.planner.plan import Trip

if TYPE_CHECKING:
    from altteul.assistant.asking import ReadyRequest
    from altteul.cli.opening import Opened

WHERE = '어디서 장을 보실지 적어 주세요. 예: --near "노원구 공릉동"'


def read_ready(text: str, opened: Opened, near: str | None, on: date, trip: Trip) -> ReadyRequest:
    """Read a list, or else a sentence said on the day `on`; the sentence's own words win.

    Raises InputError without a place, or where the words ask for something else than a plan.
    """
    from altteul.assistant.asking import NoPlaceError, check, make_ready, read_typed
    from altteul.assistant.language_model.endpoint import Endpoint
    from altteul.recipes.book import load_book

    endpoint = Endpoint.of(opened.settings)
    typed = read_typed(text, on, opened.catalog, load_book(), endpoint)
    try:
        check(typed, text, near, opened.catalog)
    except NoPlaceError:
        raise InputError(WHERE) from None
    return make_ready(typed, near, on, trip, opened.market, opened.catalog, load_book())

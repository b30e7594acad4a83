"""What stands behind `altteul plan`: what was typed, made ready for the planner."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from altteul.errors import InputError
from altteul.planner.plan import Trip

if TYPE_CHECKING:
    from altteul.assistant.asking import ReadyRequest
    from altteul.cli.opening import Opened

WHERE = '어디서 장을 보실지 적어 주세요. 예: --near "노원구 공릉동"'


def read_given(text: str, file: Path | None) -> str | Path:
    """What was handed over: words or a list file. Raises InputError for neither and for both."""
    if bool(text.strip()) == (file is not None):
        raise InputError(
            "살 것을 말이나 목록으로 적거나, 목록 파일을 주세요(둘 가운데 하나만). "
            '예: altteul plan "배추 1포기", altteul plan --file 발주.csv'
        )
    return file or text


def read_ready(
    given: str | Path, opened: Opened, near: str | None, on: date, trip: Trip
) -> ReadyRequest:
    """Read a list or a list file, or else a sentence said on the day `on`; its own words win.

    Raises InputError without a place, or where the words ask for something else than a plan.
    """
    from altteul.assistant.asking import NoPlaceError, Typed, check, make_ready, read_typed
    from altteul.assistant.language_model.endpoint import Endpoint
    from altteul.assistant.lists.list_file import read_list_file
    from altteul.recipes.book import load_book

    endpoint = Endpoint.of(opened.settings)
    if isinstance(given, Path):
        typed, text = Typed(*read_list_file(given, opened.catalog)), ""
    else:
        typed, text = read_typed(given, on, opened.catalog, load_book(), endpoint), given
    try:
        check(typed, text, near, opened.catalog)
    except NoPlaceError:
        raise InputError(WHERE) from None
    return make_ready(typed, near, on, trip, opened.market, opened.catalog, load_book())

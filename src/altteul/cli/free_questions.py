"""`altteul ask`: any question in words, answered in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from altteul.cli.opening import open_market
from altteul.cli.output import read_day, say, say_json
from altteul.errors import InputError

if TYPE_CHECKING:
    from altteul.assistant.asking import NothingReadError

WHERE = '어디 계신지 적어 주세요. 예: --near "노원구 공릉동"'


def ask(
    context: typer.Context,
    question: Annotated[str, typer.Argument(metavar="말", help='예: "배추 언제 사는 게 좋아?"')],
    near: Annotated[str | None, typer.Option(help='어디서: 시군구·동 또는 "위도,경도"')] = None,
    on: Annotated[str | None, typer.Option(help="말한 날 (YYYY-MM-DD, 기본 오늘)")] = None,
    after: Annotated[list[str] | None, typer.Option(help="앞서 한 말(차례대로 여러 번)")] = None,
    spoken: Annotated[bool, typer.Option("--spoken", help="소리 내어 읽을 글로")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="프로그램용 JSON")] = False,
) -> None:
    """무엇이든 말로 묻고 말로 답을 듣습니다."""
    from altteul.assistant.asking import NoPlaceError, NothingReadError
    from altteul.assistant.dialogue.conversing import Rooms, converse
    from altteul.assistant.language_model.endpoint import Endpoint
    from altteul.recipes.book import load_book

    opened = open_market(context)
    endpoint = Endpoint.of(opened.settings)
    rooms = Rooms(
        opened.settings, opened.history, opened.market, opened.catalog, load_book(), endpoint
    )
    try:
        answered = converse(question, near, read_day(on), rooms, after or ())
    except NoPlaceError:
        raise InputError(WHERE) from None
    except NothingReadError as error:
        raise InputError(_first_reason(error)) from None
    if as_json:
        say_json(answered.answer)
        return
    say(answered.answer.spoken if spoken else answered.answer.long)
    for notice in answered.notices:
        say(f"※ {notice}")


def _first_reason(error: NothingReadError) -> str:
    """Why nothing could be read, in one sentence about the first piece."""
    if not error.unread:
        return "무엇이 궁금하신지 적어 주세요. 예: 배추 얼마야?"
    first = error.unread[0]
    near = f" 혹시 {', '.join(first.suggestions)}인가요?" if first.suggestions else ""
    return f"'{first.text}': {first.reason}{near}"

"""`altteul understand`: what a sentence means, before anything is looked up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from altteul.cli.output import read_day, say, say_json
from altteul.errors import InputError
from altteul.korean.going import MODE_WORDS

if TYPE_CHECKING:
    from altteul.assistant.understood import SpokenDish, SpokenNeed, Understood

INTENT_WORDS = {
    "plan": "장보기",
    "price": "가격",
    "when": "언제 살지",
    "why": "왜 그런지",
    "substitute": "대신할 것",
    "dish": "음식",
    "season": "제철",
    "record": "알뜰의 성적",
    "help": "쓰는 법",
    "out_of_scope": "알뜰이 모르는 일",
}


def understand(
    context: typer.Context,
    sentence: Annotated[
        str, typer.Argument(metavar="말", help='예: "내일 손님 네 명이 와서 비빔밥 할 건데"')
    ],
    on: Annotated[str | None, typer.Option(help="말한 날 (YYYY-MM-DD, 기본 오늘)")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="프로그램용 JSON")] = False,
) -> None:
    """말을 어떻게 알아들었는지 보여 줍니다."""
    from altteul.assistant.understanding import understand as read
    from altteul.catalog import load_catalog
    from altteul.recipes.book import load_book

    del context
    if not sentence.strip():
        raise InputError(
            '무슨 말인지 적어 주세요. 예: altteul understand "내일 네 명이 먹을 비빔밥"'
        )
    understood = read(sentence, read_day(on), load_catalog(), load_book())
    if as_json:
        say_json(understood)
    else:
        _show(understood)


def _show(said: Understood) -> None:
    say(f"묻는 것: {INTENT_WORDS[said.intent]}")
    lines = {
        "음식": ", ".join(_dish(dish) for dish in said.dishes),
        "품목": ", ".join(_need(need) for need in said.needs),
        "사람": f"{said.people}명" if said.people else "",
        "날짜": said.date.isoformat() if said.date else "",
        "어디": said.place or "",
        "예산": f"{said.budget:,}원" if said.budget else "",
        "다니는 방법": MODE_WORDS[said.mode] if said.mode else "",
        "많아야 몇 곳": f"{said.max_stops}곳" if said.max_stops else "",
        "빼는 것": ", ".join(said.exclude),
        "바라는 것": ", ".join(said.prefer),
        "되묻기": said.ask or "",
    }
    for label, words in lines.items():
        if words:
            say(f"{label}: {words}")


def _need(need: SpokenNeed) -> str:
    if need.amount is None:
        return need.item
    if need.unit == "원":
        return f"{need.item} {need.amount:,.0f}원어치"
    return f"{need.item} {need.amount:g}{need.unit or ''}"


def _dish(dish: SpokenDish) -> str:
    return f"{dish.name} {dish.servings:g}인분" if dish.servings else dish.name

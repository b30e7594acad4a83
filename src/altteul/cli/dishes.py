"""`altteul dishes`: the book of dishes, and what cooking one costs today near a place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from altteul.cli.opening import open_market
from altteul.cli.output import read_day, say, say_json, table
from altteul.errors import InputError, NoDataError
from altteul.planner.plan import Mode, Trip

if TYPE_CHECKING:
    from altteul.planner.cooking import CookingPlan
    from altteul.recipes.dish import Dish, Ingredient


def dishes(  # noqa: PLR0913 - each is an option of the command
    context: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="음식", help="예: 비빔밥 미역국 (없으면 음식책을 보여 줌)"),
    ] = None,
    people: Annotated[
        int | None, typer.Option(help="몇 사람 (기본: 음식책의 양)", min=1, max=1_000)
    ] = None,
    near: Annotated[
        str | None, typer.Option(help='어디서: 시군구·동 또는 "위도,경도" (없으면 재료만)')
    ] = None,
    on: Annotated[str | None, typer.Option(help="언제 (YYYY-MM-DD, 기본 오늘)")] = None,
    mode: Annotated[Mode, typer.Option(help="어떻게 다니는지")] = Mode.BUS,
    without: Annotated[list[str] | None, typer.Option(help="뺄 재료 (여러 번)")] = None,
    buy: Annotated[list[str] | None, typer.Option(help="집에 없어 살 양념 (여러 번)")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="프로그램용 JSON")] = False,
) -> None:
    """음식책의 음식, 그 재료, 오늘 재료를 사는 데 드는 값."""
    from altteul.recipes.book import load_book

    chosen = [load_book().find(name) for name in names or ()]
    if not chosen:
        _show_book(load_book().dishes.values())
    elif near is None:
        if as_json:
            raise InputError("--json에는 어디서 살지도 있어야 합니다. --near를 적어 주세요.")
        for dish in chosen:
            _show_ingredients(dish, people)
    else:
        _price(context, chosen, people, near, on, mode, (without, buy), as_json=as_json)


def _price(
    context: typer.Context,
    chosen: list[Dish],
    people: int | None,
    near: str,
    on: str | None,
    mode: Mode,
    changes: tuple[list[str] | None, list[str] | None],
    *,
    as_json: bool,
) -> None:
    from altteul.planner.cooking import cook

    opened = open_market(context)
    without, buy = ({opened.catalog.find(name).item.name for name in c or ()} for c in changes)
    answer = cook(
        [(dish, people) for dish in chosen],
        opened.market.place(near),
        read_day(on),
        opened.market,
        opened.catalog,
        trip=Trip(mode=mode),
        exclude=without,
        buy_pantry=buy,
    )
    if as_json:
        say_json(answer)
    if answer.plan.best is None:
        raise NoDataError(answer.plan.verdict)
    if not as_json:
        _show(answer)


def _show(answer: CookingPlan) -> None:
    from altteul.cli.plan_tables import show_plan

    named = ", ".join(f"{dish.name} {_for(dish.servings, dish.batch)}" for dish in answer.dishes)
    each, used = answer.goods_per_person, answer.used_per_person
    kept = f" 두고 쓸 것을 빼면 {used:,}원꼴입니다(추정)." if used and used != each else ""
    say(f"{named}: 한 사람에 물건값 {each:,}원꼴입니다.{kept}" if each else f"{named}:")
    show_plan(answer.plan)
    home = ", ".join(f"{n.item} {' + '.join(n.amounts)}" for n in answer.at_home)
    if home:
        say(f"집에 있다고 본 것(값에 넣지 않음): {home}")


def _show_book(book: Iterable[Dish]) -> None:
    rows = [
        (dish.name, ", ".join(dish.aliases), dish.batch or f"{dish.servings}인분",
         ", ".join(i.item for i in dish.to_buy))
        for dish in book
    ]  # fmt: skip
    table(f"음식책 · {len(rows)}가지", ("음식", "다른 이름", "양", "살 재료"), rows)


def _show_ingredients(dish: Dish, people: int | None) -> None:
    def row(ingredient: Ingredient) -> tuple[str, str, str]:
        where = "집에 있는 것" if ingredient.at_home else "살 것"
        return ingredient.written, ingredient.amount, where

    made = dish.batch or f"{dish.servings}인분"
    note = f" · {people}명이면 {people / dish.servings:.3g}배" if people else ""
    table(f"{dish.name} · {made}{note}", ("재료", "양", ""), [row(i) for i in dish.ingredients])


def _for(servings: float, batch: str | None) -> str:
    return batch or f"{servings:g}인분"

"""`altteul substitutes`: what to use instead of an item that has become dear."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from altteul.cli.opening import open_market
from altteul.cli.output import read_day, say, say_json, table
from altteul.cli.pricing import AsJson, Near, On, Radius

if TYPE_CHECKING:
    from altteul.planner.advice import Facts, SubstituteAdvice, SubstituteChoice
    from altteul.planner.comparable import ComparablePrice


def substitutes(
    context: typer.Context,
    item: Annotated[str, typer.Argument(metavar="품목", help="비싸진 품목 (예: 배추)")],
    near: Near,
    use: Annotated[
        str | None, typer.Option("--for", help="무엇에 쓰는지 (예: 김치, 쌈, 나물; 기본 모두)")
    ] = None,
    on: On = None,
    radius: Radius = 5_000,
    as_json: AsJson = False,
) -> None:
    """한 품목 대신 쓸 것: 지금 값, 평년과 견준 형편, 달라지는 맛, 제철, 알레르기, 영양."""
    from altteul.planner.substitution import advise
    from altteul.recipes.substitutes import load_swaps

    opened = open_market(context)
    place, day = opened.market.place(near), read_day(on)
    advice = advise(
        item, use, place, day, opened.market, opened.catalog, load_swaps(), radius_m=radius
    )
    if as_json:
        say_json(advice)
    else:
        _show(advice)


def _show(advice: SubstituteAdvice) -> None:
    say(advice.verdict)
    if advice.choices:
        where = f" · {advice.use}" if advice.use else ""
        table(
            f"{advice.original.item} 대신{where} · {advice.place.name} · {advice.on}",
            ("품목", ">100g 값", ">대신할 값", "평년과", "제철", "달라지는 것", "알레르기", "영양",
             "판단"),
            [_row_of_original(advice.original), *map(_row, advice.choices)],
        )  # fmt: skip
    for notice in advice.notices:
        say(f"※ {notice}")
    for used in advice.sources:
        say(f"출처: {used.title} ({used.oldest} ~ {used.newest} 조사)")


def _row_of_original(facts: Facts) -> tuple[str, ...]:
    return (*_beginning(facts, facts.price, None), "(원래 것)", _and(facts.allergens),
            _nutrition(facts), "")  # fmt: skip


def _row(choice: SubstituteChoice) -> tuple[str, ...]:
    price = choice.price or choice.facts.price
    return (
        *_beginning(choice.facts, price, choice.instead_won),
        f"{choice.taste} (1g 대신 {choice.ratio:g}g)",
        _and(choice.new_allergens),
        _nutrition(choice.facts),
        choice.why,
    )


def _beginning(
    facts: Facts, price: ComparablePrice | None, instead: int | None
) -> tuple[str, str, str, str, str]:
    return (
        " ".join(filter(None, (facts.item, facts.variety))),
        f"{price.won.mid:,}원{' 추정' * price.estimated}" if price else "모름",
        "" if instead is None else f"{instead:,}원",
        facts.unusual.value,
        {True: "제철", False: "아님", None: "모름"}[facts.in_season],
    )


def _and(allergens: tuple[str, ...]) -> str:
    return "·".join(allergens)


def _nutrition(facts: Facts) -> str:
    known = facts.nutrition
    if known is None:
        return "모름"
    return f"{known.kcal:g}kcal 단백질 {known.protein:g}g 섬유 {known.fibre:g}g"

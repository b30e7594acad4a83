"""`altteul evaluate savings`: what plans save against other ways of shopping."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from altteul.cli.opening import open_market
from altteul.cli.output import say, say_json, table, watched
from altteul.planner.plan import Risk

if TYPE_CHECKING:
    from altteul.planner.savings.results import Captured, SavingsEvaluation


def evaluate_savings(  # noqa: PLR0913 - each is an option of the command
    context: typer.Context,
    hide: Annotated[float, typer.Option(help="계획에서 감출 가격의 몫 (0에서 1)")] = 0.5,
    draws: Annotated[
        int, typer.Option(help="감출 가격을 몇 번 새로 고르는지 (씨앗 0부터)", min=1, max=100)
    ] = 10,
    seed: Annotated[
        int | None, typer.Option(help="한 번만 고를 때의 씨앗 (--draws 대신)", min=0)
    ] = None,
    stops: Annotated[int, typer.Option(help="많아야 몇 곳", min=1, max=3)] = 3,
    risk: Annotated[
        Risk, typer.Option(help="추정한 값을 얼마나 꺼리는지: 안전하게, 보통, 모험")
    ] = Risk.NORMAL,
    places: Annotated[int, typer.Option(help="많아야 몇 군데에서", min=1)] = 40,
    days: Annotated[int, typer.Option(help="많아야 며칠", min=1)] = 4,
    basket: Annotated[
        list[str] | None, typer.Option(help="어떤 장바구니 (one, family, kimjang, charye)")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="프로그램용 JSON")] = False,
) -> None:
    """표준 장바구니를 계획대로 사면 다른 방법보다 얼마나 아끼는지 참값으로 잽니다."""
    from altteul.errors import InputError
    from altteul.planner.savings.baskets import standard_baskets
    from altteul.planner.savings.evaluating import evaluate_savings as measure

    chosen = [one for one in standard_baskets() if not basket or one.key in basket]
    if not chosen or len(chosen) < len(set(basket or ())):
        known = ", ".join(one.key for one in standard_baskets())
        raise InputError(
            f"모르는 장바구니입니다: {', '.join(basket or ())}. {known} 가운데 고르세요."
        )
    opened = open_market(context)
    with watched("아낀 값 재기") as progress:
        found = measure(
            opened.history,
            opened.catalog,
            chosen,
            hide=hide,
            seeds=range(draws) if seed is None else (seed,),
            max_stops=stops,
            risk=risk,
            most_places=places,
            most_days=days,
            progress=progress,
        )
    if as_json:
        say_json(found)
    else:
        _show(found)


def _show(found: SavingsEvaluation) -> None:
    if found.simulated:
        say("연습용(가상) 자료로 잰 값입니다. 진짜 가격이 아닙니다.")
    table(
        f"{found.places}군데, {found.days[0]} ~ {found.days[-1]} {len(found.days)}일 · "
        "모든 값을 알 때 물건값과 다니는 값을 더한 평균(원)",
        ("장바구니", ">가장 싼 길", ">우리 계획", ">가장 싼 한 곳", ">가까운 한 곳", ">아무 데나",
         ">한 곳이 최선"),
        [
            (
                one.title,
                *(f"{won:,}" for won in (one.oracle, one.knowing_all, one.cheapest, one.nearest,
                                         one.random)),
                _percent(one.one_shop_is_best),
            )
            for one in found.baskets
        ],
    )  # fmt: skip
    if found.hide:
        _show_hidden(found)
    for one in found.baskets:
        if one.never_sold:
            say(f"{one.title}에서 아무도 팔지 않아 모두에서 뺀 것: {', '.join(one.never_sold)}")


def _show_hidden(found: SavingsEvaluation) -> None:
    """What is kept of the saving with prices hidden: mean, 95 % interval, the worst draw."""
    captured = [(one.title, one.captured) for one in found.baskets if one.captured]
    table(
        f"가격의 {found.hide:.0%}를 감추면: 모든 값을 아는 계획이 아무 데나 가는 것보다 아끼는 돈 "
        f"가운데 얻은 몫 ({len(found.seeds)}번 감춘 평균, 95% 구간, 가장 나쁜 한 번)",
        ("장바구니", ">추정 없이", ">적힌 대로", ">한도를 지키면", ">값을 보고 다시 계획하면"),
        [
            (
                title,
                *map(_kept, (own.without_estimates, own.as_written, own.with_limits,
                             own.replanned)),
            )
            for title, own in captured
        ],
    )  # fmt: skip
    if goal := found.family_half_hidden:
        said = "이루었습니다" if "replanned" in goal.reached else "이루지 못했습니다"
        say(
            f"네 식구 장바구니의 목표 {goal.goal:.0%}: 값을 보고 다시 계획하면 "
            f"{_kept(goal.replanned)}, 한도만 지키면 {_kept(goal.with_limits)} · {said}."
        )
    say("다시 계획: 들른 곳에서 본 값을 넣어 그 자리에서 다음 갈 곳을 정하는 것(altteul replan)")


def _kept(share: Captured) -> str:
    if share.low is None or share.high is None:
        return _percent(share.mean)
    between = f"{_percent(share.low)}~{_percent(share.high)}"
    return f"{_percent(share.mean)} ({between}, {_percent(share.worst)})"


def _percent(value: float) -> str:
    return f"{value:.1%}"

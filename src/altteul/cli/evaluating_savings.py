"""`altteul evaluate savings`: what plans save against other ways of shopping."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from altteul.cli.opening import open_market
from altteul.cli.output import say, say_json, table, watched
from altteul.planner.plan import Risk

if TYPE_CHECKING:
    from altteul.planner.savings.results import SavingsEvaluation


def evaluate_savings(  # noqa: PLR0913 - each is an option of the command
    context: typer.Context,
    hide: Annotated[float, typer.Option(help="계획에서 감출 가격의 몫 (0에서 1)")] = 0.0,
    seed: Annotated[int, typer.Option(help="무엇을 감출지 고르는 씨앗", min=0)] = 0,
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
            seed=seed,
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
        f"{found.places}군데, {found.days[0]} ~ {found.days[-1]} {len(found.days)}일, "
        f"감춘 가격 {found.hide:.0%} · 물건값과 다니는 값을 더한 평균(원)",
        ("장바구니", ">횟수", ">모두 알 때", ">우리 계획", ">한도를 두면", ">아는 값만",
         ">가장 싼 한 곳", ">가까운 한 곳", ">아무 데나", ">얻은 몫",
         ">한도를 두면", ">한 곳이 최선"),
        [
            (
                one.title,
                f"{one.trials}",
                *(f"{won:,}" for won in (one.oracle, one.plan, one.plan_with_limits,
                                         one.known_only, one.cheapest, one.nearest, one.random)),
                _share(one.captured_of_random),
                _share(one.captured_of_random_with_limits),
                _share(one.one_shop_is_best),
            )
            for one in found.baskets
        ],
    )  # fmt: skip
    say("얻은 몫: 모든 값을 아는 계획이 아무 데나 가는 것보다 아끼는 돈 가운데 우리 계획이 아낀 몫")
    for one in found.baskets:
        if one.never_sold:
            say(f"{one.title}에서 아무도 팔지 않아 모두에서 뺀 것: {', '.join(one.never_sold)}")


def _share(value: float | None) -> str:
    return "모름" if value is None else f"{value:.1%}"

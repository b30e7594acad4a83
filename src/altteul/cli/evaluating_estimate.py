"""`altteul evaluate estimate`: how well hidden prices of sellers are estimated from the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from altteul.cli.opening import open_market
from altteul.cli.output import read_day, say, say_json, table, watched

if TYPE_CHECKING:
    from altteul.market.evaluation.results import EstimateEvaluation, HiddenResult

HIDDEN_WORDS = {"single": "가격 하나", "seller": "판매처 하나", "district": "구 하나",
                "mixed": "구마다 판매처 절반"}  # fmt: skip


def evaluate_estimate(
    context: typer.Context,
    on: Annotated[str | None, typer.Option(help="언제까지의 조사 (YYYY-MM-DD, 기본 모두)")] = None,
    seed: Annotated[int, typer.Option(help="무엇을 함께 감출지 고르는 씨앗", min=0)] = 0,
    repeats: Annotated[int, typer.Option(help="몇 번 되풀이할지", min=1, max=50)] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="프로그램용 JSON")] = False,
) -> None:
    """조사한 가격을 감추고, 나머지로 추정해 얼마나 맞는지 잽니다."""
    from altteul.market.evaluation.hide_and_measure import evaluate_estimates, evaluated_prices

    opened = open_market(context)
    prices = evaluated_prices(opened.history, read_day(on) if on else None)
    sellers = opened.history.sellers().all()
    with watched("추정 재기") as progress:
        found = evaluate_estimates(
            prices, sellers, opened.catalog, seed=seed, repeats=repeats, progress=progress
        )
    if as_json:
        say_json(found)
    else:
        _show(found)


def _show(found: EstimateEvaluation) -> None:
    if found.simulated:
        say("연습용(가상) 자료로 잰 값입니다. 진짜 가격이 아닙니다.")
    table(
        f"{found.first_day} ~ {found.last_day}, {found.sellers}곳 {found.prices:,}개 가격",
        ("감춘 것", ">평균 오차", ">도시·유통경로 평균의 오차", ">나아진 정도",
         ">50% 범위 안", ">80% 범위 안", ">순서 틀림", ">장보기 손해",
         ">한도를 두면", ">피할 수 없는 손해"),
        [_row(result) for result in found.results],
    )  # fmt: skip
    for one in found.marked:
        say(
            f"쓰지 않은 값: {one.item} {one.won_per_unit:,.0f}원/{one.base_unit} ({one.seller}, "
            f"추정 {one.expected:,.0f}원) {one.why}"
        )


def _row(result: HiddenResult) -> tuple[str, ...]:
    one = result.overall
    return (
        HIDDEN_WORDS[result.hidden],
        f"{one.estimate.mean:.3f}",
        f"{one.item_channel_mean.mean:.3f}",
        f"{one.better:+.1%}",
        f"{one.inside_50:.1%}",
        f"{one.inside_80:.1%}",
        f"{one.rank_error:.1%}",
        *map(_share, (result.basket_regret, result.basket_regret_with_limits)),
        _share(result.basket_regret_least),
    )


def _share(value: float | None) -> str:
    return "모름" if value is None else f"{value:.1%}"

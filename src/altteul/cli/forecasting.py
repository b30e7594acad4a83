"""`altteul forecast`, `altteul backtest`, `altteul record`: when to buy, how such advice did."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from altteul.cli.forecast_tables import show_backtest, show_forecast, show_part
from altteul.cli.opening import NOTHING_YET, open_history
from altteul.cli.output import read_day, say, say_json, watched
from altteul.errors import InputError, NoDataError

if TYPE_CHECKING:
    from pathlib import Path

    from altteul.forecast.panel import Panel
    from altteul.forecast.spreading import Workers

Region = Annotated[str, typer.Option(help="조사 지역 (예: 서울)")]
On = Annotated[str | None, typer.Option(help="언제 (YYYY-MM-DD, 기본 오늘)")]
AsJson = Annotated[bool, typer.Option("--json", help="프로그램용 JSON")]
Jobs = Annotated[int, typer.Option(help="함께 돌릴 작업 수", min=1, max=64)]
Ray = Annotated[
    str | None, typer.Option(help="여러 기계에서: Ray 클러스터의 주소 (auto, 주소:6379)")
]
FARTHEST_DAYS = 28


def forecast(  # noqa: PLR0913 - one parameter for each option
    context: typer.Context,
    item: Annotated[str | None, typer.Argument(metavar="품목", help="예: 배추")] = None,
    region: Annotated[str | None, typer.Option(help="조사 지역 (예: 서울)")] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="모든 품목과 지역을 미리 계산해 둡니다 (밤마다 돌릴 일)")
    ] = False,
    jobs: Jobs = 1,
    ray: Ray = None,
    on: On = None,
    latest: Annotated[
        str | None, typer.Option(help="늦어도 언제까지 사야 하나 (YYYY-MM-DD, 기본 28일 뒤)")
    ] = None,
    trip: Annotated[int, typer.Option(help="다시 나가는 데 드는 돈 (원)", min=0)] = 0,
    loss: Annotated[
        int | None,
        typer.Option(help="이만큼 넘게 손해 볼 가능성을 알려 줍니다 (원, 기본 값의 10%)", min=0),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """한 품목의 앞으로 28일: 값의 범위와 '지금 사기·기다리기·모름'."""
    if everything:
        if item or region:
            raise InputError("--all은 모든 품목과 지역을 계산합니다. 품목과 --region을 빼 주세요.")
        _forecast_all(context, on, _workers(jobs, ray), as_json)
        return
    if not item or not region:
        raise InputError(
            "품목과 지역을 적어 주세요(예: altteul forecast 배추 --region 서울). "
            "모두 미리 계산하려면 --all을 주세요."
        )
    from altteul.catalog import load_catalog
    from altteul.forecast.advice import advise
    from altteul.forecast.record import Kind, Record
    from altteul.forecast.verdict import Situation
    from altteul.history.state import State

    panel, home, state_url = _panel(context)
    day = read_day(on)
    last = read_day(latest) if latest else day + timedelta(days=FARTHEST_DAYS)
    asked = Situation(on=day, latest=last, keeps_days=None, trip_won=trip, loss_won=loss)
    with watched("예측") as progress:
        report, decided, inputs = advise(
            panel, load_catalog().find(item).item, region, asked, home, progress=progress
        )

    Record(State(state_url)).issue(decided, Kind.REAL, inputs)
    if as_json:
        say_json(report)
    else:
        show_forecast(report)


def _forecast_all(context: typer.Context, on: str | None, workers: Workers, as_json: bool) -> None:
    from altteul.forecast.advice import keep_all

    panel, home, state_url = _panel(context)
    with watched("예측") as progress:
        done = keep_all(panel, read_day(on), home, state_url, workers=workers, progress=progress)
    if as_json:
        say_json(done)
        return
    practice = "연습용(가상) 자료: " if done.simulated else ""
    say(
        f"{practice}{done.on}까지의 조사가격으로 {done.series:,}개 계열의 "
        f"28일 예측을 해 두었습니다. 그 가운데 판단에 쓸 수 있는 것은 {done.shown:,}개입니다."
    )
    say(f"성적에 적은 판단 {done.recorded:,}건, 실제 값이 나온 지난 판단 {done.scored:,}건")


def backtest(
    context: typer.Context,
    region: Region,
    first: Annotated[str, typer.Option("--from", help="첫 날 (YYYY-MM-DD)")],
    last: Annotated[str, typer.Option("--to", help="마지막 날 (YYYY-MM-DD)")],
    horizons: Annotated[str, typer.Option(help="며칠 뒤들 (1~28, 쉼표로)")] = "7,14,28",
    jobs: Jobs = 1,
    ray: Ray = None,
    as_json: AsJson = False,
) -> None:
    """지난 날로 돌아가 예측해 보고 실제와 견줍니다. 멈추면 다음에 이어서 합니다."""
    from altteul.forecast.backtest import Plan, run_backtest
    from altteul.forecast.reports import report_of

    panel, home, _ = _panel(context)
    plan = Plan(read_day(first), read_day(last), _horizons(horizons), (region,))
    if plan.first > plan.last:
        raise InputError(f"첫 날({first})이 마지막 날({last})보다 늦습니다. 바꾸어 적어 주세요.")
    with watched("시험") as progress:
        made = run_backtest(
            panel, plan, home / "backtests", workers=_workers(jobs, ray), progress=progress
        )
    rows = panel.rows_of(region=region)
    report = report_of(made, simulated=bool(panel.simulated[rows].any()))
    if as_json:
        say_json(report)
    else:
        show_backtest(report)


def record(context: typer.Context, as_json: AsJson = False) -> None:
    """지난 판단의 성적. 처음에는 지난 자료로 되풀이한 모의 성적을 채웁니다."""
    from altteul.forecast.advice import filled_record

    panel, home, state_url = _panel(context)
    with watched("성적") as progress:
        report = filled_record(panel, home, state_url, progress=progress).report()
    if as_json:
        say_json(report)
        return
    if not report.parts:
        raise NoDataError(
            "아직 성적이 없습니다. 모의 성적을 내려면 2년쯤의 날마다의 지역 평균가격이 필요합니다. "
            "`altteul import`로 더 넣어 주세요."
        )
    for part in report.parts:
        show_part(part)


def _panel(context: typer.Context) -> tuple[Panel, Path, str]:
    from altteul.forecast.drivers import read_drivers
    from altteul.forecast.panel import read_panel

    settings, history = open_history(context)
    if history.is_empty():
        raise NoDataError(NOTHING_YET)
    panel = replace(read_panel(history), drivers=read_drivers(settings.home))
    return panel, settings.home, settings.state_database


def _workers(jobs: int, ray: str | None) -> Workers:
    from altteul.forecast.spreading import LocalCores, RayCluster

    return RayCluster(ray) if ray else LocalCores(jobs)


def _horizons(text: str) -> tuple[int, ...]:
    words = [word.strip() for word in text.split(",")]
    if not all(word.isdigit() and 1 <= int(word) <= FARTHEST_DAYS for word in words):
        raise InputError(
            f"'{text}'에서 며칠 뒤인지 읽을 수 없습니다. 1에서 28 사이로 '7,14,28'처럼 적어 주세요."
        )
    return tuple(sorted({int(word) for word in words}))

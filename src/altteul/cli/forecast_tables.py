"""Forecasts, backtests and the record of past advice, as lines and tables for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from altteul.cli.output import say, table

if TYPE_CHECKING:
    from altteul.forecast.advice import ForecastReport
    from altteul.forecast.decisions import Summary
    from altteul.forecast.record import Part
    from altteul.forecast.reports import BacktestReport


def show_forecast(report: ForecastReport) -> None:
    """Print the verdict and the range of the days ahead."""
    say(report.verdict.sentence)
    say(
        f"{report.item} · {report.region} · {report.unit}: "
        f"{report.price:,}원 ({report.observed_on} 조사)"
    )
    table(
        f"앞으로의 값 (추정, {report.on} 기준)",
        ("날", ">며칠 뒤", ">낮으면(10%)", ">가운데", ">높으면(90%)", ">싸질 가능성"),
        [
            (
                f"{one.day}",
                f"{one.horizon}",
                f"{one.low_80:,}원",
                f"{one.mid:,}원",
                f"{one.high_80:,}원",
                f"{one.p_cheaper:.0%}",
            )
            for one in report.days
            if one.horizon % 7 == 0 or one.horizon == 1
        ],
    )
    say("※ 조사가격은 참고용이며 예측은 추정입니다.")


def show_backtest(report: BacktestReport) -> None:
    """Print errors beside those of simple forecasts, coverage, and how verdicts did."""
    if report.simulated:
        say("연습용(가상) 자료의 시험입니다.")
    table(
        f"{', '.join(report.regions)} {report.first} ~ {report.last}",
        (
            ">며칠 뒤",
            ">품목",
            ">오차(WAPE)",
            ">마지막 값",
            ">작년 이맘때",
            ">평년",
            ">마지막 값보다",
            ">50%",
            ">80%",
            ">95%",
        ),  # fmt: skip
        [
            (
                f"{one.horizon}",
                f"{one.items}",
                f"{one.wape:.2%}",
                f"{one.wape_last:.2%}",
                f"{one.wape_season:.2%}",
                f"{one.wape_normal:.2%}",
                f"{one.skill_against_last.value:+.1%}",
                f"{one.coverage_50:.0%}",
                f"{one.coverage_80:.0%}",
                f"{one.coverage_95:.0%}",
            )
            for one in report.horizons
        ],
    )
    for line in _summary_lines(report.verdicts):
        say(line)


def show_part(part: Part) -> None:
    """Print the record of one kind of advice, with its worst cases."""
    say(f"{part.kind} 성적 {part.first} ~ {part.last}")
    for line in _summary_lines(part.summary):
        say(line)
    if part.waiting_for_truth:
        say(f"아직 실제 값이 나오지 않은 판단 {part.waiting_for_truth:,}건")
    if not part.worst:
        return
    table(
        "가장 나빴던 판단",
        ("품목", "지역", "판단한 날", "판단", ">그날 값", "견준 날", ">그때 값", ">아낀 몫"),
        [
            (
                case.item,
                case.region,
                f"{case.on}",
                "기다리기" if case.word == "wait" else "지금 사기",
                f"{case.price:,}원",
                f"{case.until}",
                f"{case.price_then:,}원",
                f"{case.saving:+.1%}",
            )
            for case in part.worst
        ],
    )


def _summary_lines(summary: Summary) -> list[str]:
    lines = [
        f"판단 {summary.decisions:,}건: 기다리기 {summary.waits:,}, 지금 사기 {summary.buys:,}, "
        f"모름 {summary.unknown:,} ({summary.abstention:.0%})"
    ]
    if summary.hit_rate is None or summary.mean_saving is None:
        return lines
    low, high = summary.mean_saving_low or 0.0, summary.mean_saving_high or 0.0
    share = summary.share_of_foresight or 0.0
    return [
        *lines,
        f"맞은 비율 {summary.hit_rate:.0%}, 모든 판단의 평균 절약 {summary.mean_saving:.2%} "
        f"(95% 구간 {low:.2%} ~ {high:.2%}), 다 알았을 때의 절약 가운데 {share:.0%}",
    ]

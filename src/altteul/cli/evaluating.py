"""`altteul evaluate …`: how well altteul does what it says, on files of stated answers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from altteul.cli.evaluating_estimate import evaluate_estimate
from altteul.cli.evaluating_savings import evaluate_savings
from altteul.cli.output import say, say_json

evaluate = typer.Typer(help="알뜰이 얼마나 잘하는지 잽니다.", no_args_is_help=True)


@evaluate.callback()
def _evaluate() -> None:
    """알뜰이 얼마나 잘하는지 잽니다."""


evaluate.command("estimate")(evaluate_estimate)
evaluate.command("savings")(evaluate_savings)


@evaluate.command("understand")
def evaluate_understanding(
    file: Annotated[Path, typer.Argument(metavar="파일", help="문장과 뜻이 적힌 JSONL 파일")],
    as_json: Annotated[bool, typer.Option("--json", help="프로그램용 JSON")] = False,
) -> None:
    """문장을 얼마나 정확히 알아듣는지 잽니다."""
    from altteul.assistant.evaluating import evaluate as measure
    from altteul.catalog import load_catalog
    from altteul.recipes.book import load_book

    score = measure(file, load_catalog(), load_book())
    if as_json:
        say_json(score)
        return
    say(f"문장 {score.rows}개 가운데 {score.exact}개를 꼭 맞게 알아들었습니다 ({score.share:.1%}).")
    for miss in score.misses:
        say(f"{miss.text}: {dict(miss.expected)} 대신 {dict(miss.understood)}")

"""The command `altteul`: thin; every command reads its words, calls a room, prints the answer."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from altteul import __version__
from altteul.cli.dishes import dishes
from altteul.cli.evaluating import evaluate
from altteul.cli.forecasting import backtest, forecast, record
from altteul.cli.free_questions import ask
from altteul.cli.importing import fetch_prices, import_files
from altteul.cli.planning import plan
from altteul.cli.pricing import price, sellers, sources
from altteul.cli.replanning import replan
from altteul.cli.serving import demo, serve
from altteul.cli.substituting import substitutes
from altteul.cli.understanding import understand
from altteul.cli.usage import UsageError, sentence
from altteul.errors import AltteulError, InputError, StorageError, reason_of
from altteul.foundation.commands import app as foundation
from altteul.korean.particles import fitted

EXIT_INTERRUPTED = 130

app = typer.Typer(
    name="altteul",
    help="알뜰: 어디서, 언제, 무엇을 사야 가장 싼지 조사가격으로 답합니다.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"altteul {__version__}")
        raise typer.Exit


@app.callback()
def main(
    context: typer.Context,
    home: Annotated[
        Path | None,
        typer.Option("--home", envvar="ALTTEUL_HOME", help="자료 폴더"),
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="판 번호")
    ] = False,
) -> None:
    """알뜰: 어디서, 언제, 무엇을 사야 가장 싼지 조사가격으로 답합니다."""
    del version
    context.obj = home


app.command("import")(import_files)
app.command("fetch")(fetch_prices)
app.command("plan")(plan)
app.command("replan")(replan)
app.command("ask")(ask)
app.command("price")(price)
app.command("substitutes")(substitutes)
app.command("dishes")(dishes)
app.command("forecast")(forecast)
app.command("backtest")(backtest)
app.command("record")(record)
app.command("sellers")(sellers)
app.command("sources")(sources)
app.command("serve")(serve)
app.command("demo")(demo)
app.command("understand")(understand)
app.add_typer(evaluate, name="evaluate")
app.add_typer(foundation, name="foundation")


def run() -> None:
    """Entry point: whatever goes wrong is one Korean sentence and an exit code."""
    try:
        code = app(standalone_mode=False)
        # Some releases of Typer make an exit code of Ctrl+C, others let it through.
        if code == EXIT_INTERRUPTED:
            raise KeyboardInterrupt
        sys.exit(code)
    except AltteulError as error:
        _end(str(error), error.exit_code)
    except UsageError as error:
        _end(sentence(error), InputError.exit_code)
    except (KeyboardInterrupt, typer.Abort):
        _end("멈추었습니다. 이미 받은 자료는 그대로 있습니다.", EXIT_INTERRUPTED)
    except BrokenPipeError:
        # `altteul … | head` closes our output; point it away so that the exit is silent.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        what = f"'{error.filename}'을(를)" if error.filename else "파일이나 디스크를"
        _end(fitted(f"{what} 쓸 수 없습니다: {reason_of(error)}."), StorageError.exit_code)


def _end(sentence_for_people: str, exit_code: int) -> NoReturn:
    sys.stderr.write(sentence_for_people + "\n")
    sys.exit(exit_code)

"""What is said when the command line itself is wrong: one Korean sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import typer

from altteul.korean.particles import fitted

if TYPE_CHECKING:
    from collections.abc import Callable

# Typer carries its own Click in some releases and imports it in others; this is its UsageError.
UsageError: Any = typer.BadParameter.__mro__[1]

# How Typer says it, in its own sentences.
_NO_COMMAND = re.compile(r"No such command '([^']*)'")
_CHOICES = re.compile(r"is not one of (.+)$")
_NUMBER = ",.10g"
_QUOTED = re.compile(r"'([^']*)'")


def sentence(error: Any) -> str:
    """The sentence for a usage error of the command line."""
    kind = type(error).__name__
    path = error.ctx.command_path if error.ctx else "altteul"
    name = _name_of(error)
    say: dict[str, Callable[[], str]] = {
        "MissingParameter": lambda: f"{name}이(가) 빠졌습니다",
        "NoSuchOption": lambda: f"'{error.option_name}'은(는) 없는 선택 항목입니다",
        "BadParameter": lambda: (
            _range_of(error)
            or _choices_of(error)
            or f"{name}의 값을 쓸 수 없습니다 ({error.message.rstrip('.')})"
        ),
    }
    what = say.get(
        kind,
        lambda: (
            _misspelt_command(error)
            or f"명령을 알아듣지 못했습니다 ({error.format_message().rstrip('.')})"
        ),
    )
    return f"{fitted(what())}. `{path} --help`에 쓰는 법이 있습니다."


def _range_of(error: Any) -> str:
    """Which numbers an option takes; empty for options that take no bounded number."""
    parameter = getattr(error, "param", None)
    least, most = getattr(parameter, "min", None), getattr(parameter, "max", None)
    if least is None and most is None:
        return ""
    if most is None:
        return f"{_name_of(error)}에는 {least:{_NUMBER}} 이상의 수를 적어 주세요"
    if least is None:
        return f"{_name_of(error)}에는 {most:{_NUMBER}} 이하의 수를 적어 주세요"
    return f"{_name_of(error)}에는 {least:{_NUMBER}}에서 {most:{_NUMBER}}까지의 수를 적어 주세요"


def _choices_of(error: Any) -> str:
    """The words that an option takes; empty for options that take any."""
    found = _CHOICES.search(error.message)
    if found is None:
        return ""
    words = ", ".join(_QUOTED.findall(found[1]))
    return f"{_name_of(error)}에는 {words} 가운데 하나를 적어 주세요"


def _misspelt_command(error: Any) -> str:
    found = _NO_COMMAND.search(error.format_message())
    return f"'{found[1]}'은(는) 없는 명령입니다" if found else ""


def _name_of(error: Any) -> str:
    parameter = getattr(error, "param", None)
    if parameter is None:
        return "값"
    if parameter.param_type_name == "option":
        return f"선택 항목 {parameter.opts[0]}"
    return f"'{parameter.metavar or parameter.name}'"

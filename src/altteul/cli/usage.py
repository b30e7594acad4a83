"""What is said when the command line itself is wrong: one Korean sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from altteul.korean.particles import fitted

if TYPE_CHECKING:
    from collections.abc import Callable

# Typer carries its own Click in some releases and imports it in others; this is its UsageError.
UsageError: Any = typer.BadParameter.__mro__[1]


def sentence(error: Any) -> str:
    """The sentence for a usage error of the command line."""
    kind = type(error).__name__
    path = error.ctx.command_path if error.ctx else "altteul"
    name = _name_of(error)
    say: dict[str, Callable[[], str]] = {
        "MissingParameter": lambda: f"{name}이(가) 빠졌습니다",
        "NoSuchOption": lambda: f"'{error.option_name}'은(는) 없는 선택 항목입니다",
        "BadParameter": lambda: (
            _range_of(error) or f"{name}의 값을 쓸 수 없습니다 ({error.message.rstrip('.')})"
        ),
    }
    what = say.get(
        kind, lambda: f"명령을 알아듣지 못했습니다 ({error.format_message().rstrip('.')})"
    )
    return f"{fitted(what())}. `{path} --help`에 쓰는 법이 있습니다."


def _range_of(error: Any) -> str:
    """What an option with a least and a most number takes; empty for other options."""
    parameter = getattr(error, "param", None)
    least, most = getattr(parameter, "min", None), getattr(parameter, "max", None)
    if least is None or most is None:
        return ""
    return f"{_name_of(error)}에는 {least:g}에서 {most:g}까지의 수를 적어 주세요"


def _name_of(error: Any) -> str:
    parameter = getattr(error, "param", None)
    if parameter is None:
        return "값"
    if parameter.param_type_name == "option":
        return f"선택 항목 {parameter.opts[0]}"
    return f"'{parameter.name}'"

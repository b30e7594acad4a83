"""Opens the data folder that a command works on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from altteul.errors import InputError, NoDataError
from altteul.settings import Settings, load_settings

if TYPE_CHECKING:
    import typer

    from altteul.catalog import Catalog
    from altteul.history import History
    from altteul.market import Market

NOTHING_YET = (
    "아직 가격 자료가 없습니다. `altteul import 파일`로 넣거나 `altteul fetch`로 받거나, "
    "`altteul demo`로 연습용(가상) 장터를 열어 보세요."
)


@dataclass(frozen=True, slots=True)
class Opened:
    """The rooms a command needs, on one data folder."""

    settings: Settings
    catalog: Catalog
    history: History
    market: Market


def open_history(context: typer.Context) -> tuple[Settings, History]:
    """The settings and the history of the chosen data folder."""
    from altteul.history import History

    settings = load_settings(context.obj)
    if settings.home.exists() and not settings.home.is_dir():
        raise InputError(f"자료 폴더 '{settings.home}'은(는) 폴더가 아닙니다. 다른 곳을 주세요.")
    return settings, History.of(settings)


def open_market(context: typer.Context) -> Opened:
    """The market of the chosen data folder; NoDataError when nothing was imported yet."""
    from altteul.catalog import load_catalog
    from altteul.market import Market

    settings, history = open_history(context)
    if history.is_empty():
        raise NoDataError(NOTHING_YET)
    catalog = load_catalog()
    return Opened(settings, catalog, history, Market(history, catalog))

"""`altteul replan`: at a shop on the way, with the prices seen there, where to go on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from altteul.cli.opening import open_market
from altteul.cli.output import read_day, say, say_json, table, warn
from altteul.cli.pricing import AsJson, Near, On
from altteul.errors import InputError
from altteul.planner.plan import Estimates, Mode, Trip

if TYPE_CHECKING:
    from altteul.catalog import Catalog
    from altteul.planner.replanning import GoodsHere, GoodsLater, NextStop, Replanned, SeenPrice

PIECES = re.compile(r",(?!\d{3}(?:\D|$))")
"""A comma between pieces, not one inside 12,000."""
PRICE = re.compile(r"^(?P<item>.+?)\s+(?:(?P<won>\d[\d,]*)\s*원?|(?P<none>없음))$")


def replan(  # noqa: PLR0913 - each is an option of the command
    context: typer.Context,
    shopping_list: Annotated[
        str, typer.Argument(help="아직 사지 않은 것 (예: 배추 1포기, 무 1개)")
    ],
    near: Near,
    at: Annotated[str, typer.Option(help="지금 있는 판매처")],
    seen: Annotated[
        str, typer.Option(help='여기서 본 값: 살 만큼의 값 (예: "배추 4500, 무 없음")')
    ] = "",
    been: Annotated[list[str] | None, typer.Option(help="먼저 들른 판매처")] = None,
    on: On = None,
    mode: Annotated[Mode, typer.Option(help="어떻게 다니는지")] = Mode.BUS,
    stops: Annotated[int, typer.Option(help="들른 곳까지 많아야 몇 곳", min=1, max=5)] = 3,
    radius: Annotated[
        int | None, typer.Option(help="집에서 몇 m 안에서", min=100, max=50_000)
    ] = None,
    estimates: Annotated[bool, typer.Option(help="조사되지 않은 판매처의 추정 값도 쓴다")] = True,
    as_json: AsJson = False,
) -> None:
    """들른 곳에서 본 값을 넣으면, 여기서 살 것과 다음 갈 곳을 다시 정합니다."""
    from altteul.cli.reading import read_ready
    from altteul.planner.replanning import AtTheShelf
    from altteul.planner.replanning import replan as plan_anew

    opened = open_market(context)
    trip = Trip(mode=mode, max_stops=stops, radius_m=radius)
    ready = read_ready(shopping_list, opened, near, read_day(on), trip)
    chosen = Estimates.ALWAYS if estimates else Estimates.NEVER
    request = ready.request.model_copy(update={"estimates": chosen})
    here = AtTheShelf(seller=at, seen=read_seen(seen, opened.catalog), been=tuple(been or ()))
    found = plan_anew(request, here, opened.market, opened.catalog)
    if as_json:
        say_json(found)
    else:
        _show(found)
    for piece in request.unread:
        warn(f"{piece.text}: {piece.reason}")


def read_seen(text: str, catalog: Catalog) -> tuple[SeenPrice, ...]:
    """Prices seen at a shelf: an item and won for as much as is needed, or 없음, by commas."""
    from altteul.planner.replanning import SeenPrice

    found = []
    for piece in filter(None, (part.strip() for part in PIECES.split(text))):
        said = PRICE.match(piece)
        if not said:
            raise InputError(
                f"본 값 '{piece}'을(를) 읽지 못했습니다. 품목과 값(원), 또는 없음을 적어 주세요. "
                '예: --seen "배추 4500, 무 없음"'
            )
        item = catalog.find(said["item"]).item.name
        won = None if said["none"] else int(said["won"].replace(",", ""))
        found.append(SeenPrice(item=item, won=won))
    return tuple(found)


def _show(found: Replanned) -> None:
    if found.simulated:
        say("연습용(가상) 자료입니다. 진짜 가격이 아닙니다.")
    _show_here(f"{found.seller}에서 살 것", found.buy)
    _show_here(f"{found.seller}에서 사지 말 것", found.leave)
    if not found.buy:
        say(f"{found.seller}에서는 아무것도 사지 않는 편이 낫습니다.")
    for number, stop in enumerate(found.stops, start=1):
        _show_stop(number, stop)
    if not found.stops:
        say("더 들르지 않고 돌아가는 편이 낫습니다.")
    if found.without:
        say(f"살 곳을 모르는 것: {', '.join(found.without)}")
    for piece in found.not_priced:
        say(f"가격 없음 · {piece.text}: {piece.reason}")
    guessed = " (추정 포함)" if found.estimated else ""
    say(f"여기서부터 집까지 물건값과 다니는 값을 더해 약 {found.expected_won:,}원{guessed}")


def _show_here(title: str, goods: tuple[GoodsHere, ...]) -> None:
    if goods:
        rows = [(one.need, _won(one.won), _basis(one), _won(one.limit_won)) for one in goods]
        table(title, ("품목", ">여기 값", "", ">이 값까지면 사기"), rows)


def _basis(one: GoodsHere) -> str:
    if one.seen:
        return "본 값"
    return "추정" if one.estimated else "조사한 값"


def _show_stop(number: int, stop: NextStop) -> None:
    how = " · 따로 들르기" if stop.own_trip else ""
    table(
        f"{number}. {stop.seller} (집에서 {stop.distance_m:,}m){how}",
        ("품목", ">예상하는 값", ">이 값이 넘으면 더 가기"),
        [(one.need, _expected(one), _won(one.limit_won)) for one in stop.goods],
    )


def _expected(one: GoodsLater) -> str:
    return f"{one.expected_won:,}원" + (" 추정" if one.estimated else "")


def _won(won: int | None) -> str:
    return "-" if won is None else f"{won:,}원"

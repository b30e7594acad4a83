"""`altteul plan`: a shopping list in, the cheapest way to do it out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from altteul.cli.opening import open_market
from altteul.cli.output import read_day, say, say_json, table, warn
from altteul.planner.plan import Mode, Trip

if TYPE_CHECKING:
    from altteul.planner.plan import Plan, ShoppingPlan, Stop, Unread

EXIT_PARTLY_READ = 2


def plan(  # noqa: PLR0913 - each is an option of the command
    context: typer.Context,
    shopping_list: Annotated[str, typer.Argument(help='예: "배추 1포기, 무 1개, 달걀 30개"')],
    near: Annotated[str, typer.Option(help='어디서: 시군구·동 또는 "위도,경도"')],
    on: Annotated[str | None, typer.Option(help="언제 (YYYY-MM-DD, 기본 오늘)")] = None,
    mode: Annotated[Mode, typer.Option(help="어떻게 다니는지")] = Mode.BUS,
    stops: Annotated[int, typer.Option(help="많아야 몇 곳", min=1, max=3)] = 3,
    radius: Annotated[
        int | None, typer.Option(help="몇 m 안에서 (기본: 다니는 방법에 따라)", min=100, max=50_000)
    ] = None,
    value_of_time: Annotated[
        int, typer.Option(help="한 시간의 값(원)", min=0, max=1_000_000)
    ] = Trip().value_of_time,
    as_json: Annotated[bool, typer.Option("--json", help="프로그램용 JSON")] = False,
) -> None:
    """장볼 것을 어디서 사야 가장 싼지 알려 줍니다."""
    from altteul.assistant.shopping_list import read_list
    from altteul.planner import make_plan
    from altteul.planner.plan import Request

    opened = open_market(context)
    needs, unread = read_list(shopping_list, opened.catalog)
    request = Request(
        needs=needs,
        unread=unread,
        place=opened.market.place(near),
        on=read_day(on),
        trip=Trip(mode=mode, value_of_time=value_of_time, max_stops=stops, radius_m=radius),
    )
    answer = make_plan(request, opened.market, opened.catalog)
    say_json(answer) if as_json else _show(answer)
    _exit_if_partly_read(answer)


def _exit_if_partly_read(answer: Plan) -> None:
    """What could not be read is said beside the answer and shows in the exit code."""
    for piece in answer.request.unread:
        warn(_unread_line(piece))
    if answer.request.unread:
        raise typer.Exit(EXIT_PARTLY_READ)


def _unread_line(piece: Unread) -> str:
    near = f" (혹시 {', '.join(piece.suggestions)}?)" if piece.suggestions else ""
    return f"{piece.text}: {piece.reason}{near}"


def _show(answer: Plan) -> None:
    say(answer.verdict)
    if answer.best:
        for number, stop in enumerate(answer.best.stops, start=1):
            _show_stop(number, stop)
        _show_total(answer.best)
    _show_choices(answer)
    for piece in answer.not_priced:
        say(f"가격 없음 · {_unread_line(piece)}")
    for notice in answer.notices:
        say(f"※ {notice}")
    for used in answer.sources:
        say(f"출처: {used.title} ({used.oldest} ~ {used.newest} 조사)")


def _show_stop(number: int, stop: Stop) -> None:
    rows = [
        (
            p.need,
            f"{p.pack_label} × {p.packs}",
            f"{p.won.mid:,}원",
            f"{p.unit_price.won.mid:,}원/{p.unit_price.per}" + (" 추정" * p.unit_price.estimated),
            f"{p.observed_on} ({p.age_days}일 전)",
            p.note or "",
        )
        for p in stop.purchases
    ]
    way = f"{stop.leg.distance_m:,}m, {stop.leg.minutes:.0f}분"
    title = f"{number}. {stop.seller.name} ({way}) · {stop.goods.mid:,}원"
    table(title, ("살 것", "포장", ">값", ">단위가격", "조사일", "비고"), rows)


def _show_total(best: ShoppingPlan) -> None:
    span = "" if best.total.low == best.total.high else f" ({best.total.low:,}~{best.total.high:,})"
    say(
        f"물건값 {best.goods.mid:,}원 + 다니는 값 {best.trip_won:,}원"
        f"({best.trip_minutes:.0f}분) = {best.total.mid:,}원{span}"
    )


def _show_choices(answer: Plan) -> None:
    rows = [
        (f"{choice.max_stops}곳까지", _names(choice.plan), f"{choice.plan.total.mid:,}원",
         f"{choice.saves_won:+,}원" if choice.max_stops > 1 else "",
         _left_out(choice.plan))
        for choice in answer.by_stops
    ]  # fmt: skip
    rows += [
        (c.name, _names(c.plan), f"{c.plan.total.mid:,}원", f"{-c.best_saves_won:+,}원",
         _left_out(c.plan))
        for c in answer.comparisons
    ]  # fmt: skip
    if rows:
        table("견주어 보기", ("방법", "어디", ">모두", ">차이(순)", "빠지는 것"), rows)


def _names(way: ShoppingPlan) -> str:
    return " → ".join(stop.seller.name for stop in way.stops)


def _left_out(way: ShoppingPlan) -> str:
    return ", ".join(way.not_bought)

"""`altteul plan`: a shopping list in, the cheapest way to do it out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from altteul.cli.opening import open_market
from altteul.cli.output import read_day, say, say_json, table, warn
from altteul.errors import NoDataError
from altteul.planner.plan import Mode, Trip

if TYPE_CHECKING:
    from altteul.assistant.asking import ReadyRequest
    from altteul.cli.opening import Opened
    from altteul.forecast.outlook import Outlook
    from altteul.planner.plan import Comparison, Plan, ShoppingPlan, Stop, Unread

EXIT_PARTLY_READ = 2


def plan(  # noqa: PLR0913 - each is an option of the command
    context: typer.Context,
    shopping_list: Annotated[
        str, typer.Argument(help='목록("배추 1포기, 무 1개")이나 말("내일 네 명이 먹을 비빔밥")')
    ],
    near: Annotated[str | None, typer.Option(help='어디서: 시군구·동 또는 "위도,경도"')] = None,
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
    from altteul.assistant.telling import noticed
    from altteul.cli.reading import read_ready
    from altteul.planner import make_plan

    opened = open_market(context)
    trip = Trip(mode=mode, value_of_time=value_of_time, max_stops=stops, radius_m=radius)
    ready = read_ready(shopping_list, opened, near, read_day(on), trip)
    made = make_plan(ready.request, opened.market, opened.catalog, outlook=_outlook(opened, ready))
    answer = noticed(made, ready)
    if as_json:
        say_json(answer)
    else:
        _show_model_s_words(answer, ready, opened)
        show_plan(answer)
        _show_assumed(ready)
    _end(answer)


def _outlook(opened: Opened, ready: ReadyRequest) -> Outlook | None:
    """How prices are expected to move, where there is more than one day to choose from."""
    from altteul.forecast.outlook import Outlook

    request = ready.request
    if request.latest is None:
        return None
    return Outlook.open(opened.settings.home, request.place.region, request.on)


def _show_model_s_words(answer: Plan, ready: ReadyRequest, opened: Opened) -> None:
    """What a language model makes of the answer, where one is set and its numbers hold."""
    from altteul.assistant.language_model.endpoint import Endpoint
    from altteul.assistant.telling import tell

    endpoint = Endpoint.of(opened.settings)
    if endpoint and answer.best:
        told = tell(answer, ready, opened.catalog, endpoint)
        if told.notice:
            say(told.answer.short)
            say(f"※ {told.notice}")


def _show_assumed(ready: ReadyRequest) -> None:
    for assumption in ready.assumptions:
        say(f"※ {assumption}")
    if ready.pantry:
        at_home = ", ".join(f"{need.item} {' + '.join(need.amounts)}" for need in ready.pantry)
        say(f"집에 있다고 본 것(값을 치지 않음): {at_home}")


def _end(answer: Plan) -> None:
    """What could not be read or priced is said beside the answer and shows in the exit code."""
    for piece in answer.request.unread:
        warn(_unread_line(piece))
    if answer.request.unread:
        raise typer.Exit(EXIT_PARTLY_READ)
    if answer.best is None:
        raise NoDataError(answer.verdict)


def _unread_line(piece: Unread) -> str:
    near = f" (혹시 {', '.join(piece.suggestions)}?)" if piece.suggestions else ""
    return f"{piece.text}: {piece.reason}{near}"


def show_plan(answer: Plan) -> None:
    """Print a plan for people; nothing where there is none."""
    if answer.best:
        _show(answer, answer.best)


def _show(answer: Plan, best: ShoppingPlan) -> None:
    say(answer.verdict)
    for number, stop in enumerate(best.stops, start=1):
        _show_stop(number, stop)
    _show_total(best)
    _show_choices(answer, best)
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


def _show_choices(answer: Plan, best: ShoppingPlan) -> None:
    rows = [
        (f"{way.max_stops}곳까지", *_way(way.plan), _saving(way.max_stops, way.saves_won))
        for way in answer.by_stops
    ]
    rows += [
        (other.name, *_way(other.plan), _dearer(other, best))
        for other in answer.comparisons
        if other.best_saves_won
    ]
    if rows:
        table("견주어 보기", ("방법", "어디", "빠지는 것", ">모두", "얼마나 다른가"), rows)


def _way(way: ShoppingPlan) -> tuple[str, str, str]:
    names = " → ".join(stop.seller.name for stop in way.stops)
    return names, ", ".join(way.not_bought), f"{way.total.mid:,}원"


def _dearer(other: Comparison, best: ShoppingPlan) -> str:
    """Won are compared only between ways that buy the same things."""
    if set(other.plan.not_bought) != set(best.not_bought):
        return "산 것이 달라 값을 견줄 수 없음"
    return f"{other.best_saves_won:,}원 더 듦"


def _saving(max_stops: int, won: int) -> str:
    if max_stops == 1:
        return ""
    return f"한 곳 더 들러 {won:,}원 아낌" if won > 0 else "더 들러도 아끼지 못함"

"""`altteul plan`: a shopping list in, the cheapest way to do it out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from altteul.cli.opening import open_market
from altteul.cli.output import read_day, say, say_json, warn
from altteul.cli.plan_tables import show_plan, unread_line
from altteul.cli.wishes import Wishes
from altteul.errors import NoDataError
from altteul.planner.plan import Mode, Trip

if TYPE_CHECKING:
    from altteul.assistant.asking import ReadyRequest
    from altteul.cli.opening import Opened
    from altteul.planner.later import PriceOutlook
    from altteul.planner.plan import Plan, Request

EXIT_PARTLY_READ = 2
MOST_UNREAD = 20
"""So many lines that could not be read are told one by one."""
EXPLAINED = 3
"""With more stops, looking for what comes close can take most of a minute."""


SEE_AND_REPLAN = (
    "추정한 값은 가게에서 보면 다를 수 있습니다. 들른 곳에서 본 값으로 다음 갈 곳을 다시 정하려면: "
    'altteul replan "아직 사지 않은 것" --at 판매처 --seen "품목 값, …"'
)


def plan(  # noqa: PLR0913 - each is an option of the command
    context: typer.Context,
    shopping_list: Annotated[
        str,
        typer.Argument(
            metavar="목록", help='목록("배추 1포기, 무 1개")이나 말("내일 네 명이 먹을 비빔밥")'
        ),
    ] = "",
    file: Annotated[
        Path | None, typer.Option(help="목록 파일 (CSV의 품목·수량·단위, 또는 한 줄에 하나씩)")
    ] = None,
    near: Annotated[str | None, typer.Option(help='어디서: 시군구·동 또는 "위도,경도"')] = None,
    on: Annotated[str | None, typer.Option(help="언제 (YYYY-MM-DD, 기본 오늘)")] = None,
    mode: Annotated[Mode, typer.Option(help="어떻게 다니는지")] = Mode.BUS,
    stops: Annotated[
        int,
        typer.Option(help="많아야 몇 곳 (5곳을 넘으면 큰 장보기로 20초까지 찾음)", min=1, max=40),
    ] = 3,
    radius: Annotated[
        int | None, typer.Option(help="몇 m 안에서 (기본: 다니는 방법에 따라)", min=100, max=50_000)
    ] = None,
    value_of_time: Annotated[
        int, typer.Option(help="한 시간의 값(원)", min=0, max=1_000_000)
    ] = Trip().value_of_time,
    until: Annotated[
        str | None, typer.Option(help="늦어도 언제까지 (YYYY-MM-DD, 6일 뒤까지)")
    ] = None,
    needed: Annotated[
        str | None, typer.Option(help="언제 쓸 것인가 (YYYY-MM-DD): 그때까지 상하는 것을 셈")
    ] = None,
    leave: Annotated[str | None, typer.Option(help="몇 시에 집을 나서나 (기본 10:00)")] = None,
    budget: Annotated[int | None, typer.Option(help="물건과 배달에 쓸 돈(원)", min=0)] = None,
    carry: Annotated[
        float | None, typer.Option(help="한 번에 들 수 있는 무게(kg)", min=0.1, max=1_000)
    ] = None,
    risk: Annotated[str | None, typer.Option(help="값이 불확실할 때: 안전하게, 보통, 모험")] = None,
    must: Annotated[list[str] | None, typer.Option(help="꼭 들를 판매처")] = None,
    avoid: Annotated[list[str] | None, typer.Option(help="가지 않을 판매처")] = None,
    voucher: Annotated[
        list[str] | None, typer.Option(help="온누리, 지역화폐, 경로 (지역화폐:7처럼 할인율)")
    ] = None,
    prefer: Annotated[list[str] | None, typer.Option(help="국산, 유기농 …")] = None,
    substitutes: Annotated[
        bool, typer.Option("--substitutes", help="비슷한 다른 것을 사도 된다")
    ] = False,
    estimates: Annotated[
        bool, typer.Option("--estimates", help="조사되지 않은 판매처의 추정 값도 쓴다")
    ] = False,
    around: Annotated[
        bool, typer.Option("--around", help="아무 데서나 살 때와 견준 값도 (오래 걸림)")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="프로그램용 JSON")] = False,
) -> None:
    """장볼 것을 어디서 사야 가장 싼지 알려 줍니다."""
    from altteul.assistant.answering.telling import noticed
    from altteul.cli.reading import read_given, read_ready
    from altteul.planner import make_plan

    opened = open_market(context)
    wishes = Wishes(
        until, needed, leave, budget, carry, risk, must or (), avoid or (), voucher or (),
        prefer or (), substitutes, estimates,
    )  # fmt: skip
    trip = Trip(mode=mode, value_of_time=value_of_time, max_stops=stops, radius_m=radius)
    given = read_given(shopping_list, file)
    ready = read_ready(given, opened, near, read_day(on), wishes.trip(trip))
    ready = replace(ready, request=wishes.request(ready.request))
    outlook = _outlook(ready.request, opened)
    made = make_plan(
        ready.request, opened.market, opened.catalog, outlook=outlook, explained=stops <= EXPLAINED
    )
    if estimates or around:
        made = _looked_into(made, opened, around=around)
    answer = noticed(made, ready)
    if as_json:
        say_json(answer)
    else:
        _show_model_s_words(answer, ready, opened)
        show_plan(answer)
        _show_assumed(ready)
    _end(answer)


def _looked_into(made: Plan, opened: Opened, *, around: bool) -> Plan:
    """The plan with the limits of its estimated prices and, if asked, what looking around saves."""
    from altteul.planner.limit_prices import with_limits
    from altteul.planner.shopping_around import shopping_around

    limited = with_limits(made, opened.market, opened.catalog)
    if limited.notices != made.notices:
        limited = limited.model_copy(update={"notices": (*limited.notices, SEE_AND_REPLAN)})
    made = limited
    found = shopping_around(made.request, opened.market, opened.catalog) if around else None
    said = (found.sentence(),) if found else ()
    return made.model_copy(update={"notices": (*made.notices, *said)})


def _outlook(request: Request, opened: Opened) -> PriceOutlook | None:
    """How prices will change, where there is a later day to ask about."""
    if request.latest is None or request.latest <= request.on:
        return None
    from altteul.forecast.outlook import Outlook
    from altteul.market.place_names import survey_regions

    region = next(iter(survey_regions(request.place)), None)
    return Outlook.open(opened.settings.home, region, request.on)


def _show_model_s_words(answer: Plan, ready: ReadyRequest, opened: Opened) -> None:
    """What a language model makes of the answer, where one is set and its numbers hold."""
    from altteul.assistant.answering.telling import tell
    from altteul.assistant.language_model.endpoint import Endpoint

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
    lines = [unread_line(piece) for piece in answer.request.unread]
    for line in lines[:MOST_UNREAD]:
        warn(line)
    if len(lines) > MOST_UNREAD:
        warn(f"그 밖에 {len(lines) - MOST_UNREAD:,}가지도 읽지 못했습니다.")
    if answer.request.unread:
        raise typer.Exit(EXIT_PARTLY_READ)
    if answer.best is None:
        raise NoDataError(answer.verdict)

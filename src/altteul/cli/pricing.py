"""`altteul price`, `altteul sellers`, `altteul sources`: what is known, where, how old."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from altteul.cli.opening import open_history, open_market
from altteul.cli.output import read_day, say, say_json, table
from altteul.errors import InputError, NoDataError
from altteul.market.offer import CHANNEL_WORDS
from altteul.sources.seller import LocationBasis

if TYPE_CHECKING:
    from altteul.market.nearby import NearbySeller
    from altteul.market.offer import Offer
    from altteul.market.report import PriceReport

Near = Annotated[str, typer.Option(help='어디서: 시군구·동 또는 "위도,경도"')]
On = Annotated[str | None, typer.Option(help="언제 (YYYY-MM-DD, 기본 오늘)")]
Radius = Annotated[int, typer.Option(help="몇 m 안에서", min=100, max=50_000)]
AsJson = Annotated[bool, typer.Option("--json", help="프로그램용 JSON")]


WHERE = {
    LocationBasis.EXACT: "주소",
    LocationBasis.DONG: "동 가운데(추정)",
    LocationBasis.DISTRICT: "구 가운데(추정)",
    LocationBasis.NONE: "모름",
}
"""How well a place is known, for people."""


def price(
    context: typer.Context,
    item: Annotated[str, typer.Argument(metavar="품목", help="예: 배추")],
    near: Near,
    on: On = None,
    radius: Radius = 5_000,
    as_json: AsJson = False,
) -> None:
    """한 품목의 가격: 가까운 곳의 가장 싼 값부터 비싼 값까지, 평년과 견주어."""
    opened = open_market(context)
    place, day = opened.market.place(near), read_day(on)
    dispersion = opened.market.dispersion(item, place, day)
    report = opened.market.price_report(item, place, day, radius)
    report = report.model_copy(update={"dispersion": dispersion})
    if as_json:
        say_json(report)
    if not report.offers and not report.region_values:
        raise NoDataError(
            f"{report.place.name}에서 {report.on}에 쓸 {report.item} 조사가격이 없습니다. "
            "다른 날짜(--on)나 더 넓은 거리(--radius)로 다시 해 보세요."
            + "".join(
                f" {fact.sentence()}" for fact in opened.market.freshness(report.on) if fact.late
            )
        )
    if not as_json:
        _show(report)


def _show(report: PriceReport) -> None:
    for line in report.sentences():
        say(line)
    for line in report.dispersion.sentences() if report.dispersion else ():
        say(line)
    if report.offers:
        table(
            f"{report.item} · {report.place.name} · {report.on}",
            ("판매처", "유통경로", ">거리", "포장", ">값", ">단위가격", "조사일", "비고"),
            [_offer_row(offer) for offer in report.offers],
        )
    for one in report.marked:
        say(one.sentence())
    for notice in report.notices:
        say(f"※ {notice}")
    for used in report.sources:
        say(f"출처: {used.title} ({used.oldest} ~ {used.newest} 조사)")


def _offer_row(offer: Offer) -> tuple[str, ...]:
    return (
        offer.seller.name,
        CHANNEL_WORDS[offer.seller.channel],
        f"{offer.distance_m:,}m",
        offer.pack.label,
        f"{offer.price.mid:,}원",
        f"{offer.unit_price.won.mid:,}원/{offer.unit_price.per}"
        + (" 추정" if offer.unit_price.estimated else ""),
        f"{offer.observed_on} ({offer.age_days}일 전)",
        " ".join(filter(None, (offer.variety, offer.origin, offer.note))),
    )


def sellers(
    context: typer.Context,
    place: Annotated[
        str | None, typer.Argument(help='시군구·동 또는 "위도,경도"', metavar="곳")
    ] = None,
    near: Annotated[str | None, typer.Option(help="곳을 이렇게 적어도 됩니다")] = None,
    on: On = None,
    radius: Radius = 3_000,
    as_json: AsJson = False,
) -> None:
    """가까운 판매처를 가까운 차례로, 여기서 비싼 곳인지 싼 곳인지와 함께 보여 줍니다."""
    where = place or near
    if not where:
        raise InputError("어디 가까이인지 적어 주세요. 예: altteul sellers 노원구")
    opened = open_market(context)
    found = opened.market.nearby(opened.market.place(where), read_day(on), radius_m=radius)
    if as_json:
        say_json(found)
        return
    if not found.sellers:
        raise NoDataError(
            f"{found.place.name}에서 {radius:,}m 안에는 아는 판매처가 없습니다. "
            "--radius로 넓히거나 다른 곳을 적어 주세요."
        )
    table(
        f"{found.place.name}에서 {radius:,}m 안의 판매처 {len(found.sellers)}곳",
        ("판매처", "유통경로", ">거리", "값 수준", "마지막 조사", "위치", "주소"),
        [_seller_row(one) for one in found.sellers],
    )


def _seller_row(one: NearbySeller) -> tuple[str, ...]:
    return (
        one.seller.name,
        CHANNEL_WORDS[one.seller.channel],
        f"{one.distance_m:,}m",
        one.level.words() if one.level else "",
        f"{one.surveyed_on} ({one.items}개 품목)" if one.surveyed_on else "",
        WHERE[one.seller.location_basis],
        one.seller.address or "",
    )


def sources(context: typer.Context) -> None:
    """어디서 온 자료인지, 언제 것까지 있는지 보여 줍니다."""
    from altteul.sources.adapters import all_sources

    _, history = open_history(context)
    table(
        "출처",
        ("이름", "열쇠", "이용 조건"),
        [
            (s.title, ", ".join(s.needs_keys) or "필요 없음", s.licence)
            for s in all_sources().values()
        ],
    )
    table(
        "넣은 기록",
        ("언제(UTC)", "무엇", ">새 가격", ">고친 가격", "조사일"),
        [
            (
                f"{i.recorded_at:%Y-%m-%d %H:%M}",
                i.origin,
                f"{i.new:,}",
                f"{i.corrected:,}",
                f"{i.first_day or ''} ~ {i.last_day or ''}",
            )
            for i in history.imports()
        ],
    )

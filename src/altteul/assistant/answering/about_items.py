"""Price, season, substitute, and what is asked of the future or the past, in plain sentences.

What is not known (causes, a forecast or a record that was not kept) is said to be so, with what
is known instead: today's range, the normal price, the last three months, the season.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from altteul.assistant.answering.about_plan import place_said
from altteul.assistant.answering.spoken_answer import SpokenAnswer, spoken_answer
from altteul.assistant.understood import SpokenNeed
from altteul.catalog import Item
from altteul.korean.particles import with_particle
from altteul.market.offer import HowUnusual
from altteul.market.report import PriceReport
from altteul.planner.advice import Finding, SubstituteAdvice, SubstituteChoice

if TYPE_CHECKING:
    from altteul.forecast.record import RecordReport
    from altteul.forecast.verdict import Verdict

STANDS = {
    HowUnusual.CHEAP: "평년보다 싼 편이에요",
    HowUnusual.ORDINARY: "평년과 비슷해요",
    HowUnusual.DEAR: "평년보다 비싼 편이에요",
    HowUnusual.VERY_DEAR: "평년보다 아주 비싸요",
}
SORTS = {"채소": ("200", "300"), "과일": ("400",), "생선과 조개": ("600",)}
NAMED_OF_EACH = 4
NOT_YET_WHEN = "앞으로 오를지 내릴지는 아직 알 수 없어요."
NOT_YET_WHY = "왜 그런지는 아직 알 수 없어요."
NOT_YET_RECORD = "알뜰이 한 말이 얼마나 맞았는지 적은 성적은 아직 없어요."


def answer_price(report: PriceReport, need: SpokenNeed | None = None) -> SpokenAnswer:
    """The range around a place, what so many as were asked for cost, and how it stands to
    normal."""
    short = (_range(report), _for_so_many(report, need), _normal(report))
    more = (_ends(report), _recent(report), _age(report))
    return spoken_answer(short, more, simulated=report.simulated)


def answer_prices(reports: Sequence[PriceReport]) -> SpokenAnswer:
    """The ranges of several items, one sentence each, as they were named."""
    short = [_range(report) for report in reports]
    more = [text for report in reports for text in (_normal(report), _ends(report))]
    return spoken_answer(short, more, simulated=any(report.simulated for report in reports))


def _for_so_many(report: PriceReport, need: SpokenNeed | None) -> str:
    """'무 두 개 얼마야': what so many cost at the middle price, where it is per one of them."""
    spread = report.spread
    if need is None or need.amount in (None, 1) or spread is None:
        return ""
    if spread.per != f"1{need.unit}":
        return ""
    amount = f"{need.amount:g}{need.unit}"
    won = round(need.amount * spread.won.mid / 10) * 10
    return f"{with_particle(amount, '이면/면')} {won:,}원쯤 들어요."


def answer_when(report: PriceReport, verdict: Verdict | None = None) -> SpokenAnswer:
    """The verdict where a forecast is kept; else that the future is not known, with what is."""
    if verdict is not None:
        simulated = report.simulated or verdict.simulated
        more = (_normal(report), _recent(report))
        return spoken_answer((verdict.sentence, _range(report)), more, simulated=simulated)
    short = (f"{with_particle(_name(report), '이/가')} {NOT_YET_WHEN}", _range(report))
    return spoken_answer(short, (_normal(report), _recent(report)), simulated=report.simulated)


def answer_why(
    report: PriceReport, item: Item | None = None, month: int | None = None
) -> SpokenAnswer:
    """What is known (against normal, the last months, the season), and that causes are not."""
    short = (NOT_YET_WHY, _normal(report) or _range(report))
    season = _season(item, month) if item and month and item.season else ""
    more = (_range(report), _recent(report), season)
    return spoken_answer(short, more, simulated=report.simulated)


def answer_record(record: RecordReport | None = None) -> SpokenAnswer:
    """How advice did, losses included; that there is no record where none was kept."""
    if record is not None and record.parts:
        said = [part.sentence for part in record.parts]
        return spoken_answer(said[:1], said[1:])
    return spoken_answer(
        (NOT_YET_RECORD, "그래서 앞날의 값은 말하지 않고, 조사한 값만 알려 드려요.")
    )


def answer_season(items: Sequence[Item], month: int) -> SpokenAnswer:
    """Whether items are in season in a month."""
    known = [f"{_season(item, month)}" for item in items]
    return spoken_answer(known or ["어떤 것의 제철이 궁금하신지 말씀해 주세요."])


def answer_what_is_in_season(items: Sequence[Item], month: int) -> SpokenAnswer:
    """What is in season in a month: a few of each sort."""
    said = []
    for sort, categories in SORTS.items():
        here = [i.name for i in items if i.category in categories and i.in_season(month)]
        if here:
            names = with_particle(", ".join(here[:NAMED_OF_EACH]), "이/가")
            said.append(f"{with_particle(sort, '은/는')} {names}")
    if not said:
        return spoken_answer((f"{month}월에 무엇이 제철인지는 아직 몰라요.",))
    return spoken_answer((f"{month}월에 {', '.join(said)} 제철이에요.",))


def answer_substitute(advice: SubstituteAdvice) -> SpokenAnswer:
    """What to use instead, what changes, and allergens, always."""
    name = advice.original.item
    pays = [c for c in advice.choices if c.recommended]
    unsure = [c for c in advice.choices if c.finding is Finding.NORMAL_UNKNOWN]
    use = _use(advice, [*pays, *unsure])
    if pays:
        short = [_instead(use, name, pays[0]), f"{pays[0].taste}."]
    elif unsure:
        short = [
            f"{use}{name} 대신 {with_particle(unsure[0].facts.item, '이/가')} 지금 더 싸요.",
            "보통 때 값을 몰라서, 지금이 비싼 때인지는 알 수 없어요.",
        ]
    elif advice.original.price is None or not advice.choices:
        short = [advice.verdict]
    else:
        short = [f"{use}{name} 대신 권할 만큼 더 싼 것은 없어요. 그대로 사시는 것이 나아요."]
    said = [*pays, *unsure]
    return spoken_answer(
        [*short, *(_allergy(choice) for choice in said[:1])],
        [*(_also(choice) for choice in said[1:3]), *(_allergy(choice) for choice in said[1:3])],
        simulated=advice.simulated,
    )


def _use(advice: SubstituteAdvice, said: Sequence[SubstituteChoice]) -> str:
    """What it is for: as asked, else what the substitute that is named can do."""
    uses = [advice.use] if advice.use else list(said[0].uses) if said else []
    return f"{'·'.join(uses)}에 쓸 " if uses else ""


def _instead(use: str, name: str, choice: SubstituteChoice) -> str:
    by = with_particle(choice.facts.item, "을/를")
    return f"{use}{name} 대신 {by} 쓰시면 값이 {choice.saves_percent}% 덜 들어요."


def _also(choice: SubstituteChoice) -> str:
    use, item = "·".join(choice.uses), choice.facts.item
    return f"{use}에는 {item}도 {choice.saves_percent}% 덜 들어요. {choice.taste}."


def _allergy(choice: SubstituteChoice) -> str:
    if not choice.new_allergens:
        return ""
    brings = with_particle("·".join(choice.new_allergens), "이/가")
    return f"다만 {choice.facts.item}에는 {brings} 들어 있으니 알레르기가 있으면 쓰지 마세요."


def _season(item: Item, month: int) -> str:
    name = with_particle(item.name, "은/는")
    return {
        True: f"{name} {month}월이 제철이에요.",
        False: f"{name} {month}월이 제철이 아니에요.",
        None: f"{with_particle(item.name, '이/가')} 언제 제철인지는 아직 몰라요.",
    }[item.in_season(month)]


def _name(report: PriceReport) -> str:
    return " ".join(filter(None, (report.item, report.variety)))


def _range(report: PriceReport) -> str:
    where, name = place_said(report.place), with_particle(_name(report), "은/는")
    spread = report.spread
    if spread is None and report.region_values:
        value = report.region_values[0]
        mean = f"{value.unit_price.per}에 {value.unit_price.won.mid:,}원"
        return f"{where} 가까이에서 조사한 값은 없고, {name} {value.region} 평균이 {mean}이에요."
    if spread is None:
        return f"{where} 가까이에는 {_name(report)} 값을 조사한 곳이 없어요."
    won = spread.won
    if won.low == won.high:
        return f"{where} 가까이에서 {name} {spread.per}에 {won.mid:,}원이에요."
    return (
        f"{where} 가까이에서 {name} {spread.per}에 {won.low:,}원에서 {won.high:,}원까지 하고, "
        f"가운데는 {won.mid:,}원이에요."
    )


def _ends(report: PriceReport) -> str:
    if report.spread is None or report.spread.sellers < 2:
        return ""
    cheapest = report.spread.cheapest
    return f"가장 싼 곳은 {with_particle(cheapest.seller.name, '이에요/예요')}."


def _normal(report: PriceReport) -> str:
    if report.normal is None or report.unusual is HowUnusual.UNKNOWN:
        name = with_particle(_name(report), "은/는")
        return f"{name} 보통 때 값을 몰라서, 지금이 비싼 편인지는 알 수 없어요."
    normal = report.normal
    stands = STANDS[report.unusual]
    return f"{_name(report)} 값은 지금 {stands}(평년 {normal.per}에 {normal.won:,}원)."


def _recent(report: PriceReport) -> str:
    if report.recent is None:
        return ""
    recent = report.recent
    return f"요즘 석 달 동안 {recent.region}에서는 보통 {recent.per}에 {recent.won:,}원이었어요."


def _age(report: PriceReport) -> str:
    if not report.offers:
        return ""
    days = {offer.observed_on for offer in report.offers}
    day, since = min(days), "에" if len(days) == 1 else " 뒤로"
    return f"{day.month}월 {day.day}일{since} 조사한 값이라 가게에서는 다를 수 있어요."

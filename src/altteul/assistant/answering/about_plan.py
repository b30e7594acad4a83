"""Plan → sentences: where to go, what it costs, what it saves; every number is the plan's own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from altteul.assistant.answering.how_sure import age, doubts
from altteul.assistant.answering.spoken_answer import SpokenAnswer, spoken_answer
from altteul.assistant.questions import NOT_IN_THE_BOOK
from altteul.korean.going import MODE_WORDS
from altteul.korean.particles import with_particle
from altteul.korean.spoken_numbers import native
from altteul.market.offer import Place, WonRange
from altteul.planner.plan import Comparison, Mode, Plan, Purchase, ShoppingPlan, Stop
from altteul.planner.verdict import counting_leftovers

if TYPE_CHECKING:
    from altteul.assistant.request import ReadyRequest
from altteul.assistant.understood import Understood

NAMED_AT_MOST = 3
TRY_MORE = "조금 더 넓은 곳이나 다른 날로 다시 물어봐 주세요."
TRY_LIKE = "예를 들어 배추 한 포기, 무 한 개처럼 말씀해 주세요."
_PIECES = re.compile(r"(\d+)([가-힣]+)")


def answer_plan(
    plan: Plan, ready: ReadyRequest | None = None, understood: Understood | None = None
) -> SpokenAnswer:
    """Two or three plain sentences on a plan, then the details.

    `ready` adds what was assumed and what is taken to be at home, `understood` whose meal it is and
    whether the budget holds.
    """
    best = plan.best
    if best is None:
        said = (headline(plan), *sentences(plan), _unread(plan))
        return spoken_answer(said, simulated=plan.simulated)
    short = [
        _for_whom(understood) + headline(plan),
        _order(best),
        _delivered(best),
        _sum(best, plan),
        _left_out(plan),
        _unread(plan),
    ]
    more = [
        *(ready.assumptions if ready else ()),
        budget_said(plan, understood),
        _saving(plan),
        *(_at(stop) for stop in best.stops),
        _at_home(ready),
        doubts(best),
        age(best),
    ]
    return spoken_answer(short, more, simulated=plan.simulated)


def headline(plan: Plan) -> str:
    """One sentence: where to go."""
    if plan.best is None:
        return _nothing(plan)
    if not plan.best.stops:
        sellers = ", ".join(order.seller.name for order in plan.best.orders)
        return f"{sellers}에서 배달받으시면 돼요."
    names = [stop.seller.name for stop in plan.best.stops]
    if len(names) > 1:
        return f"{native_or_digits(len(names))} 곳에서 나누어 사시면 돼요."
    some = plan.best.not_bought or plan.not_priced or plan.best.orders
    everything = "" if some else "다 "
    return f"{names[0]} 한 곳에서 {everything}사시면 돼요."


def sentences(plan: Plan) -> list[str]:
    """What follows the headline: the order of the stops, the sum and the way, the saving, and
    what was left out."""
    best = plan.best
    if best is None:
        advice = TRY_MORE if plan.not_priced else ""
        return [advice if plan.request.needs else TRY_LIKE]
    said = [_order(best), _delivered(best), _sum(best, plan), _saving(plan), _left_out(plan)]
    return [sentence for sentence in said if sentence]


def _nothing(plan: Plan) -> str:
    names = [need.item for need in plan.request.needs]
    if not names:
        return "무엇을 살지 아직 모르겠어요."
    if len(plan.not_priced) < len(names):  # there are prices; money, weight or time does not do
        return plan.verdict
    return f"{place_said(plan.request.place)} 가까이에는 {_named(names)} 값을 조사한 곳이 없어요."


def _for_whom(understood: Understood | None) -> str:
    if understood is None or not understood.cooked:
        return ""
    names = _named([dish.name for dish in understood.cooked])
    people = understood.people or next((d.servings for d in understood.cooked if d.servings), None)
    return f"{names} {people:g}인분 재료는 " if people else f"{names} 재료는 "


def _order(best: ShoppingPlan) -> str:
    if len(best.stops) < 2:
        return ""
    first, *between, last = (stop.seller.name for stop in best.stops)
    middle = f"{', '.join(between)}에 들른 뒤 " if between else ""
    return f"먼저 {first}, 다음에 {middle}{with_particle(last, '으로/로')} 가세요."


def _delivered(best: ShoppingPlan) -> str:
    said = [
        f"{order.seller.name}에서 {order.goods.mid:,}원어치를 {order.arrives_on.month}월 "
        f"{order.arrives_on.day}일에 받고 배달값 {order.fee:,}원을 내세요."
        for order in best.orders
    ]
    return " ".join(said)


def _sum(best: ShoppingPlan, plan: Plan) -> str:
    if not best.stops:
        return f"물건값은 {_about(best.goods)}이에요."
    way = MODE_WORDS[_way_of(best, plan.request.trip.mode)]
    took = minutes(best.trip_minutes)
    return f"물건값은 {_about(best.goods)}이고, {way} 다녀오는 데 {took}쯤 걸려요."


def _way_of(best: ShoppingPlan, mode: Mode) -> Mode:
    """On foot where a bus rider walks all the way, else as was chosen."""
    legs = [leg for stop in best.stops for leg in (stop.leg, stop.way_home) if leg]
    legs += [best.way_home] if best.way_home else []
    return Mode.WALK if all(leg.mode is Mode.WALK for leg in legs) else mode


def _left_out(plan: Plan) -> str:
    """What has no price, and what the budget or what one can carry leaves out."""
    for_limits = set(plan.left_out)
    left = [piece.text for piece in plan.not_priced]
    left += [text for text in (plan.best.not_bought if plan.best else ()) if text not in for_limits]
    unpriced = f"{with_particle(_named(left), '은/는')} 값을 몰라 빼고 셈했어요." if left else ""
    if not plan.left_out:
        return unpriced
    budget = plan.request.budget
    why = f"{budget:,}원을 넘지 않으려고" if budget is not None else "들고 오기에 많아"
    limited = f"{why} {with_particle(_named(plan.left_out), '은/는')} 뺐어요."
    return " ".join(filter(None, (unpriced, limited)))


def _unread(plan: Plan) -> str:
    strange = [p.text for p in plan.request.unread if p.reason == NOT_IN_THE_BOOK]
    pieces = [f"'{p.text}'" for p in plan.request.unread if p.reason != NOT_IN_THE_BOOK]
    said = f"{with_particle(_named(pieces), '은/는')} 알아듣지 못해 뺐어요." if pieces else ""
    told = f"{with_particle(_named(strange), '은/는')} {NOT_IN_THE_BOOK}" if strange else ""
    return " ".join(filter(None, (said, told)))


def _at_home(ready: ReadyRequest | None) -> str:
    names = [need.item for need in ready.pantry] if ready else []
    return f"{with_particle(', '.join(names), '은/는')} 집에 있다고 봤어요." if names else ""


def budget_said(plan: Plan, understood: Understood | None) -> str:
    """Whether the goods keep within the money that was named; nothing where none was."""
    if understood is None or understood.budget is None or plan.best is None:
        return ""
    spare = understood.budget - plan.best.goods.mid
    if spare >= 0:
        return f"말씀하신 {understood.budget:,}원 안에서 되고 {spare:,}원 남아요."
    return f"말씀하신 {understood.budget:,}원보다 {-spare:,}원 더 들어요."


def main_comparison(plan: Plan) -> Comparison | None:
    """The comparison that is spoken of: the first that buys the same things."""
    if plan.best is None:
        return None
    bought = set(plan.best.not_bought)
    return next((c for c in plan.comparisons if set(c.plan.not_bought) == bought), None)


def _saving(plan: Plan) -> str:
    against = main_comparison(plan)
    if against is None or plan.best is None:
        return ""
    counted = counting_leftovers(against.plan, plan.best).replace("까지 쳐서 ", ", ")
    if against.best_saves_won <= 0:
        return "더 돌아다녀도 이보다 아끼는 길은 없어요."
    return (
        f"{with_particle(against.name, '과/와')} 견주면 {counted}오가는 시간과 찻삯까지 쳐서 "
        f"{against.best_saves_won:,}원 아껴요."
    )


def _at(stop: Stop) -> str:
    bought = ", ".join(f"{_purchase(p)}" for p in stop.purchases)
    if len(stop.purchases) == 1:
        return f"{stop.seller.name}에서는 {bought}어치를 사세요."
    return f"{stop.seller.name}에서는 {bought}, 모두 {stop.goods.mid:,}원어치를 사세요."


def _purchase(purchase: Purchase) -> str:
    name = " ".join(filter(None, (purchase.item, purchase.variety)))
    return f"{name} {_packs(purchase.pack_label, purchase.packs)} {purchase.won.mid:,}원"


def _packs(label: str, count: int) -> str:
    """1포기 twice is 2포기; 3포기 twice is 3포기짜리 두 묶음; 100g twice is 100g짜리 두 개."""
    if count == 1:
        return label
    piece = _PIECES.fullmatch(label)
    if piece and piece[1] == "1":
        return f"{count}{piece[2]}"
    return f"{label}짜리 {native_or_digits(count)} {'묶음' if piece else '개'}"


def place_said(place: Place) -> str:
    """A place as a neighbour says it: its 동, else its district, else its name."""
    return place.dong or place.district or place.name


def minutes(amount: float) -> str:
    """Whole minutes, at least one: "15분", "1시간 5분"."""
    hours, rest = divmod(max(1, round(amount)), 60)
    if not hours:
        return f"{rest}분"
    return f"{hours}시간 {rest}분" if rest else f"{hours}시간"


def native_or_digits(count: int) -> str:
    """한, 두, 세 … below a hundred."""
    return native(count) if 1 <= count <= 99 else str(count)


def _about(won: WonRange) -> str:
    return f"{won.mid:,}원" if won.low == won.high else f"{won.mid:,}원쯤"


def _named(texts: Sequence[str]) -> str:
    more = f" 등 {len(texts)}가지" if len(texts) > NAMED_AT_MOST else ""
    return ", ".join(texts[:NAMED_AT_MOST]) + more

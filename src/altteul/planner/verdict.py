"""The verdict of a plan in plain Korean: where to go, whether to wait, what it costs."""

from __future__ import annotations

from collections.abc import Sequence

from altteul.korean.particles import fitted
from altteul.planner.choosing import WORTH_A_STOP
from altteul.planner.days import weekday
from altteul.planner.outing import Outing
from altteul.planner.plan import DaySaving, Request, ShoppingPlan, StopSaving, Unread

NAMED_AT_MOST = 4


def verdict(
    best: ShoppingPlan,
    by_stops: Sequence[StopSaving],
    by_days: Sequence[DaySaving],
    missing: Sequence[Unread],
    outing: Outing,
    *,
    proved: bool,
) -> str:
    """A few sentences: where to go and when, what it costs, whether more stops or days pay."""
    sentences = [
        _waiting(best, by_days, outing),
        f"{_where(best, by_stops, proved=proved)}: {_money(best)}." if best.stops else "",
        _ordered(best),
        _against_one(best, by_stops) if best.stops else "",
        _further(best, by_stops, proved=proved) if best.stops else "",
        _left_out(best, outing),
    ]
    if missing:
        texts = [piece.text for piece in missing]
        sentences.append(f"{named_few(texts)}은(는) 가격을 몰라 셈에서 뺐습니다.")
    return fitted(" ".join(sentence for sentence in sentences if sentence))


def _waiting(best: ShoppingPlan, by_days: Sequence[DaySaving], outing: Outing) -> str:
    """Whether nothing is to be bought today, and what waiting saves."""
    days = [trip.day for trip in best.trips]
    first = outing.days[0]
    if not days or max(days) == first:
        unwise = by_days and not any(saving.worth_it for saving in by_days[1:])
        return "더 기다려도 아끼는 것이 없습니다." if unwise else ""
    today = by_days[0].plan if by_days and by_days[0].until == first else None
    saves = today.cost - best.cost if today else 0
    more = f" 오늘 사는 것보다 {saves:,}원 낫습니다(추정)." if saves > 0 else ""
    if first in days:
        return f"일부는 {weekday(max(days))}에 사세요.{more}"
    return f"{weekday(first)}에는 사지 말고 {weekday(min(days))}에 사세요.{more}"


def _ordered(best: ShoppingPlan) -> str:
    """What is delivered."""
    return " ".join(
        f"{order.seller.name}에서 {order.goods.mid:,}원어치를 배달받으세요"
        f"(배달비 {order.fee:,}원, {weekday(order.arrives_on)} 도착)."
        for order in best.orders
    )


def _left_out(best: ShoppingPlan, outing: Outing) -> str:
    """What is not bought, and which limit is the reason."""
    if not best.not_bought:
        return ""
    names, model = named_few(best.not_bought), outing.model
    limits = []
    if model.budget is not None:
        limits.append(f"예산 {model.budget:,}원")
    if model.carry is not None:
        limits.append(f"한 번에 들 무게 {model.carry / 1000:g}kg")
    if not limits or not _is_sold_there(best, outing):
        return f"{names}은(는) 이 길에서 살 수 없습니다."
    return f"{' · '.join(limits)} 안에서는 {names}을(를) 빼는 것이 낫습니다."


def _is_sold_there(best: ShoppingPlan, outing: Outing) -> bool:
    """Whether some stop sells something that is not bought."""
    at = {stop.seller.id for stop in (*best.stops, *best.orders)}
    left = {i for i, need in enumerate(outing.demand.needs) if need.text in best.not_bought}
    return any(
        need in left and outing.demand.sellers[seller].id in at
        for need, _, seller in outing.demand.options
    )


def nothing_to_buy(request: Request, outing: Outing) -> str:
    """The verdict when the limits allow nothing, by the limit that stands in the way."""
    sellers = [outing.demand.sellers[seller] for _, _, seller in outing.demand.options]
    if not outing.orders and all(seller.lat is None for seller in sellers):
        return (
            "가까이에 갈 수 있는 가게가 없고 배달도 그날까지 오지 않습니다. "
            "며칠 기다릴 수 있는지 정하거나 다른 곳에서 찾아 주세요."
        )
    if request.budget is not None:
        return f"예산 {request.budget:,}원으로 살 수 있는 것이 없습니다. 예산을 늘려 주세요."
    if request.trip.carry_kg is not None and outing.visits:
        return (
            f"한 번에 {request.trip.carry_kg:g}kg까지만 들어서는 살 수 있는 것이 없습니다. "
            "들 무게를 늘려 주세요."
        )
    return "이 날짜와 시간에 갈 수 있는 곳이 없습니다. 날짜나 떠나는 시각을 바꿔 주세요."


def nobody_open() -> str:
    """Why a need is not priced: those who sell it are closed."""
    return "파는 곳이 그날 문을 열지 않습니다."


def nothing_to_plan(request: Request, missing: Sequence[Unread], radius_m: int) -> str:
    """The verdict when no need has a price in reach."""
    if not request.needs:
        return "계획할 것이 없습니다. '배추 1포기, 무 1개'처럼 살 것과 양을 적어 주세요."
    what = named_few([piece.text for piece in missing])
    return (
        f"{request.place.name}에서 {metres(radius_m)} 안에는 {what}의 "
        "조사가격이 없습니다. 더 넓은 반경이나 다른 날짜로 다시 해 보세요."
    )


def no_price(radius_m: int) -> str:
    """Why a need is not priced: nobody in reach was surveyed selling it."""
    return f"반경 {metres(radius_m)} 안 판매처의 조사가격이 없습니다."


def no_measure(unit: str) -> str:
    """Why a need is not priced: the amount cannot be compared with any pack on sale."""
    return f"'{unit}' 단위를 파는 포장과 견줄 수 없습니다. g이나 개수로 적어 주세요."


def metres(amount: int) -> str:
    """Metres as people say them: 800m, 1.5km."""
    return f"{amount / 1000:g}km" if amount >= 1000 else f"{amount}m"


def _where(best: ShoppingPlan, by_stops: Sequence[StopSaving], *, proved: bool) -> str:
    names = " → ".join(stop.seller.name for stop in best.stops)
    if len(best.stops) > 1:
        among = "" if proved else "찾아본 것 가운데 "
        return f"{names} 순서로 {len(best.stops)}곳에서 사는 것이 {among}가장 쌉니다"
    if by_stops[-1].max_stops == 1:
        return f"한 곳만 간다면 {names}에서 사는 것이 가장 쌉니다"
    return f"{names} 한 곳이면 {'됩니다' if best.not_bought else '충분합니다'}"


def _money(best: ShoppingPlan) -> str:
    bought = len({p.need for stop in best.stops for p in stop.purchases})
    return (
        f"{bought}가지 물건값 {best.goods.mid:,}원, 다니는 값 {best.trip_won:,}원"
        f"({best.trip_minutes:.0f}분)"
    )


def _against_one(best: ShoppingPlan, by_stops: Sequence[StopSaving]) -> str:
    one = by_stops[0].plan
    if len(best.stops) == 1:
        return ""
    if only_best := [need for need in one.not_bought if need not in best.not_bought]:
        return f"한 곳만 가면 {named_few(only_best)}을(를) 살 수 없습니다."
    counted = counting_leftovers(one, best)
    return f"한 곳에서만 살 때보다 다니는 값을 빼고도 {counted}{one.cost - best.cost:,}원 아낍니다."


def _further(best: ShoppingPlan, by_stops: Sequence[StopSaving], *, proved: bool) -> str:
    further = next((s for s in by_stops if len(s.plan.stops) > len(best.stops)), None)
    if further is None:
        nothing = "한 곳을 더 들러도 다니는 값을 빼면 아끼는 것이 없습니다."
        return nothing if proved and len(best.stops) < by_stops[-1].max_stops else ""
    saves = best.cost - further.plan.cost
    least = WORTH_A_STOP * (len(further.plan.stops) - len(best.stops))
    counted = counting_leftovers(further.plan, best)
    return f"더 들르면 {counted}{saves:,}원을 아낄 뿐이라({least:,}원 이하) 권하지 않습니다."


def counting_leftovers(one: ShoppingPlan, other: ShoppingPlan) -> str:
    """Words before the difference of two costs where it is not that of the sums that are paid."""
    difference = one.cost - other.cost + one.limits_won - other.limits_won
    words = "" if difference == one.total.mid - other.total.mid else "남는 것과 상할 것까지 쳐서 "
    looked = one.limits_won != other.limits_won
    return words + ("추정한 값을 보고 사는 것까지 쳐서 " if looked else "")


def named_few(texts: Sequence[str]) -> str:
    """A few of the texts, and how many there are."""
    more = f" 등 {len(texts)}가지" if len(texts) > NAMED_AT_MOST else ""
    return ", ".join(texts[:NAMED_AT_MOST]) + more

"""The verdict and the notices of a plan, in plain Korean."""

from __future__ import annotations

from collections.abc import Sequence

from altteul.market.offer import Basis, Place
from altteul.planner.choosing import WORTH_A_STOP
from altteul.planner.plan import Purchase, Request, ShoppingPlan, StopSaving, Unread
from altteul.sources.observation import Discount
from altteul.sources.seller import LocationBasis

OLD_DAYS = 14
"""From this age on a price is called old: 참가격 surveys every two weeks."""

NAMED_AT_MOST = 4

SIMULATED = "연습용(가상) 자료입니다. 실제 가격이나 판매처가 아닙니다."
FOR_REFERENCE = "조사가격은 참고용이며 매장의 실제 값과 다를 수 있습니다."
ESTIMATED_WAY = "거리와 시간은 직선거리로 어림한 추정입니다."


def verdict(
    best: ShoppingPlan, by_stops: Sequence[StopSaving], missing: Sequence[Unread], *, proved: bool
) -> str:
    """A few sentences: where to go, what it costs, whether a further stop is worth it."""
    sentences = [
        f"{_where(best, by_stops, proved=proved)}: {_money(best)}.",
        _against_one(best, by_stops),
        _further(best, by_stops),
    ]
    if best.not_bought:
        sentences.append(f"{_named(best.not_bought)}은(는) 이 길에서 살 수 없습니다.")
    if missing:
        texts = [piece.text for piece in missing]
        sentences.append(f"{_named(texts)}은(는) 가격을 몰라 셈에서 뺐습니다.")
    return " ".join(sentence for sentence in sentences if sentence)


def nothing_to_plan(request: Request, missing: Sequence[Unread], radius_m: int) -> str:
    """The verdict when no need has a price in reach."""
    if not request.needs:
        return "계획할 것이 없습니다. '배추 1포기, 무 1개'처럼 살 것과 양을 적어 주세요."
    return (
        f"{request.place.name}에서 {metres(radius_m)} 안에는 {_named([m.text for m in missing])}의 "
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
        return f"한 곳만 가면 {_named(only_best)}을(를) 살 수 없습니다."
    return f"한 곳에서만 살 때보다 다니는 값을 빼고도 {one.cost - best.cost:,}원 아낍니다."


def _further(best: ShoppingPlan, by_stops: Sequence[StopSaving]) -> str:
    further = next((s for s in by_stops if len(s.plan.stops) > len(best.stops)), None)
    if further is None:
        nothing = "한 곳을 더 들러도 다니는 값을 빼면 아끼는 것이 없습니다."
        return nothing if len(best.stops) < by_stops[-1].max_stops else ""
    saves = best.cost - further.plan.cost
    least = WORTH_A_STOP * (len(further.plan.stops) - len(best.stops))
    return f"더 들르면 {saves:,}원을 아낄 뿐이라({least:,}원 이하) 권하지 않습니다."


def _named(texts: Sequence[str]) -> str:
    more = f" 등 {len(texts)}가지" if len(texts) > NAMED_AT_MOST else ""
    return ", ".join(texts[:NAMED_AT_MOST]) + more


def notices(place: Place, plans: Sequence[ShoppingPlan], *, simulated: bool) -> tuple[str, ...]:
    """What one must know to use the answer rightly."""
    stops = [stop for plan in plans for stop in plan.stops]
    purchases = [purchase for stop in stops for purchase in stop.purchases]
    said = [
        SIMULATED if simulated else None,
        _age(purchases),
        FOR_REFERENCE,
        ESTIMATED_WAY,
        _discounts(purchases),
        _estimates(purchases),
        _locations(place, [stop.seller.location_basis for stop in stops]),
    ]
    return tuple(notice for notice in said if notice)


def _age(purchases: Sequence[Purchase]) -> str:
    oldest = min(p.observed_on for p in purchases)
    newest = max(p.observed_on for p in purchases)
    days = max(p.age_days for p in purchases)
    when = f"{oldest}" if oldest == newest else f"{oldest}부터 {newest}까지"
    old = f" {days}일 전 값도 있으니 가기 전에 확인하세요." if days >= OLD_DAYS else ""
    return f"가격은 {when} 조사된 값입니다.{old}"


def _discounts(purchases: Sequence[Purchase]) -> str | None:
    kinds = {p.discount for p in purchases}
    words = [
        word
        for discount, word in ((Discount.SALE, "할인"), (Discount.ONE_PLUS_ONE, "1+1"))
        if discount in kinds
    ]
    if not words:
        return None
    return f"{'·'.join(words)} 행사 가격이 들어 있습니다. 행사가 끝나면 값이 달라집니다."


def _estimates(purchases: Sequence[Purchase]) -> str | None:
    if any(p.basis is Basis.ESTIMATED for p in purchases):
        return "조사되지 않은 판매처의 값은 추정입니다."
    if any(p.amount_estimated for p in purchases):
        return "무게나 개수를 보통 크기로 환산한 것이 있습니다(추정)."
    return None


def _locations(place: Place, bases: Sequence[LocationBasis]) -> str | None:
    if any(basis is not LocationBasis.EXACT for basis in bases):
        return "위치를 동이나 구의 가운데로 어림한 판매처가 있어 거리가 다를 수 있습니다."
    if place.basis is not LocationBasis.EXACT:
        return f"출발지는 {place.name}의 가운데로 잡았습니다."
    return None

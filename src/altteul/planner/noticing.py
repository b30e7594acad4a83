"""What one must know to use a plan rightly, in plain Korean."""

from __future__ import annotations

from collections.abc import Sequence

from altteul.market.notices import OLD_DAYS
from altteul.market.offer import Basis, Place
from altteul.planner.carrying import CARRY_KG, is_heavy
from altteul.planner.naming import named
from altteul.planner.outing import Outing
from altteul.planner.plan import Programme, Purchase, ShoppingPlan
from altteul.sources.observation import Channel, Discount
from altteul.sources.seller import LocationBasis

SIMULATED = "연습용(가상) 자료입니다. 실제 가격이나 판매처가 아닙니다."
FOR_REFERENCE = "조사가격은 참고용이며 매장의 실제 값과 다를 수 있습니다."
ESTIMATED_WAY = "거리와 시간은 직선거리로 어림한 추정입니다."
PROGRAMMES = {Programme.ONNURI: "온누리상품권", Programme.LOCAL_CURRENCY: "지역화폐"}


def notices(outing: Outing, plans: Sequence[ShoppingPlan], *, simulated: bool) -> tuple[str, ...]:
    """What is to be said beside the plans that are shown."""
    stops = [stop for plan in plans for stop in plan.stops]
    orders = [order for plan in plans for order in plan.orders]
    purchases = [purchase for one in (*stops, *orders) for purchase in one.purchases]
    said = [
        SIMULATED if simulated else None,
        _age(purchases) if purchases else None,
        FOR_REFERENCE,
        ESTIMATED_WAY,
        _discounts(purchases),
        _estimates(purchases),
        _locations(outing.request.place, [stop.seller.location_basis for stop in stops]),
        _later(outing, plans[0]),
        _opening(outing, plans[0]),
        _weight(outing, plans[0]),
        _programmes(plans[0]),
        _preferences(outing),
        _not_there(outing),
    ]
    return tuple(notice for notice in said if notice)


def _not_there(outing: Outing) -> str | None:
    """Shops to avoid that none in reach is called: perhaps the name is misspelt."""
    unknown = [one for one in outing.request.never if not named(one, outing.demand.sellers)]
    if not unknown:
        return None
    said = ", ".join(f"'{one}'" for one in unknown)
    return f"가지 않겠다고 한 {said}: 이 목록의 값이 있는 근처 판매처에 그런 이름이 없습니다."


def _later(outing: Outing, best: ShoppingPlan) -> str | None:
    """How later prices are known."""
    later = [n for n, day in enumerate(outing.days) if any(t.day == day for t in best.trips)]
    if not any(later):
        return None
    moves = [moves[n] for moves in outing.cells.moves for n in later if n > 0]
    if any(not move.trusted for move in moves):
        return "믿을 만한 예측이 없는 품목은 오늘 값 그대로로 보았습니다."
    return "나중 날의 값은 예측에 따른 추정입니다."


def _opening(outing: Outing, best: ShoppingPlan) -> str | None:
    """Hours are assumed; said where a stop is reached near them."""
    near = any(stop.waits_minutes for stop in best.stops)
    unusual = outing.request.trip.leaves_at.hour not in range(10, 17)
    large = any(stop.seller.channel is Channel.LARGE_STORE for stop in best.stops)
    if near or unusual:
        return "여닫는 시각은 보통의 시각으로 본 것이니 가기 전에 확인하세요."
    sunday = large and any(trip.day.weekday() == 6 for trip in best.trips)
    return "일요일에 쉬는 대형마트는 지역마다 다르니 가기 전에 확인하세요." if sunday else None


def _weight(outing: Outing, best: ShoppingPlan) -> str | None:
    """That it is heavy, where no limit was set for it."""
    heaviest = max((trip.carried_kg or 0.0 for trip in best.trips), default=0.0)
    if not is_heavy(outing.request.trip, heaviest):
        return None
    usual = CARRY_KG[outing.request.trip.mode]
    return (
        f"한 번에 드는 것이 약 {heaviest:.0f}kg으로 보통({usual:g}kg)보다 무겁습니다. "
        "들 수 있는 무게를 정하거나 배달이 되는지 물어보세요."
    )


def _programmes(best: ShoppingPlan) -> str | None:
    used = dict.fromkeys(d.programme for stop in best.stops for d in stop.discounts)
    names = "·".join(PROGRAMMES[one] for one in used)
    return f"{names} 할인을 넣었습니다. 가게마다 받는지 확인하세요." if used else None


def _preferences(outing: Outing) -> str | None:
    words = outing.demand.unconfirmed
    if not words:
        return None
    return f"{'·'.join(words)}인지는 자료에 없어 가려내지 못한 것이 있습니다."


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

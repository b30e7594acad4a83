"""What is bought in a column, line by line, as people and programs read it."""

from __future__ import annotations

from collections.abc import Iterable

from altteul.market.offer import UnitPrice, WonRange
from altteul.planner.exact.model import Answer
from altteul.planner.later import Moved
from altteul.planner.options import Line, Option
from altteul.planner.outing import Outing
from altteul.planner.plan import Need, Purchase
from altteul.sources.observation import Discount


def bought_in(outing: Outing, answer: Answer, column: int) -> Iterable[Purchase]:
    """The purchases of a visit or an order, need by need."""
    for index, at in enumerate(answer.bought):
        if at is None or at[0] != column:
            continue
        number, day = outing.cell(index, *at)
        option = outing.option_of(index, *at)
        need = outing.demand.needs[index]
        last = len(option.lines) - 1
        for place, line in enumerate(option.lines):
            bought = _purchase(need, option, line, outing.cells.moves[number][day])
            if place == last:
                bought = bought.model_copy(update=_once(outing, option, number, day))
            yield bought


def _once(outing: Outing, option: Option, number: int, day: int) -> dict[str, object]:
    """What holds of a need as a whole, told with its last purchase."""
    cells = outing.cells
    return {
        "leftover": leftover(*option.leftover, estimated=option.estimated),
        "dislike_won": int(cells.dislike[number]),
        "risk_won": int(cells.risk[number, day]),
        "leftover_won": int(cells.worth[number, day]),
        "weight_g": None if option.grams is None else round(option.grams, 1),
    }


def _purchase(need: Need, option: Option, line: Line, change: Moved) -> Purchase:
    offer = line.offer
    each = change.of(line.price)
    unit = offer.unit_price
    return Purchase(
        need=need.text,
        item=offer.item,
        variety=offer.variety,
        pack_label=line.label,
        packs=line.packs,
        won=times(each, line.paid),
        pack_won=each.mid,
        unit_price=UnitPrice(won=change.of(unit.won), per=unit.per, estimated=unit.estimated),
        leftover=None,
        amount_estimated=option.estimated,
        observed_on=offer.observed_on,
        age_days=offer.age_days,
        basis=offer.basis,
        source=offer.source,
        discount=offer.discount,
        note=_note(option, line, change),
        simulated=offer.simulated or offer.seller.simulated,
        weighed=option.weighed,
        instead_of=option.variant.instead_of,
        weight_g=0.0 if len(option.lines) > 1 and option.grams is not None else None,
    )


def leftover(amount: float, unit: str, *, estimated: bool) -> str | None:
    """What remains of the packs ("7개", "약 1.2kg"); None when nothing worth telling."""
    if unit in ("g", "mL"):
        if round(amount) < 1:
            return None
        large = {"g": "kg", "mL": "L"}[unit]
        text = f"{amount / 1000:.3g}{large}" if amount >= 1000 else f"{amount:.0f}{unit}"
    else:
        if round(amount, 1) <= 0:
            return None
        text = f"{round(amount, 1):g}{unit}"
    return f"약 {text}" if estimated else text


def _note(option: Option, line: Line, change: Moved) -> str | None:
    offer = line.offer
    words = [offer.note] if offer.note else []
    if offer.discount is Discount.ONE_PLUS_ONE:
        words.append(f"1+1: {line.paid}개 값")
    elif offer.discount is Discount.SALE:
        words.append("할인 가격")
    if option.weighed:
        words.append(f"무게로 달아 사기({offer.pack.label} {offer.price.mid:,}원)")
    if option.variant.instead_of:
        words.append(f"{option.variant.instead_of} 대신")
    if option.variety_unknown:
        words.append("품종은 자료에 없음")
    if change.mid != 1.0:
        words.append("그날 값은 추정")
    return " · ".join(words) or None


def times(one: WonRange, many: int) -> WonRange:
    """So many times a range."""
    return WonRange(low=one.low * many, mid=one.mid * many, high=one.high * many)

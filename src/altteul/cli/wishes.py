"""What the options of `altteul plan` add to a request: days, money, weight, sellers, discounts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from altteul.cli.output import read_day
from altteul.errors import InputError
from altteul.planner.plan import (
    Estimates,
    Need,
    Programme,
    Request,
    Risk,
    ShopperDiscount,
    Trip,
)

RISKS = {"안전하게": Risk.SAFE, "안전": Risk.SAFE, "보통": Risk.NORMAL, "모험": Risk.BOLD}
VOUCHERS = {
    "온누리상품권": Programme.ONNURI,
    "온누리": Programme.ONNURI,
    "지역화폐": Programme.LOCAL_CURRENCY,
    "지역상품권": Programme.LOCAL_CURRENCY,
    "경로": Programme.SENIOR,
}
_VOUCHER = re.compile(r"(?P<name>[^\d:=]+?)\s*[:=]?\s*(?P<percent>\d+(?:\.\d+)?)?\s*%?")
_CLOCK = re.compile(r"(\d{1,2})(?::(\d{2}))?\s*시?")


@dataclass(frozen=True, slots=True)
class Wishes:
    """The options as they were typed."""

    until: str | None = None
    needed: str | None = None
    leave: str | None = None
    budget: int | None = None
    carry: float | None = None
    risk: str | None = None
    must: Sequence[str] = ()
    avoid: Sequence[str] = ()
    voucher: Sequence[str] = ()
    prefer: Sequence[str] = ()
    substitutes: bool = False
    estimates: bool = False

    def trip(self, trip: Trip) -> Trip:
        """The trip with the limit on weight and the time of leaving."""
        changed: dict[str, object] = {"carry_kg": self.carry}
        if self.leave is not None:
            changed["leaves_at"] = read_clock(self.leave)
        return trip.model_copy(update=changed)

    def request(self, request: Request) -> Request:
        """The request with everything else; what is not typed stays as it was said."""
        changed: dict[str, object] = {
            "must": (*request.must, *self.must),
            "never": (*request.never, *self.avoid),
            "discounts": tuple(read_voucher(text) for text in self.voucher) or request.discounts,
            "needs": tuple(self._need(need) for need in request.needs),
        }
        if self.until is not None:
            changed["latest"] = read_day(self.until)
        if self.needed is not None:
            changed["used_on"] = self._used_on(request.on)
        if self.budget is not None:
            changed["budget"] = self.budget
        if self.risk is not None:
            changed["risk"] = read_risk(self.risk)
        if self.estimates:
            changed["estimates"] = Estimates.ALWAYS
        return request.model_copy(update=changed)

    def _used_on(self, first: date) -> date:
        used_on = read_day(self.needed)
        if used_on < first:
            raise InputError(
                f"쓸 날({used_on})이 사는 날({first})보다 앞섭니다. --needed나 --on을 고쳐 주세요."
            )
        return used_on

    def _need(self, need: Need) -> Need:
        if self.prefer:
            need = need.model_copy(update={"preferences": (*need.preferences, *self.prefer)})
        if not self.substitutes:
            return need
        from altteul.planner.permitted import with_substitutes
        from altteul.recipes.substitutes import load_swaps

        return with_substitutes(need, load_swaps())


def read_risk(text: str) -> Risk:
    """안전하게, 보통, 모험 (or safe, normal, bold)."""
    word = text.strip()
    found = RISKS.get(word) or next((risk for risk in Risk if risk.value == word), None)
    if found is None:
        raise InputError(f"'{text}'은(는) 모릅니다. 안전하게, 보통, 모험 가운데 적어 주세요.")
    return found


def read_voucher(text: str) -> ShopperDiscount:
    """온누리, 지역화폐, 경로; with a rate of one's own: 지역화폐:7."""
    found = _VOUCHER.fullmatch(text.strip())
    programme = VOUCHERS.get(found["name"].strip()) if found else None
    if found is None or programme is None:
        raise InputError(
            f"할인 수단 '{text}'을(를) 모릅니다. 온누리, 지역화폐, 경로 가운데 적고, "
            "할인율이 다르면 '지역화폐:7'처럼 적어 주세요."
        )
    percent = float(found["percent"]) if found["percent"] else None
    if percent is not None and not 0 < percent <= 50:
        raise InputError(f"할인율 {percent:g}%는 쓸 수 없습니다. 0보다 크고 50 이하로 적어 주세요.")
    return ShopperDiscount(programme=programme, percent=percent)


def read_clock(text: str) -> time:
    """ "18:30" or "18"."""
    found = _CLOCK.fullmatch(text.strip())
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (24, 0)
    if hour > 23 or minute > 59:
        raise InputError(f"시각 '{text}'을(를) 읽을 수 없습니다. 18:30처럼 적어 주세요.")
    return time(hour, minute)

"""For how many each dish is cooked: said of it alone, else of all."""

from __future__ import annotations

from altteul.assistant.circumstances.company import Company, people_of
from altteul.assistant.mentions.mention import Mention
from altteul.assistant.understood import SpokenDish


def served(
    names: list[str], cooked: list[Mention], company: list[Company], listed: list[bool]
) -> tuple[tuple[SpokenDish, ...], bool]:
    """Servings: said for each dish one by one, else the same number for all."""
    said = [one for one in company if not one.part]
    people = people_of(company)
    servings = _of_all(cooked, company)
    each: list[float | None] = []
    by_dish = (
        len(cooked) > 1
        and len(said) >= len(cooked)
        and all(
            any(m.hit.end <= one.start < end for one in said)
            for m, end in zip(cooked, [*(m.hit.start for m in cooked[1:]), 10_000], strict=True)
        )
    )
    for number, mention in enumerate(cooked):
        if by_dish:
            each.append(next(float(one.number) for one in said if one.start >= mention.hit.end))
        else:
            own = _own_servings(mention, cooked[number + 1 :], company)
            each.append(own or (servings or people))
    kept: dict[str, SpokenDish] = {}
    for name, mention, amount, behind in zip(names, cooked, each, listed, strict=True):
        dish = _spoken(name, mention, amount).model_copy(update={"background": behind})
        kept.setdefault(name, dish)
    return tuple(kept.values()), by_dish


def _of_all(cooked: list[Mention], company: list[Company]) -> float | None:
    """Servings said before the first dish or behind the last are for all of them; '부대찌개
    3인분이랑 달걀말이' are of the one."""
    said = [one for one in company if not one.eaters]
    first, last = (cooked[0].hit.start, cooked[-1].hit.end) if cooked else (0, 0)
    said = [one for one in said if one.start < first or one.start >= last]
    return float(said[0].number) if said else None


def _spoken(name: str, mention: Mention, servings: float | None) -> SpokenDish:
    """'삼계탕 네 그릇' is for four; '김장 스무 포기' is a batch."""
    portion = mention.portion
    if portion is None:
        return SpokenDish(name=name, servings=servings)
    if portion.unit == "그릇" or (name == "도시락" and portion.unit in ("개", None)):
        return SpokenDish(name=name, servings=portion.amount)
    return SpokenDish(
        name=name, servings=servings, batch_amount=portion.amount, batch_unit=portion.unit
    )


def _own_servings(mention: Mention, later: list[Mention], company: list[Company]) -> float | None:
    end = later[0].hit.start if later else 10_000
    own = [c for c in company if not c.eaters and mention.hit.end <= c.start < end]
    return float(own[0].number) if own else None

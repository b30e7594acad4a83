"""A short answer or correction put on what was said before: "양파는 빼고", "다섯 명으로"."""

from __future__ import annotations

from altteul.assistant.understood import Intent, SpokenDish, SpokenNeed, Understood

_ABOUT_GOODS = frozenset({Intent.PRICE, Intent.WHEN, Intent.WHY, Intent.SUBSTITUTE})


def follow_up(previous: Understood, said: Understood) -> Understood:
    """The meaning of a sentence after an earlier one of the same talk.

    A correction changes the earlier request; a question without a name ("왜 이렇게 비싸?") is
    about the goods named before; whatever names a new dish or another matter stands for itself,
    keeping only where, how and how many when it plans again.
    """
    if said.more_people and said.people and (known := _eaters(previous)):
        said = said.model_copy(update={"people": known + said.people})
    if said.intent in _ABOUT_GOODS:
        return _about(previous, said)
    if said.intent is not Intent.PLAN:
        return said
    if said.dishes or previous.intent not in (Intent.PLAN, Intent.DISH, *_ABOUT_GOODS):
        return _circumstances(previous, said)
    return _corrected(previous, said)


def _eaters(said: Understood) -> int | None:
    """For how many it was so far: the people, else the servings."""
    servings = next((dish.servings for dish in said.dishes if dish.servings), None)
    return said.people or (round(servings) if servings else None)


def _about(previous: Understood, said: Understood) -> Understood:
    if said.needs or said.dishes:
        return said.model_copy(update={"place": said.place or previous.place})
    named = {"needs": previous.needs, "dishes": () if previous.needs else previous.dishes}
    return said.model_copy(update=named | {"place": said.place or previous.place})


def _circumstances(previous: Understood, said: Understood) -> Understood:
    """A new request of the same person: what is not said again stays."""
    update = {
        name: getattr(previous, name)
        for name in ("people", "date", "place", "mode", "max_stops", "budget")
        if getattr(said, name) is None
    }
    people = said.people or previous.people
    dishes = tuple(
        dish if dish.servings or people is None else _for(dish, people) for dish in said.dishes
    )
    if said.adds and previous.intent is Intent.PLAN:
        named = {dish.name for dish in dishes}
        dishes = (*(dish for dish in previous.dishes if dish.name not in named), *dishes)
        update |= {"needs": (*previous.needs, *said.needs), "exclude": previous.exclude}
    avoid = tuple(dict.fromkeys((*previous.avoid, *said.avoid)))
    update |= {"dishes": dishes, "prefer": _both(previous, said), "avoid": avoid}
    return said.model_copy(update=update)


def _corrected(previous: Understood, said: Understood) -> Understood:
    wanted = {need.item for need in said.needs}
    exclude = tuple(
        name for name in dict.fromkeys((*previous.exclude, *said.exclude)) if name not in wanted
    )
    servings = said.loose_servings or said.people
    dishes = tuple(_for(dish, servings) if servings else dish for dish in previous.dishes)
    changed = _circumstances(previous, said)
    return changed.model_copy(
        update={
            "intent": Intent.PLAN,
            "needs": _needs(previous, said, frozenset(said.exclude)),
            "dishes": dishes,
            "exclude": exclude,
            "ask": (said.ask if said.needs else None) or _still_open(previous, said),
        }
    )


def _needs(previous: Understood, said: Understood, gone: frozenset[str]) -> tuple[SpokenNeed, ...]:
    """Earlier needs with new amounts, without what is left out, then what is added."""
    new = {need.item: need for need in said.needs}
    kept = [_amended(need, new.get(need.item)) for need in previous.needs if need.item not in gone]
    if said.loose_amount is not None and kept:
        last = kept[-1]
        for number, need in enumerate(kept):
            if need.unit == said.loose_unit:
                last = kept[number]
        kept[kept.index(last)] = last.model_copy(
            update={
                "amount": said.loose_amount,
                "unit": said.loose_unit,
                "low": said.loose_amount,
                "high": said.loose_amount,
            }
        )
    known = {need.item for need in kept}
    answered = previous.ask is not None and said.needs
    if answered:
        kept = _answered(kept, said)
        known = {need.item for need in kept}
    return (*kept, *(need for need in said.needs if need.item not in known))


def _answered(kept: list[SpokenNeed], said: Understood) -> list[SpokenNeed]:
    """'고기 만 원어치' — '돼지고기' : the first word that was asked about gets its name."""
    from altteul.catalog import load_catalog

    answer = said.needs[0]
    for number, need in enumerate(kept):
        if need.item not in load_catalog().items:
            amount = answer if answer.amount is not None else need
            kept[number] = amount.model_copy(
                update={"item": answer.item, "variety": answer.variety}
            )
            break
    return kept


def _amended(need: SpokenNeed, new: SpokenNeed | None) -> SpokenNeed:
    if new is None or new.amount is None:
        return need
    unit = new.unit if new.unit is not None else need.unit
    return new.model_copy(update={"unit": unit, "variety": new.variety or need.variety})


def _for(dish: SpokenDish, servings: float) -> SpokenDish:
    return dish.model_copy(update={"servings": float(servings)})


def _both(previous: Understood, said: Understood) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*previous.prefer, *said.prefer)))


def _still_open(previous: Understood, said: Understood) -> str | None:
    """A question stays until something answers it."""
    return None if said.needs or said.exclude else previous.ask

"""Needs to buy, dishes to cook and what stays out, of the words that were named."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from altteul.assistant.circumstances.company import Company
from altteul.assistant.mentions.mention import Mention, Mentions
from altteul.assistant.menus.backgrounds import is_for_list, with_occasion, without_occasion
from altteul.assistant.menus.dishes_meant import AS_A_TIME, NOTHING_ELSE, is_dish
from altteul.assistant.menus.leaving_out import (
    KINDS,
    excluded_names,
    is_closing,
    is_refused,
    kept,
    said_again,
)
from altteul.assistant.menus.made_from import with_made_from
from altteul.assistant.menus.servings import served
from altteul.assistant.menus.swapping import replaced_first
from altteul.assistant.understood import Intent, SpokenDish
from altteul.catalog import Catalog
from altteul.catalog.loading import read_families
from altteul.recipes.book import Book
from altteul.recipes.dish import Dish


@dataclass(frozen=True, slots=True)
class Menu:
    """Needs to buy, dishes with servings, and what stays out, in the order they were said."""

    needs: list[Mention]
    dishes: tuple[SpokenDish, ...]
    exclude: tuple[str, ...]
    people_by_dish: bool


def read_menu(
    intent: Intent,
    plain: str,
    mentions: Mentions,
    company: list[Company],
    book: Book,
    catalog: Catalog,
) -> Menu:
    """Sort the named words for an intent; what was taken back for another name is in none."""
    refused = [m for m in mentions.named if is_refused(m, mentions.named, plain)]
    mentions = replace(mentions, named=kept(mentions.named))
    planning = intent is Intent.PLAN
    cooked = [
        m
        for m in mentions.named
        if not AS_A_TIME.match(plain[m.hit.end :])
        and is_dish(m, intent, plain, company, mentions, book)
        and not _for_some_baby_food(m, mentions, book)
    ]
    goods = [
        m
        for m in mentions.named
        if m not in cooked
        and not m.material
        and (m.hit.name.item or m.hit.name.family)
        and (m.portion or not (planning and _MADE_AT_HOME.match(plain[m.hit.end :])))
    ]
    if any(m.hit.name.item for m in goods):
        goods = [m for m in goods if m.hit.name.family != "국거리"]
    if len(goods) > 1:
        goods = [m for m in goods if m.portion or m.hit.word not in _CUTS]
    if intent is Intent.SUBSTITUTE:
        return _swap(cooked, goods, company, plain)
    left_out = _left_out(goods, intent, plain, cooking=bool(cooked))
    left_out += refused if planning else []
    needs = [m for m in goods if m not in left_out and not (m.replaced and m.portion is None)]
    needs = [m for m in needs if not _told_which(m, needs, plain, catalog)]
    bought = any(m.portion for m in needs)
    cooked = [m for m in cooked if not m.replaced or (len(cooked) == 1 and not bought)]
    cooked = without_occasion([m for m in cooked if not m.excluded], plain)
    needs = _bought(needs, plain, cooking=bool(cooked), planning=planning)
    names, used = _variants(cooked, needs, book, plain)
    needs = [m for m in needs if m not in used]
    listed = [is_for_list(m, needs, plain, company, book) for m in cooked]
    if not planning:
        listed = [True] * len(cooked)
    dishes, by_dish = served(names, cooked, company, listed)
    if planning or goods:
        dishes = with_occasion(dishes, goods, plain, company)
        dishes = with_made_from(dishes, goods, plain, company, book)
    wanted = {m.hit.name.item.item.name for m in needs if m.hit.name.item}
    exclude = tuple(n for n in excluded_names(left_out, names, book, catalog) if n not in wanted)
    return Menu(needs, dishes, exclude, by_dish)


def _for_some_baby_food(mention: Mention, mentions: Mentions, book: Book) -> bool:
    """'이유식에 넣을 애호박 하나': the usual baby food is of beef, and none is bought."""
    if mention.hit.word != "이유식" or mention.hit.name.dish is None:
        return False
    stated = {m.hit.name.item.item.name for m in mentions.named if m.portion and m.hit.name.item}
    if not stated:
        return False
    usual = mention.hit.name.dish.split()[0]
    return usual not in stated


def _left_out(goods: list[Mention], intent: Intent, plain: str, *, cooking: bool) -> list[Mention]:
    """What stays out: left out, at home, or swapped for other goods."""
    planning = intent is Intent.PLAN
    others = any(not m.at_home for m in goods)
    left_out = [
        m
        for m in goods
        if m.excluded
        or (m.at_home and (intent in (Intent.PLAN, Intent.DISH) or others))
        or (intent is Intent.DISH and NOTHING_ELSE.match(plain[m.end :]))
        or (planning and is_closing(m, plain))
        or (planning and cooking and m.portion is None and _SWAPPED.match(plain[m.hit.end :]))
    ]
    if left_out and any(NOTHING_ELSE.match(plain[m.end :]) for m in left_out):
        left_out += [m for m in goods if m not in left_out and not m.portion]
    return left_out + [m for m in goods if m not in left_out and said_again(m, left_out)]


def _bought(needs: list[Mention], plain: str, *, cooking: bool, planning: bool) -> list[Mention]:
    """Without remarks on the dish: '고기 많이', '닭 몇 마리', 'into it go …'."""
    if cooking:
        needs = [m for m in needs if not (m.hit.name.family and _MUCH.match(plain[m.hit.end :]))]
        needs = [m for m in needs if m.portion or not _HOW_MANY.match(plain[m.hit.end :])]
    if planning and any(m.portion for m in needs):
        needs = [m for m in needs if m.portion or not _INTO_IT.match(plain[m.hit.end :])]
    return needs


def _told_which(mention: Mention, needs: list[Mention], plain: str, catalog: Catalog) -> bool:
    """'고기만 사면 돼, 고기는 닭고기로', '고기 먹고 싶은데 돼지고기가 나을까': the word for the
    family is answered in the sentence."""
    family = mention.hit.name.family
    if family is None or mention.portion:
        return False
    members = read_families(catalog.items).get(family, ())
    for other in needs:
        item = other.hit.name.item
        if item is None:
            continue
        chosen = re.match(r"\s*(?:으로|로)(?![가-힣])", plain[other.hit.end :]) is not None
        if (chosen and item.item.name in members) or KINDS.get(family) is item.item.kind:
            return True
    return False


def _swap(cooked: list[Mention], goods: list[Mention], company: list[Company], plain: str) -> Menu:
    """What is to be replaced and the dishes that it is for: '매운탕에 미나리 대신'."""
    named = [m for m in goods if m.hit.name.item]
    needs = replaced_first(named or goods, plain)
    for_it = (
        [m for m in cooked if m not in needs and not (m.replaced or m.excluded)] if named else []
    )
    names = [m.hit.name.dish or "" for m in for_it]
    dishes, by_dish = served(names, for_it, company, [True] * len(for_it))
    refused = [m for m in goods if m not in needs and (m.excluded or is_closing(m, plain))]
    exclude = tuple(dict.fromkeys(m.hit.name.item.item.name for m in refused if m.hit.name.item))
    return Menu(needs, dishes, exclude, by_dish)


_CUTS = frozenset({"불고기감", "불고깃감"})
"""Beside another meat they only say how it is cut: '뒷다리살 1.5키로 불고기감으로'."""
_MADE_AT_HOME = re.compile(
    r"[을를도]?\s*(?:담[그글가](?!\s?[은둔])|쑬\s?[라건거]|쑤[려는게]|띄[우울워]|빚[으을어]|고[으을]\s?[려라건거])"
)
"""'고추장아찌 담그게 풋고추 3kg': what one makes is not bought."""
_SWAPPED = re.compile(r"\s*대신")
_MUCH = re.compile(r"(?:은|는|을|를|도)?\s*(?:많이|듬뿍|넉넉|잔뜩|조금만)")
_HOW_MANY = re.compile(r"(?:은|는|을|를|이|가)?\s*몇\s")
"""'닭볶음탕 하려면 닭 몇 마리': the dish says how many."""
_INTO_IT = re.compile(
    r"(?:을|를|도)?\s*(?:넣고|넣어서?|넣은|얹어|얹은|곁들여|(?:담글|만들|쑬|뜰)\s?거|(?:담글|만들)\s?건데)"
)


def _variants(
    cooked: list[Mention], needs: list[Mention], book: Book, plain: str
) -> tuple[list[str], list[Mention]]:
    """'이유식 소고기로' is 소고기 이유식; what names a sort of the dish is not bought apart."""
    names, used = [], []
    for mention in cooked:
        dish = mention.hit.name.dish or ""
        for need in needs:
            if need.portion or need.hit.name.item is None or _gap(need, mention) > 8:
                continue
            if mention.hit.name.dish and _is_part(need, book.find(dish), plain):
                used.append(need)
            sort = book.names().get(need.hit.name.item.item.name + mention.hit.word)
            if sort:
                dish = sort
                used.append(need)
        names.append(dish)
    return names, used


def _gap(one: Mention, other: Mention) -> int:
    """How many letters stand between two names."""
    return max(one.hit.start - other.hit.end, other.hit.start - one.hit.end)


def _is_part(need: Mention, dish: Dish, plain: str) -> bool:
    """'한우로 불고기': what the dish has anyway, said without an amount."""
    item = need.hit.name.item
    made_with = re.match(r"(?:으로|로)(?![가-힣])", plain[need.hit.end :]) is not None
    return made_with and item is not None and item.item.name in {p.item for p in dish.to_buy}

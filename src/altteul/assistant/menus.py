"""Which of the named words are dishes to cook and which are goods to buy, and for how many.

칼국수, 취나물, 삼겹살 name both: with an amount or a wish to buy it is the goods, with servings,
eaters or cooking it is the dish.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from altteul.assistant.company import Company, people_of
from altteul.assistant.understood import Intent, SpokenDish
from altteul.assistant.wishes import Wish, Wishes
from altteul.catalog import Catalog
from altteul.catalog.loading import read_families
from altteul.recipes.book import Book
from altteul.recipes.dish import Dish
from altteul.units import ItemKind

_COOKING = re.compile(
    r"^[을를은는이가도랑이나좀\s]*(?:하고\s|하고\s*[^가-힣]|랑\s)?[^,]{0,12}?(?:해\s*먹|"
    r"해먹|하려|할\s|할라|할까|하게|"
    r"하는|한다|해야|하고\s*싶|하자|할건|끓|볶|굽|구워|구울|구이|부치|부쳐|부칠|만들|"
    r"담그|담글|담가|담을|무치|무칠|무쳐|조리|졸이|찌려|쪄|"
    r"차리|차릴|차려|"
    r"비벼|빚|삶|튀기|튀겨|먹을|먹으려|먹자|먹게|먹고|재료|레시피|인분|상차림|데우|말아|"
    r"싸\s*먹|쌀\s*(?:건|거)|뭐\s*들어|들어가)"
)
_COOKED_NOW = re.compile(
    r"[을를은는도나좀\s]*(?:담[그글가](?!\s?[은둔])|담근[다대단]|담는|담아\s|끓[이일여]|만들|만드|부치|부칠|부쳐|볶[을아으는]|무치|무칠|무쳐|굽[는고]|구[워울]|빚[을어으는]|조리[려는]|해\s?먹|쑤|쑬|미루|미룰)"
)
"""Said right behind a name that is both, it is the dish, whatever is asked of it."""
_BUYING = re.compile(
    r"사려|살려|사야|사러|사고|사\s*줘|사다|사\s*와|살\s|살까|한\s*봉|구매|구입|얼마|값|"
    r"가격|시세|비싸|싼|대신|언제|지금|왜"
)
_BACKGROUND = re.compile(
    r"^[을를은는이가도랑\s]*[가-힣]{0,4}?(?:려고|ㄹ라고|라고|려구|려는데)(?!요?\s*$)|"
    r"(?:하|끓이|담그|만들|부치|볶|굽|무치)려고\s*[요]?$"
)
_LEADS_TO = re.compile(
    r"\s*(?:(?:으로|로|가지고|갖고)(?![가-힣])|(?:을|를|만|정도|좀)?\s*(?:사다가?|사서|사가지고|"
    r"사\s*갖고|사\s*와서|넣고|넣어서?)(?![가-힣]))"
)
_KINDS = {
    "고기": ItemKind.MEAT, "생선": ItemKind.FISH, "해물": ItemKind.FISH, "해산물": ItemKind.FISH,
    "버섯": ItemKind.MUSHROOM,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Menu:
    """Needs to buy, dishes with servings, and what stays out, in the order they were said."""

    needs: list[Wish]
    dishes: tuple[SpokenDish, ...]
    exclude: tuple[str, ...]
    people_by_dish: bool


def read_menu(
    intent: Intent, plain: str, wishes: Wishes, company: list[Company], book: Book, catalog: Catalog
) -> Menu:
    """Sort the named words for an intent; what was taken back for another name is in none."""
    wishes = replace(wishes, named=_kept(wishes.named))
    cooked = [
        w
        for w in wishes.named
        if not _AS_A_TIME.match(plain[w.hit.end :])
        and _is_dish(w, intent, plain, company, wishes, book)
    ]
    goods = [
        w
        for w in wishes.named
        if w not in cooked and not w.material and (w.hit.name.item or w.hit.name.family)
    ]
    if any(w.hit.name.item for w in goods):
        goods = [w for w in goods if w.hit.name.family != "국거리"]
    if len(goods) > 1:
        goods = [w for w in goods if w.portion or w.hit.word not in _CUTS]
    if intent is Intent.SUBSTITUTE:
        return _swap(cooked, goods, company, plain)
    planning = intent is Intent.PLAN
    left_out = [
        w
        for w in goods
        if w.excluded
        or (w.at_home and intent in (Intent.PLAN, Intent.DISH))
        or (planning and _closing(w, plain))
        or (planning and cooked and w.portion is None and _SWAPPED.match(plain[w.hit.end :]))
    ]
    left_out += [w for w in goods if w not in left_out and _said_again(w, left_out)]
    needs = [w for w in goods if w not in left_out and not (w.replaced and w.portion is None)]
    needs = [w for w in needs if not _told_which(w, needs, plain, catalog)]
    bought = any(w.portion for w in needs)
    cooked = [w for w in cooked if not w.replaced or (len(cooked) == 1 and not bought)]
    cooked = _without_occasion([w for w in cooked if not w.excluded], plain)
    if cooked:
        needs = [w for w in needs if not (w.hit.name.family and _MUCH.match(plain[w.hit.end :]))]
        needs = [w for w in needs if w.portion or not _HOW_MANY.match(plain[w.hit.end :])]
    if any(w.portion for w in needs) and planning:
        needs = [w for w in needs if w.portion or not _INTO_IT.match(plain[w.hit.end :])]
    names, used = _variants(cooked, needs, book, plain)
    needs = [w for w in needs if w not in used]
    listed = [_is_for_list(w, needs, plain, company, book) for w in cooked]
    if not planning:
        listed = [True] * len(cooked)
    dishes, by_dish = _served(names, cooked, company, listed)
    if planning or goods:
        dishes = _with_occasion(dishes, goods, plain, company)
    wanted = {w.hit.name.item.item.name for w in needs if w.hit.name.item}
    exclude = tuple(n for n in _excluded(left_out, names, book, catalog) if n not in wanted)
    return Menu(needs, dishes, exclude, by_dish)


def _kept(named: list[Wish]) -> list[Wish]:
    """Without what was taken back, also where it was said before ('볶음밥 아 볶음밥 말고 김밥')."""
    gone = [w for w in named if w.given_up]
    return [w for w in named if not (w.given_up or (_said_again(w, gone) and not w.portion))]


def _told_which(wish: Wish, needs: list[Wish], plain: str, catalog: Catalog) -> bool:
    """'고기만 사면 돼, 고기는 닭고기로': the word for the family is answered in the sentence."""
    family = wish.hit.name.family
    if family is None or wish.portion:
        return False
    members = read_families(catalog.items).get(family, ())
    return any(
        w.hit.name.item is not None
        and w.hit.name.item.item.name in members
        and re.match(r"\s*(?:으로|로)(?![가-힣])", plain[w.hit.end :]) is not None
        for w in needs
    )


def _said_again(wish: Wish, left_out: list[Wish]) -> bool:
    """'상추 깻잎, 아 깻잎은 빼고': what is left out later is not wanted."""
    return any(w.hit.start > wish.hit.start and w.hit.name == wish.hit.name for w in left_out)


def _with_occasion(
    dishes: tuple[SpokenDish, ...], goods: list[Wish], plain: str, company: list[Company]
) -> tuple[SpokenDish, ...]:
    """'김장 배추 열 포기' is for 김장; 집들이 without a word for its food is its usual table."""
    kimjang = any(re.match("김장(?!용)", w.hit.word) and w.hit.name.item for w in goods)
    if kimjang and all(dish.name != "김장" for dish in dishes):
        return (*dishes, SpokenDish(name="김장", background=True))
    if not goods and not dishes and _HOUSEWARMING.search(plain):
        people = people_of(company)
        return (SpokenDish(name="집들이상", servings=float(people) if people else None),)
    return dishes


_HOUSEWARMING = re.compile(r"(?<![가-힣])집들이(?!\s*선물)")


def _swap(cooked: list[Wish], goods: list[Wish], company: list[Company], plain: str) -> Menu:
    """What is to be replaced and the dishes that it is for: '매운탕에 미나리 대신'."""
    named = [w for w in goods if w.hit.name.item]
    needs = _replaced_first(named or goods, plain)
    for_it = (
        [w for w in cooked if w not in needs and not (w.replaced or w.excluded)] if named else []
    )
    names = [w.hit.name.dish or "" for w in for_it]
    dishes, by_dish = _served(names, for_it, company, [True] * len(for_it))
    refused = [w for w in goods if w not in needs and (w.excluded or _closing(w, plain))]
    exclude = tuple(dict.fromkeys(w.hit.name.item.item.name for w in refused if w.hit.name.item))
    return Menu(needs, dishes, exclude, by_dish)


def _is_for_list(
    dish: Wish, needs: list[Wish], plain: str, company: list[Company], book: Book
) -> bool:
    """Whether a dish only says what a list with amounts is for: its other ingredients are not
    bought ('팥죽 쑤려고요, 팥 두 되만')."""
    if not any(w.portion for w in needs) or _bought_for(dish, needs, plain):
        return False
    if _is_background(dish, plain):
        return True
    if company:
        return False
    besides = any(plain[w.hit.end : w.hit.end + 1] == "도" for w in needs)
    occasion = not besides and not dish.portion and _OCCASION.match(plain[dish.hit.end :])
    return bool(occasion) or _list_is_for(dish, needs, plain, book)


_CUTS = frozenset({"불고기감", "불고깃감"})
"""Beside another meat they only say how it is cut: '뒷다리살 1.5키로 불고기감으로'."""
_AS_A_TIME = re.compile(r"\s*(?:끝나|끝난|전에|전까지|철|시즌|지나|후에|이후)")
"""'김장 전에', '김장철': when, not what is cooked."""
_SWAPPED = re.compile(r"\s*대신")
_MUCH = re.compile(r"(?:은|는|을|를|도)?\s*(?:많이|듬뿍|넉넉|잔뜩|조금만)")
_HOW_MANY = re.compile(r"(?:은|는|을|를|이|가)?\s*몇\s")
"""'닭볶음탕 하려면 닭 몇 마리': the dish says how many."""
_INTO_IT = re.compile(
    r"(?:을|를|도)?\s*(?:넣고|넣어서?|넣은|얹어|얹은|곁들여|(?:담글|만들|쑬|뜰)\s?거|(?:담글|만들)\s?건데)"
)
_OCCASION = re.compile(
    r"[을를은는도나\s]*(?:좀\s*)?(?:해|만들어|끓여|구워|볶아|무쳐|비벼|부쳐|싸)?\s?[가-힣]{0,3}?"
    r"(?:[가-힣]{0,3}다고|\s?[가-힣]{0,2}대서|려는데|려\s?하는데|ㄹ\s?건데|느라\S*|[할끓일글칠을울쌀]\s?(?:건데|거라|거여서|거니까|텐데))"
)
_FOR_THIS = re.compile(r"(?:으로|로|에|용으로|용)\s")


def _without_occasion(cooked: list[Wish], plain: str) -> list[Wish]:
    """'김장 삼아 배추김치': beside a named kimchi 김장 without an amount is only the occasion, and
    so is '도시락으로' before what goes into it."""
    last = cooked[-1] if cooked else None
    cooked = [
        w
        for w in cooked
        if w is last
        or w.portion
        or not w.hit.word.endswith(("도시락", "상", "상차림"))
        or not _FOR_THIS.match(plain[w.hit.end :])
    ]
    kimchi = [w for w in cooked if w.hit.word.endswith(("김치", "깍두기", "동치미"))]
    return [w for w in cooked if w.hit.word != "김장" or w.portion or not kimchi]


def _is_dish(
    wish: Wish, intent: Intent, plain: str, company: list[Company], wishes: Wishes, book: Book
) -> bool:
    name = wish.hit.name
    if name.dish is None:
        return False
    if name.item is None:
        return True
    if wish.portion is not None and wish.portion.unit == "그릇":
        return True
    if wish.portion is None and _COOKED_NOW.match(plain[wish.hit.end :]):
        return True
    if wish.portion is not None or intent in (
        Intent.PRICE,
        Intent.WHEN,
        Intent.WHY,
        Intent.SUBSTITUTE,
    ):
        return False
    if wish.excluded or intent in (Intent.SEASON, Intent.RECORD):
        return False
    after = plain[wish.hit.end :]
    if intent is Intent.DISH or _COOKING.search(after):
        return True
    if _made_of(book.find(name.dish), wishes):
        return True
    return bool(company) and not _BUYING.search(after)


def _made_of(dish: Dish, wishes: Wishes) -> bool:
    """'총각무 세 단으로 총각김치': its ingredients are bought, so it is made."""
    bought = {w.hit.name.item.item.name for w in wishes.named if w.hit.name.item and w.portion}
    return any(part.item in bought for part in dish.to_buy)


_MADE_FROM_IT = re.compile(
    r"[을를은는]?\s*(?:끓일|담글|무칠|부칠|구울|볶을|하는데|담그는데|담그려구?요?|담글라꼬)(?![가-힣])"
)


def _list_is_for(dish: Wish, needs: list[Wish], plain: str, book: Book) -> bool:
    """'미역국 끓일 미역 100그램하고 소고기 300그램': what goes into the dish is stated with its
    amounts, so the dish only says what for."""
    if dish.portion or dish.hit.name.dish is None or _bought_for(dish, needs, plain):
        return False
    if not _MADE_FROM_IT.match(plain[dish.hit.end :]):
        return False
    parts = {part.item for part in book.find(dish.hit.name.dish).to_buy}
    stated = [w for w in needs if w.portion and w.hit.name.item]
    return any(w.hit.name.item.item.name in parts for w in stated if w.hit.name.item)


def _bought_for(dish: Wish, needs: list[Wish], plain: str) -> bool:
    """'열무 세 단으로 열무김치', '앞다리살 두 근 사다 수육': the list leads to the dish."""
    before = [w for w in needs if w.portion and w.end <= dish.hit.start]
    between = plain[before[-1].end : dish.hit.start] if before else ""
    return _LEADS_TO.match(between) is not None


def _is_background(wish: Wish, plain: str) -> bool:
    """'떡국 끓일라고 떡국떡 600그람': a stated list is for the dish; the list is the wish."""
    return bool(
        re.match(
            r"\s?(?:용|에)\s*(?:넣|쓸|쓰|들어갈|올릴|곁들|먹일)|\s?거리\s|"
            r"[을를은는도나\s]*(?:해|만들어|끓여|구워|볶아|무쳐|비벼|부쳐|싸)?\s?(?:서\s)?(?:먹|해먹)(?:게|을라고|으려고|을려고|자고)\s|"
            r"[을를은는도\s]*[가-힣]{1,3}\s?(?:려고|ㄹ라고|라고|라구|려구|을라고|일라고|할라고)|"
            r"[을를은는도\s]*[가-힣]{0,2}(?:[할일글칠을]라고|하려고|이려고|그려고|치려고|들려고)",
            plain[wish.hit.end :],
        )
    )


_MAY_BE = re.compile(
    r"(?:로|으로)\s*[가-힣]{1,5}\s(?:담가|무쳐|만들어|해|끓여)도\s*(?:되|돼|될|됩|괜찮)|"
    r"(?:을|를|로|으로|은|는|도)?\s*(?:넣|쓰|써|바꿔|바꾸|사|먹|해|하|볶|끓)\S*(?:도|면)\s*(?:되|돼|될|됩|괜찮|어때|어떨)"
)


def _replaced_first(goods: list[Wish], plain: str) -> list[Wish]:
    """What is to be replaced: the word before 대신 or 말고, else the first word; and what is asked
    about in its place ("숙주 써도 돼?")."""
    first = _to_replace(goods, plain)
    return [w for w in goods if w in first or _MAY_BE.match(plain[w.hit.end :])]


def _to_replace(goods: list[Wish], plain: str) -> list[Wish]:
    before = [w for w in goods if re.match(r"(?:을|를)?\s*대신", plain[w.hit.end :])]
    replaced = [w for w in goods if w.replaced]
    return before or replaced or goods[:1]


def _closing(wish: Wish, plain: str) -> bool:
    """'비빔밥 고사리 말고': nothing comes instead."""
    return wish.replaced and bool(
        re.fullmatch(r"(?:은|는)?\s*말고[요]?[.!]?\s*", plain[wish.hit.end :])
    )


def _variants(
    cooked: list[Wish], needs: list[Wish], book: Book, plain: str
) -> tuple[list[str], list[Wish]]:
    """'이유식 소고기로' is 소고기 이유식; what names a sort of the dish is not bought apart."""
    names, used = [], []
    for wish in cooked:
        dish = wish.hit.name.dish or ""
        for need in needs:
            if need.portion or need.hit.name.item is None or _gap(need, wish) > 8:
                continue
            if wish.hit.name.dish and _is_part(need, book.find(dish), plain):
                used.append(need)
            sort = book.names().get(need.hit.name.item.item.name + wish.hit.word)
            if sort:
                dish = sort
                used.append(need)
        names.append(dish)
    return names, used


def _gap(one: Wish, other: Wish) -> int:
    """How many letters stand between two names."""
    return max(one.hit.start - other.hit.end, other.hit.start - one.hit.end)


def _is_part(need: Wish, dish: Dish, plain: str) -> bool:
    """'한우로 불고기': what the dish has anyway, said without an amount."""
    item = need.hit.name.item
    made_with = re.match(r"(?:으로|로)(?![가-힣])", plain[need.hit.end :]) is not None
    return made_with and item is not None and item.item.name in {p.item for p in dish.to_buy}


def _served(
    names: list[str], cooked: list[Wish], company: list[Company], listed: list[bool]
) -> tuple[tuple[SpokenDish, ...], bool]:
    """Servings: said for each dish one by one, else the same number for all."""
    said = [one for one in company if not one.part]
    people = people_of(company)
    servings = [one.number for one in company if not one.eaters]
    each: list[float | None] = []
    by_dish = (
        len(cooked) > 1
        and len(said) >= len(cooked)
        and all(
            any(w.hit.end <= one.start < end for one in said)
            for w, end in zip(cooked, [*(w.hit.start for w in cooked[1:]), 10_000], strict=True)
        )
    )
    for number, wish in enumerate(cooked):
        if by_dish:
            each.append(next(float(one.number) for one in said if one.start >= wish.hit.end))
        else:
            own = _own_servings(wish, cooked[number + 1 :], company)
            each.append(own or (float(servings[0]) if servings else people))
    kept: dict[str, SpokenDish] = {}
    for name, wish, amount, behind in zip(names, cooked, each, listed, strict=True):
        dish = _spoken(name, wish, amount).model_copy(update={"background": behind})
        kept.setdefault(name, dish)
    return tuple(kept.values()), by_dish


def _spoken(name: str, wish: Wish, servings: float | None) -> SpokenDish:
    """'삼계탕 네 그릇' is for four; '김장 스무 포기' is a batch."""
    portion = wish.portion
    if portion is None:
        return SpokenDish(name=name, servings=servings)
    if portion.unit == "그릇" or (name == "도시락" and portion.unit in ("개", None)):
        return SpokenDish(name=name, servings=portion.amount)
    return SpokenDish(
        name=name, servings=servings, batch_amount=portion.amount, batch_unit=portion.unit
    )


def _own_servings(wish: Wish, later: list[Wish], company: list[Company]) -> float | None:
    end = later[0].hit.start if later else 10_000
    own = [c for c in company if not c.eaters and wish.hit.end <= c.start < end]
    return float(own[0].number) if own else None


def _excluded(
    left_out: list[Wish], dishes: list[str], book: Book, catalog: Catalog
) -> tuple[str, ...]:
    names: dict[str, None] = {}
    if any(wish.hit.name.item for wish in left_out):
        # "견과류 알레르기라 땅콩은 빼고": the family is why, the goods are what.
        left_out = [w for w in left_out if not (w.hit.name.family and w.allergy)]
    for wish in left_out:
        if wish.hit.name.item:
            names[wish.hit.name.item.item.name] = None
        elif wish.hit.name.family:
            names |= dict.fromkeys(_of_family(wish.hit.name.family, dishes, book, catalog))
    return tuple(names)


def _of_family(family: str, dishes: list[str], book: Book, catalog: Catalog) -> list[str]:
    """'고기는 빼고 비빔밥': the meats that the dishes have; without dishes the word itself."""
    kind = _KINDS.get(family)
    members = read_families(catalog.items).get(family, ())
    found = [
        part.item
        for dish in dishes
        for part in book.find(dish).to_buy
        if catalog.item(part.item).kind is kind or part.item in members
    ]
    return list(dict.fromkeys(found)) or [family]

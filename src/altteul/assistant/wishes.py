"""Names and amounts in order → what is needed, what is cooked, what is left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from altteul.assistant.homonyms import is_meant
from altteul.assistant.morphemes import Sentence
from altteul.assistant.naming import Hit, Lexicon, Name
from altteul.assistant.portions import PACKAGES, Portion, joined, read_portions
from altteul.assistant.sheet import Sheet
from altteul.catalog import Catalog
from altteul.errors import UnknownItemError

# Small words between a name and its amount, and remarks on the goods.
_SMALL = re.compile(
    r"(?:이랑|랑|하고|하구|으로다가|으로|로|을|를|이나|이|가|은|는|과|와|도|만|의|에|좀|"
    r"들|요|한(?=\s|$)|약|정도|딱|더|그거|것|걸로|걸|거|게|"
    r"필요하\S*|사(?:려\S*|서|고|야\S*|자|다)|껄|제일|먹을|먹게|줘|담을|큰|작은|굵은|"
    r"좋은|싱싱한|신선한|깐|깐거|안|빨간|노란|파란|"
    r"초록|매운|안\s*매운|덜\s*익은|잘\s*익은|"
    r"국거리|찌개용|구이용|불고기용|볶음용|수육용|김장용|국물용|조림용|카레용|대용량|생|"
    r"중간|중|특|상|순살|절단|손질한|손질된|세척|다진|채썬|국산|"
    r"냉동|냉장|생물|말린|건|햇|삶은|쓸|쪄|넣을|끓일|부칠|것만|한판)+"
)
_PARTICLES = r"(?:은|는|이|가|을|를|도|만|랑|이랑|하고)?\s*(?:좀\s*)?(?:다\s*)?"
_WHO = (
    r"(?:(?:우리\s*|저희\s*)?(?:애|아이|아들|딸|남편|신랑|아내|와이프|집사람|영감|엄마|아빠|손주|손님|식구|가족|"
    r"나|저|제|내|다들|아버지|어머니|할머니|할아버지|아기|동생|친구)(?:들)?(?:이|가|은|는|도)?\s*)?"
)
_EXCLUDED = re.compile(
    rf"{_PARTICLES}{_WHO}(?:(?:들어간|들어가는|든|있는|들은)\s*(?:거|것|건|걸)(?:는|은)?\s*)?(?:빼고|빼\s*(?:줘|주|서|자|도|라|면|는|야)|뺄|뺀|빼|없이|제외|"
    rf"못\s*먹|안\s*먹|못\s*드|"
    r"안\s*들어|안\s*넣|넣지|알레르기|알러지|알르레기|싫어|싫은|싫다|안\s*좋아|사지\s*마"
    r"|사지\s*말|안\s*사|"
    r"필요\s*없|됐고|됐어|취소|지워|없어도|없는\s*걸|말고는\s*다)"
)
_AT_HOME = re.compile(
    rf"{_PARTICLES}(?:(?:우리\s*)?(?:집|냉장고|냉동실|김치냉장고|베란다|부엌|찬장|주방|창고|냉동고)에\s*)?(?:아직\s*|많이\s*|좀\s*)?(?:있으니|있어서|있거든|있어요?(?:$|[\s,])|"
    rf"있고|있는데|있음|있슴|있다(?:$|[\s,])|있지|있네|남았|남아|많아)"
)
_INSTEAD = re.compile(r"(?:은|는|이|가|를|을)?\s*(?:말고|말구|아니고|아니라|아니구)")
_CORRECTED = re.compile(
    rf"{_INSTEAD.pattern}|^(?:은|는)?\s*(?:너무\s*)?(?:많|적|크|작|비싸)(?:고|으니|아서|지|으니까|을\s*거\s*같)|(?:^|[\s,])아(?:니|냐|뇨)(?:다|지|야|요|아니|그냥)?(?=[\s,])|(?:^|\s)(?:아\s*참|아차|참)(?=[\s,])"
)
_MADE_INTO = re.compile(
    r"(?:을|를|에|이|가)?\s*(?:끓일|무칠|볶을|담글|구울|먹을|지질|삶을|비빌|찍어\s*먹을)\s*때|(?:으로|로)\s*(?:만든|된|담근|담은|한\s|쑨|낸|끓인|구운|싼|볶은)"
)
"""'콩으로 만든 두부': what it is made of is not bought."""
_JOINED = re.compile(r"\s*(?:이랑|랑|하고|과|와|,|나|이나|도|그리고|및)?\s*")

LIKELY = 0.6
"""A near name of the catalog with a lower score is left unread."""


@dataclass(slots=True)
class Wish:
    """A name in the sentence with its amount and what is said of it."""

    hit: Hit
    portion: Portion | None = None
    excluded: bool = False
    at_home: bool = False
    material: bool = False
    allergy: bool = False
    replaced: bool = False

    @property
    def end(self) -> int:
        """Where the words for it end."""
        return max(self.hit.end, self.portion.end) if self.portion else self.hit.end


@dataclass(slots=True)
class Wishes:
    """All names of a sentence in order, and amounts that belong to none."""

    named: list[Wish] = field(default_factory=list)
    loose: list[Portion] = field(default_factory=list)
    unknown: tuple[str, ...] = ()


def read_wishes(
    sheet: Sheet, lexicon: Lexicon, catalog: Catalog, sentence: Sentence | None
) -> Wishes:
    """Names with their amounts, taken off the sheet; morphemes tell 배 from 배고픈."""
    hits = [hit for hit in lexicon.scan(sheet.left) if is_meant(hit, sheet, sentence)]
    for hit in hits:
        sheet.take(hit.start, hit.end)
    portions = _merged(read_portions(sheet), sheet, hits)
    hits = sorted(
        [*hits, *_misspelled(portions, sheet, catalog, lexicon, sentence)], key=lambda h: h.start
    )
    wishes = Wishes([Wish(hit) for hit in _without_repeats(hits, sheet)])
    if sentence:
        strange = _of_unknown(portions, hits, sheet, sentence)
        wishes.unknown = tuple(strange)
        portions = [portion for portion in portions if portion not in strange.values()]
    for wish in wishes.named:
        wish.excluded = bool(_EXCLUDED.match(sheet.left, wish.hit.end))
    _assign(wishes, portions, sheet)
    for number, wish in enumerate(wishes.named):
        _made_ready(wish, sheet, lexicon)
        after = sheet.left[wish.end :]
        wish.replaced = bool(_INSTEAD.match(after))
        wish.material = wish.portion is None and bool(_MADE_INTO.match(after))
        wish.excluded = wish.excluded or bool(_EXCLUDED.match(after))
        wish.allergy = bool(re.match(r"\s*(?:에\s*)?(?:알레르기|알러지|알르레기)", after))
        wish.at_home = bool(_AT_HOME.match(after))
        if wish.excluded or wish.at_home:
            _exclude_joined(wishes.named[:number], wish, sheet)
    return wishes


def _merged(portions: list[Portion], sheet: Sheet, hits: list[Hit]) -> list[Portion]:
    merged: list[Portion] = []
    for portion in portions:
        last = merged[-1] if merged else None
        apart = last and any(last.end <= hit.start < portion.start for hit in hits)
        if last and last.unit in PACKAGES and _owned(portion, portions, hits):
            apart = True
        both = (
            joined(last, portion, sheet.left[last.end : portion.start])
            if last and not apart
            else None
        )
        if both:
            merged[-1] = both
        else:
            merged.append(portion)
    return merged


def _owned(portion: Portion, portions: list[Portion], hits: list[Hit]) -> bool:
    """'양파 한 망 500g 돼지고기': the name right behind has no other amount, so this is its own."""
    behind = next((hit for hit in hits if 0 <= hit.start - portion.end <= 1), None)
    if behind is None:
        return False
    return not any(0 <= other.start - behind.end <= 3 for other in portions)


def _misspelled(
    portions: list[Portion],
    sheet: Sheet,
    catalog: Catalog,
    lexicon: Lexicon,
    sentence: Sentence | None,
) -> list[Hit]:
    """Words before an amount that are nearly a name: '삼겹쌀 한 근', '시금취 한단'."""
    found: list[Hit] = []
    for portion in portions:
        before = re.search(r"([가-힣]{2,7})\s*$", sheet.left[: portion.start])
        if not before or (portion.unit is None and len(before[1]) < 3):
            continue
        word = (
            re.sub(r"(?:을|를|은|는|도|만|하고|이랑|랑)$", "", before[1])
            if len(before[1]) > 2
            else before[1]
        )
        if len(word) < 2 or _SMALL.fullmatch(before[1]):
            continue
        start = before.start(1)
        if sentence and (
            sentence.grammar_at(start) or sentence.common_word(start, start + len(word))
        ):
            continue
        if meant := _nearly(word, catalog, lexicon if sentence else None):
            found.append(Hit(start, start + len(word), word, meant, exact=False))
            sheet.take(start, start + len(word))
    return found + _slips(sheet, lexicon, sentence) + _dish_slips(sheet, lexicon, sentence)


def _of_unknown(
    portions: list[Portion], hits: list[Hit], sheet: Sheet, sentence: Sentence
) -> dict[str, Portion]:
    """Nouns right before an amount that name nothing of the catalog: '휴지 두 통'."""
    found: dict[str, Portion] = {}
    for portion in portions:
        before = re.search(r"(?:^|[\s,])([가-힣]{2,8})\s*$", sheet.left[: portion.start])
        if not before or portion.unit in (None, "원") or _SMALL.fullmatch(before[1]):
            continue
        start, end = before.span(1)
        named = any(hit.start < end and start < hit.end for hit in hits)
        if sentence.noun_until(start, end) and not named:
            found[f"{before[1]} {sheet.text[portion.start : portion.end].strip()}"] = portion
    return found


_DISH_SLIP = re.compile(
    r"(?<![가-힣])([가-힣]{3,7}?)(?:이|가|은|는|을|를|도|랑|이랑|하고|좀|나)?"
    r"(?=\s*(?:$|[?,.¦]|\d|해|하|끓|만들|볶|굽|구워|먹|재료|인분|사\s?인분|할|싸|얼마|한|두|세|네))"
)


def _dish_slips(sheet: Sheet, lexicon: Lexicon, sentence: Sentence | None) -> list[Hit]:
    """Words that nobody knows and that are two letters off a dish: '떡뽁이 3인분'."""
    found: list[Hit] = []
    if sentence is None:
        return found
    for slip in _DISH_SLIP.finditer(sheet.left):
        start, end = slip.span(1)
        if sentence.common_word(start, end) or sentence.verb_at(start):
            continue
        if meant := lexicon.near_dish(slip[1]):
            found.append(Hit(start, end, slip[1], meant, exact=False))
            sheet.take(start, end)
    return found


_SLIP = re.compile(
    r"(?<![가-힣])([가-힣]{3,5}?)(?:이|가|은|는|을|를|도|랑|이랑|하고|좀)?"
    r"(?=\s*(?:$|[,?¦]|값|가격|시세|얼마|얼만|사|살|비싸|비싼|싸|싼|언제|왜|와\s|우째|대신|말고|빼|좀|어디|"
    r"제철|요즘|지금|올랐|내렸|없))"
)


def _slips(sheet: Sheet, lexicon: Lexicon, sentence: Sentence | None) -> list[Hit]:
    """Words of three syllables and more that are one letter off usual goods: '시금지 얼마야'."""
    found: list[Hit] = []
    if sentence is None:
        return found
    for slip in _SLIP.finditer(sheet.left):
        known = sentence.verb_at(slip.start()) or sentence.common_word(slip.start(), slip.end(1))
        meant = None if known else lexicon.near_usual(slip[1])
        if meant:
            found.append(Hit(slip.start(), slip.end(1), slip[1], meant, exact=False))
            sheet.take(slip.start(), slip.end(1))
    return found


def _nearly(word: str, catalog: Catalog, lexicon: Lexicon | None) -> Name | None:
    """The item that a misspelled word must mean."""
    try:
        found = catalog.find(word)
    except UnknownItemError:
        return lexicon.near(word) if lexicon else None
    if found.how == "fuzzy" and (lexicon is None or found.item.category == "none"):
        # A list is asked about rather than guessed, and so are goods that are seldom bought.
        return None
    return Name(item=found) if found.score >= LIKELY else None


def _without_repeats(hits: list[Hit], sheet: Sheet) -> list[Hit]:
    """'한우 등심', '돼지고기 삼겹살': the second only tells the sort of the first."""
    kept: list[Hit] = []
    for hit in hits:
        last = kept[-1] if kept else None
        beside = last is not None and not sheet.left[last.end : hit.start].strip()
        if last and last.name.item and beside and hit.name.family == "국거리":
            kept[-1] = replace(last, end=hit.end)
            continue
        if last and last.name.family and not last.name.item and hit.name.item and beside:
            kept[-1] = hit  # "과일 귤 두 상자": the word only says of what sort they are
            continue
        if last and last.name.item and hit.name.item and not last.name.dish:
            same = last.name.item.item.name == hit.name.item.item.name
            held = last.name.item.item.variety(hit.word) is not None
            if (same or held) and not sheet.left[last.end : hit.start].strip():
                better = hit if same and hit.name.item.variety else last
                kept[-1] = Hit(last.start, hit.end, last.word, better.name)
                continue
        kept.append(hit)
    return kept


def _assign(wishes: Wishes, portions: list[Portion], sheet: Sheet) -> None:
    """Each amount goes to the name before it, else to the name right behind it."""
    for portion in portions:
        if _EACH.search(sheet.text[portion.start : portion.end + 1]):
            _give_each(wishes.named, portion, sheet)
        before = [
            wish
            for wish in wishes.named
            if wish.hit.end <= portion.start
            and (not wish.excluded or _near(sheet.between(wish.hit.end, portion.start)))
        ]
        last = before[-1] if before else None
        between = sheet.between(last.end, portion.start) if last else ""
        if (
            last
            and last.portion is None
            and _near(between)
            or last
            and last.portion
            and _CORRECTED.search(sheet.left[last.end : portion.start])
        ):
            last.portion = portion
        elif behind := _name_behind(wishes, portion, sheet):
            behind.portion = portion
        elif (
            last
            and last.portion is None
            and (portion.unit is not None or _only_number(wishes, portion, sheet))
        ):
            last.portion = portion
        else:
            wishes.loose.append(portion)


def _only_number(wishes: Wishes, portion: Portion, sheet: Sheet) -> bool:
    """'당근 사려는데 하나에 얼마': the one number of the one thing; 하나 of '사야 하나' is none."""
    asked = re.search(r"(?:야|나|까)\s*$", sheet.text[: portion.start])
    return len(wishes.named) == 1 and asked is None


_READY = re.compile(
    r"\s*(?:을|를|은|는|이|가)?\s*(말린|마른|빻은|갈은|간|가루\s*낸|절인)\s*(?:거|것|걸|놈|게)"
)
_POWDER = frozenset({"빻은", "갈은", "간", "가루낸"})


def _made_ready(wish: Wish, sheet: Sheet, lexicon: Lexicon) -> None:
    """'고추 말린 거' is 말린고추, '고추 빻은 거' 고춧가루, where the catalog has such goods."""
    found = _READY.match(sheet.left, wish.hit.end) or _READY.match(sheet.left, wish.end)
    if not found or wish.hit.name.item is None:
        return
    how, word = found[1].replace(" ", ""), wish.hit.word
    keys = (
        (word + "가루",)
        if how in _POWDER
        else (how + word, "건" + word, how + wish.hit.name.item.item.name)
    )
    name = next((name for key in keys if (name := lexicon.look_up(key)) and name.item), None)
    if name:
        wish.hit = replace(wish.hit, name=name)
        sheet.take(*found.span())


_EACH = re.compile("씩")


def _give_each(named: list[Wish], portion: Portion, sheet: Sheet) -> None:
    """'사과 배 다섯 개씩': every name right before gets the amount."""
    end = portion.start
    for wish in reversed([wish for wish in named if wish.hit.end <= portion.start]):
        if wish.portion or not re.fullmatch(
            _JOINED.pattern + r"(?:각각|각)?\s*", sheet.between(wish.hit.end, end)
        ):
            return
        end = wish.hit.start
        if wish is not named[-1]:
            wish.portion = portion


def _near(between: str) -> bool:
    return not between or all(_SMALL.fullmatch(word) for word in between.split())


def _name_behind(wishes: Wishes, portion: Portion, sheet: Sheet) -> Wish | None:
    behind = next((wish for wish in wishes.named if wish.hit.start >= portion.end), None)
    if behind is None or behind.portion is not None:
        return None
    words = sheet.between(portion.end, behind.hit.start)
    return behind if re.fullmatch(r"(?:짜리|의|치|정도의|들이|되는)?", words) else None


def _exclude_joined(before: list[Wish], excluded: Wish, sheet: Sheet) -> None:
    """'깻잎이랑 당근은 빼고' leaves out both."""
    start = excluded.hit.start
    for wish in reversed(before):
        if wish.portion or not _JOINED.fullmatch(sheet.left[wish.end : start]):
            return
        if not re.search(r"이랑|랑|하고|과|와|,|나", sheet.left[wish.end : start]):
            return
        wish.excluded, wish.at_home = excluded.excluded, excluded.at_home
        start = wish.hit.start

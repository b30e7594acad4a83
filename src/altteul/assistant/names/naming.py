"""The words for what one eats: items, dishes, and words for a whole family (고기, 버섯)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from altteul.assistant.amounts.numerals import COUNTED
from altteul.assistant.amounts.portions import UNIT
from altteul.assistant.names.regional_dishes import regional_dishes
from altteul.assistant.speech.word_lists import words
from altteul.catalog import Catalog, Found, load_catalog
from altteul.catalog.loading import item_names, read_families
from altteul.catalog.names import folded, key_of
from altteul.errors import UnknownItemError
from altteul.recipes.book import Book, load_book

# Sorts and origins that name nothing without their item ("찌개용 돼지고기" is no 두부).
_SORT_ONLY = frozenset(words("sorts_only"))
# Words that are often something else: only with an amount or in a list.
HOMONYMS = frozenset(words("homonyms"))
_EXTRA_FAMILIES = {
    "나물거리": "나물", "과일거리": "과일", "생선류": "생선", "과일류": "과일", "채소류": "채소",
    "야채류": "채소", "버섯류": "버섯", "육류": "고기", "괴기": "고기", "푸성귀": "채소",
    "남새": "채소", "물고기": "생선", "횟감": "생선", "견과": "견과류", "갈비": "갈비",
    "조미료": "양념", "고깃값": "고기",
}  # fmt: skip
_SHORT_DISHES = {
    "된찌": "된장찌개", "김찌": "김치찌개", "부찌": "부대찌개", "제육": "제육볶음",
    "소불": "불고기", "떡만두": "떡만둣국", "콩국": "콩국수", "뭇국": "소고기뭇국",
    "계란말이김밥": "김밥", "소박이": "오이소박이", "삼계": "삼계탕", "백숙": "삼계탕",
    "사라다": "감자샐러드",
    "순찌": "순두부찌개", "김볶": "김치볶음밥", "김볶밥": "김치볶음밥", "오볶": "오징어볶음",
    "닭볶": "닭볶음탕", "닭도리탕": "닭볶음탕", "참김": "참치김밥", "비냉": "냉면", "물냉": "냉면",
    "샤브샤브": "샤부샤부", "오므": "오므라이스",
}  # fmt: skip
_SOUND_ALIKES = frozenset(words("sound_alikes"))
_NO_FAMILIES = frozenset({"양념", "양념장", "뒷다리", "다짐육", "잡곡류"})
_JOSA = (
    r"(?:값이|값은|값도|값|가격이|가격은|가격|시세가|시세|금값|예측|예보|전망)?"
    r"(?:이랑은|이랑도|이캉|캉|이영|영|이랑|랑은|랑도|랑|하고는|하고도|하고|하구|으로다가|으로만|으로|"
    r"로만|로|을|를|이나|이고|이|가|은요|는요|은|는|과|와|도|"
    r"만|의|에서|에는|에다가|에다|에선|엔|에|이여|이죠|이지|이란|란|이네|이래|"
    r"나|좀|들|요|이요|말고|대신|보다|처럼|부터|까지|밖에|인데|이면|면|이야|야|예요|"
    r"이에요|입니다|이라던데|라던데|이라더니|라더니|이라는데|라는데|라며|용|같은|만큼|도요|씩|더|랑요|이라도|라도|은데|든지|이라서|이라|라서)?"
)
_AMOUNT = rf"(?:{COUNTED})\s*(?:{UNIT})"
_ENDS = re.compile(
    rf"{_JOSA}(?=$|[^가-힣])|(?:값|가격|시세)(?=얼마|왜|언제|어디|어때|알려|비싸|싸|좀|오|내|떨)|{_JOSA}(?={_AMOUNT})|(?:{_JOSA})(?=한|두|세|네|반|다섯|여섯"
    rf"|열|서너|두어|하나|둘|조금|약간|쪼금)"
)
_COOKED = re.compile(
    r"(?:을|를|은|는|이나|랑|좀|도)?\s*(?:하|해|할|한|합|했|끓|끼|볶|굽|구워|구울|구워먹|부치|"
    r"부쳐|부칠|만들|만든|담그|담글|담가|담을|무치|"
    r"무칠|무쳐|조리|조려|찌|쪄|"
    r"차리|차릴|차려|싸려|쌀\s*(?:건|거|려|라)|먹을|먹으려|먹자|먹고|인분|재료|거리|빚|"
    r"삶|졸이|튀기|튀겨|데치|비벼|말아)"
)
_AFTER_AMOUNT = re.compile(rf"(?:\d|{COUNTED})\s*(?:{UNIT}|만)$")
_AFTER_JOINER = re.compile(r"(?:이캉|캉|이랑|랑|하고|과|와|도)$")


@dataclass(frozen=True, slots=True)
class Name:
    """What a word may mean; more than one of the three where a word has two uses."""

    item: Found | None = None
    dish: str | None = None
    family: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A name in the sentence."""

    start: int
    end: int
    word: str
    name: Name
    exact: bool = True


class Lexicon:
    """Every word for food, looked up without spaces; sound-alike spellings count."""

    def __init__(self, catalog: Catalog, book: Book) -> None:
        self.names: dict[str, Name] = {}
        for key, found in _items(catalog):
            self.names.setdefault(key, Name(item=found))
        for written, dish in book.names().items():
            self._add_dish(key_of(written), dish)
        families = {word: word for word in read_families(catalog.items)} | _EXTRA_FAMILIES
        for word, family in families.items():
            if word not in _NO_FAMILIES:
                self.names[word] = Name(family=family)
        for word, dish in _SHORT_DISHES.items():
            self.names[word] = Name(dish=book.find(dish).name)
        dishes = {key: name.dish for key, name in self.names.items() if name.dish}
        for key, known in list(regional_dishes(dishes, catalog)):
            self.names.setdefault(key, self.names[known])
        for key, name in self._surveyed.items():
            # '금배추': as dear as gold.
            if len(key) > 1:
                self.names.setdefault("금" + key, name)
        self.longest = max(map(len, self.names))

    def _add_dish(self, key: str, dish: str) -> None:
        known = self.names.get(key)
        self.names[key] = Name(item=known.item if known else None, dish=dish)
        # '고기 구워 먹기' is said '고기 구워 먹을 …'.
        if key.endswith(("먹기", "빚기", "담그기")):
            self.names.setdefault(key[:-1], Name(dish=dish))

    @cached_property
    def _folded(self) -> dict[str, Name | None]:
        spellings: dict[str, Name | None] = {}
        for key, name in self.names.items():
            kept = spellings.setdefault(folded(key), name)
            if kept is not None and kept != name:
                spellings[folded(key)] = None
        return spellings

    @cached_property
    def words(self) -> frozenset[str]:
        """Every name, for rules that must not mistake food for something else."""
        return frozenset(self.names)

    def look_up(self, key: str) -> Name | None:
        """The meaning of a word without spaces, spelled or sounding like a name."""
        if key in _SOUND_ALIKES:
            return None
        if name := self.names.get(key):
            return name
        return self._folded.get(folded(key)) if 2 <= len(key) <= 8 else None

    @cached_property
    def _surveyed(self) -> dict[str, Name]:
        """The usual names of the goods whose prices are surveyed: what people mostly mean."""
        return {
            key: name
            for key, name in self.names.items()
            if name.item
            and name.item.item.category != "none"
            and key in map(key_of, (name.item.item.name, *name.item.item.aliases))
        }

    def begins_with_name(self, word: str) -> bool:
        """Whether the word is a name with a particle."""
        return any(
            self.names.get(word[:end]) and _ENDS.match(word, end) for end in range(len(word), 1, -1)
        )

    def scan(self, text: str) -> list[Hit]:
        """Every name in running text, the longest first, at the starts of words."""
        hits: list[Hit] = []
        start = 0
        while start < len(text):
            hit = self._at(text, start) if _starts(text, start, hits) else None
            if hit:
                hits.append(hit)
            start = hit.end if hit else start + 1
        return hits

    def _at(self, text: str, start: int) -> Hit | None:
        best = None
        for key, end, spaced in self._stretches(text, start):
            name = self.look_up(key)
            if name is None or (
                spaced and (len(key) < 3 or self._parts_are_names(text[start:end]))
            ):
                continue
            if spaced and (_counts(text, start) or text.startswith("용", end)):
                continue
            if self.ends_at(text, end, name, key):
                best = Hit(start, end, key, name, exact=key in self.names)
        return best

    def _parts_are_names(self, words: str) -> bool:
        """Whether a spaced stretch is two names side by side rather than one name."""
        first, *others = words.split()
        return (
            len(first) > 1
            and all(w in self.names for w in (first, *others))
            and (
                self.names[first].item is not None and self.look_up(words.replace(" ", "")) is None
            )
        )

    def ends_at(self, text: str, end: int, name: Name, key: str) -> bool:
        """Whether a name may end here: before a particle, an amount, a word of cooking."""
        if _ENDS.match(text, end) or (name.dish and _COOKED.match(text, end)):
            return True
        if name.dish and re.match(r"(?:재료|거리|장보기|각(?![가-힣])|해먹|해\s*먹)", text[end:]):
            return True
        return len(key) >= 2 and self._name_follows(text, end)

    def _name_follows(self, text: str, start: int, depth: int = 0) -> bool:
        for key, end, spaced in self._stretches(text, start):
            if spaced or len(key) < 2 or self.names.get(key) is None:
                continue
            if _ENDS.match(text, end) or (depth < 8 and self._name_follows(text, end, depth + 1)):
                return True
        return False

    def _stretches(self, text: str, start: int) -> Iterator[tuple[str, int, bool]]:
        key, spaced = "", False
        for end in range(start, min(len(text), start + self.longest + 6)):
            letter = text[end]
            if letter == " ":
                spaced = True
                continue
            if not letter.isalnum():
                return
            key += letter.lower()
            if len(key) > self.longest:
                return
            yield key, end + 1, spaced


def _counts(text: str, start: int) -> bool:
    """Whether the first word here is the counter of the number before it: '마늘 한 통 생강'."""
    first = text[start:].split()[0]
    counted = re.search(rf"(?:{COUNTED})\s*$", text[:start])
    return counted is not None and re.fullmatch(rf"{UNIT}|가지", first) is not None


def _starts(text: str, start: int, hits: list[Hit]) -> bool:
    if not text[start].isalnum():
        return False
    if start == 0 or not ("가" <= text[start - 1] <= "힣" or text[start - 1].isalnum()):
        return True
    if hits:
        between = text[hits[-1].end : start]
        if not between or _AFTER_JOINER.fullmatch(between):
            return True
    return _AFTER_AMOUNT.search(text[max(0, start - 9) : start]) is not None


def _items(catalog: Catalog) -> Iterator[tuple[str, Found]]:
    for item in catalog.items.values():
        spoken = [*item_names(item)]
        for variety in item.varieties:
            for word in (variety.name, *variety.aliases):
                spoken += [word + item.name, item.name + word]
        for name in spoken:
            key = key_of(name)
            if key in _SORT_ONLY:
                continue
            try:
                yield key, catalog.find(name)
            except UnknownItemError:
                continue


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """The words of the catalog and the book, once for the process."""
    return Lexicon(load_catalog(), load_book())

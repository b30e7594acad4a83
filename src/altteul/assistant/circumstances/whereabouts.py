"""Where somebody is, as it was said: "노원구 공릉동", "망원시장", "홈플러스 중계점", "수원".

Whether such a place exists is for the market to say; here only the words are found. A bare name
("수원") is a place only with 에서, 쪽, 사는데 …: before an item it is where the item grows.
"""

from __future__ import annotations

import re

from altteul.assistant.names.morphemes import Sentence
from altteul.assistant.speech.sheet import Sheet
from altteul.assistant.speech.word_lists import place_names, words
from altteul.sources.addresses import PROVINCES

_NOT_DISTRICTS = frozenset(words("not_districts"))
_NOT_PLACES = frozenset(words("not_places"))
_DISTRICTS = frozenset(words("districts"))
_TOWNS = frozenset({*PROVINCES, *PROVINCES.values()})
_PROVINCE = "|".join(sorted({*PROVINCES, *PROVINCES.values()}, key=len, reverse=True))
_WORD = r"[가-힣]{1,7}"
_NEAR = r"(?:\s*(?:근처|부근|주변|인근|쪽|앞|옆|일대|근방))"
_AFTER = (
    r"(?:에서|에서는|에서만|에서요|에서도|서는|서만|서요|서|에는|에도|에|인데요?|인디요?|이고요?|이야|이에요|예요|"
    r"입니다|임|이라서?|이랑|랑|하고|으로|으루|로|루|까지|은|는|의|이요|요|이|가|도|만|살고|사는데)?"
)
_AREA = re.compile(
    rf"(?<![가-힣])(?P<name>(?:(?:{_PROVINCE})\s+)?(?:[가-힣]{{1,4}}시\s+)?(?:[가-힣]{{1"
    rf",4}}[구군]\s+)?"
    rf"[가-힣]{{1,5}}(?:\d{{0,2}}동|[구군읍]|시(?=\s|에|$|,|인|임|서)|로\d가|"
    rf"\d가)(?:\s+[가-힣]{{1,4}}리)?)"
    rf"(?P<more>\s+{_WORD}시장)?(?={_NEAR}?{_AFTER}(?:$|[^가-힣]))"
)
_MARKET = re.compile(
    rf"(?<![가-힣])(?P<name>(?:[가-힣]{{2,5}}\s+)?(?:수산|도매|청과|농산물|어|풍물|중앙|전통|오일|구|민속)시장|"
    rf"{_WORD}(?:시장|농수산물시장|오일장|5일장|공판장|위판장|포구|어판장))(?={_AFTER}{_NEAR}?{_AFTER}(?:$|[^가-힣]))"
)
_CHAINS = (
    "홈플러스|이마트|롯데마트|하나로마트|농협하나로마트|코스트코|메가마트|킴스클럽|"
    "빅마켓|트레이더스|GS더프레시|노브랜드|탑마트|세이브존|롯데슈퍼|홈플러스익스프레스"
)
_STORE = re.compile(
    rf"(?<![가-힣])(?P<name>(?:{_CHAINS})(?:\s+{_WORD}점|(?:[가-힣]{{1,6}})?점)?|"
    rf"{_WORD}(?:하나로마트|백화점))"
    rf"(?={_NEAR}?{_AFTER}(?:$|[^가-힣]))"
)
_NOT_THERE = re.compile(r"\s*(?:말고|말구|아니고|빼고)")
_ALSO_GOOD = re.compile(r"도\s*(?:좋|괜찮|되|돼|상관)")
_TOWN_BEFORE = re.compile(r"(?<![가-힣])([가-힣]{2,4})\s+$")
_STATION = re.compile(
    rf"(?<![가-힣])(?P<name>[가-힣]{{2,7}}(?:역|\s역(?={_NEAR})))(?=\s*{_NEAR}?{_AFTER}(?:$|[^가-힣]))"
)
_GROWN = r"\s*(?:온|난|나는|나온|나오는|올라온|재배|키운|기른|생산|잡은|잡힌|딴|캔|담근)"
_BARE = re.compile(
    rf"(?<![가-힣])(?P<name>(?:(?:{_PROVINCE})\s+)?[가-힣]{{2,6}}?)"
    rf"(?:{_NEAR}(?:에서|에|으로)?(?![가-힣])|에서(?:는|만)?(?![가-힣])(?!{_GROWN})|서(?=\s*(?:살|사는))|"
    rf"에?\s*(?:사는(?=\s*(?:주부|사람|직장인|자취생|학생|할머니|할아버지|아줌마|엄마|노인|신혼|부부|회사원))|사는데|살아요|살아|살고|삽니다|살거든|산다)|(?:인데요?|이에요|이야|"
    rf"예요)(?=$|[\s,.]))"
)
_WHERE = re.compile(
    rf"{_NEAR}|\s*(?:에서|에\s|에$|인데|이에요|예요|이야|입니다|이고|으로|사는|살아|삽니다|쪽|안에서|내에서|의\s)"
)
_GROWS = re.compile(
    rf"에?서{_GROWN}|\s*(?:에\s*)?사는\s*(?:친구|언니|동생|누나|오빠|형|이모|고모|삼촌|사촌|아들|딸|시누|처제|"
    r"조카|외할|할머니가|엄마가|지인)"
)
"""What is sent from there, or who lives there and is another person."""
_LIVES = re.compile(r"(?:사는|사는데|살아요?|살고|삽니다|살거든|산다|인데요?|이에요|이야|예요)$")
_HERE = re.compile(r"(?:여기|우리\s*동네|우리\s*집|저희\s*집|저희|우리|집)(?:는|은|이|가)?\s*$")
_STRAY = re.compile(
    rf"(?<![가-힣])(?:우리\s*|저희\s*)?(?:동네|집|근처|가까운)(?:{_NEAR})?(?:은|는|이|가"
    rf"|에서|에)?(?![가-힣])"
)


def read_place(sheet: Sheet, is_name: frozenset[str], sentence: Sentence) -> str | None:
    """The place that is named, taken off the sheet; `is_name` are words of food, no places, and
    everyday nouns of the sentence (거리에서) are none either."""
    for pattern in (_AREA, _STORE, _MARKET, _STATION):
        for found in pattern.finditer(sheet.left):
            if _NOT_THERE.match(sheet.left, found.end()):
                continue
            if pattern is _STORE and _ALSO_GOOD.match(sheet.left, found.end()):
                continue
            if (place := _place(found, is_name)) and (
                pattern is not _AREA or _is_area(place, sheet.left[found.end() :])
            ):
                town = _TOWN_BEFORE.search(sheet.left[: found.start()])
                named = town and town[1] in KNOWN_TOWNS | _TOWNS | (KNOWN_PLACES - _ALSO_WORDS)
                start = town.start() if town and named else found.start()
                sheet.take(start, _end(sheet.left, found.end()))
                _known_place(sheet, is_name)  # "청주 사는데 육거리시장": the town is no goods
                return f"{town[1]} {place}" if town and named else place
    if known := _known_place(sheet, is_name):
        return known
    for found in _BARE.finditer(sheet.left):
        name = found["name"]
        everyday = sentence.is_common_noun(found.start("name"), found.end("name"))
        if (everyday and name not in KNOWN_TOWNS) or _GROWS.match(sheet.left, found.end("name")):
            continue
        if _is_bare_place(name, found, sheet.left, is_name):
            town = _TOWN_BEFORE.search(sheet.left[: found.start()])
            named = town and town[1] in KNOWN_TOWNS and town[1] not in is_name
            sheet.take(town.start() if town and named else found.start(), found.end())
            return " ".join([*((town[1],) if town and named else ()), *name.split()])
    return None


_PLACE_WORD = re.compile(r"(?<![가-힣])[가-힣]{2,}")
_SURELY = re.compile(
    rf"(?:{_NEAR}(?:인데요?|이고|이에요|예요|이야)?|에서|서|쪽|인데|인디|이고|고|이에요|예요|이래요|래요|이야|야|입니다|임|이라|이라서|라서|여서|이요)"
    r"(?:는|만|요|도|에|에서|으로|로)?(?![가-힣])|\s*(?:사는|살아|살고|삽니다|산다|사람|장에\s|장날|장서\s)|장(?:에|서|에서|이|날|으로)?(?=\s|$)"
)
"""What makes a name that may be another word a place."""
_FAIR = re.compile(r"장(?=(?:에|서|에서|이|으로)?(?:\s|$))")
"""정선장, 벌교장서: the fair of a town is printed as said."""
_LIKELY = re.compile(
    r"(?:에|에는|에도|까지|까지는|으로|로|으루|루)(?![가-힣])|\s*(?:$|[,.?!])|"
    r"\s+(?:내려왔|올라왔|왔(?=으니|는데|어|다|네|지|고|습)|가서|가면|가는|갈\s|갈까|간|내려가|올라가|들러|들렀|놀러|펜션|숙소|제일|젤|어디|싼\s)"
)


def _known_place(sheet: Sheet, is_name: frozenset[str]) -> str | None:
    """A place of the lists with what tells that one is or goes there: '원주서', '송도'. Right
    before goods ("나주 배") it is where they grow."""
    for word in _PLACE_WORD.finditer(sheet.left):
        for end in range(min(word.end(), word.start() + 7), word.start() + 1, -1):
            name = sheet.left[word.start() : end]
            if name not in KNOWN_PLACES or name in _NOT_PLACES:
                continue
            sign = _SURELY.match(sheet.left, end)
            if sign is None and name not in _ALSO_WORDS and name not in is_name:
                sign = _LIKELY.match(sheet.left, end)
            if sign is None or _NOT_THERE.match(sheet.left, end) or _GROWS.match(sheet.left, end):
                continue
            if at_fair := _FAIR.match(sheet.left, end):
                name += at_fair[0]
            town = _TOWN_BEFORE.search(sheet.left[: word.start()])
            named = town and town[1] in KNOWN_PLACES | _TOWNS and town[1] not in is_name
            sheet.take(town.start() if town and named else word.start(), sign.end())
            return f"{town[1]} {name}" if town and named else name
    return None


def _place(found: re.Match[str], is_name: frozenset[str]) -> str | None:
    name = " ".join(found[0].split()).replace(" 역", "역")
    words = name.split()
    while (
        words
        and not _is_province_of(words)
        and (words[0] in _NOT_DISTRICTS or words[0] in _NOT_PLACES or words[0] in is_name)
    ):
        words = words[1:]
    bad = (
        not words or words[-1] in _NOT_DISTRICTS or words[-1] in _NOT_PLACES or words[-1] in is_name
    )
    return None if bad or len(words[-1]) < 2 else " ".join(words)


def _is_area(place: str, after: str) -> bool:
    """Whether such a word can be no other: a known 시·군·구, two areas in a row, a 동 or a place
    that something happens at. "당군 두 개", "달걀 10구" name none."""
    words = place.split()
    if len(words) > 1 or place in _DISTRICTS or place[:-1] in KNOWN_TOWNS:
        return True
    return place.endswith(("동", "가", "읍", "시장")) or _WHERE.match(after) is not None


def _is_province_of(words: list[str]) -> bool:
    """'대구 수성구', '대구 서문시장': 대구 is the town here and no fish."""
    area = len(words) > 1 and words[1].endswith(("구", "군", "동", "시"))
    market = len(words) > 1 and len(words[1]) > 2 and words[1].endswith("시장")
    return words[0] in _TOWNS and (area or market)


def _end(text: str, end: int) -> int:
    after = re.compile(rf"{_NEAR}?{_AFTER}(?![가-힣])").match(text, end)
    return after.end() if after else end


def _is_bare_place(name: str, found: re.Match[str], text: str, is_name: frozenset[str]) -> bool:
    squeezed = name.replace(" ", "")
    if squeezed in _NOT_PLACES or (squeezed in is_name and squeezed not in KNOWN_TOWNS):
        return False
    if re.search(
        r"(?:는|은|을|를|던|할|한|운|긴|린|된|인|고|군데|곳|가게|집|마트|시장)$", squeezed
    ):
        return False
    if not _LIVES.search(found[0]):
        return True
    said_where = bool(_HERE.search(text[: found.start()])) or squeezed in KNOWN_TOWNS
    return said_where or bool(
        re.search(r"(?:사는데|살|삽|산다)", found[0][len(name) :]) and len(squeezed) <= 4
    )


KNOWN_TOWNS = frozenset(words("towns"))
"""Towns and quarters that people name without an ending."""
_ALSO_WORDS = place_names()["also_words"]
KNOWN_PLACES = frozenset(
    {
        *KNOWN_TOWNS,
        *(name for key, names in place_names().items() if key != "also_words" for name in names),
        *(name[:-1] for name in _DISTRICTS if name.endswith(("시", "군")) and len(name) > 2),
    }
)
"""All names of places that are said without 시, 군, 구, 동, 역."""

"""Which names are meant as food: 배가 비싸다 but not 배가 고프다, 밤 한 되 but not 밤에."""

from __future__ import annotations

import re

from altteul.assistant.amounts.numerals import COUNTED
from altteul.assistant.amounts.portions import UNIT
from altteul.assistant.names.morphemes import Sentence
from altteul.assistant.names.naming import HOMONYMS, Hit
from altteul.assistant.speech.sheet import Sheet

_VERB_SSA = re.compile(r"쌀(?=\s*(?:재료|까|때|지|텐데|걸|건|거|수|것|라))")
_LISTED = re.compile(
    r"\s*(?:$|[,/·(]|¦|\d|(?:을|를|랑|이랑|와|과|도|하고|은|는|이|가|좀|나|이나)?\s*(?:중(?:에|\s)|값|가격|"
    r"시세|예측|추천|전망|얼마|제철|비싸|싸|대신|언제|다음|이번|앞으로|요즘|요새|더\s|계속|또\s|아직|벌써|끝|나오|나올|철|"
    r"지금|왜|사(?=\s|고|려|야|다|러|자|줘)|살|몇|하나|둘|반|"
    r"한|두|세|네|다섯|여섯|일곱|열|서너|두어|대여섯|두세|만\s*원|천\s*원|오천|이천|삼천"
    r"|조금|좀|요|말고|빼|필요|먹고\s*싶|대체|대용|싫|못\s|안\s|없이|제외|넣|말린|각각?\s)|(?:으로|로)\s*(?:뭐|뭘|무얼|머|무엇|무슨|할\s|만들|해\s*먹)|(?:을|를|"
    r"랑|이랑|와|과|도|하고)(?:\s|$)|(?:을|를|나|도)?\s*(?:재료|해\s*먹|만들|하려|할\s))"
)
_COUNT_BEFORE = re.compile(
    r"(?:\d|몇|여러|가지|반|(?:^|[^가-힣])(?:한|두|세|네|다섯|여섯|일곱|여덟|아홉|열|스무|서너|두어|두세))\s*$"
)

_AMOUNT = re.compile(rf"[을를은는도]?\s*(?:{COUNTED})\s*(?:{UNIT})")
_WITH_PARTICLE = re.compile(r"[도만은는이가을를랑값나]")
"""'파도 한 단', '쌀값': such a word may also be the name and a particle."""
_TO_GIVE = re.compile(r"(?:[다아어해라가와오고줘]|달라고)\s*$")
_ASKED_TO = re.compile(r"(?:요|서|는데|던데|네|지|고)?(?:\s*$|[\s.,?!]+(?!\d|한|두|세|조금))")
"""'사다 달래요': 달래 is 달라고 해."""
_THING_BEFORE = re.compile(
    r"(?:는|은|던|[을를]|살|올|갈|쓸|할|한|된|난|준|산|본|온|간|건|진|쓴|싼|큰|낸|든)\s*$"
)
"""'사는 게 싸': 게 is 것이."""

_NOT_FOOD = {
    "마": r"을(?!\s*(?:\d|한|두|세|사|좀))|음|당|루",
    "밤": r"에|늦|새|마다|중|을\s*새",
    "김": r"\s?(?:씨|대리|과장|부장|사장|선생|여사)|에\s",
    "배": r"(?:가|도)?\s*(?:고|아프|아파|부르|불러|터)|로\s",
    "무": r"조건|료|슨|엇",
    "파": r"티|는\s*(?:데|곳)|나요|니\b|냐|시",
    "사과": r"할|하(?!고|구)|드|해",
    "굴": r"러|리",
    "대란": r"이(?!랑)|은|났|인",
}
"""What behind a word of one syllable makes it another word."""


_NO_GOODS_BEFORE = {
    "밤": r"(?:오늘|내일|어제|모레|지난|그날|이날|한|늦은|토요일|일요일|금요일|주말)\s*$",
    "배": r"(?:[한두세네몇갑절]|열|다섯|여섯|\d|서너|두세)\s*$",
    "감": r"(?:로|서|고|타고|에|걸어|[¦])\s*$",
    "김": r"(?:하는|가는|온|간|나온|사는|하던)\s*$",
}
"""What before a word of one syllable makes it another word: 오늘 밤, 두 배, 차로 감."""
_BREWED = frozenset({"육수", "음료", "주스", "국물", "즙", "사골국물", "멸치육수"})
_BREWING = re.compile(
    r"\s*(?:을|를|도|좀)?\s*(?:낼|내려|내게|내는|내고|낸다|우려|우릴|짤|짜게|짜려|짜서|짜먹|갈아|갈려|뺄|뽑)"
)
"""'국물 낼 멸치', '주스 짜게': what one makes and does not buy."""


def _is_listed(text: str, end: int) -> bool:
    """Whether what follows is an amount, a particle of a list, a price or a wish to buy."""
    return _LISTED.match(text, end) is not None or _AMOUNT.match(text, end) is not None


def _is_everyday(hit: Hit, sentence: Sentence, text: str) -> bool:
    """Whether a guess, or the one syllable, is (part of) a word of no food: 거리 for 귀리, 양반."""
    if not hit.exact:
        return sentence.common_word(hit.start, hit.end)
    if len(hit.word) > 1 or not sentence.common_word(hit.start, hit.end + 1):
        return False
    return _WITH_PARTICLE.match(text, hit.end) is None or not _is_listed(text, hit.end)


def is_meant(hit: Hit, sheet: Sheet, sentence: Sentence | None) -> bool:
    """Tell by what stands around a name and by the morphemes (None: not analysed yet)."""
    if sentence is not None and not hit.exact and sentence.verb_at(hit.start):
        return False
    if sentence is not None and _is_everyday(hit, sentence, sheet.left):
        return False
    if _by_words_before(hit, sheet) or _by_words_behind(hit, sheet):
        return False
    if hit.word in HOMONYMS and not _is_listed(sheet.left, hit.end):
        return False
    if len(hit.word) > 1 or sentence is None or sentence.noun_at(hit.start):
        return True
    return _is_listed(sheet.left, hit.end)


def _by_words_before(hit: Hit, sheet: Sheet) -> bool:
    """Whether what stands before it makes it another word: 세 가지, 사는 게, 두 배."""
    said, left = sheet.text[: hit.start], sheet.left[: hit.start]
    counter = hit.word == "가지" or re.fullmatch(UNIT, hit.word)
    if counter and _COUNT_BEFORE.search(left):
        return True
    if hit.word == "달래" and hit.start and _TO_GIVE.search(said):
        return _ASKED_TO.match(sheet.left, hit.end) is not None
    if hit.word == "게" and _THING_BEFORE.search(said):
        return True
    before = _NO_GOODS_BEFORE.get(hit.word)
    counted = _AMOUNT.match(sheet.left, hit.end)
    return before is not None and counted is None and re.search(before, said) is not None


def _by_words_behind(hit: Hit, sheet: Sheet) -> bool:
    """Whether what stands behind it makes it another word, or something one makes: 국물 낼."""
    if hit.word == "쌀" and _VERB_SSA.match(sheet.left, hit.start):
        return True
    if hit.word in _BREWED and _BREWING.match(sheet.text, hit.end):
        return True
    return re.match(_NOT_FOOD.get(hit.word, "(?!)"), sheet.left[hit.end :]) is not None

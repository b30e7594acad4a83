"""A sentence as it was typed or dictated → the sentence the grammar reads: signs, slips, fillers.

Only what would hide a meaning is changed; produce names are the catalog's business.
"""

from __future__ import annotations

import re
import unicodedata

from altteul.assistant.speech.dialects import in_common_speech
from altteul.assistant.speech.word_lists import words

LONGEST = 600
"""Letters; nobody speaks a longer wish in one go, the rest is not read."""

_COUNTERS = r"(?:명|분|포기|개|단|모|마리|근|봉|팩|식구|사람|인분|송이|장|병|망)"
_ANY_COUNTER = "|".join(
    sorted(
        {*words("counters"), "명", "식구", "사람", "군데", "곳", "키로", "킬로", "리터"}
        - {"집", "구", "매", "채", "짝", "짐", "대", "코", "입", "컵", "알", "갑", "톳"},
        key=len,
        reverse=True,
    )
)
# With a particle or nothing behind it: "시 포기허고", "혼 키로에".
_COUNTED = (
    rf"(?:{_ANY_COUNTER})(?=$|[^가-힣]|(?:하고|허고|하구|허구|랑|이랑|이영|영|이캉|캉|만|정도|쯤|"
    r"씩|[은는을를이도에와과요]|값|반|어치|사|살)(?![가-힣]{4,}))"
)
_NATIVE = r"(?:한|두|세|네|다섯|여섯|일곱|여덟|아홉|열|스무)"

# Letters alone (ㅋㅋ, ㅠㅠ, ㅅㄱㅊ) and pictures say nothing that can be bought.
_LAUGHTER = re.compile(r"[ㄱ-ㅎㅏ-ㅣ\u1100-\u11ff]+|[^\w\s가-힣.,/%~()+*×:;?!'\"·\-–—‘’“”]")
_NUMBERED = re.compile(r"(?:(?<=\s)|^)(?:\d{1,2}[.)]|[-*•·])\s+(?=[가-힣])")
_HEADING = re.compile(
    r"^\s*(?:장\s*(?:보기|볼\s*것|볼\s*거)|살\s*(?:것|거)|구매\s*목록|목록)\s*[:：]"
)
_FILLERS = re.compile(
    r"(?<![가-힣])(?:음+|어+|으음|아니\s*그|그러니까|그니까|있잖아요?|저기요?|저기\s*그|"
    r"뭐냐|뭐더라|"
    r"거시기|에+또|그게|그거|그것|이제|인자|막|쫌)(?=[\s,.]|$)"
)
# 국물 낼, 돈 낼: the verb and no 내일.
_NOT_BREWED = "".join(
    f"(?<!{word}{particle} )"
    for word in ("국물", "육수", "맛", "다시", "돈", "시간", "힘", "즙")
    for particle in ("", "을", "를")
)
# What a speech recogniser or a hurried thumb writes for a number and its counter.
_SLIPS = (
    (re.compile(r"(?<![가-힣])[네니]\s?말(?=\s*(?:맞|대로|듣|믿|이\s*(?:맞|틀)|은\s))"), "너의 말"),
    (re.compile(rf"(?<![가-힣])내(?=\s*{_COUNTERS}(?![가-힣]*(?:꺼|거)))"), "네"),
    (re.compile(r"(?<![가-힣])내(?=\s*명)"), "네"),
    (re.compile(rf"(?<![가-힣])새(?=\s*{_COUNTERS}(?:이|에|만|$|\s|,))"), "세"),
    (re.compile(rf"({_NATIVE}|\d)(\s*)게(?=$|[\s,.]|만|랑|하고|를|씩|정도)"), r"\1\2개"),
    (re.compile(rf"({_NATIVE}|\d)(\s*)머리(?=$|[\s,.]|만|랑|하고|를)"), r"\1\2마리"),
    (
        re.compile(
            rf"({_NATIVE}|\d)(\s*)(?:포귀|포키|폭이|폭|피기|패기|페기|퍼기|푀기|보기)(?=$|[\s,.]|만|랑|이랑|하고|를)"
        ),
        r"\1\2포기",
    ),
    (re.compile(rf"({_NATIVE})(\s*)병(?=\s*(?:먹|이서|이\s))"), r"\1\2명"),
    (re.compile(rf"(?<![가-힣])(?:함|항|핸|헌|흔|혼|훈|하나)(?=\s{_COUNTED})"), "한"),
    (re.compile(rf"(?<![가-힣])(?:함|항|핸|헌|흔|혼)(?={_COUNTERS}(?![가-힣]))"), "한"),
    (re.compile(rf"(?<![가-힣])(?:뚜|드|둬|투|둘)(?=\s{_COUNTED})"), "두"),
    (re.compile(rf"(?<![가-힣])(?:뚜|드|둬|투)(?={_COUNTERS}(?![가-힣]))"), "두"),
    (re.compile(rf"(?<![가-힣\d])(?:쎄|서|석|시|스|싀|싯|셋|새|쉬)(?=\s{_COUNTED})"), "세"),
    (re.compile(rf"(?<![가-힣])(?:쎄|서|석)(?={_COUNTERS}(?![가-힣]))"), "세"),
    (re.compile(rf"(?<![가-힣])(?:너|넉|늬|니|느|닛|넷|내)(?=\s{_COUNTED})"), "네"),
    (re.compile(rf"(?<![가-힣])(?:너|넉|늬)(?={_COUNTERS}(?![가-힣]))"), "네"),
    (re.compile(rf"(?<![가-힣])(?:다슷|다스|다섣|다섰|닷)(?=\s?{_COUNTED})"), "다섯"),
    (re.compile(rf"(?<![가-힣])(?:여슷|여스|으섯|여섣|엿)(?=\s?{_COUNTED})"), "여섯"),
    (re.compile(rf"(?<![가-힣])(?:일굽|일고|일곱)(?=\s?{_COUNTED})"), "일곱"),
    (re.compile(rf"(?<![가-힣])(?:야달|야덜|여덟|여달|요덜|여더|여덜)(?=\s?{_COUNTED})"), "여덟"),
    (re.compile(rf"(?<![가-힣])(?:아옵|아흡|아홉)(?=\s?{_COUNTED})"), "아홉"),
    (re.compile(r"(?<![가-힣])서이(?=서|[\s,.]|$|[가는도])"), "셋이"),
    (re.compile(r"(?<![가-힣])너이(?=서|[\s,.]|$|[가는도])"), "넷이"),
    (re.compile(r"(?<![가-힣])두리(?=서)"), "둘이"),
    (
        re.compile(r"(?<![가-힣])[이]?따가?\s*(?=저녁|밤|점심|오후|퇴근|집|갈|가서|마트|시장|장)"),
        "오늘 ",
    ),
    (re.compile(rf"({_NATIVE}|\d)(\s*)(?:당|딴|탄)(?=$|[\s,.]|만|랑|하고|이랑)"), r"\1\2단"),
    (
        re.compile(
            r"(?<=[가-힣])\s?(?:갑|갚|갓)(?=(?:이|은|도)\s*(?:얼마|왜|언제|요즘|비싸|올|많이|너무))"
        ),
        "값",
    ),
    (re.compile(r"시내버스|광역버스|좌석버스|전동차"), "버스"),
    (re.compile(r"(?<![가-힣])열(?:이|도)\s*(?=나|있|펄|올|심)"), ""),
    (re.compile(r"여덜"), "여덟"),
    (re.compile(r"(?<![가-힣])(?:낼|내일)\s*모레"), "내일모레"),
    (
        re.compile(
            rf"(?<![가-힣]){_NOT_BREWED}낼(?=$|[^가-힣]|(?:까지|부터|은|쯤|이|도|엔|에|저녁|"
            r"아침|점심|밤|오전|오후)(?:$|[^가-힣]|는))(?!\s*(?:거|건|끼|수\s|때|게\s|만|라|려))"
        ),
        "내일",
    ),
    (re.compile(r"(?<![가-힣])(?:니얼|니알|내알|낼로|네일|닐)(?=\s|$|까지|은|에|이)"), "내일"),
    (re.compile(r"(?<![가-힣])(?:모래|모리|저모레)(?=까지|에|\s|$|나|쯤|는|엔)"), "모레"),
    (re.compile(r"몇일"), "며칠"),
    (re.compile(r"(?<![가-힣])(?:얼매|을매|올매|월매)(?=나|[가-힣]{0,3}(?:$|[\s?]))"), "얼마"),
    (re.compile(r"([월화수목금토일])욜"), r"\1요일"),
    (re.compile(r"웬지|왠지"), "왜 그런지"),
    (re.compile(r"어뜨케|어떡게|어떻케"), "어떻게"),
)


_LOOSE_LETTERS = re.compile(r"([ㄱ-ㅎ])([ㅏ-ㅣ])")
_LEADS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"


def _in_syllables(text: str) -> str:
    """Letters that a keyboard left apart put together (ㅅㅏ → 사), the old ᆞ of Jeju as ㅗ."""

    def syllable(found: re.Match[str]) -> str:
        lead = _LEADS.find(found[1])
        vowel = ord(found[2]) - ord("ㅏ")
        return chr(0xAC00 + (lead * 21 + vowel) * 28) if lead >= 0 else found[0]

    old = text.replace("\u119e", "\u1169").replace("\u318d", "\u1169")
    return unicodedata.normalize("NFC", _LOOSE_LETTERS.sub(syllable, old))


_LACKING = re.compile(r"(?<=[가-힣])\s*[업없](음|슴|으면|는데|다는데)(?=[\s,.?!]|$)")
_RUN_ON = re.compile(
    r"(?<=[가-힣]{2})(은|는|을|를|이랑|하고)(?=(?:빼[고줘주자]|있[고어음는다지]|없[고어음는다지]|사[려야자줘]|안\s?먹|됐[고어]|얼마|필요))"
)
"""Words typed without a space behind a particle: 오이는빼줘."""


def tidy(text: str) -> str:
    """The sentence in one line without laughter, list numbers and fillers; slips put right."""
    plain = unicodedata.normalize("NFKC", _in_syllables(text[:LONGEST]))
    plain = re.sub(r"[\r\n;、•]+", ", ", plain)
    plain = _HEADING.sub(" ", plain)
    plain = _NUMBERED.sub(", ", plain)
    plain = _LAUGHTER.sub(" ", plain)
    plain = _FILLERS.sub(" ", plain)
    for slip, meant in _SLIPS:
        plain = slip.sub(meant, plain)
    plain = _LACKING.sub(" 없\\1", plain)
    plain = _RUN_ON.sub(r"\1 ", plain)
    plain = in_common_speech(plain)
    return " ".join(plain.split()).strip(" ,")

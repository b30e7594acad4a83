"""A sentence as it was typed or dictated → the sentence the grammar reads: signs, slips, fillers.

Only what would hide a meaning is changed; produce names are the catalog's business.
"""

from __future__ import annotations

import re
import unicodedata

from altteul.assistant.dialects import in_common_speech

LONGEST = 600
"""Letters; nobody speaks a longer wish in one go, the rest is not read."""

_COUNTERS = r"(?:명|분|포기|개|단|모|마리|근|봉|팩|식구|사람|인분|송이|장|병|망)"
_NATIVE = r"(?:한|두|세|네|다섯|여섯|일곱|여덟|아홉|열|스무)"

# Letters alone (ㅋㅋ, ㅠㅠ, ㅅㄱㅊ) and pictures say nothing that can be bought.
_LAUGHTER = re.compile(r"[ㄱ-ㅎㅏ-ㅣ]+|[^\w\s가-힣.,/%~()+*×:;?!'\"·\-–—‘’“”]")
_NUMBERED = re.compile(r"(?:(?<=\s)|^)(?:\d{1,2}[.)]|[-*•·])\s+(?=[가-힣])")
_HEADING = re.compile(
    r"^\s*(?:장\s*(?:보기|볼\s*것|볼\s*거)|살\s*(?:것|거)|구매\s*목록|목록)\s*[:：]"
)
_FILLERS = re.compile(
    r"(?<![가-힣])(?:음+|어+|으음|아니\s*그|그러니까|그니까|있잖아요?|저기요?|저기\s*그|"
    r"뭐냐|뭐더라|"
    r"거시기|에+또|그게|그거|그것|이제|인자|막|쫌)(?=[\s,.]|$)"
)
# What a speech recogniser or a hurried thumb writes for a number and its counter.
_SLIPS = (
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
    (re.compile(rf"(?<![가-힣])(?:함|항|핸|헌|흔|혼)(?=\s?{_COUNTERS}(?![가-힣]))"), "한"),
    (re.compile(rf"(?<![가-힣])(?:뚜|드|둬|투)(?=\s?{_COUNTERS}(?![가-힣]))"), "두"),
    (re.compile(rf"(?<![가-힣])(?:쎄|서|석)(?=\s?{_COUNTERS}(?![가-힣]))"), "세"),
    (re.compile(rf"(?<![가-힣])(?:너|넉|늬)(?=\s?{_COUNTERS}(?![가-힣]))"), "네"),
    (
        re.compile(r"(?<![가-힣])[이]?따가?\s*(?=저녁|밤|점심|오후|퇴근|집|갈|가서|마트|시장|장)"),
        "오늘 ",
    ),
    (re.compile(r"시내버스|광역버스|좌석버스|전동차"), "버스"),
    (re.compile(r"(?<![가-힣])열(?:이|도)\s*(?=나|있|펄|올|심)"), ""),
    (re.compile(r"여덜"), "여덟"),
    (re.compile(r"(?<![가-힣])(?:낼|내일)\s*모레"), "내일모레"),
    (re.compile(r"(?<![가-힣])낼(?![가-힣])"), "내일"),
    (re.compile(r"모래(?=까지|에|\s|$)"), "모레"),
    (re.compile(r"몇일"), "며칠"),
    (re.compile(r"(?<![가-힣])(?:얼매|을매|올매|월매)(?=나|[가-힣]{0,3}(?:$|[\s?]))"), "얼마"),
    (re.compile(r"([월화수목금토일])욜"), r"\1요일"),
    (re.compile(r"웬지|왠지"), "왜 그런지"),
    (re.compile(r"어뜨케|어떡게|어떻케"), "어떻게"),
)


def tidy(text: str) -> str:
    """The sentence in one line without laughter, list numbers and fillers; slips put right."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST])
    plain = re.sub(r"[\r\n;、•]+", ", ", plain)
    plain = _HEADING.sub(" ", plain)
    plain = _NUMBERED.sub(", ", plain)
    plain = _LAUGHTER.sub(" ", plain)
    plain = _FILLERS.sub(" ", plain)
    for slip, meant in _SLIPS:
        plain = slip.sub(meant, plain)
    plain = in_common_speech(plain)
    return " ".join(plain.split()).strip(" ,")

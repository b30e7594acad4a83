"""Budget, way of travel, number of shops and wishes about the goods."""

from __future__ import annotations

import re
from dataclasses import dataclass

from altteul.assistant.amounts.numerals import MONEY, won_of
from altteul.assistant.speech.sheet import Sheet
from altteul.assistant.speech.word_lists import words
from altteul.planner.plan import Mode
from altteul.sources.addresses import PROVINCES

_WITHIN = (
    r"\s*(?:안(?:에서|으로|쪽)?|이내(?:로|에서)?|내(?:로|에서)|이하(?:로)?|미만(?:으로)?"
    r"|밑으로|아래로?|한도(?:로|에서)?|"
    r"선에서|정도(?:로|에서)?|까지(?:만)?|으로|로|가지고|갖고|들고|밖에|뿐|있는데|있어|"
    r"이야|인데|예산|쯤(?:으로|에서)?"
    r"|(?:을|를|은|만|이)?\s*(?:안\s*넘|넘지|넘기지|넘으면\s*안|초과하지|안\s*쪽|넘기면\s*안|넘어가면\s*안)\S*(?:\s*(?:않|말|안)\S*)?)"
)
_BUDGET = re.compile(
    rf"(?:예산|돈|가진\s*돈|장보기\s*비용)(?:은|는|이|가)?\s*(?:한|총|"
    rf"딱)?\s*(?P<said>{MONEY})\s*원?|"
    rf"(?<![가-힣\d])(?P<won>{MONEY})\s*원(?!\s*(?:에\s*몇|이면\s*(?:몇|살\s?만|싼|비싼|괜찮|적당|바가지)|으로\s*몇|이나\s*(?:하|해|되|돼|주|받)|어치|짜리"
    rf"|씩|하던|이던|이더|하더|주고|줬|에\s*샀|한다|이래|이었|이라|넘(?!지|기지|기면\s*안|어가면\s*안|으면\s*안)|더|"
    rf"대\b|올|내|떨))(?:{_WITHIN})?|"
    rf"(?<![가-힣\d])(?!천안|만\s?들[고어려면])(?P<short>{MONEY}){_WITHIN}(?![가-힣])|"
    rf"(?<![가-힣\d])(?P<worth>{MONEY})\s*원\s*어치(?:로|만|에서)?(?=\s*(?:장|반찬|먹|"
    rf"찬거리|저녁|해))"
)
_ONE_SHOP = r"(?:군데|곳|가게|집|마트|시장|매장|점포)"
_STOPS = re.compile(
    rf"(?<![가-힣])(?P<most>(?:딱|많아야|최대)\s*)?(?P<number>한|하나|두|세|1|2|"
    rf"3)\s*(?:{_ONE_SHOP})"
    rf"(?:의\s*(?:가게|마트|시장))?\s*(?:에서만|에서|서만|서|까지(?:는|만|도)?|까진|만|이내|이하"
    rf"|(?(most)|(?!))"
    rf"|으로|로|정도|에|만\s*(?:들|가|돌))(?:만)?"
    r"(?:\s*(?:다|모두|전부|한꺼번에))?|"
    rf"(?<![가-힣])(?:가게|시장|마트|집)(?:는|은|를|을)?\s*(?P<only>한\s*군데|하나|두\s*군데|둘|한\s*곳|두\s*곳)(?:만|까지만)\s*(?:들|가|갈|돌)\S*|"
    rf"(?<![가-힣])(?P<up_to>한|두|세|1|2|3)\s*{_ONE_SHOP}(?:를|을|는|은|정도|쯤)?\s*(?:돌아|들러|다녀|가)(?:도|볼)"
)
_AT_ONCE = re.compile(
    r"(?:여러|여기\s*저기|이\s*집\s*저\s*집|이곳\s*저곳)\s*(?:군데|곳)?\s*(?:은|는|을|를)?\s*"
    r"(?:(?:다니기|돌기|돌아다니기|다니는\s*(?:거|것))(?:가|는|도)?\s*)?(?:안|못|싫|귀찮"
    r"|힘들)\S*(?:\s*(?:가고|다니고|"
    r"다닐|돌고)\S*)?|"
    r"한\s*(?:번|방|꺼번)에\s*(?:다|모두|전부)?\s*(?=살|사|끝|해결|장)|원스톱"
)
_NUMBERS = {"한": 1, "하나": 1, "1": 1, "두": 2, "2": 2, "세": 3, "3": 3}
_NO_CAR = re.compile(
    r"(?<![가-힣])(?:자가용|차)(?:가|는|도|를)?\s*(?:없\S*|안\s*(?:타|가져)\S*|못\s*\S+)"
)
_NOT_SO = re.compile(
    r"(?<![가-힣])(?:걸어\s*가려다|걸으려다|(?:오래|많이|멀리|잘)\s*(?:못|안)\s*걷\S*|못\s*걷\S*|걷기\S*\s*(?:힘들|싫|어려|못)\S*)"
)
_MODES = (
    (Mode.WALK, re.compile(
        r"(?<![가-힣])(?:걸어서?|걸어\S*|걸엉|걷(?!\S*\s*(?:힘|싫|어렵|귀찮|못))\S*|도보(?:로)?|뚜벅\S*|발품\S*)(?:\s*(?:갈|"
            r"가는|다닐|다니|"
            r"갔다)\S*)?(?:\s*수\s*있\S*)?"
    )),
    (Mode.BUS, re.compile(
        r"(?<![가-힣])(?:버스(?!비)|지하철|전철|대중\s*교통|마을버스)(?:를|로|만|은|는|"
            r"으로)?(?:\s*(?:타\S*|이용\S*|다니\S*|갈\S*))?"
    )),
    (Mode.CAR, re.compile(
        r"(?<![가-힣])(?:자가용|자동차|승용차|오토바이)(?:으로|로)|(?<![가-힣])(?:자가용|자동차|승용차|운전|차)(?:이|가|는|도|를|로|으로|해서|"
            r"하고)?\s*(?:타\S*|몰\S*|끌\S*|"
            r"가져\S*|가지고|갖고|있\S*|"
        r"갈\S*|가려\S*|가는\S*|다니\S*|운전\S*)|(?<![가-힣])(?:자가용|자동차|"
            r"차)로(?:만|다가)?(?![가-힣])|운전해\S*"
    )),
)  # fmt: skip
_CHANNELS = {
    "전통시장": r"전통\s*시장|재래\s*시장|(?<![가-힣])시장(?=에서|으로|에|만|이\s*좋)",
    "대형마트": r"대형\s*마트|큰\s*마트|(?<![가-힣])(?<!동네 )마트(?=에서|로|에|만|가\s*좋)",
    "로컬푸드": r"로컬\s*푸드|직매장",
    "온라인": r"온라인|인터넷|쇼핑몰",
}
_GOODS = {
    "국산": r"국내\s*산|(?<![가-힣])국산|우리\s*땅|우리\s*농산물|토종(?!\s*닭)",
    "수입": r"수입\s*산|수입",
    "유기농": r"유기농(?:산물)?",
    "무농약": r"무\s*농약|농약\s*(?:안|없)\s*\S*",
    "친환경": r"친\s*환경",
    "저농약": r"저\s*농약",
    "무항생제": r"무\s*항생제",
    "GAP": r"(?i:gap)\s*(?:인증)?",
    "동물복지": r"동물\s*복지",
    "못난이": r"못난이|못생긴|흠집\s*난|비품",
}
_PARTICLES = r"(?:으로만|으로다가|으로|로만|로|에서만|에서|에|만|이면|면|은|는|을|를|이|가|도|인)?"
_NOT = re.compile(
    r"\s*(?:은|는|이|가)?\s*(?:(?:너무\s*|좀\s*)?비싸\S*\s+(?=됐|말고|빼|싫|관두))?(?:됐(?=고|어|구|음|다)\S*|관두\S*|말고|빼고|제외\S*|싫\S*|아니어도\S*|아니라도\S*|아니여도\S*|아니고|아닌|안\s*(?:돼|먹|사|써)\S*|(?:까지(?:는)?\s*)?필요\s*없\S*|안\s*되\S*|말구|아니라|없이)"
)
_NOT_SUCH = re.compile(rf"\s*(?:[가-힣]{{1,6}}\s*)?(?P<no>{_NOT.pattern})")
_WISHES = {**_CHANNELS, **_GOODS}
_OPPOSITE = {"국산": "수입", "수입": "국산"}
_GROWN_IN = "|".join(
    sorted(
        {*words("countries"), *words("towns"), *PROVINCES, *PROVINCES.values()},
        key=len,
        reverse=True,
    )
)
_ORIGIN = re.compile(rf"(?<![가-힣])({_GROWN_IN})\s?산{_PARTICLES}(?=\s|$|[,.])")
_FOREIGN = re.compile(
    r"(?<![가-힣])(?:중국|미국|호주|베트남|칠레|노르웨이)\s*산(?=\s*(?:은|는|이|"
    r"가)?\s*(?:말고|빼고|싫|아닌|안))"
)


_RATHER = re.compile(r"\s*(?:말고|대신|아니고)")


_HANWOO = re.compile(
    r"(?<![가-힣])(?:금|참)?한우(?!(?:은|는|이|가)?\s*(?:너무\s*)?(?:말고|빼|아니|대신|비싸|비싼|대체|싫|못))"
)
_TAKEN_BACK = re.compile(
    r"(?:으로|로)?[\s,]*(?:아니(?:다|야|지|고|라|요)?|아녀|아이다|아냐|아)[\s,]+"
)


def read_breed(text: str) -> str | None:
    """한우 is both: the item 소고기 and a wish about it."""
    return "한우" if _HANWOO.search(text) else None


def read_budget(sheet: Sheet) -> int | None:
    """The money that may be spent, in won."""
    for found in _BUDGET.finditer(sheet.left):
        words = next(group for group in found.groups() if group)
        won = won_of(words)
        if won is not None and won >= 500:
            sheet.take(*found.span())
            return _corrected(won, found.end(), sheet)
    return None


def _corrected(won: int, end: int, sheet: Sheet) -> int:
    """'오만 원으로 아니다 육만 원까지': the second sum is meant."""
    taken_back = _TAKEN_BACK.match(sheet.left, end)
    second = _BUDGET.match(sheet.left, taken_back.end()) if taken_back else None
    later = won_of(next(group for group in second.groups() if group)) if second else None
    if second is None or later is None:
        return won
    sheet.take(*second.span())
    return later


def read_stops(sheet: Sheet) -> int | None:
    """How many shops at most."""
    if found := sheet.take_first(_STOPS):
        if found["only"]:
            return 1 if found["only"][0] in "한하" else 2
        return _NUMBERS[found["number"] or found["up_to"]]
    return 1 if sheet.take_first(_AT_ONCE) else None


def read_mode(sheet: Sheet) -> Mode | None:
    """How one travels; "차가 없어서" alone says only how not."""
    sheet.take_first(_NO_CAR)
    sheet.take_first(_NOT_SO)
    for mode, pattern in _MODES:
        found = sheet.take_first(pattern)
        if found and not _RATHER.match(sheet.left, found.end()):
            return mode
    return None


@dataclass(frozen=True, slots=True)
class Wishes:
    """What goods and shops are `wanted`, in the order they are said, and the sorts of shop that
    are not (`avoided`)."""

    wanted: tuple[str, ...] = ()
    avoided: tuple[str, ...] = ()


def read_wishes(sheet: Sheet) -> Wishes:
    """Wishes about goods and shops, each once, taken off the sheet."""
    said: dict[str, int] = {}
    refused: set[str] = {"수입"} if sheet.take_first(_FOREIGN) else set()
    for found in sheet.take_all(_ORIGIN):
        if no := _NOT_SUCH.match(sheet.left, found.end()):
            sheet.take(*no.span("no"))
        else:
            said.setdefault(f"{found[1]}산", found.start())
    for word, pattern in _WISHES.items():
        for found in sheet.take_all(re.compile(rf"(?:{pattern}){_PARTICLES}")):
            if no := _NOT.match(sheet.left, found.end()):
                refused.add(word)
                sheet.take(*no.span())
            else:
                said.setdefault(word, found.start())
    for word in refused:
        said.pop(word, None)
        if opposite := _OPPOSITE.get(word):
            said.setdefault(opposite, 0)
    avoided = tuple(word for word in _CHANNELS if word in refused)
    return Wishes(tuple(sorted(said, key=lambda word: said[word])), avoided)

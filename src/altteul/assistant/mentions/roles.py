"""What is said of a name: wanted, at home, left out, taken back for another, or only material.

A role is read from the words between the name (with its amount) and the next name, up to the end
of the clause: "깐마늘은 | 냉동실에 있응께", "깻잎은 | 싫어해 빼고", "꽃게 | 아니 그냥 | 새우".
"""

from __future__ import annotations

import re

from altteul.assistant.mentions.mention import Mention
from altteul.assistant.speech.sheet import Sheet
from altteul.assistant.speech.small_words import JOINED

_WHO = (
    r"(?:(?:우리\s*|저희\s*)?(?:애|아이|아들|딸|남편|신랑|아내|와이프|집사람|영감|엄마|아빠|손주|손님|식구|가족|"
    r"나|저|제|내|다들|아버지|어머니|할머니|할아버지|아기|동생|친구)(?:들)?(?:이|가|은|는|도)?\s*)?"
)
_PARTICLES = r"(?:은|는|이|가|을|를|도|만|랑|이랑|하고|두)?\s*(?:좀\s*)?(?:다\s*|이미\s*|벌써\s*)?"
_HOLDING = r"(?:들어간|들어가는|든|있는|들은)\s*(?:거|것|건|걸)(?:는|은)?\s*"
_OTHERWISE = (
    r"(?:(?!사[려야고러자게줘서면]|살\s|살라|살게|필요(?!\s*없)|얼마|비싸|싸[요고]|주고|하고\s|어디|"
    r"어데|좋|부탁|넣고|해서\s|데\s*있|수\s*있|곳\s*있)[^,.?!¦])"
)
"""Letters of a remark on the goods that is no mention to buy."""
_ABOUT_IT = rf"(?:은요?|는요?|도|두|만|이|가)\s*{_OTHERWISE}{{0,18}}?(?<![가-힣]못)(?<![가-힣]안)"
_NOT_WANTED = (
    r"(?:빼고|빼구|빼\s*(?:줘|주|서|자|도|라|면|는|야|요)|뺄|뺀|빼(?![가-힣])|제외|못\s*먹|안\s*먹|못\s*드|안\s*드|"
    r"안\s*들어|안\s*넣|넣지\s*(?:마|말)|알레르기|알러지|알르레기|싫어|싫은|싫다|싫고|싫대|질색|물렸|"
    r"안\s*좋아|사지\s*(?:마|말)|안\s*사|안\s*(?:써|쓰|씁|되|돼|됨|댐|대|된)|필요\s*(?:없|업)|됐고|됐어|됐구|됐음|됐다|"
    r"되었고|취소|지워|없어도|치아|치우|관두|관둬|그만두)"
)
_EXCLUDED_AT_ONCE = re.compile(
    rf"{_PARTICLES}{_WHO}(?:{_HOLDING})?(?:{_NOT_WANTED}|없이|없는\s*걸|말고는\s*다|"
    r"(?:먹|드시|드|넣)(?:으)?면\s*(?:절대\s*|큰일\s*)?(?:안\s*(?:되|돼|됩)|나)|"
    r"(?:담글|담그려는|할|하려는|끓일|만들|부칠|먹을)\s*(?:거|건|게)(?:는|은)?\s*(?:아니|아냐|아닌))"
)
_DEAR = _ABOUT_IT.replace("비싸|싸[요고]", "싸[요고]")
"""'사과는 비싸니까 빼고': that it is dear is a reason here."""
_EXCLUDED = re.compile(rf"{_EXCLUDED_AT_ONCE.pattern}|{_DEAR}{_NOT_WANTED}")
_PLACES = (
    r"(?:(?:우리\s*)?(?:집|냉장고|냉동실|김치냉장고|베란다|부엌|찬장|주방|창고|냉동고|밭|텃밭|마당|시골)"
    r"(?:에|에도|에는|엔)\s*(?:¦+\s*)?)?(?:아직\s*|많이\s*|잔뜩\s*|가득\s*|엄청\s*|한가득\s*|넘치게\s*|좀\s*|충분히\s*|넉넉히\s*)?"
)
_GIVEN = (
    r"(?:올라온|보내\s?(?:준|주신)|부쳐\s?(?:준|주신)|(?:[가-힣]\s?)(?:준|주신|둔|놓은|놔둔)|담근|말린|얼린|"
    r"(?:선물|추수|수확|농사\s?지)\S*\s?[한은]|캔|딴|남긴|쓰던|먹던|쓰다\s?남은|얻은|받은|가져온|갖다\s?(?:준|놓은)|산)"
)
"""How goods came to be at home, before 게 있다; 싼 게 있나 and 좋은 게 있나 ask for a shop."""
_HAVE = (
    r"(?<![데수곳])(?<![데수곳게]\s)(?:있|이씀|잇|이써(?=$|[\s,.요]))(?:(?<=이써)요?|으니|어서|거든|을\s*거|을걸|는\s*(?:거|것|걸)(?!로)|어(?:요|유|여|염|용|욤)?(?=$|[\s,.])|요(?=$|[\s,.])|고|구|는데|는디|음|슴|다|지|네|"
    r"응게|응께|응|드래|습니|었|단다|잖|으므)|이씀"
)
_OWNED = (
    rf"{_GIVEN}\s*(?:게|것이|거|것도|거도)\s*(?:좀\s*|아직\s*|많이\s*|다\s*)?있|"
    r"남았|남아|(?:[가-힣]{1,3}고\s*)?남은\s*(?:게|거)|많(?=아|고|음|다|으|네|어|습|구|지)|널렸|널려|썩어|쌓여|쌓였|쟁여\s*(?:놨|뒀)|천지|"
    r"넉넉(?=해|하|히\s*있)|충분(?=해|하)|(?:사다?|만들어|담가|불려|삶아|썰어|다져|절여|말려|받아|구해|얻어|갖다|챙겨|꺼내)\s?(?:놨|놓았|놓고|놓은|뒀|두었|둔)|"
    r"얻어\s?(?:왔|온|놨)|얻었|받았|받아\s?왔|줬(?!으면)|줘서(?!요)|주셔서|주셨|주신대|주신다|준대|준다|보내\s?(?:줬|줌|주셨|주신|준다|왔)|협찬|굴러다니|가져오|가져온|가져왔|"
    r"갖고\s?온|(?:에서|서|집에)\s*(?:오고|온대|온다|와요|오니까?|오거든|옵니다|들어와)|올라왔|얼려\s*(?:놓|놨|둔|뒀)|(?:에서|서|집에)\s*왔(?=어|는데|으니|고|음|대|네|다)|시켰|주문했|담근\s*(?:거|게)|(?<!안)(?<!안\s)(?<!못)(?<!못\s)샀(?=어|으니|고|음|는데|다|거든|네|습|지)"
)
_AT_HOME = re.compile(rf"{_PARTICLES}{_PLACES}(?:{_HAVE}|{_OWNED})|{_ABOUT_IT}(?:{_HAVE}|{_OWNED})")
_NO = r"(?:아니(?:다|고|라|야|구|지|요|예요|네)?|아녀|아이(?:다|고|라)?|아냐|아뇨|말고|말구|아닌)"
_INSTEAD = re.compile(r"(?:은|는|이|가|를|을)?\s*(?:말고|말구|아니고|아니라|아니구)")
_FOR_ANOTHER = re.compile(
    rf"\s*(?:이|가|은|는|을|를|로|으로)?[\s,.…]*(?:아+|어|앗|참)?[\s,]*{_NO}[\s,]*(?:그냥|참|아|어|음|저기|그)?[\s,]*"
)
_GAVE_UP = re.compile(
    r"(?:을|를|로|으로)?\s*(?:좀\s*)?(?:할까|하려|하려다|할라|살까|사려|살라|먹을까|담글까|끓일까)\S*"
    r"(?:\s*(?:했|싶|생각|카|하)\S*)?\s+(?:[^,.?!]{0,14}\s)?(?:그냥|말고|관두고|대신)\s*|"
    r"(?:을|를)?\s*(?:할까|살까|할라|살라|하려|사려)\s*(?:하?다가?|카다가?|했는데|했다가|했지만)\s*[^,.?!]{0,12}"
)
_IF_DEAR = re.compile(
    r"(?:이|가|은|는)?\s*(?:너무\s*)?(?:비싸|없으|안\s*좋으|별로)[이]?면\s*(?:그냥\s*)?"
)
_ASKS = re.compile(r"(?:돼|되나|될까|되까|괜찮|어때|어떨|되[요유죠]|됩니까)\S{0,2}\s*$")
_MADE_INTO = re.compile(
    r"에(?:다가?)?\s*(?:넣을|올릴|올려|얹을|쓸|들어갈|곁들일|찍어|싸\s*먹)|"
    r"(?:을|를|에|이|가)?\s*(?:끓일|무칠|볶을|담글|구울|먹을|지질|삶을|비빌|찍어\s*먹을)\s*때|\s*안주(?:로|용|할|감|하)|(?:이|가|까지)?\s*(?:있는|달린|붙은|들은|든|들어간|섞인)\s*(?:걸로|것으로|거로|놈으로)|(?:으로|로)\s*(?:만든|된|담근|담은|한\s|쑨|낸|끓인|구운|싼|볶은)"
)
"""'콩으로 만든 두부': what it is made of is not bought."""
_ALLERGY = re.compile(r"\s*(?:에\s*)?(?:알레르기|알러지|알르레기)")


def leave_out(named: list[Mention], number: int, sheet: Sheet) -> None:
    """Mark a name that is left out or at home, and those joined to it, before amounts are given."""
    mention = named[number]
    following = named[number + 1].hit.start if number + 1 < len(named) else None
    tail = _clause(sheet.left[mention.hit.end : following])
    mention.excluded = _is_left_out(mention, tail)
    mention.at_home = _AT_HOME.match(tail) is not None
    if mention.excluded or mention.at_home:
        _join(named[:number], mention, sheet)


def _is_left_out(mention: Mention, tail: str) -> bool:
    """A dish is left out only by the very next words; of goods a remark may tell why first."""
    dish_only = mention.hit.name.item is None and mention.hit.name.family is None
    return (_EXCLUDED_AT_ONCE if dish_only else _EXCLUDED).match(tail) is not None


def give_role(named: list[Mention], number: int, sheet: Sheet) -> None:
    """Set what is said of one name, and of those joined to it ('깻잎이랑 당근은 빼고')."""
    mention = named[number]
    after = sheet.left[mention.end :]
    following = named[number + 1].hit.start if number + 1 < len(named) else None
    tail = _clause(sheet.left[mention.end : following])
    mention.material = mention.portion is None and bool(_MADE_INTO.match(after))
    mention.excluded = mention.excluded or _is_left_out(mention, tail)
    mention.allergy = bool(_ALLERGY.match(after))
    mention.at_home = mention.at_home or bool(_AT_HOME.match(tail))
    mention.replaced = bool(_INSTEAD.match(after))
    if following is not None and not mention.excluded:
        between = sheet.left[mention.end : following]
        other = named[number + 1]
        mention.given_up = other.hit.name != mention.hit.name and (
            _FOR_ANOTHER.fullmatch(between) is not None
            or _GAVE_UP.fullmatch(between) is not None
            or _or_else(between, sheet.left[other.hit.end :])
        )
    if mention.excluded or mention.at_home:
        _join(named[:number], mention, sheet)


def _or_else(between: str, after: str) -> bool:
    """'상추가 비싸면 깻잎으로 해도 되고': said, not asked, the other will do."""
    settled = re.match(r"(?:으로|로)(?![가-힣])[^?]*$", after) is not None
    return settled and not _ASKS.search(after) and _IF_DEAR.fullmatch(between) is not None


def _clause(words: str) -> str:
    return re.split(r"[.?!]", words, maxsplit=1)[0]


def _join(before: list[Mention], last: Mention, sheet: Sheet) -> None:
    """'깻잎이랑 당근은 빼고' leaves out both, '감자 당근은 있고' too; '비빔밥, 당근은 빼고' one."""
    start = last.hit.start
    for mention in reversed(before):
        between = sheet.left[mention.end : start]
        dish_only = mention.hit.name.item is None and mention.hit.name.family is None
        if mention.portion or dish_only or not JOINED.fullmatch(between) or "," in between:
            return
        if last.excluded and not last.at_home and not between.strip():
            return
        mention.excluded, mention.at_home = last.excluded, last.at_home
        start = mention.hit.start

"""Whether a name is a dish to cook or goods to buy: 칼국수, 취나물, 삼겹살 may be both."""

from __future__ import annotations

import re

from altteul.assistant.circumstances.company import Company
from altteul.assistant.mentions.mention import Mention, Mentions
from altteul.assistant.understood import Intent
from altteul.recipes.book import Book
from altteul.recipes.dish import Dish

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
    r"[을를은는도나좀\s]*(?:담[그글가](?!\s?[은둔])|담근[다대단]|담는|담아\s|끓[이일여]|만들|만드|부치|부칠|부쳐|볶[을아으는]|무치|무칠|무쳐|굽[는고]|구[워울]|빚[을어으는]|조리[려는]|해\s?먹|하는\s*중|쑤|쑬|(?:\d+|[일이삼사오육칠팔구십두세네]+)\s*인\s*분|미루|미룰|에(?:다가?)?\s*(?:넣|올릴|쓸|들어갈|곁들))"
)
"""Said right behind a name that is both, it is the dish, whatever is asked of it."""
_BUYING = re.compile(
    r"사려|살려|사야|사러|사고|사\s*줘|사다|사\s*와|살\s|살까|한\s*봉|구매|구입|얼마|값|"
    r"가격|시세|비싸|싼|대신|언제|지금|왜"
)
AS_A_TIME = re.compile(r"\s*(?:끝나|끝난|전에|전까지|철|시즌|지나|후에|이후)")
"""'김장 전에', '김장철': when, not what is cooked."""
NOTHING_ELSE = re.compile(r"(?:이|하나)?\s*밖에\s*(?:없|안\s*남)")
"""'두부하고 김치밖에 없는데 뭐 해 먹지'."""


def is_dish(
    mention: Mention,
    intent: Intent,
    plain: str,
    company: list[Company],
    mentions: Mentions,
    book: Book,
) -> bool:
    """Whether a name is cooked here; goods that are also a dish are told by their amount, by what
    is asked, and by the words behind them."""
    name, after = mention.hit.name, plain[mention.hit.end :]
    if name.dish is None or name.item is None:
        return name.dish is not None
    if mention.at_home or NOTHING_ELSE.match(plain[mention.end :]):
        return False
    if mention.portion is not None:
        return mention.portion.unit == "그릇"
    if _COOKED_NOW.match(after) or (intent is Intent.SUBSTITUTE and _INTO_THIS.match(after)):
        return True
    if intent in _ABOUT_GOODS or mention.excluded:
        return False
    if intent is Intent.DISH or _COOKING.search(after) or _made_of(book.find(name.dish), mentions):
        return True
    return bool(company) and not _BUYING.search(after)


_INTO_THIS = re.compile(r"에(?:는|다가?|서)?(?![가-힣])")
_ABOUT_GOODS = frozenset(
    {
        Intent.PRICE,
        Intent.WHEN,
        Intent.WHY,
        Intent.SUBSTITUTE,
        Intent.SEASON,
        Intent.RECORD,
    }
)


def _made_of(dish: Dish, mentions: Mentions) -> bool:
    """'총각무 세 단으로 총각김치': its ingredients are bought, so it is made."""
    bought = {m.hit.name.item.item.name for m in mentions.named if m.hit.name.item and m.portion}
    return any(part.item in bought for part in dish.to_buy)

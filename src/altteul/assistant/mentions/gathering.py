"""Names and amounts in order → what is named, how much of it, and what is said of it."""

from __future__ import annotations

import re
from dataclasses import replace

from altteul.assistant.amounts.portions import read_portions
from altteul.assistant.mentions.allotting import assign, merged
from altteul.assistant.mentions.mention import Mention, Mentions
from altteul.assistant.mentions.roles import give_role, leave_out
from altteul.assistant.names.homonyms import is_meant
from altteul.assistant.names.morphemes import Sentence
from altteul.assistant.names.naming import Hit, Lexicon, Name
from altteul.assistant.names.slips import misspelled, of_unknown
from altteul.assistant.questions import SEVERAL
from altteul.assistant.speech.sheet import Sheet
from altteul.catalog import Catalog

__all__ = ["Mention", "Mentions", "read_mentions"]


def read_mentions(
    sheet: Sheet, lexicon: Lexicon, catalog: Catalog, sentence: Sentence | None
) -> Mentions:
    """Names with their amounts, taken off the sheet; morphemes tell 배 from 배고픈."""
    hits = [
        hit
        for hit in lexicon.scan(sheet.left)
        if is_meant(hit, sheet, sentence)
        and not _FOR_A_DISH.match(sheet.left, hit.end)
        and not _OF_A_TRADE.match(sheet.left, hit.end)
        and not _ADVICE.match(sheet.left, hit.end)
    ]
    for hit in hits:
        sheet.take(hit.start, hit.end)
    portions = merged(read_portions(sheet), sheet, hits)
    hits = sorted(
        [*hits, *misspelled(portions, sheet, catalog, lexicon, sentence)], key=lambda h: h.start
    )
    mentions = Mentions([Mention(hit) for hit in _without_repeats(hits, sheet)])
    if sentence:
        strange = of_unknown(portions, hits, sheet, sentence)
        mentions.unknown = tuple(strange)
        portions = [portion for portion in portions if portion not in strange.values()]
    for number in range(len(mentions.named)):
        leave_out(mentions.named, number, sheet)
    assign(mentions, portions, sheet)
    for number, mention in enumerate(mentions.named):
        _made_ready(mention, sheet, lexicon)
        give_role(mentions.named, number, sheet)
        _ask_which(mention)
    return mentions


_FOR_A_DISH = re.compile(r"(?:찌개|국|탕|볶음|조림|찜|전|무침|구이)용(?![가-힣]*도)")
"""'김치찌개용 돼지고기' wants no 김치."""


_OF_A_TRADE = re.compile(
    r"\s?(?:가게|장사|식당|전문점|트럭|공장|분식점|포장마차|배달(?:\s?전문점)?)(?=\s|$|[을를이가]\s|하|인|예|에요|이|,)|"
    r"집(?=\s(?:하|운영|차|열|사장|개업)|인데|이에요|입니다|이거든|\s?사장)"
)
"""'도시락 가게 열었어요', '국수집 하는데': what somebody lives by is not what is cooked now."""
_ADVICE = re.compile(
    r"(?:을|를|도|만|은|는|이나)?\s*(?:좀\s*|많이\s*|자주\s*|꼭\s*|잘\s*|챙겨\s*|매일\s*)*(?:먹|드시|챙기|섭취하)(?:으)?라"
    r"(?:고|니|는|길래|셔|서|해)\S*\s(?=\S)(?!\s*(?:뭐|뭘|어떤|얼마))(?:하\S*\s|해\S*\s|그래\S*\s)?(?=[가-힣])"
)
"""'의사가 잡곡 먹으라고 해서 현미 5키로': why, before what is bought."""


def _ask_which(mention: Mention) -> None:
    """고추 and 호박 alone may be several items."""
    item = mention.hit.name.item
    word = "고추" if mention.hit.word == "꼬추" else mention.hit.word
    usual = SEVERAL.get(word, ())[:1]
    if item and item.item.name in usual and not (mention.excluded or mention.at_home):
        mention.hit = replace(mention.hit, name=Name(family=word))


def _without_repeats(hits: list[Hit], sheet: Sheet) -> list[Hit]:
    """'한우 등심', '돼지고기 삼겹살': the second only tells the sort of the first."""
    kept: list[Hit] = []
    for hit in hits:
        last = kept[-1] if kept else None
        beside = last is not None and not sheet.left[last.end : hit.start].strip()
        if last and last.name.item and beside and hit.name.family == "국거리":
            kept[-1] = replace(last, end=hit.end)
            continue
        if last and last.name.item and hit.name.family == "국거리" and _made_with(last, hit, sheet):
            kept[-1] = replace(last, end=hit.end)  # "한우로 국거리 600그람"
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


def _made_with(last: Hit, hit: Hit, sheet: Sheet) -> bool:
    return sheet.left[last.end : hit.start].strip() in ("로", "으로")


_READY = re.compile(
    r"\s*(?:을|를|은|는|이|가)?\s*(말린|마른|빻은|갈은|간|가루\s*낸|절인|늙은)\s*(?:거|것|걸|놈|게)"
)
_POWDER = frozenset({"빻은", "갈은", "간", "가루낸"})


def _made_ready(mention: Mention, sheet: Sheet, lexicon: Lexicon) -> None:
    """'고추 말린 거' is 말린고추, '고추 빻은 거' 고춧가루, where the catalog has such goods."""
    found = _READY.match(sheet.left, mention.hit.end) or _READY.match(sheet.left, mention.end)
    if not found or mention.hit.name.item is None:
        return
    how, word = found[1].replace(" ", ""), mention.hit.word
    keys = (
        (word + "가루",)
        if how in _POWDER
        else (how + word, "건" + word, how + mention.hit.name.item.item.name)
    )
    name = next((name for key in keys if (name := lexicon.look_up(key)) and name.item), None)
    if name:
        mention.hit = replace(mention.hit, name=name)
        sheet.take(*found.span())

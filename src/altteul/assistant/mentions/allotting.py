"""Which amount belongs to which name, and which amounts state one together."""

from __future__ import annotations

import re

from altteul.assistant.amounts.portions import PACKAGES, Portion, joined
from altteul.assistant.mentions.mention import Mention, Mentions
from altteul.assistant.names.naming import Hit
from altteul.assistant.speech.sheet import Sheet
from altteul.assistant.speech.small_words import JOINED, SMALL


def merged(portions: list[Portion], sheet: Sheet, hits: list[Hit]) -> list[Portion]:
    """Amounts with those that state one together joined: '20kg짜리 하나', '한 포대 20kg'."""
    kept: list[Portion] = []
    for portion in portions:
        last = kept[-1] if kept else None
        apart = last and any(last.end <= hit.start < portion.start for hit in hits)
        if last and last.unit in PACKAGES and _owned(portion, portions, hits):
            apart = True
        both = (
            joined(last, portion, sheet.left[last.end : portion.start])
            if last and not apart
            else None
        )
        if both:
            kept[-1] = both
        else:
            kept.append(portion)
    return kept


def _owned(portion: Portion, portions: list[Portion], hits: list[Hit]) -> bool:
    """'양파 한 망 500g 돼지고기': the name right behind has no other amount, so this is its own."""
    behind = next((hit for hit in hits if 0 <= hit.start - portion.end <= 1), None)
    if behind is None:
        return False
    return not any(0 <= other.start - behind.end <= 3 for other in portions)


def assign(mentions: Mentions, portions: list[Portion], sheet: Sheet) -> None:
    """Each amount goes to the name before it, else to the name right behind it."""
    for portion in portions:
        words = sheet.text[portion.start : portion.end + 1]
        each_of = words.startswith("각") or _EACH_OF.search(sheet.left[: portion.start])
        if _EACH.search(words) or each_of:
            _give_each(mentions.named, portion, sheet)
        before = [
            mention
            for mention in mentions.named
            if mention.hit.end <= portion.start
            and (
                not (mention.excluded or mention.at_home)
                or _near(sheet.between(mention.hit.end, portion.start))
            )
        ]
        last = before[-1] if before else None
        if last and last.portion is portion:
            continue
        between = sheet.between(last.end, portion.start) if last else ""
        if (
            last
            and last.portion is None
            and _near(between)
            or last
            and last.portion
            and _is_correction(last.portion, portion, mentions, sheet)
        ):
            last.portion = portion
        elif (behind := _name_behind(mentions, portion, sheet)) and not (
            last and last.portion is None and _has_its_own(behind, mentions, portions)
        ):
            behind.portion = portion
        elif (
            last
            and last.portion is None
            and (portion.unit is not None or _only_number(mentions, portion, sheet))
        ):
            last.portion = portion
        else:
            mentions.loose.append(portion)


_NO = r"아니(?:다|지|야|요|라|고|그냥|구)?|아녀|아이(?:다)?|아냐|아뇨|말고|말구|취소"
_CORRECTED = re.compile(
    rf"^(?:은|는|이|가)?\s*(?:말고|말구|아니고|아니라|아니구)|"
    rf"^(?:은|는)?\s*(?:너무\s*)?(?:많|적|크|작|비싸)(?:고|으니|아서|아요?(?=\s)|어요?(?=\s)|네요?(?=\s)|다(?=\s)|은데|지|으니까|을\s*거\s*같)|"
    rf"(?:^|[\s,])(?:{_NO})(?=[\s,]|$)|(?:살까|할까|사려|하려|살려|담글까|시킬까)\S*\s.*그냥\s*$|(?:^|\s)(?:아\s*참|아차|참)(?=[\s,])"
)
_TAKEN_BACK = re.compile(
    rf"(?:^|[\s,.요]|하다)(?:{_NO}|아+|앗|어|참)(?=[\s,]|$)|다가(?=\s)|(?:살까|사려|살려|살라|할까|하려|담그려|담글라)\S*\s*(?:했|하|싶|그랬|카)\S*(?:데|만|다가?)(?=\s)|(?:{_NO})\s*$"
)
"""What stands between an amount and the one that comes in its place."""


def _is_correction(first: Portion, second: Portion, mentions: Mentions, sheet: Sheet) -> bool:
    """'감자 한 박스 아니 두 박스', '두 개 아 세 개': of one unit, and no name takes the second."""
    between = sheet.left[first.end : second.start]
    if any(first.end <= mention.hit.start < second.start for mention in mentions.named):
        return False
    behind = _name_behind(mentions, second, sheet)
    if behind is None and _CORRECTED.search(between):
        return True
    return first.unit == second.unit and _TAKEN_BACK.search(between) is not None


def _has_its_own(mention: Mention, mentions: Mentions, portions: list[Portion]) -> bool:
    """'우유는 저지방으로 두 팩 요거트는 플레인으로 네 개': it has another amount."""
    start = mention.hit.end
    end = next((m.hit.start for m in mentions.named if m.hit.start >= start), 10_000)
    return any(start <= portion.start < end for portion in portions)


def _only_number(mentions: Mentions, portion: Portion, sheet: Sheet) -> bool:
    """'당근 사려는데 하나에 얼마': the one number of the one thing; 하나 of '사야 하나' is none."""
    asked = re.search(r"(?:야|나|까)\s*$", sheet.text[: portion.start])
    return len(mentions.named) == 1 and asked is None


_EACH = re.compile("씩")
_EACH_OF = re.compile(r"각각?\s*$")


def _give_each(named: list[Mention], portion: Portion, sheet: Sheet) -> None:
    """'사과 배 다섯 개씩': every name right before gets the amount."""
    end = portion.start
    for mention in reversed([mention for mention in named if mention.hit.end <= portion.start]):
        if mention.portion or not re.fullmatch(
            JOINED.pattern + r"(?:(?:사\s?[오와]|사\s?다|부탁|필요)\S*\s*)?(?:각각|각)?\s*",
            sheet.between(mention.hit.end, end),
        ):
            return
        end = mention.hit.start
        mention.portion = portion


def _near(between: str) -> bool:
    return not between or all(SMALL.fullmatch(word) for word in between.split())


def _name_behind(mentions: Mentions, portion: Portion, sheet: Sheet) -> Mention | None:
    behind = next((mention for mention in mentions.named if mention.hit.start >= portion.end), None)
    if behind is None or behind.portion is not None:
        return None
    words = sheet.between(portion.end, behind.hit.start)
    return behind if re.fullmatch(r"(?:짜리|의|치|정도의|들이|되는)?", words) else None

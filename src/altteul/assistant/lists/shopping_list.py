"""A shopping list ("배추 1포기, 무 1개") → needs, and what could not be read with the reason.

One unreadable piece never spoils the rest of the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from altteul.catalog import Catalog, Found
from altteul.errors import AmountError, UnknownItemError
from altteul.planner.plan import Need, Unread
from altteul.units import Amount, parse_amount

# A comma inside a number (1,000g) does not part two things.
_PARTING = re.compile(r"(?<!\d),|,(?!\d{3}(?!\d))|[\n\r;、]+|\s+(?:그리고|하고|이랑|랑)\s+")
_GLUED = re.compile(r"(?P<name>[^\d]+?)\s*(?P<amount>\d.*)")


@dataclass(frozen=True, slots=True)
class ListLimits:
    """What is still a list: letters, things on it, and the largest quantity of one thing in its
    unit, beyond which a slip of the pen is likelier."""

    letters: int
    needs: int
    of_one_thing: int


HOUSEHOLD = ListLimits(letters=5_000, needs=60, of_one_thing=100_000)
"""100 kg of one thing in grams."""


def read_list(
    text: str, catalog: Catalog, limits: ListLimits = HOUSEHOLD
) -> tuple[tuple[Need, ...], tuple[Unread, ...]]:
    """Read every thing of a list; what cannot be read comes back as Unread with what to do.

    The same thing written twice in one unit is one need of both amounts.
    """
    needs: dict[tuple[str, str | None, str], Need] = {}
    unread: list[Unread] = []
    if len(text) > limits.letters:
        return (), (Unread(text=text[:30] + "…", reason="목록이 너무 깁니다. 나누어 적어 주세요."),)
    for piece in _pieces(text, catalog):
        read = _read_piece(piece, catalog, limits)
        if isinstance(read, Unread):
            unread.append(read)
            continue
        same = (read.item, read.variety, read.unit)
        if same in needs:
            needs[same] = _both(needs[same], read)
        elif len(needs) < limits.needs:
            needs[same] = read
        else:
            unread.append(Unread(text=piece, reason=f"한 번에 {limits.needs}가지까지만 됩니다."))
    return tuple(needs.values()), tuple(unread)


def _both(one: Need, other: Need) -> Need:
    """A need of both amounts."""
    amount = one.amount + other.amount
    return one.model_copy(
        update={
            "text": f"{one.variety or one.item} {amount:.10g}{one.unit}",
            "amount_low": one.amount_low + other.amount_low,
            "amount": amount,
            "amount_high": one.amount_high + other.amount_high,
        }
    )


def _pieces(text: str, catalog: Catalog) -> Iterator[str]:
    """The things of a list; without commas ("배추 1포기 무 1개") each item begins a new one."""
    for part in _PARTING.split(text):
        piece = " ".join(part.split())
        starts = _item_starts(piece, catalog)
        if len(starts) < 2 or starts[0] != 0:
            if piece:
                yield piece
            continue
        for start, end in zip(starts, [*starts[1:], len(piece)], strict=True):
            yield piece[start:end].strip()


def _item_starts(piece: str, catalog: Catalog) -> list[int]:
    """Where each thing begins: an item's name, unless it only adds to the one before it
    (돼지고기 삼겹살)."""
    starts: list[int] = []
    last_end, last_item = 0, ""
    for start, end, found in catalog.longest_in(piece):
        adds = found.item.name == last_item and not piece[last_end:start].strip()
        if not adds:
            starts.append(start)
        last_end, last_item = end, found.item.name
    return starts


def _read_piece(piece: str, catalog: Catalog, limits: ListLimits) -> Need | Unread:
    try:
        found, amount_text = _item_and_amount(piece, catalog)
    except UnknownItemError as error:
        return Unread(text=piece, reason="모르는 품목입니다.", suggestions=error.suggestions)
    item = found.item
    if _is_guess(found):
        return Unread(text=piece, reason="모르는 품목입니다.", suggestions=(item.name,))
    example = f"{item.name} {item.default_pack.label}"
    if not amount_text:
        return Unread(
            text=piece,
            reason=f"얼마나 살지 적혀 있지 않습니다. '{example}'처럼 적어 주세요.",
            suggestions=(example,),
        )
    try:
        amount = parse_amount(amount_text, item_kind=item.kind)
    except AmountError as error:
        return Unread(text=piece, reason=str(error), suggestions=(example,))
    if not isinstance(amount, Amount):
        return Unread(
            text=piece,
            reason=f"살 양이 아닙니다. '{example}'처럼 적어 주세요.",
            suggestions=(example,),
        )
    return _need(piece, found, amount, example, limits)


def _is_guess(found: Found) -> bool:
    """Whether an item was only guessed: who wrote it is asked, since a guess may be far off ("없음"
    is near 얼음, "휴지" sounds like the apple 후지). 베추 or 고등애 are known slips, no guesses."""
    sounds_alike = found.how == "misspelling" and found.score < 1
    seldom = found.variety is not None or found.item.category == "none"
    return found.how == "fuzzy" or (sounds_alike and seldom)


def _need(
    piece: str, found: Found, amount: Amount, example: str, limits: ListLimits
) -> Need | Unread:
    quantity = amount.quantity
    if not 0 < quantity.low <= quantity.high <= limits.of_one_thing:
        return Unread(
            text=piece,
            reason=f"살 수 있는 양이 아닙니다. '{example}'처럼 적어 주세요.",
            suggestions=(example,),
        )
    return Need(
        text=piece,
        item=found.item.name,
        variety=found.variety.name if found.variety else None,
        amount_low=quantity.low,
        amount=quantity.mid,
        amount_high=quantity.high,
        unit=amount.unit,
    )


def _item_and_amount(piece: str, catalog: Catalog) -> tuple[Found, str]:
    """The item of a piece and the words left for the amount; UnknownItemError."""
    hits = catalog.longest_in(piece)
    if hits and (hits[0][0] == 0 or len(hits) == 1):
        start, end, found = hits[0]
        if len(hits) > 1:
            _, end, more = hits[-1]
            found = more if more.variety else found
        return found, f"{piece[:start]} {piece[end:]}".strip()
    for name, amount in _name_then_amount(piece):
        try:
            parse_amount(amount)
        except AmountError:
            continue
        return catalog.find(name), amount
    return catalog.find(piece), ""


def _name_then_amount(piece: str) -> Iterator[tuple[str, str]]:
    """Ways to part "베추 한 포기" or "베추1포기" into a name and an amount, longest name last."""
    words = piece.split()
    for cut in range(1, len(words)):
        yield " ".join(words[:cut]), " ".join(words[cut:])
    if glued := _GLUED.fullmatch(piece):
        yield glued["name"], glued["amount"]

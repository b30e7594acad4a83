"""Which records of different feeds are the same shop: a fixed rule, with its evidence kept.

The rule, in order of strength (docs/topics/history.md tells it in words):

1. same name (after `name_form`, or a name in brackets), same channel, and the places agree;
2. two markets at the same coordinates whose names differ only in the word for their kind;
3. branches of one chain within 300 m of which one name ends with the other (부산연산, 연산);
4. market names that differ only in the word for their kind, when both are the only such name in
   their feed and district: joined, but marked doubtful;
5. a chain's branch of which a feed tells the name and no place, when one placed branch has it.

A group never holds two records of one feed (except a repeated one: same name, within 50 m), two
branches of a chain, real and simulated, or points farther apart than the rule allows.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from math import floor

from altteul.history.geometry import distance_m
from altteul.history.names import NameForm, name_form
from altteul.sources.observation import Channel
from altteul.sources.seller import SellerRecord

Point = tuple[float, float]

SAME_PLACE_M = 300.0
"""A large market or store has several doors and a middle; feeds put their point on any of them."""
SAME_SPOT_M = 30.0
NEIGHBOUR_M = 100.0
"""동원시장 and 동원전통종합시장 are two markets 195 m apart: names that only resemble need less."""
REPEATED_M = 50.0
CELL = 0.01
"""Degrees; half a cell is more than 300 m north-south and east-west anywhere in Korea."""
FAR_M = 1_500.0
"""Two points of one name in one district may be this far apart at most (then doubtful)."""


@dataclass(frozen=True, slots=True)
class Link:
    """Why two records are the same shop; `strength` 1 is the strongest rule."""

    strength: int
    first: str
    second: str
    reason: str
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class _Known:
    record: SellerRecord
    form: NameForm
    point: Point | None

    @property
    def district(self) -> tuple[str | None, str] | None:
        """Province and district; None where the feed does not say."""
        return (self.record.region, self.record.district) if self.record.district else None


def join_records(
    records: Sequence[SellerRecord], points: Mapping[str, Point]
) -> tuple[list[frozenset[str]], list[Link]]:
    """Group the keys of records that are the same shop; every key is in exactly one group.

    `points` are the believable coordinates by key. The result does not depend on the order of
    the records. Also returns the links that made the groups.
    """
    known = {
        record.key: _Known(record, name_form(record.name), points.get(record.key))
        for record in records
    }
    kinds = _kinds_in_district(known.values())
    pairs = {(min(pair), max(pair)) for pair in _candidates(known.values())}
    possible = (_link(known[first], known[second], kinds) for first, second in pairs)
    links = [link for link in possible if link is not None]
    groups = {key: {key} for key in known}
    used = [
        link
        for link in sorted(links, key=lambda link: (link.strength, link.first, link.second))
        if _unite(groups, link, known)
    ]
    used += _adopt(groups, known)
    return sorted({frozenset(group) for group in groups.values()}, key=min), used


def _adopt(groups: dict[str, set[str]], known: Mapping[str, _Known]) -> list[Link]:
    """Give each record without any place to the one placed seller of that chain and branch."""
    placed: dict[tuple[object, ...], dict[int, set[str]]] = defaultdict(dict)
    for group in groups.values():
        for key in (key for key in group if _is_branch(known[key])):
            if any(not _is_placeless(known[member]) for member in group):
                placed[_branch(known[key])][id(group)] = group
    found = []
    for key in sorted(known):
        if not (_is_branch(known[key]) and _is_placeless(known[key]) and len(groups[key]) == 1):
            continue
        candidates = list(placed[_branch(known[key])].values())
        if len(candidates) == 1:
            found.append(_adoption(known[key], [known[other] for other in candidates[0]]))
            candidates[0].add(key)
            groups[key] = candidates[0]
    return found


def _adoption(lost: _Known, group: Sequence[_Known]) -> Link:
    home = min(group, key=lambda one: (one.record.source != lost.record.source, _key(one)))
    other_feed = home.record.source != lost.record.source
    reason = f"주소가 없으나 그 이름의 지점이 하나뿐임: {home.record.name}"
    return Link(5, _key(lost), _key(home), reason, doubtful=other_feed)


def _is_branch(known: _Known) -> bool:
    return known.form.chain is not None and bool(known.form.core)


def _is_placeless(known: _Known) -> bool:
    """Neither coordinates nor a district: the feed names its stores and nothing more."""
    return known.point is None and known.record.lat is None and known.district is None


def _branch(known: _Known) -> tuple[object, ...]:
    return known.record.channel, known.record.simulated, known.form.chain, known.form.core


def _key(known: _Known) -> str:
    return known.record.key


def _candidates(all_known: Iterable[_Known]) -> Iterator[tuple[str, str]]:
    """Pairs of keys worth a look: alike in name, and in one district or near each other."""
    blocks: dict[tuple[object, ...], set[str]] = defaultdict(set)
    for known in all_known:
        form, record = known.form, known.record
        likeness = form.chain or form.loose
        for name in {likeness, *form.names}:
            for where in (record.district, *_cells(known.point)):
                blocks[record.channel, name, where].add(record.key)
    for block in blocks.values():
        yield from combinations(block, 2)


def _cells(point: Point | None) -> Iterator[tuple[float, ...]]:
    """Cells of four shifted grids: two points within 300 m share a cell of at least one."""
    if point is None:
        return
    for north, east in product((0.0, 0.5), repeat=2):
        yield north, east, floor(point[0] / CELL + north), floor(point[1] / CELL + east)


def _kinds_in_district(all_known: Iterable[_Known]) -> Counter[tuple[object, ...]]:
    """How often each feed has a kindless market name in a district."""
    return Counter(_kind(known) for known in all_known)


def _kind(known: _Known) -> tuple[object, ...]:
    return known.record.source, known.record.channel, known.district, known.form.loose


def _link(a: _Known, b: _Known, kinds: Counter[tuple[object, ...]]) -> Link | None:
    """The strongest rule under which the two are the same shop, or None."""
    if a.record.channel is not b.record.channel or a.record.simulated != b.record.simulated:
        return None
    if a.form.chain != b.form.chain:
        return None
    metres = distance_m(a.point, b.point) if a.point and b.point else None
    if a.record.source == b.record.source:
        return _repeated(a, b, metres)
    return _same_name(a, b, metres) or (
        _same_kindless_name(a, b, metres, kinds) if a.form.chain is None else _chain(a, b, metres)
    )


def _repeated(a: _Known, b: _Known, metres: float | None) -> Link | None:
    """One feed lists the same shop twice under two numbers."""
    if a.form.core != b.form.core or metres is None or metres > REPEATED_M:
        return None
    return Link(1, _key(a), _key(b), f"같은 명부에 두 번 있음: 이름이 같고 {metres:.0f} m")


def _same_name(a: _Known, b: _Known, metres: float | None) -> Link | None:
    if not (a.form.names & b.form.names) - {""}:
        return None
    same_district = a.district is not None and a.district == b.district
    if metres is None:
        if not same_district:
            return None
        return Link(1, _key(a), _key(b), f"이름과 시군구가 같음: {a.record.district}")
    if metres <= SAME_PLACE_M:
        return Link(1, _key(a), _key(b), f"이름이 같고 {metres:.0f} m")
    if same_district and metres <= FAR_M:
        reason = f"이름과 시군구가 같으나 좌표가 {metres:.0f} m 떨어짐"
        return Link(1, _key(a), _key(b), reason, doubtful=True)
    return None


def _same_kindless_name(
    a: _Known, b: _Known, metres: float | None, kinds: Counter[tuple[object, ...]]
) -> Link | None:
    if a.record.channel is not Channel.TRADITIONAL_MARKET or a.form.loose != b.form.loose:
        return None
    names = f"{a.record.name} ≈ {b.record.name}"
    if metres is not None and metres <= SAME_SPOT_M:
        return Link(2, _key(a), _key(b), f"좌표가 같고 시장 종류를 이르는 말만 다름: {names}")
    alone = kinds[_kind(a)] == kinds[_kind(b)] == 1
    near = metres is None or metres <= NEIGHBOUR_M
    if not (a.district and a.district == b.district and alone and near):
        return None
    reason = f"같은 시군구에 비슷한 이름이 하나뿐임: {names}"
    return Link(4, _key(a), _key(b), reason, doubtful=True)


def _chain(a: _Known, b: _Known, metres: float | None) -> Link | None:
    if metres is None or metres > SAME_PLACE_M:
        return None
    shorter, longer = sorted((a.form.core, b.form.core), key=len)
    if not shorter or not longer.endswith(shorter):
        return None
    return Link(3, _key(a), _key(b), f"같은 체인이고 {metres:.0f} m: {longer} = {shorter}")


def _unite(groups: dict[str, set[str]], link: Link, known: Mapping[str, _Known]) -> bool:
    """Merge the groups of the link's ends unless two members contradict each other."""
    first, second = groups[link.first], groups[link.second]
    if first is second:
        return False
    pairs = ((known[a], known[b]) for a in first for b in second)
    if any(_contradict(a, b) for a, b in pairs):
        return False
    first |= second
    for key in second:
        groups[key] = first
    return True


def _contradict(a: _Known, b: _Known) -> bool:
    metres = distance_m(a.point, b.point) if a.point and b.point else None
    if metres is not None and metres > FAR_M:
        return True
    if a.record.source == b.record.source:
        return _repeated(a, b, metres) is None
    shorter, longer = sorted((a.form.core, b.form.core), key=len)
    return a.form.chain is not None and not longer.endswith(shorter)

"""Labels of shops, and what one price of theirs buys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from altteul.errors import AmountError
from altteul.units import ItemKind, Pack, parse_pack


@pytest.mark.parametrize(
    ("text", "pack", "label"),
    [
        ("1팩(744g)3마리", Pack(744, None, 3, "마리"), "3마리(744g)"),
        ("10구", Pack(None, None, 10, "개"), "10개"),
        ("1봉(5개)936g", Pack(936, None, 5, "개"), "5개(936g)"),
        ("400g1근", Pack(400), "400g"),
        ("한망(1.7kg)", Pack(1700, None, 1, "망"), "1망(1.7kg)"),
        ("10kg(그물망 3포기)", Pack(10_000, None, 3, "포기"), "3포기(10kg)"),
        ("100g(300g 2,000원)", Pack(100), "100g"),
        ("1kg (830g 8,500원)", Pack(1000), "1kg"),
        ("100g (1+)", Pack(100), "100g"),
        ("특란670g", Pack(670), "670g"),
        ("적상추100g", Pack(100), "100g"),
        ("1팩 30cm 5마리 ", Pack(None, None, 5, "마리"), "5마리"),
        ("1팩 1k ", Pack(1000, None, 1, "팩"), "1팩(1kg)"),
        ("1L", Pack(None, 1000), "1L"),
        ("900mL", Pack(None, 900), "900mL"),
        ("1접", Pack(None, None, 100, "개"), "100개"),
        ("1속", Pack(None, None, 100, "장"), "100장"),
        ("2마리374g", Pack(374, None, 2, "마리"), "2마리(374g)"),
        ("kg", Pack(1000), "1kg"),
        ("단", Pack(None, None, 1, "단"), "1단"),
    ],
)
def test_a_label_and_its_short_form(text: str, pack: Pack, label: str) -> None:
    assert parse_pack(text) == pack
    assert pack.label == label


@pytest.mark.parametrize(
    ("text", "note", "pack"),
    [
        ("1망", "국내산 3포기입", Pack(None, None, 3, "포기")),
        ("1팩", "국내산 냉동 2미", Pack(None, None, 2, "마리")),
        ("1팩", "원양산 냉동 450g", Pack(450, None, 1, "팩")),
        ("1팩(330g)", "국내산 2개입", Pack(330, None, 2, "개")),
        ("1망", "국내산 무안 1망당 6~7개입", Pack(None, None, 1, "망")),
        ("1개", "5개 4480", Pack(None, None, 1, "개")),
        ("1마리", "국내산 2마리 6960", Pack(None, None, 1, "마리")),
    ],
)
def test_the_note_fills_only_a_container(text: str, note: str, pack: Pack) -> None:
    assert parse_pack(text, note=note) == pack


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "비어"), ("대", "찾지 못"), ("1.5jg", "'jg'"), ("5000원", "금액"),
        ("2개(1+1)", "단위가 없"),
        ("100g 300g", "서로 다른 양"), ("100g(300g)", "서로 다른 양"), ("한 근", "정해지지"),
        ("3~5개", "정해지지"), ("한우", "찾지 못"),
    ],
)  # fmt: skip
def test_labels_without_one_meaning_are_refused(text: str, reason: str) -> None:
    with pytest.raises(AmountError, match=reason):
        parse_pack(text)


def test_a_geun_of_pork_is_a_pack_once_the_goods_are_known() -> None:
    assert parse_pack("한 근", item_kind=ItemKind.MEAT) == Pack(600)


@given(st.integers(1, 99_999), st.sampled_from(["g", "mL"]))
def test_a_label_is_read_back_from_its_short_form(quantity: int, unit: str) -> None:
    pack = parse_pack(f"{quantity}{unit}")
    assert parse_pack(pack.label) == pack


@pytest.mark.parametrize("values", [(0,), (None,), (None, None, 3), (-1,)])
def test_a_pack_of_nothing_does_not_exist(values: tuple[float | None, ...]) -> None:
    with pytest.raises(ValueError, match="pack|count"):
        Pack(*values)

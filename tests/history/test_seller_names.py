"""Spellings of the same shop come to one form, other shops keep theirs."""

from __future__ import annotations

import pytest

from altteul.history.names import name_form


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("롯데슈퍼프레시 공릉점", "롯데슈퍼공릉점"),
        ("롯데프레시&델리 공릉점", "롯데슈퍼공릉점"),
        ("(주)농협하나로유통 수원점", "농협하나로마트 수원점"),
        ("농협 하나로마트 용산점", "하나로클럽 용산점"),
        ("현대백화점 미아점", "현대백화점미아점"),
        ("GS THE FRESH 목동7점", "GS더프레시목동7점"),
        ("GS수퍼마켓 상계점", "GS더프레시상계점"),
        ("공릉동 도깨비시장", "공릉동도깨비시장"),
        ("신원시장(신림1동)", "신원시장"),
        ("홈플러스 중계점", "㈜홈플러스 중계점"),
    ],
)
def test_spellings_of_one_shop_have_one_form(one: str, other: str) -> None:
    first, second = name_form(one), name_form(other)
    assert (first.chain, first.core) == (second.chain, second.core)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("이마트 수색점", "이마트에브리데이 수색점"),
        ("이마트 상봉점", "이마트24 상봉점"),
        ("홈플러스 목동점", "홈플러스익스프레스 목동점"),
        ("롯데슈퍼상계11점", "롯데슈퍼상계7동점"),
        ("롯데슈퍼G목동점", "롯데슈퍼목동점"),
        ("롯데마트 서울역점", "롯데슈퍼 서울역점"),
        ("GS더프레시목동7점", "GS더프레시목동13점"),
        ("수유시장", "수유전통시장"),
        ("돈암제일시장", "돈암시장"),
    ],
)
def test_other_shops_have_other_forms(one: str, other: str) -> None:
    first, second = name_form(one), name_form(other)
    assert (first.chain, first.core) != (second.chain, second.core)


def test_names_in_brackets_are_other_names_and_dongs_are_hints() -> None:
    assert name_form("목동깨비시장 (목3동시장)").names == {"목동깨비시장", "목3동시장"}
    assert name_form("돌곶이시장(구 석관황금시장)").aliases == ("석관황금시장",)
    assert name_form("관악신사시장(신림4동)").hints == ("신림4동",)
    assert name_form("관악신사시장(신림4동)").aliases == ()


@pytest.mark.parametrize("name", ["우림시장", "우림골목시장", "우림전통시장", "우림종합시장"])
def test_words_for_the_kind_of_market_are_left_out_of_the_loose_form(name: str) -> None:
    assert name_form(name).loose == "우림시장"

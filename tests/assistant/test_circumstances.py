"""Places, budgets, ways, wishes and numbers of eaters in whole sentences."""

from __future__ import annotations

from datetime import date

import pytest

from altteul.assistant.understanding import understand
from altteul.assistant.understood import Understood
from altteul.catalog import load_catalog
from altteul.recipes.book import load_book


def read(text: str) -> Understood:
    return understand(text, date(2026, 9, 15), load_catalog(), load_book())


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("서울시 노원구 상계동에서 고등어 두 마리", "서울시 노원구 상계동"),
        ("전주 사는데 콩나물 한 봉지 얼마예요", "전주"),
        ("노량진 수산시장에서 전복 열 마리", "노량진 수산시장"),
        ("롯데마트 서울역점 삼겹살 1kg", "롯데마트 서울역점"),
        ("강남역에서 딸기 두 팩", "강남역"),
        ("나주 배 다섯 개", None),
        ("대구 한 마리", None),
        ("집 근처 시장에서 콩나물", None),
        ("동문시장서 무 두 개", "동문시장"),
        ("안동 구시장이 싸나 시금치 두 단", "안동 구시장"),
        ("서귀포오일장서 감자 만 원어치", "서귀포오일장"),
        ("해운대고 식구는 다섯인데 떡국 끓이려고", "해운대"),
        ("소래포구까지 가서 꽃게 2키로", "소래포구"),
        ("배추 세 포기 원주서 어디가 싸", "원주"),
        ("차로 갈 거예요 갈비찜 송도", "송도"),
        ("노원역근처 두부 두 모", "노원역"),
        ("청주 사는데 육거리시장 두부 두 모", "육거리시장"),
        ("옥수수 열 자루 정선장에서", "정선장"),
        ("수지 사는 엄마가 배추 네 포기 사 달래", None),
        ("천안 사는 딸이 와서 잡채 하려고", None),
        ("회비에서 6만 원 나와요 어묵탕 15명", None),
        ("베란다에 상추 있고 삼겹살 두 근", None),
        ("기장 미역 한 봉지", None),
        ("안심 한 근 어디가 싸", None),
    ],
)
def test_a_place_is_where_one_shops_not_where_it_grows(text: str, place: str | None) -> None:
    assert read(text).place == place


@pytest.mark.parametrize(
    ("text", "budget"),
    [
        ("이만오천 원 안에서 사과 배", 25_000),
        ("예산 2만5천원 김치찌개", 25_000),
        ("30,000원으로 불고기 4인분", 30_000),
        ("십만 원 이내로 차례상", 100_000),
        ("귤 만 원어치", None),
    ],
)
def test_a_budget(text: str, budget: int | None) -> None:
    assert read(text).budget == budget


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("어른 넷 아이 둘 먹을 불고기", 6),
        ("애들 셋하고 우리 부부 먹을 카레", 5),
        ("남편이랑 둘이 먹을 갈치조림", 2),
        ("혼자 먹을 카레", 1),
        ("열댓 명 먹을 육개장", 15),
        ("비빔밥 4인분", None),
        ("셋이 비빔국수 해 먹을 거야", 3),
        ("삼겹살 먹고 싶다. 둘이서.", 2),
        ("부대찌개 해 먹게요, 셋이서요", 3),
        ("비빔밥 할 건데 넷이 아니라 다섯이네", 5),
        ("손님 여섯 아니 일곱 오는데 잡채 하려고", 7),
        ("자취생인데 두부 한 모", None),
    ],
)
def test_eaters(text: str, people: int | None) -> None:
    assert read(text).people == people


@pytest.mark.parametrize(
    ("text", "prefer", "exclude"),
    [
        ("수입산 말고 국산 마늘로", ("국산",), ()),
        ("무농약 상추랑 유기농 당근", ("무농약", "유기농"), ()),
        ("마트 말고 시장에서 오이", ("전통시장",), ()),
        ("깻잎하고 고추는 빼고 쌈밥", (), ("깻잎", "풋고추")),
        ("오징어볶음 3인분 양배추는 집에 있어", (), ("양배추",)),
    ],
)
def test_wishes(text: str, prefer: tuple[str, ...], exclude: tuple[str, ...]) -> None:
    assert (read(text).prefer, read(text).exclude) == (prefer, exclude)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("배추 다음 달에 오를까", "when"),
        ("상추값 폭등 이유", "why"),
        ("무 대신 콜라비 괜찮을까", "substitute"),
        ("감자 남았는데 뭐 해먹지", "dish"),
        ("굴 제철 언제야", "season"),
        ("추천 적중률", "record"),
        ("알뜰이 뭐야", "help"),
        ("두부랑 콩나물 중에 뭐가 싸", "price"),
        ("내일손님네명비빔밥", "plan"),
        ("오늘 몇 도야", "out_of_scope"),
    ],
)
def test_intents(text: str, intent: str) -> None:
    assert read(text).intent == intent

"""Names: every name finds its item, and no item is taken for another."""

from __future__ import annotations

import itertools
import random
import time
import timeit
from collections.abc import Iterator

import pytest

from altteul.catalog import Catalog
from altteul.catalog.loading import item_names
from altteul.catalog.names import jamo, key_of
from altteul.errors import UnknownItemError


def found(catalog: Catalog, text: str) -> tuple[str, str | None]:
    hit = catalog.find(text)
    return hit.item.name, hit.variety.name if hit.variety else None


def test_every_name_of_every_item_finds_that_item(catalog: Catalog) -> None:
    for item in catalog.items.values():
        for name in item_names(item):
            hit = catalog.find(name)
            assert hit.item.name == item.name, name
            assert hit.how != "fuzzy", name
            assert hit.score == 1.0, name


def test_a_canonical_name_is_found_exactly(catalog: Catalog) -> None:
    for name in catalog.items:
        assert catalog.find(name).how == "exact"
        assert catalog.item(name).name == name


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("배", "배추"),
        ("무", "무화과"),
        ("파", "파프리카"),
        ("콩", "콩나물"),
        ("김", "김치"),
        ("굴", "귤"),
        ("감", "감자"),
        ("밤", "밥"),
        ("깨", "깻잎"),
        ("갓", "가지"),
        ("조", "조기"),
        ("마", "마늘"),
        ("양", "양파"),
        ("쑥", "쑥갓"),
        ("소", "소금"),
    ],
)
def test_look_alikes_are_never_confused(catalog: Catalog, short: str, long: str) -> None:
    assert found(catalog, short)[0] != found(catalog, long)[0]


@pytest.mark.parametrize("text", ["뱨", "뮤", "퍄", "겨", "뷰", "ㄱ"])
def test_one_syllable_is_never_guessed(catalog: Catalog, text: str) -> None:
    with pytest.raises(UnknownItemError):
        catalog.find(text)


@pytest.mark.parametrize(
    ("text", "item", "variety"),
    [
        ("무(세척무, 중)", "무", None),
        ("배(신고)", "배", "신고"),
        ("돼지고기(삼겹살)", "돼지고기", "삼겹살"),
        ("달걀(10개)", "달걀", None),
        ("사과(부사)", "사과", "후지"),
        ("닭고기(토종닭)", "닭고기", "토종닭"),
        ("쇠고기(육우,불고기)", "소고기", "불고기"),
        ("양파(작은망)", "양파", None),
        ("[절임용 소금물] 소금", "소금", None),
        ("깐마늘(국산)", "깐마늘", None),
        ("삼겹살", "돼지고기", "삼겹살"),
        ("신고배", "배", "신고"),
        ("배 신고", "배", "신고"),
        ("부사 사과", "사과", "후지"),
        ("고랭지 배추", "배추", "여름"),
        ("안심", "소고기", "안심"),
        ("동태", "명태", "동태"),
        ("수입 소고기", "소고기", "수입"),
    ],
)
def test_brackets_and_varieties(
    catalog: Catalog, text: str, item: str, variety: str | None
) -> None:
    assert found(catalog, text) == (item, variety)


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("정구지", "부추"),
        ("무시", "무"),
        ("무우", "무"),
        ("강냉이", "옥수수"),
        ("베추", "배추"),
        ("계란", "달걀"),
        ("쇠고기", "소고기"),
        ("물오징어", "오징어"),
        ("파", "대파"),
        ("호박", "애호박"),
        ("참다래", "키위"),
        ("감귤", "귤"),
        ("마늘", "깐마늘"),
        ("다진 마늘", "깐마늘"),
    ],
)
def test_everyday_and_dialect_names(catalog: Catalog, text: str, item: str) -> None:
    assert found(catalog, text)[0] == item


@pytest.mark.parametrize(
    ("text", "item", "word"),
    [
        ("육수용 대파", "대파", "육수용"),
        ("데친 시금치", "시금치", "데친"),
        ("친환경 콩", "콩", "친환경"),
        ("시금치즙", "시금치", "즙"),
        ("상추잎", "상추", "잎"),
    ],
)
def test_cooking_words_are_set_aside_and_named(
    catalog: Catalog, text: str, item: str, word: str
) -> None:
    hit = catalog.find(text)
    assert (hit.item.name, hit.prepared) == (item, word)


@pytest.mark.parametrize(
    ("text", "item"), [("시금취", "시금치"), ("꽈리고츄", "꽈리고추"), ("게란", "달걀")]
)
def test_a_slip_of_one_letter_is_understood(catalog: Catalog, text: str, item: str) -> None:
    hit = catalog.find(text)
    assert (hit.item.name, hit.how in ("fuzzy", "misspelling")) == (item, True)


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("버섯", "느타리버섯"),
        ("갈비", "소고기"),
        ("생선", "고등어"),
        ("배춤", "배추"),
        ("꽈리고추볶음", "꽈리고추"),
        ("배추 1포기", "배추"),
        ("소금, 후추", "소금"),
    ],
)
def test_the_unknown_and_the_ambiguous_get_suggestions(
    catalog: Catalog, text: str, nearest: str
) -> None:
    with pytest.raises(UnknownItemError) as caught:
        catalog.find(text)
    assert nearest in caught.value.suggestions
    assert len(caught.value.suggestions) <= 3


@pytest.mark.parametrize(
    "text", ["", "  ", "(10개)", "🥬", "a", "배" * 500, "다진" * 40 + "즙" * 40]
)
def test_senseless_input_is_refused_at_once(catalog: Catalog, text: str) -> None:
    start = time.process_time()
    with pytest.raises(UnknownItemError) as caught:
        catalog.find(text)
    assert time.process_time() - start < 0.05
    assert len(str(caught.value)) < 100


def test_an_unknown_canonical_name_suggests_near_ones(catalog: Catalog) -> None:
    with pytest.raises(UnknownItemError, match="배추"):
        catalog.item("배츠")


LETTERS = "가나다라마바사아자차카타파하고노도로모보소오조초코토포호구누두루무부수우주추쿠투푸후"


def test_a_guess_is_the_one_nearest_item_by_far(catalog: Catalog) -> None:
    names = [(key_of(n), item.name) for item in catalog.items.values() for n in item_names(item)]
    guesses = list(itertools.islice(guessed(catalog, random.Random(7)), 12))
    assert len(guesses) == 12
    for text, guess in guesses:
        ranked = sorted((edits(text, name), item) for name, item in names if len(name) > 1)
        others = [distance for distance, item in ranked if item != guess]
        assert ranked[0][1] == guess
        assert others[0] >= ranked[0][0] + 2


def guessed(catalog: Catalog, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Misspell item names until some are guessed: (misspelled, item)."""
    for name in catalog.items:
        place = chance.randrange(len(name))
        slip = name[:place] + chance.choice(LETTERS) + name[place + 1 :]
        try:
            hit = catalog.find(slip)
        except UnknownItemError:
            continue
        if hit.how == "fuzzy":
            yield slip, hit.item.name


def edits(one: str, other: str) -> int:
    """Edit distance in jamo, by the textbook."""
    a, b = jamo(one), jamo(other)
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, start=1):
        diagonal, row[0] = row[0], i
        for j, against in enumerate(b, start=1):
            cost = min(row[j] + 1, row[j - 1] + 1, diagonal + (letter != against))
            diagonal, row[j] = row[j], cost
    return row[-1]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("배추 1포기, 무 1개, 양파 1망", ["배추", "무", "양파"]),
        ("두부두모콩나물한봉대파한단", ["두부", "콩나물", "대파"]),
        ("삼겹살600g상추깻잎쌈장", ["돼지고기", "상추", "깻잎", "쌈장"]),
        ("시금치값이 왜 올랐어요", ["시금치"]),
        ("무를 사고 배랑 파도 사", ["무", "배", "대파"]),
        ("국 간장이랑 돼지 고기", ["국간장", "돼지고기"]),
        ("무화과하고 파프리카", ["무화과", "파프리카"]),
        ("게란 한판", ["달걀"]),
        ("사과드립니다 무리한 배려 파란 콩국수집", []),
        ("갓 구운 빵을 밤에 먹고 양이 많아", ["빵"]),
        ("어디서 사는 게 싸지, 대구에서 세 가지 재료를 안심하고", []),
        (
            "가지 2개, 은행 100g, 대구 한 마리, 꽃게랑 게 두 마리",
            ["가지", "은행", "대구", "꽃게", "꽃게"],
        ),
        ("밤 1되, 감 5개, 갓 한 단", ["밤", "감", "갓"]),
        ("", []),
    ],
)
def test_running_text_is_scanned_for_whole_names(
    catalog: Catalog, text: str, items: list[str]
) -> None:
    hits = catalog.longest_in(text)
    assert [hit.item.name for _, _, hit in hits] == items
    assert all(0 <= start < end <= len(text) for start, end, _ in hits)


def test_an_exact_name_is_found_within_a_fifth_of_a_millisecond(catalog: Catalog) -> None:
    for text in ("배추", "돼지고기(삼겹살)", "육수용 대파"):
        catalog.find(text)
        timer = timeit.Timer(lambda text=text: catalog.find(text), timer=time.process_time)
        assert min(timer.repeat(3, 500)) / 500 < 2e-4


def test_other_goods_that_sound_like_food_are_no_food(catalog: Catalog) -> None:
    for word in ("휴지", "없음"):
        with pytest.raises(UnknownItemError) as refused:
            catalog.find(word)
        assert refused.value.suggestions == ()
    assert catalog.find("후지").item.name == "사과"

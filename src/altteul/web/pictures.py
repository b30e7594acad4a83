"""A picture for an item, so that produce is recognised at a glance: an emoji that every phone
has, or our own small drawing where none exists."""

from __future__ import annotations

from typing import Final, NamedTuple


class Picture(NamedTuple):
    """Either an emoji, or the name of a drawing in static/drawings."""

    emoji: str
    drawing: str | None = None


EMOJI: Final = {
    "🥬": "배추 알배기배추 얼갈이배추 양배추 상추 시금치 열무 갓 부추 미나리 깻잎 쑥갓 아욱 근대 "
    "봄동 절임배추 청경채 케일 쌈채소",
    "🧅": "양파",
    "🧄": "마늘 깐마늘 피마늘 깐마늘(국산)",
    "🫚": "생강",
    "🥒": "오이 애호박 호박 쥬키니 단호박",
    "🥕": "당근",
    "🥔": "감자",
    "🍠": "고구마",
    "🍆": "가지",
    "🌶️": "풋고추 붉은고추 건고추 청양고추 고춧가루 꽈리고추",
    "🫑": "파프리카 피망",
    "🥦": "브로콜리",
    "🍅": "토마토 방울토마토",
    "🍄": "느타리버섯 새송이버섯 팽이버섯 표고버섯 양송이버섯 느타리 새송이 팽이 표고",
    "🥚": "달걀 계란 메추리알",
    "🥩": "쇠고기 소고기 한우 수입쇠고기 국거리",
    "🥓": "돼지고기 삼겹살 목살 앞다리살 햄",
    "🍗": "닭고기 닭 오리고기",
    "🥛": "우유",
    "🧀": "치즈",
    "🐟": "고등어 갈치 조기 명태 동태 삼치 꽁치 전어 수입조기 멸치 마른멸치 건멸치 굴비 북어 황태",
    "🦑": "물오징어 오징어 마른오징어 낙지 문어",
    "🦐": "새우 새우젓",
    "🦀": "꽃게",
    "🦪": "굴 바지락 홍합 꼬막 가리비 전복 깐홍합",
    "🍚": "쌀 찹쌀 현미",
    "🌾": "보리 밀가루 찹쌀가루 부침가루",
    "🫘": "콩 팥 녹두 강낭콩 검은콩",
    "🥜": "땅콩",
    "🌰": "밤 호두 아몬드 잣 대추",
    "🍎": "사과",
    "🍐": "배",
    "🍑": "복숭아",
    "🍇": "포도",
    "🍊": "감귤 귤 오렌지 자몽 한라봉",
    "🍓": "딸기",
    "🍉": "수박",
    "🍈": "참외 멜론",
    "🍌": "바나나",
    "🥝": "참다래 키위",
    "🍋": "레몬",
    "🥭": "망고",
    "🍍": "파인애플",
    "🍒": "체리",
    "🥑": "아보카도",
    "🫐": "블루베리 건블루베리 건포도",
    "🧂": "천일염 소금 굵은소금",
    "🍬": "설탕",
    "🍜": "당면 국수 라면",
}
DRAWINGS: Final = {
    "radish": "무 총각무 알타리무",
    "scallion": "파 대파 쪽파 실파",
    "sprout": "콩나물 숙주 숙주나물",
    "tofu": "두부 순두부 청포묵 도토리묵 묵",
    "seaweed": "김 마른미역 미역 건미역 건다시마 다시마 파래",
    "root": "도라지 고사리 더덕 우엉 연근 인삼 건고사리",
    "jar": "고추장 된장 간장 식초 참기름 들기름 식용유 멸치액젓 액젓 젓갈 국간장 진간장",
    "persimmon": "단감 감 곶감 홍시",
    "sesame": "참깨 들깨 깨 통깨",
}
BY_CATEGORY: Final = {  # KAMIS category codes
    "100": "🌾",
    "200": "🥬",
    "300": "🌰",
    "400": "🍎",
    "500": "🥩",
    "600": "🐟",
}
UNKNOWN: Final = "🧺"

PICTURES: Final = {
    name: Picture(emoji) for emoji, names in EMOJI.items() for name in names.split()
} | {name: Picture("", drawing) for drawing, names in DRAWINGS.items() for name in names.split()}


def picture(item: str, category: str | None = None) -> Picture:
    """The picture of an item, else of its category, else a basket."""
    return PICTURES.get(item) or Picture(BY_CATEGORY.get(category or "", UNKNOWN))

"""Counts, grams and millilitres of items, with the uncertainty carried along."""

from __future__ import annotations

import pytest

from altteul.catalog import Catalog, Measure, grams, in_base, packs_for, packs_measure, pieces
from altteul.units import Amount, Pack, Span, parse_amount, parse_pack


def amount(catalog: Catalog, item: str, text: str) -> Amount:
    read = parse_amount(text, item_kind=catalog.item(item).kind)
    assert isinstance(read, Amount)
    return read


@pytest.mark.parametrize(
    ("item", "text", "low", "high"),
    [
        ("배추", "2.8kg", 2800, 2800),
        ("배추", "1포기", 1800, 3500),
        ("배추", "1통", 1800, 3500),
        ("배추", "1망", 5400, 10_500),
        ("쌀", "1컵", 160, 170),
        ("쌀", "4컵", 640, 680),
        ("대파", "2대", 200, 240),
        ("청포묵", "1/2모", 150, 200),
        ("미나리", "한줌", 40, 60),
        ("돼지고기", "한 근", 600, 600),
        ("고춧가루", "한 근", 400, 600),
        ("깻잎", "1묶음", 15, 20),
        ("상추", "10장", 50, 80),
        ("고추장", "1/2큰술", 8.6, 9.8),
        ("양파", "1망", 1200, 1700),
    ],
)
def test_grams(catalog: Catalog, item: str, text: str, low: float, high: float) -> None:
    span = grams(catalog.item(item), amount(catalog, item, text))
    assert span is not None
    assert (span.low, span.high) == pytest.approx((low, high), rel=0.01)


@pytest.mark.parametrize(
    ("item", "text", "expected"),
    [
        ("배추", "1포기", Measure("포기", Span.exact(1), estimated=False)),
        ("배추", "2개", Measure("포기", Span.exact(2), estimated=False)),
        ("달걀", "30구", Measure("개", Span.exact(30), estimated=False)),
        ("고등어", "1개", Measure("마리", Span.exact(1), estimated=False)),
        ("상추", "200g", Measure("g", Span.exact(200), estimated=False)),
        ("간장", "2큰술", Measure("mL", Span.exact(30), estimated=False)),
        ("양파", "1망", Measure("g", Span(1200, 1500, 1700), estimated=True)),
        ("배추", "두어 포기", Measure("포기", Span(2, 2.5, 3), estimated=True)),
    ],
)
def test_needs_in_the_base_of_comparison(
    catalog: Catalog, item: str, text: str, expected: Measure
) -> None:
    assert in_base(catalog.item(item), amount(catalog, item, text)) == expected


@pytest.mark.parametrize(
    ("item", "label", "unit", "low", "high", "estimated"),
    [
        ("배추", "1포기", "포기", 1, 1, False),
        ("배추", "10kg(그물망 3포기)", "포기", 3, 3, False),
        ("배추", "2.8kg", "포기", 0.8, 1.556, True),
        ("오이", "1봉(5개)936g", "개", 5, 5, False),
        ("조기", "1팩(744g)3마리", "마리", 3, 3, False),
        ("양파", "한망(1.7kg)", "g", 1700, 1700, False),
        ("달걀", "특란670g", "개", 9.85, 12.88, True),
        ("사과", "1봉(1.2kg)", "개", 3.53, 4.8, True),
        ("닭고기", "1마리", "g", 800, 1300, True),
        ("우유", "1L", "mL", 1000, 1000, False),
        ("김", "1속", "장", 100, 100, False),
        ("미나리", "7.5kg", "g", 7500, 7500, False),
    ],
)
def test_packs_in_the_base_of_comparison(
    catalog: Catalog, item: str, label: str, unit: str, low: float, high: float, estimated: bool
) -> None:
    goods = catalog.item(item)
    measure = packs_measure(goods, parse_pack(label, item_kind=goods.kind))
    assert measure is not None
    assert (measure.unit, measure.estimated) == (unit, estimated)
    assert (measure.span.low, measure.span.high) == pytest.approx((low, high), rel=0.01)


def test_a_variety_has_weights_of_its_own(catalog: Catalog) -> None:
    eggs = catalog.item("달걀")
    pack = Pack(mass_g=670)
    assert pieces(eggs, pack, eggs.variety("특란")) == Span(670 / 68, 670 / 64, 670 / 60)
    assert pieces(eggs, pack) == Span(670 / 68, 670 / 60, 670 / 52)


@pytest.mark.parametrize(
    ("item", "need", "label", "packs", "estimated"),
    [
        ("양파", "1망", "1망", 1, False),
        ("양파", "2망", "한망(1.7kg)", 2, False),
        ("배추", "1포기", "10kg(그물망 3포기)", 1 / 3, False),
        ("상추", "200g", "400g1근", 0.5, False),
        ("달걀", "30개", "10구", 3, False),
        ("양파", "3kg", "1망", 2, True),
    ],
)
def test_how_many_packs_cover_a_need(
    catalog: Catalog, item: str, need: str, label: str, packs: float, estimated: bool
) -> None:
    wanted = amount(catalog, item, need)
    measure = packs_for(catalog.item(item), wanted, parse_pack(label))
    assert measure is not None
    assert (measure.span.mid, measure.estimated) == (pytest.approx(packs), estimated)


def test_what_the_catalog_does_not_know_stays_unknown(catalog: Catalog) -> None:
    assert grams(catalog.item("설탕"), amount(catalog, "설탕", "1포기")) is None
    assert in_base(catalog.item("배추"), amount(catalog, "배추", "1캔")) is None
    assert pieces(catalog.item("설탕"), Pack(mass_g=100)) is None


def test_an_estimate_always_holds_the_exact_case(catalog: Catalog) -> None:
    """A piece within the weight range gives back one piece."""
    for item in catalog.items.values():
        if item.base in ("g", "mL"):
            continue
        weight = item.weights[item.base]
        for mass in (weight.low, weight.typical, weight.high):
            measure = packs_measure(item, Pack(mass_g=mass))
            assert measure is not None
            assert measure.span.contains(1.0), item.name
            assert measure.estimated or weight.low == weight.high

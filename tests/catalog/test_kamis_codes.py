"""KAMIS codes: every row of the official table, the codes it lacks, units that changed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from altteul.catalog import Catalog, grade_name, survey_unit
from altteul.catalog.grades import STAGES


@pytest.fixture(scope="module")
def official(shared_data: Path) -> list[dict[str, str]]:
    text = (shared_data / "kamis_product_codes.tsv").read_text(encoding="utf-8")
    head, *lines = text.splitlines()
    return [dict(zip(head.split("\t"), line.split("\t"), strict=True)) for line in lines]


def test_every_official_row_is_represented(
    catalog: Catalog, official: list[dict[str, str]]
) -> None:
    assert len(official) == 718
    for row in official:
        found = catalog.by_kamis(row["품목코드"], row["품종코드"])
        assert found is not None, row
        kinds = [k for k in found[0].kamis if k.item_code == row["품목코드"]]
        kind = next(k for k in kinds if k.kind_code == row["품종코드"])
        stage = STAGES[row["산물분류코드"]]
        assert (kind.item_name, kind.kind_name) == (row["품목명"], row["품종명"])
        assert kind.units[stage] == row["산물부류별_단위"]
        assert row["산물등급코드"] in kind.grades[stage]
        assert kind.category == found[0].category == row["품목분류코드"]


def test_the_official_table_adds_nothing_of_our_own(
    catalog: Catalog, official: list[dict[str, str]]
) -> None:
    rows = {(r["품목코드"], r["품종코드"], r["산물분류코드"], r["산물등급코드"]) for r in official}
    items = {r["품목코드"] for r in official}
    ours = {
        (kind.item_code, kind.kind_code, next(c for c, s in STAGES.items() if s == stage), grade)
        for item in catalog.items.values()
        for kind in item.kamis
        if kind.item_code in items and kind.kind_code
        for stage, grades in kind.grades.items()
        for grade in grades
    }
    assert ours == rows


def test_grade_names_are_the_official_ones(official: list[dict[str, str]]) -> None:
    for row in official:
        if row["산물등급코드"] in ("13", "14", "15", "16"):
            continue  # 감귤: the table says M과 and S과 for two codes each
        assert grade_name(row["산물등급코드"]) == row["산물등급명"].replace("特", "특"), row


@pytest.mark.parametrize(
    ("item_code", "kind_code", "item", "variety"),
    [
        ("211", "02", "배추", "여름"),
        ("211", "2", "배추", "여름"),
        ("246", "00", "대파", None),
        ("246", "0", "대파", None),
        ("246", "02", "쪽파", None),
        ("246", None, "대파", None),
        ("224", "01", "애호박", None),
        ("224", "02", "주키니", None),
        ("224", None, "애호박", None),
        ("242", "03", "청양고추", None),
        ("242", None, "풋고추", None),
        ("411", "05", "사과", "후지"),
        ("411", None, "사과", None),
        ("258", "05", "깐마늘", "남도"),
        ("244", "03", "통마늘", "한지"),
        ("424", None, "레몬", None),
        ("656", None, "꽃게", None),
        ("661", None, "바지락", None),
        ("662", None, "고등어", "필렛"),
        ("9908", None, "우유", None),
        ("4301", None, "소고기", None),
        ("4304", "27", "돼지고기", "삼겹살"),
        ("4304", "68", "돼지고기", None),
        ("4401", None, "소고기", "수입"),
        ("9901", "99", "닭고기", "육계"),
        ("9903", "23", "달걀", "특란"),
        ("640", None, "마른오징어", None),
        ("639", "1", "북어", "황태"),
    ],
)
def test_codes_lead_to_items_and_varieties(
    catalog: Catalog, item_code: str, kind_code: str | None, item: str, variety: str | None
) -> None:
    found = catalog.by_kamis(item_code, kind_code)
    assert found is not None
    assert (found[0].name, found[1].name if found[1] else None) == (item, variety)


def test_unknown_codes_lead_nowhere(catalog: Catalog) -> None:
    assert catalog.by_kamis("999") is None
    assert catalog.by_kamis("246", "77") is None  # 대파 or 쪽파: not for us to say


@pytest.mark.parametrize(
    ("item", "stage", "day", "unit"),
    [
        ("깻잎", "retail", date(2026, 7, 13), "100g"),
        ("깻잎", "retail", date(2026, 7, 14), "50g"),
        ("파프리카", "retail", date(2026, 7, 13), "200g"),
        ("파프리카", "retail", date(2026, 7, 14), "1개"),
        ("감자", "retail", date(2021, 1, 1), "100g"),
        ("낙지", "retail", date(2026, 5, 31), None),
        ("낙지", "retail", date(2026, 7, 1), "100g"),
        ("깻잎", "wholesale", date(2026, 7, 14), "2kg"),
        ("배추", "retail", date(2021, 1, 1), "1포기"),
        ("배추", "wholesale", date(2021, 1, 1), "10kg(그물망 3포기)"),
    ],
)
def test_survey_units_change_by_date(
    catalog: Catalog, item: str, stage: str, day: date, unit: str | None
) -> None:
    assert survey_unit(catalog.item(item), stage, day) == unit


def test_an_item_without_survey_has_no_unit(catalog: Catalog) -> None:
    assert survey_unit(catalog.item("두부"), "retail", date(2026, 1, 1)) is None
    assert survey_unit(catalog.item("갓"), "wholesale", date(2026, 1, 1)) is None

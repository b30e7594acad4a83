"""The documented JSON is the published schema: fields, types, enumerated values."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from small_world import HandMadeMarket, need, offer, request, seller, small_catalog

from altteul.planner import make_plan
from altteul.planner.plan import SCHEMA_VERSION, Plan

PAGE = Path(__file__).resolve().parents[2] / "docs" / "topics" / "plan-json.md"
SCHEMA = Plan.model_json_schema(mode="serialization")
CLASSES: dict[str, Any] = {"Plan": SCHEMA, **SCHEMA["$defs"]}


def documented() -> dict[str, dict[str, str]]:
    """Section → first column → second column of its table."""
    sections: dict[str, dict[str, str]] = {}
    for section in re.split(r"^## ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        name, _, body = section.partition("\n")
        rows = re.findall(r"^\| `([^`]+)` \|([^|]*)\|", body, flags=re.MULTILINE)
        assert len(dict(rows)) == len(rows), f"{name} documents a field twice"
        sections[name.strip()] = {field: kind.strip() for field, kind in rows}
    return sections


def type_of(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if "anyOf" in schema:
        return " or ".join(type_of(choice) for choice in schema["anyOf"])
    if schema["type"] == "array":
        return f"list of {type_of(schema['items'])}"
    return str(schema.get("format", schema["type"]))


def test_every_class_of_the_schema_has_a_section_and_no_other() -> None:
    assert set(documented()) == set(CLASSES)


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_fields_types_and_values_are_documented(name: str) -> None:
    published = CLASSES[name]
    rows = documented()[name]
    if "enum" in published:
        assert set(rows) == set(published["enum"])
    else:
        fields = published["properties"]
        assert rows == {field: type_of(schema) for field, schema in fields.items()}


def test_a_plan_survives_the_way_through_json() -> None:
    shop = seller("가마트", 200)
    market = HandMadeMarket([offer(shop, "배추", 4_000, 1, "포기")])
    asked = request(need("배추 1포기", "배추", 1, "포기"))
    plan = make_plan(asked, market, small_catalog())  # type: ignore[arg-type]
    said = json.loads(plan.model_dump_json())
    assert said["schema_version"] == SCHEMA_VERSION == "altteul.plan/1"
    assert Plan.model_validate(said) == plan

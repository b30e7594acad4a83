"""How well sentences are understood: exact agreement with stated Requests, field by field."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from altteul.assistant.questions import SEVERAL
from altteul.assistant.understanding import understand
from altteul.catalog import Catalog
from altteul.catalog.loading import read_families
from altteul.errors import FileError, UnknownItemError
from altteul.frozen import Frozen
from altteul.recipes.book import Book, UnknownDishError

FIELDS = (
    "intent", "needs", "dishes", "people", "date", "place", "budget", "mode", "max_stops",
    "exclude", "prefer", "ask",
)  # fmt: skip


class Miss(Frozen):
    """A sentence that was read otherwise than stated: what was expected and what came, by field."""

    text: str
    on: date
    expected: Mapping[str, Any]
    understood: Mapping[str, Any]


class Score(Frozen):
    """Exact agreement of all fields, and the share of rows that agree in each field."""

    rows: int
    exact: int
    share: float
    by_field: Mapping[str, float]
    misses: tuple[Miss, ...]


def evaluate(file: Path, catalog: Catalog, book: Book) -> Score:
    """Read every sentence of a JSONL file of {"text", "on", "request"} and compare.

    Names of items and dishes are compared as the catalog and the book know them, numbers as
    numbers, `exclude` and `prefer` in any order; for `ask` only whether a question is asked. Where
    both sides ask, words that name no single item (고기) are part of the question, not compared.
    Raises FileError naming the line that cannot be read.
    """
    misses, agreed = [], dict.fromkeys(FIELDS, 0)
    rows = list(_rows(file))
    for text, on, request in rows:
        said = understand(text, on, catalog, book).model_dump(mode="json")
        if request.get("ask") and said["ask"]:
            request, said = (_without_families(each, catalog) for each in (request, said))
        expected, got = (_comparable(each, catalog, book) for each in (request, said))
        wrong = [name for name in FIELDS if expected[name] != got[name]]
        for name in FIELDS:
            agreed[name] += name not in wrong
        if wrong:
            misses.append(Miss(
                text=text, on=on,
                expected={name: expected[name] for name in wrong},
                understood={name: got[name] for name in wrong},
            ))  # fmt: skip
    total, exact = len(rows), len(rows) - len(misses)
    return Score(
        rows=total,
        exact=exact,
        share=round(exact / total, 4) if total else 0.0,
        by_field={
            name: round(count / total, 4) if total else 0.0 for name, count in agreed.items()
        },
        misses=tuple(misses),
    )


def _rows(file: Path) -> Iterator[tuple[str, date, Mapping[str, Any]]]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise FileError(f"{file.name}: 파일을 읽을 수 없습니다. UTF-8 JSONL인지 보세요.") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            yield str(row["text"]), date.fromisoformat(row["on"]), dict(row["request"])
        except (ValueError, KeyError, TypeError) as error:
            raise FileError(
                f"{file.name} {number}번째 줄: text, on, request가 있는 JSON이 아닙니다."
                f" 고쳐 주세요."
            ) from error


def _comparable(request: Mapping[str, Any], catalog: Catalog, book: Book) -> dict[str, Any]:
    return {
        **{name: request.get(name) for name in FIELDS},
        "needs": [
            (_item(need["item"], catalog), _number(need.get("amount")), need.get("unit"))
            for need in request.get("needs") or ()
        ],
        "dishes": [
            (_dish(dish["name"], book), _number(dish.get("servings")))
            for dish in request.get("dishes") or ()
        ],
        "exclude": sorted(_item(name, catalog) for name in request.get("exclude") or ()),
        "prefer": sorted(request.get("prefer") or ()),
        "ask": bool(request.get("ask")),
    }


def _without_families(request: Mapping[str, Any], catalog: Catalog) -> dict[str, Any]:
    families = {*read_families(catalog.items), *SEVERAL}
    needs = [need for need in request.get("needs") or () if need["item"] not in families]
    return {**request, "needs": needs}


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _item(name: str, catalog: Catalog) -> str:
    try:
        return catalog.find(name).item.name
    except UnknownItemError:
        return name


def _dish(name: str, book: Book) -> str:
    try:
        return book.find(name).name
    except UnknownDishError:
        return name

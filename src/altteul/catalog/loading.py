"""Read the catalog's data files and refuse what contradicts itself.

items: data/*.toml, one table per item, `[defaults]` for the file; KAMIS codes:
data/kamis_kinds.tsv; survey units that changed: data/survey_units.tsv.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from importlib import resources
from importlib.resources.abc import Traversable

from pydantic import ValidationError

from altteul.catalog.model import Item, KamisKind, SurveyUnit
from altteul.catalog.names import key_of
from altteul.errors import StorageError

STAGE_COLUMNS = ("retail", "wholesale", "eco")


def data_folder() -> Traversable:
    """Return the folder of the catalog's data files."""
    return resources.files("altteul.catalog") / "data"


def read_items(folder: Traversable | None = None) -> list[Item]:
    """Read and validate every item; StorageError names file and item of what is wrong."""
    folder = folder or data_folder()
    kinds, surveys = read_kamis_kinds(folder), read_survey_units(folder)
    items: dict[str, Item] = {}
    for file_name, name, fields in _tables(folder):
        if name in items:
            raise _broken(file_name, name, "the item is there twice")
        try:
            items[name] = Item(
                name=name,
                kamis=tuple(kinds.pop(name, ())),
                surveys=tuple(surveys.pop(name, ())),
                **fields,
            )
        except ValidationError as error:
            raise _broken(file_name, name, str(error)) from None
    if stray := {*kinds, *surveys} - items.keys():
        raise _broken("kamis_kinds.tsv", ", ".join(sorted(stray)), "no such item")
    check_items(items.values())
    return list(items.values())


def _tables(folder: Traversable) -> Iterator[tuple[str, str, dict[str, object]]]:
    for path in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not path.name.endswith(".toml"):
            continue
        try:
            tables = tomllib.loads(path.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise _broken(path.name, "", str(error)) from None
        defaults = tables.pop("defaults", {})
        for name, fields in tables.items():
            yield path.name, name, {**defaults, **fields}


def _rows(folder: Traversable, name: str) -> Iterator[dict[str, str]]:
    text = (folder / name).read_text(encoding="utf-8")
    return csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE)


def read_kamis_kinds(folder: Traversable) -> dict[str, list[KamisKind]]:
    """Read KAMIS item × kind rows by our item name."""
    kinds: dict[str, list[KamisKind]] = defaultdict(list)
    for row in _rows(folder, "kamis_kinds.tsv"):
        surveyed = {s: row[s].split("@") for s in STAGE_COLUMNS if row[s]}
        kinds[row["item"]].append(
            KamisKind(
                category=row["category"],
                item_code=row["item_code"],
                item_name=row["item_name"],
                kind_code=row["kind_code"],
                kind_name=row["kind_name"],
                variety=row["variety"] or None,
                units={stage: unit for stage, (_, unit) in surveyed.items()},
                grades={
                    stage: tuple(grades.split(",")) if grades else ()
                    for stage, (grades, _) in surveyed.items()
                },
            )
        )
    return kinds


def read_survey_units(folder: Traversable) -> dict[str, list[SurveyUnit]]:
    """Read the survey units that changed over time by our item name."""
    units: dict[str, list[SurveyUnit]] = defaultdict(list)
    for row in _rows(folder, "survey_units.tsv"):
        item = row.pop("item")
        units[item].append(
            SurveyUnit.model_validate({key: value or None for key, value in row.items()})
        )
    return units


def read_families(items: Mapping[str, Item]) -> dict[str, tuple[str, ...]]:
    """Read words for a whole family (버섯, 생선) with the items to suggest instead."""
    families = {}
    for row in _rows(data_folder(), "families.tsv"):
        families[row["word"]] = tuple(row["items"].split())
        if stray := set(families[row["word"]]) - items.keys():
            raise _broken("families.tsv", ", ".join(sorted(stray)), "no such item")
    return families


def check_items(items: Iterable[Item]) -> None:
    """Refuse names that two items claim, and KAMIS varieties that their item lacks."""
    owners: dict[str, str] = {}
    for item in items:
        for name in item_names(item):
            owner = owners.setdefault(key_of(name), item.name)
            if owner != item.name:
                raise _broken("data", item.name, f"'{name}' is also a name of {owner}")
        for kind in item.kamis:
            if kind.variety and item.variety(kind.variety) is None:
                raise _broken("kamis_kinds.tsv", item.name, f"no variety '{kind.variety}'")


def item_names(item: Item) -> Iterator[str]:
    """Yield every name that alone means the item."""
    yield from (item.name, *item.aliases, *item.dialect, *item.misspellings)
    for variety in item.varieties:
        yield from variety.alone


def _broken(file_name: str, item: str, why: str) -> StorageError:
    where = f"{file_name}의 '{item}'" if item else file_name
    return StorageError(f"품목 자료 {where}이(가) 잘못되었습니다: {why}. 자료 파일을 고쳐 주세요.")

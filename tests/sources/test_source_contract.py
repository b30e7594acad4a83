"""The contract of every source: module, saved reply, test, a row in docs/sources.md."""

from __future__ import annotations

import inspect
import typing
from pathlib import Path

import pytest

from altteul.catalog import Catalog
from altteul.errors import InputError
from altteul.settings import Settings
from altteul.sources.adapters import all_sources, descriptions, source_module, source_modules
from altteul.sources.description import Grade, SourceDescription
from altteul.sources.harvest import Harvest
from altteul.sources.steps import Period, Step
from altteul.sources.tables import Table

HERE = Path(__file__).parent
DOCS = HERE.parents[1] / "docs" / "sources.md"
KEYS = sorted(all_sources())


def hints(key: str, name: str) -> list[object]:
    function = getattr(source_module(key), name)
    found = typing.get_type_hints(function)
    return [found[parameter] for parameter in inspect.signature(function).parameters] + [
        found["return"]
    ]


def docs_row(key: str) -> str:
    lines = DOCS.read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if line.startswith(f"| `{key}` |")]
    assert len(rows) == 1, f"docs/sources.md needs one row for {key}"
    return rows[0]


@pytest.mark.parametrize("key", KEYS)
def test_the_file_is_named_after_the_source(key):
    module = source_modules()[key]
    assert module.__name__ == f"altteul.sources.{key}"
    assert isinstance(module.SOURCE, SourceDescription)


@pytest.mark.parametrize("key", [k for k in KEYS if all_sources()[k].reads_files])
def test_a_reader_of_files_recognises_and_reads(key):
    assert hints(key, "recognises") == [Table, bool]
    assert hints(key, "read") == [Table, Catalog, Harvest]


@pytest.mark.parametrize("key", [k for k in KEYS if all_sources()[k].fetches])
def test_a_fetched_source_tells_its_steps(key):
    assert hints(key, "steps") == [Period, Settings, Catalog, list[Step]]


@pytest.mark.parametrize("key", [k for k in KEYS if all_sources()[k].reads_replies])
def test_a_reader_of_saved_replies_reads_them(key):
    assert hints(key, "read_saved") == [str, Catalog, Harvest | None]


@pytest.mark.parametrize("key", KEYS)
def test_what_a_module_offers_is_what_it_declares(key):
    source, module = all_sources()[key], source_module(key)
    assert hasattr(module, "read") == source.reads_files
    assert hasattr(module, "steps") == source.fetches
    assert hasattr(module, "read_saved") == source.reads_replies


@pytest.mark.parametrize("key", [k for k in KEYS if not all_sources()[k].simulated])
def test_a_saved_reply_and_a_test_stand_by(key):
    assert list((HERE / "replies").glob(f"written_{key}[._]*"))
    assert (HERE / f"test_{key}.py").is_file()


@pytest.mark.parametrize("key", KEYS)
def test_the_docs_tell_title_licence_link_grade_and_what_is_survived(key):
    source, row = all_sources()[key], docs_row(key)
    for word in (source.title, source.licence, source.link, source.grade, *source.survives):
        assert str(word) in row, f"docs/sources.md, row of {key}: {word} is missing"


@pytest.mark.parametrize("key", KEYS)
def test_keys_are_settings_and_substitutes_are_sources(key):
    source = all_sources()[key]
    assert set(source.needs_keys) <= set(Settings.model_fields)
    assert source.instead is None or source.instead in KEYS


@pytest.mark.parametrize("key", KEYS)
def test_only_practice_is_simulated_and_says_so(key):
    source = all_sources()[key]
    assert source.simulated == (source.grade is Grade.PRACTICE) == (key == "practice")
    assert not source.simulated or "연습용(가상)" in source.title


def test_the_docs_have_no_row_of_a_source_that_is_gone():
    lines = DOCS.read_text(encoding="utf-8").splitlines()
    told = {line.split("`")[1] for line in lines if line.startswith("| `")}
    assert told == set(KEYS)


def test_an_unknown_source_names_those_there_are():
    with pytest.raises(InputError, match="kamis, .*tidy_csv"):
        source_module("nope")


def test_one_source_is_described_as_all_are() -> None:
    known = all_sources()
    assert descriptions(known) == known
    assert not descriptions(["nobody", "adapters", "no-name"])

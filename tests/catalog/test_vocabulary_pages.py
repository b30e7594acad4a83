"""The samples on the pages about the vocabulary do what they show."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

TOPICS = Path(__file__).resolve().parents[2] / "docs" / "topics"


@pytest.mark.parametrize("page", ["units.md", "catalog.md"])
def test_the_samples_of_a_page_are_true(page: str) -> None:
    results = doctest.testfile(str(TOPICS / page), module_relative=False, encoding="utf-8")
    assert results.attempted >= 6
    assert results.failed == 0

"""What a substitute is wanted for."""

from __future__ import annotations

from datetime import date

import pytest

from altteul.assistant.understanding import understand
from altteul.catalog import load_catalog
from altteul.recipes.book import load_book


@pytest.mark.parametrize(
    ("said", "use"),
    [
        ("배추가 너무 비싼데 김치 뭘로 담그지", "김치"),
        ("배추김치 담글 건데 배추 대신 뭐가 좋아?", "김치"),
        ("쌈 싸 먹을 배추 대신 뭐 사지", "쌈"),
        ("배추된장국에 배추 대신 뭐 넣어?", "국거리"),
        ("전에는 배추 썼는데 배추 대신 뭐가 좋아?", None),
        ("채소는 비싸고, 배추 대신 뭐가 좋아?", None),
        ("배추 대신 뭐가 좋아?", None),
        ("배추 한 포기 사려고", None),
    ],
)
def test_the_use_is_the_one_that_is_named(said: str, use: str | None) -> None:
    assert understand(said, date(2026, 11, 24), load_catalog(), load_book()).use == use

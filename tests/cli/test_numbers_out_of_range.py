"""A number that an option does not take is refused in one Korean sentence that tells the range."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--stops", "50"), "--stops에는 1에서 40까지의 수를 적어 주세요"),
        (("--value-of-time", "-1"), "--value-of-time에는 0에서 1,000,000까지의 수를 적어 주세요"),
        (("--budget", "-1"), "--budget에는 0 이상의 수를 적어 주세요"),
        (("--mode", "fly"), "--mode에는 walk, bus, car 가운데 하나를 적어 주세요"),
        (("--stops", "두"), "--stops에는 1에서 40까지의 수를 적어 주세요"),
        (("--carry", "0"), "--carry에는 0.1에서 1,000까지의 수를 적어 주세요"),
    ],
)
def test_the_range_is_told(
    altteul: Callable[..., Any], options: tuple[str, ...], words: str
) -> None:
    ended = altteul("plan", "배추 1포기", "--near", "노원구", *options)
    assert ended.code == 2
    assert words in ended.err
    assert "Input should" not in ended.err

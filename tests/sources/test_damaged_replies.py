"""Whatever a feed puts into its reply: observations, or a FeedError in one sentence."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from altteul.settings import Settings
from altteul.sources import data_go_kr, kamis, kamis_trend, price_go_kr, seoul_shops
from altteul.sources import traditional_markets as markets
from altteul.sources.steps import Period, Step
from altteul.sources.trouble import FeedError

REPLIES = Path(__file__).parent / "replies"
STRANGE: list[Any] = [None, "", "-", [], {}, 0, -1, 1e30, True, "가", ["x"], {"a": 1}, "2026-02-30"]
DAY = Period(date(2026, 1, 5), date(2026, 1, 5))
LATEST = Period(DAY.since, DAY.until, latest_only=True)


def damaged(value: Any, chance: random.Random) -> Any:
    """The document with about one value in fifteen replaced or missing."""
    if chance.random() < 0.07:
        return chance.choice(STRANGE)
    if isinstance(value, dict):
        return {k: damaged(v, chance) for k, v in value.items() if chance.random() > 0.02}
    if isinstance(value, list):
        return [damaged(item, chance) for item in value]
    return value


def first(module: Any, period: Period) -> Callable[[Settings, Any], Step]:
    return lambda settings, catalog: module.steps(period, settings, catalog)[0]


CASES = {
    "written_kamis_daily.json": first(kamis, DAY),
    "written_kamis_rice.json": first(kamis, DAY),
    "written_kamis_trend_sales.json": first(kamis_trend, DAY),
    "written_data_go_kr_recent.json": first(data_go_kr, LATEST),
    "written_data_go_kr_per_region.json": first(data_go_kr, DAY),
    "written_seoul_shops.json": first(seoul_shops, DAY),
    "written_traditional_markets.json": first(markets, DAY),
}


@pytest.mark.parametrize("name", CASES)
def test_a_damaged_reply_is_read_or_refused(name, settings, catalog):
    document = json.loads((REPLIES / name).read_text(encoding="utf-8"))
    step = CASES[name](settings, catalog)
    for seed in range(150):
        text = json.dumps(damaged(document, random.Random(seed)), ensure_ascii=False)
        assert "\n" not in ending(step, Spoken(text)), seed


@pytest.mark.parametrize(
    "name", ["written_price_go_kr_stores.xml", "written_price_go_kr_products.xml"]
)
def test_an_xml_reply_cut_anywhere_is_read_or_refused(name, settings, catalog):
    text = (REPLIES / name).read_text(encoding="utf-8")
    step = price_go_kr.steps(DAY, settings, catalog)[0]
    for end in range(0, len(text), 7):
        assert "\n" not in ending(step, Spoken(text[:end])), end


class Spoken:
    """A transport that always says the same."""

    def __init__(self, text: str) -> None:
        self.text = text

    def get(self, *_: object, **__: object) -> str:
        return self.text


def ending(step: Step, feed: Any) -> str:
    """How the step ended, in words; anything but a harvest or a FeedError is let through."""
    try:
        return step.run(feed).source
    except FeedError as error:
        return str(error)

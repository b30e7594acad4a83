"""Answers asked from several threads at once are those asked one after another."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from altteul.settings import Settings
from altteul.web.answers import Answers
from altteul.web.asked import Asked

QUESTIONS = [
    Asked(need=f"배추 {amount}포기, 달걀 {amount}0개", near=near, on=day, mode=mode)
    for amount in (1, 4)
    for near in ("연습구 가나동", "연습구 마바동", "37.602,127.001")
    for day in ("2026-05-29", "2026-06-02")
    for mode in ("walk", "car")
]


def test_threads_get_the_same_plans_as_one_person(tiny_home: Path) -> None:
    alone = Answers(Settings(home=tiny_home))
    expected = [alone.plan(asked).model_dump_json() for asked in QUESTIONS]
    shared = Answers(Settings(home=tiny_home))
    with ThreadPoolExecutor(8) as threads:
        warming = threads.submit(shared.warm_up)
        found = list(threads.map(lambda asked: shared.plan(asked).model_dump_json(), QUESTIONS))
    warming.result()
    assert found == expected


def test_threads_open_the_folder_once(tiny_home: Path) -> None:
    shared = Answers(Settings(home=tiny_home))
    with ThreadPoolExecutor(8) as threads:
        opened = set(map(id, threads.map(lambda _: shared.opened(), range(40))))
    assert len(opened) == 1

"""Lists to try: each link fills the form and changes nothing else that was typed."""

from __future__ import annotations

from typing import Final, NamedTuple

from altteul.web.asked import Asked


class Example(NamedTuple):
    """A list with a name and a picture, and the query that fills the form with it."""

    picture: str
    title: str
    need: str
    query: str


LISTS: Final = (
    ("🍚", "일주일 반찬", "무 1개\n양파 1망\n오이 3개\n상추 200g\n달걀 30개"),
    ("🥩", "고기 굽는 저녁", "돼지고기 한 근\n상추 200g\n양파 2개\n오이 2개"),
    ("🥬", "김치 담그기", "배추 3포기\n무 2개\n대파 1단\n마늘 500g"),
    ("🐟", "생선 밥상", "고등어 2마리\n무 1개\n대파 1단\n두부 1모"),
)


def examples(asked: Asked, places: tuple[str, ...]) -> list[Example]:
    """The example lists as links, at the place that was typed or the first known one."""
    near = asked.near or next(iter(places), "")
    return [
        Example(picture, title, need.replace("\n", ", "), asked.query(need=need, near=near))
        for picture, title, need in LISTS
    ]

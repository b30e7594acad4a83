"""Writes a picture of every screen at 360 and 1280 px, on the practice market.

Run: python tests/web/take_screenshots.py [FOLDER] [--home DATA] [--dark] [--only NAME …]
For the README: … FOLDER --only plan-sentence list item --width 360 --top 900
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, urlencode

sys.path.insert(0, str(Path(__file__).parent))

from browser import Scheme, chromium, launched, window
from playwright.sync_api import Browser, Page
from serving import serving

from altteul.demo import build_demo
from altteul.settings import Settings
from altteul.web.answers import Answers

LIST = "배추 3포기\n무 2개\n대파 1단\n돼지고기 한 근\n달걀 30개"
SENTENCE = "내일 손님 네 명이 와서 비빔밥을 해야 하는데, 재료를 어디서 제일 싸게 사지?"
WIDTHS = (360, 1280)


def screens(place: str) -> dict[str, str]:
    """Every screen by its name, as an address."""
    near = {"near": place}
    return {
        "ask": "/",
        "plan": "/plan?" + urlencode({"need": LIST, "mode": "bus"} | near),
        "plan-sentence": "/plan?" + urlencode({"need": SENTENCE} | near),
        "plan-no-place": "/plan?" + urlencode({"need": SENTENCE}),
        "trouble": "/plan?" + urlencode({"need": "베추, 용가리 3개"} | near),
        "list": "/list",
        "list-empty": "/list",
        "list-trip": "/list",
        "item": f"/item/{quote('배추')}?" + urlencode(near),
        "today": "/today?" + urlencode(near),
        "today-ask": "/today",
        "dishes": "/dishes?" + urlencode({"people": "4"} | near),
        "dishes-found": "/dishes?" + urlencode({"people": "2", "find": "비빔밥"} | near),
        "settings": "/settings",
        "settings-large": "/settings",
        "plan-large-easy": "/plan?" + urlencode({"need": LIST, "mode": "bus"} | near),
        "plan-contrast": "/plan?" + urlencode({"need": LIST, "mode": "bus"} | near),
        "offline": "/offline",
        "record": "/record",
        "sources": "/sources",
        "about": "/about",
        "nowhere": "/nowhere",
    }


def kept_before(name: str, place: str) -> dict[str, object]:
    """What is on the device before a screen is opened."""
    wants = [
        {"id": n, "name": what, "amount": amount, "unit": unit, "dish": dish, "done": n == 2}
        for n, (what, amount, unit, dish) in enumerate(
            [("배추", 2, "포기", False), ("비빔밥", 4, "인분", True), ("달걀", 30, "개", False),
             ("돼지고기", 600, "g", False)]
        )
    ]  # fmt: skip
    return {
        "list": {"list": wants, "settings": {"near": place}},
        "settings-large": {"settings": {"large": True, "near": place}},
        "plan-large-easy": {"settings": {"large": True, "easy": True}},
        "plan-contrast": {"settings": {"contrast": True}},
    }.get(name, {})


def take_along(page: Page) -> None:
    page.get_by_role("button", name="장 볼 때 가져가기").click()
    page.locator("#my-trip input").first.check()


ACTS: dict[str, tuple[str, Callable[[Page], None]]] = {"list-trip": ("plan", take_along)}
"""Screens that are reached from another one by doing something."""


def take(
    folder: Path,
    home: Path,
    *,
    scheme: Scheme,
    only: list[str],
    widths: tuple[int, ...],
    top: int = 0,
) -> int:
    """Write the pictures; the number of files."""
    folder.mkdir(parents=True, exist_ok=True)
    place = Answers(Settings(home=home)).opened().places[1]
    addresses = screens(place)
    names = [name for name in addresses if not only or name in only]
    with serving(home) as address, launched() as browser:
        for name in names:
            for width in widths:
                first, act = ACTS.get(name, (name, None))
                file = folder / f"{name}-{width}{'-dark' if scheme == 'dark' else ''}.png"
                kept = kept_before(name, place)
                shoot(browser, f"{address}{addresses[first]}", file, width, scheme, kept, act, top)
    return len(names) * len(widths)


def shoot(
    browser: Browser,
    url: str,
    file: Path,
    width: int,
    scheme: Scheme,
    kept: dict[str, object],
    act: Callable[[Page], None] | None,
    top: int,
) -> None:
    sharp = {"device_scale_factor": 2} if top else {}
    context = window(browser, width, top or 900, scheme, service_workers="block", **sharp)
    page = context.new_page()
    for name, value in kept.items():
        page.add_init_script(
            f"localStorage.setItem('altteul.{name}', {json.dumps(json.dumps(value))})"
        )
    page.goto(url)
    page.wait_for_load_state("networkidle")
    if act:
        act(page)
        page.wait_for_load_state("networkidle")
    page.screenshot(path=file, full_page=not top)
    context.close()


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", nargs="?", type=Path, default=Path("screenshots"))
    asked.add_argument("--home", type=Path, help="a data folder; none: a new practice market")
    asked.add_argument("--dark", action="store_true", help="the dark colours")
    asked.add_argument("--only", nargs="+", default=[], help="names of screens")
    asked.add_argument("--width", type=int, nargs="+", default=list(WIDTHS))
    asked.add_argument("--top", type=int, default=0, help="only so many pixels from the top")
    given = asked.parse_args()
    if chromium() is None:
        sys.exit("크로미움(chromium)이 없어 화면을 찍을 수 없습니다. 설치하고 다시 해 주세요.")
    with tempfile.TemporaryDirectory() as made:
        home = given.home or Path(made)
        if not given.home:
            build_demo(home)
        scheme: Scheme = "dark" if given.dark else "light"
        count = take(
            given.folder,
            home,
            scheme=scheme,
            only=given.only,
            widths=tuple(given.width),
            top=given.top,
        )
    sys.stdout.write(f"{count}장을 {given.folder}에 두었습니다.\n")


if __name__ == "__main__":
    main()

"""Writes a picture of every screen at 360 and 1280 px, on the practice market.

Run: python tests/web/take_screenshots.py [FOLDER] [--home DATA] [--dark]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote, urlencode

sys.path.insert(0, str(Path(__file__).parent))

from browser import Browser, chromium
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
        "item": f"/item/{quote('배추')}?" + urlencode(near),
        "today": "/today?" + urlencode(near),
        "today-ask": "/today",
        "dishes": "/dishes?" + urlencode({"people": "4"} | near),
        "dishes-found": "/dishes?" + urlencode({"people": "2", "find": "비빔밥"} | near),
        "sources": "/sources",
        "about": "/about",
        "nowhere": "/nowhere",
    }


def take(folder: Path, home: Path, *, dark: bool) -> int:
    """Write every picture; the number of files."""
    folder.mkdir(parents=True, exist_ok=True)
    scheme = "dark" if dark else "light"
    place = Answers(Settings(home=home)).opened().places[1]
    with tempfile.TemporaryDirectory() as profile, serving(home) as address:
        browser = Browser(Path(profile))
        for name, path in screens(place).items():
            for width in WIDTHS:
                browser.look(width, scheme=scheme)
                browser.open(address + path)
                browser.screenshot(folder / f"{name}-{width}{'-dark' * dark}.png")
        browser.close()
    return len(screens(place)) * len(WIDTHS)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", nargs="?", type=Path, default=Path("screenshots"))
    asked.add_argument("--home", type=Path, help="a data folder; none: a new practice market")
    asked.add_argument("--dark", action="store_true", help="the dark colours")
    given = asked.parse_args()
    if chromium() is None:
        sys.exit("크로미움(chromium)이 없어 화면을 찍을 수 없습니다. 설치하고 다시 해 주세요.")
    with tempfile.TemporaryDirectory() as made:
        home = given.home or Path(made)
        if not given.home:
            build_demo(home)
        count = take(given.folder, home, dark=given.dark)
    sys.stdout.write(f"{count}장을 {given.folder}에 두었습니다.\n")


if __name__ == "__main__":
    main()

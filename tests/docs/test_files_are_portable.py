"""Nothing in the repository names this machine, or where packages were downloaded from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLACES = (".ci", "benchmarks", "docs", "frontend", "requirements", "src", "tests")
IGNORED = {"__pycache__", "built", "node_modules", ".hypothesis", "dist"}
REGISTRIES = ("pypi" + ".org", "python" + "hosted", "registry.npm" + "js", "index" + "-url")
MACHINE_PATH = re.compile(r"(?<![\w./:<>*-])/(?:work|root|home|Users)/\w")


def text_files() -> Iterator[Path]:
    for place in PLACES:
        yield from (
            path
            for path in sorted((ROOT / place).rglob("*"))
            if path.is_file() and not IGNORED & set(path.relative_to(ROOT).parts)
        )
    yield from (path for path in sorted(ROOT.iterdir()) if path.is_file())


def read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


@pytest.mark.parametrize("word", REGISTRIES)
def test_no_file_names_a_package_registry(word: str) -> None:
    assert not [str(path.relative_to(ROOT)) for path in text_files() if word in read(path)]


def test_no_file_names_a_path_of_one_machine() -> None:
    assert not [str(p.relative_to(ROOT)) for p in text_files() if MACHINE_PATH.search(read(p))]


def lock_files() -> list[Path]:
    names = {"package-lock.json", "pnpm-lock.yaml", "uv.lock"}
    others = [path for path in text_files() if path.name in names]
    return [*sorted((ROOT / "requirements").glob("*.txt")), *others]


@pytest.mark.parametrize("lock", lock_files(), ids=lambda path: path.name)
def test_a_lock_file_carries_no_address(lock: Path) -> None:
    text = re.sub(r'"funding": (\{[^}]*\}|\[[^\]]*\])', "", read(lock))  # whom one may thank
    assert "resolved" not in text
    assert not [line for line in text.splitlines() if "://" in line]


def test_python_locks_pin_a_version_and_a_hash_for_everything() -> None:
    for lock in (ROOT / "requirements").glob("*.txt"):
        pinned = re.findall(r"^[a-z0-9][\w.\[\]-]*", read(lock), flags=re.M)
        assert len(pinned) > 20
        entries = re.split(r"^(?=[a-z0-9])", read(lock), flags=re.M)[1:]
        assert all("==" in entry and "--hash=sha256:" in entry for entry in entries)


def test_the_front_end_pins_a_hash_for_everything() -> None:
    text = read(ROOT / "frontend" / "package-lock.json")
    assert "://" not in text, "npm wrote addresses (funding, resolved); take them out"
    lock = json.loads(text)
    packages = {name: one for name, one in lock["packages"].items() if name}
    assert len(packages) > 10
    assert all(one["integrity"].startswith("sha512-") for one in packages.values())


def links(page: Path) -> Iterator[tuple[str, str]]:
    text = re.sub(r"^```.*?^```$", "", read(page), flags=re.M | re.S)
    for target in re.findall(r"(?:\]\(|src=\")([^)\s\"]+)[)\"]", text):
        if not re.match(r"[a-z]+:", target):
            path, _, anchor = target.partition("#")
            yield path, anchor


def anchors(page: Path) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", read(page), flags=re.M)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_inside_the_repository_lead_somewhere(page: Path) -> None:
    for path, anchor in links(page):
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{page.name} → {path}"
        if anchor:
            assert anchor in anchors(target), f"{page.name} → {path}#{anchor}"

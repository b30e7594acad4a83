"""A page goes stale the day a command, a setting or a dependency has no word in it."""

from __future__ import annotations

import json
import re
import tomllib
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

import pytest
import typer

from altteul.cli.main import app
from altteul.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
TOPICS = ROOT / "docs" / "topics"
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def headings(page: Path) -> list[str]:
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    return re.findall(r"^#+ (.+)$", text, flags=re.M)


def section(page: Path, heading: str) -> str:
    _, _, rest = page.read_text(encoding="utf-8").partition(f"\n## {heading}\n")
    return rest.partition("\n## ")[0]


def commands() -> dict[str, Any]:
    """The commands by name (Typer carries its own copy of click, hence no class of click)."""
    group: Any = typer.main.get_command(app)
    return dict(group.commands)


def long_options(command: Any) -> list[str]:
    spelled = [option for parameter in command.params for option in parameter.opts]
    return [option for option in spelled if option.startswith("--")]


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_has_a_heading_and_every_option_one_below_it(name: str) -> None:
    page = TOPICS / "command-line.md"
    assert f"altteul {name}" in headings(page)
    described = section(page, f"altteul {name}")
    for option in long_options(commands()[name]):
        assert re.search(rf"^### `{option}[` ]", described, flags=re.M), option


def test_every_option_of_all_commands_has_a_heading() -> None:
    described = section(TOPICS / "command-line.md", "Options of every command")
    for option in long_options(typer.main.get_command(app)):
        assert f"### `{option}" in described, option


def test_no_heading_describes_a_command_that_is_gone() -> None:
    named = {h.removeprefix("altteul ") for h in headings(TOPICS / "command-line.md")}
    assert {n for n in named if re.fullmatch(r"[a-z]+", n)} == set(commands())


@pytest.mark.parametrize("field", sorted(Settings.model_fields))
def test_every_setting_is_described(field: str) -> None:
    assert f"`ALTTEUL_{field.upper()}`" in (TOPICS / "data-folder.md").read_text(encoding="utf-8")


def dependencies() -> set[str]:
    project = PROJECT["project"]
    groups = [
        project["dependencies"],
        *project["optional-dependencies"].values(),
        *PROJECT["dependency-groups"].values(),
        PROJECT["build-system"]["requires"],
    ]
    return {re.split(r"[\[<>=~! ]", word)[0] for words in groups for word in words}


def dependency_rows() -> dict[str, list[str]]:
    text = (TOPICS / "dependencies.md").read_text(encoding="utf-8")
    cells = [[c.strip() for c in line.split("|")[1:-1]] for line in text.splitlines()]
    return {row[0].strip("`"): row for row in cells if row and row[0].startswith("`")}


def test_every_dependency_has_a_row_and_every_row_is_one() -> None:
    assert set(dependency_rows()) == dependencies()


@pytest.mark.parametrize("name", sorted(dependencies()))
def test_the_stated_licence_is_that_of_the_installed_package(name: str) -> None:
    try:
        installed = metadata(name)
    except PackageNotFoundError:
        pytest.skip(f"{name} is not installed here")
    stated = dependency_rows()[name][2]
    own_words = " ".join(
        [
            installed.get("License-Expression") or "",
            installed.get("License") or "",
            *(c for c in installed.get_all("Classifier") or [] if c.startswith("License")),
        ]
    )
    if own_words.strip():
        first = re.split(r"[ -]", stated)[0]
        assert first.casefold() in own_words.casefold(), f"{name}: {own_words}"


def test_every_package_of_the_front_end_has_a_row() -> None:
    package = json.loads((ROOT / "frontend" / "package.json").read_text(encoding="utf-8"))
    described = section(TOPICS / "dependencies.md", "For the front end")
    rows = {line.split("|")[1].strip() for line in described.splitlines() if line.startswith("|")}
    named = {*package["dependencies"], *package["devDependencies"]}
    assert rows - {"package", "---"} == named


def test_every_topic_is_linked_from_the_index() -> None:
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    missing = [page.name for page in TOPICS.glob("*.md") if f"topics/{page.name}" not in index]
    assert not missing


def test_the_change_log_knows_this_version() -> None:
    assert f"[{PROJECT['project']['version']}]" in (ROOT / "CHANGELOG.md").read_text(
        encoding="utf-8"
    )


def test_every_make_target_in_the_pages_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), flags=re.M))
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]
    named = {
        name
        for page in pages
        for name in re.findall(r"`make ([a-z]+)", page.read_text(encoding="utf-8"))
    }
    assert {"demo", "test"} <= named <= targets


def test_the_readme_asks_for_two_commands_and_begins_in_korean() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    shell = re.search(r"^```sh\n(.*?)^```", text, flags=re.M | re.S)
    assert shell
    assert [line.split("#")[0].strip() for line in shell[1].splitlines()] == [
        "make demo",
        "make test",
    ]
    assert text.index("가입도 로그인도") < text.index("There is no account")

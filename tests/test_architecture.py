"""The rooms of DESIGN.md: data flows one way; lower rooms know nothing of higher ones."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "altteul"

MAY_USE: dict[str, set[str]] = {
    "units": set(),
    "catalog": {"units"},
    "sources": {"catalog", "units"},
    "history": {"sources", "catalog", "units"},
    "market": {"history", "sources", "catalog", "units"},
    "recipes": {"history", "sources", "catalog", "units"},
    "foundation": set(),
    "forecast": {"foundation", "history", "sources", "catalog", "units"},
    "coscientist": {"history", "sources", "catalog", "units"},
    "demo": {"market", "history", "sources", "catalog", "units"},
    "planner": {"recipes", "market", "forecast", "history", "sources", "catalog", "units"},
}
MAY_USE["assistant"] = {"planner", *MAY_USE["planner"]}
THIN = {"assistant", "demo", "foundation", *MAY_USE["assistant"]}
MAY_USE |= {"cli": THIN | {"web"}, "web": THIN, "mcp": THIN, "kakao": THIN}
WITHIN_THE_ASSISTANT = (
    {"speech", "understood", "questions", "data"},
    {"amounts"},
    {"names"},
    {"circumstances", "mentions"},
    {"menus", "intents", "lists"},
    {"first_reading", "needed", "sorts_of_shop", "request"},
    {"understanding", "answering", "language_model"},
    {"asking", "evaluating", "intent_training"},
    {"dialogue"},
)
"""From the text of a sentence up to a talk; a row uses itself and the rows before it."""
EVERYBODY = {"calendar_date", "errors", "frozen", "settings", "korean", "__init__"}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def room_of(module: Path) -> str:
    first = module.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def rooms_used(module: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: relative import"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    ours = (name.split(".") for name in names if name.startswith("altteul."))
    return {parts[1] for parts in ours} - {"__version__"}


@pytest.mark.parametrize("module", modules(), ids=lambda m: str(m.relative_to(PACKAGE)))
def test_a_room_uses_only_what_stands_below_it(module: Path) -> None:
    room = room_of(module)
    if room in EVERYBODY:
        assert rooms_used(module) <= EVERYBODY
        return
    assert rooms_used(module) <= MAY_USE[room] | {room} | EVERYBODY


def parts_used(module: Path) -> set[str]:
    """The parts of the assistant that a module of it imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("altteul.assistant"):
            names |= {f"{node.module}.{alias.name}".split(".")[2] for alias in node.names}
    return names


@pytest.mark.parametrize(
    "module", sorted((PACKAGE / "assistant").rglob("[!_]*.py")), ids=lambda m: m.stem
)
def test_within_the_assistant_a_sentence_goes_one_way(module: Path) -> None:
    part = module.relative_to(PACKAGE / "assistant").parts[0].removesuffix(".py")
    row = next(number for number, parts in enumerate(WITHIN_THE_ASSISTANT) if part in parts)
    below = set().union(*WITHIN_THE_ASSISTANT[: row + 1])
    assert parts_used(module) <= below


def test_every_folder_of_the_package_is_a_named_room() -> None:
    folders = {p.name for p in PACKAGE.iterdir() if p.is_dir() and p.name != "__pycache__"}
    assert folders <= set(MAY_USE) | EVERYBODY


@pytest.mark.parametrize("word", ["utils", "helpers", "common", "core", "misc"])
def test_no_module_has_a_name_that_says_nothing(word: str) -> None:
    assert not [m for m in modules() if m.stem == word or word in m.parts]

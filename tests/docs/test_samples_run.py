"""Every ```console block that starts with `$ altteul` does what the page shows.

A block may name in its info string why it is not run or how it ends:
`server` (it does not end), `network` (it asks a public feed), `files` (it reads files that the
repository does not hold), `fails` (it ends with an error, which is shown). Samples run on the
practice market; those that name a surveyed place run on the survey's files, where present.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
FENCE = re.compile(r"^```console *(?P<tags>[a-z ]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
NOT_RUN = {"server", "network", "files"}
TAGS = NOT_RUN | {"fails"}
SURVEYED_PLACE = "노원구"

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Sample:
    """A block of commands, each with the lines shown below it."""

    where: str
    tags: frozenset[str]
    steps: tuple[tuple[str, tuple[str, ...]], ...]


def samples_of(page: Path) -> list[Sample]:
    text = page.read_text(encoding="utf-8")
    found = []
    for fence in FENCE.finditer(text):
        line = text[: fence.start()].count("\n") + 1
        steps = [part.splitlines() for part in re.split(r"^\$ ", fence["body"], flags=re.M)[1:]]
        found.append(
            Sample(
                f"{page.relative_to(ROOT)}:{line}",
                frozenset(fence["tags"].split()),
                tuple((step[0], tuple(step[1:])) for step in steps),
            )
        )
    return found


SAMPLES = [sample for page in PAGES for sample in samples_of(page)]
RUNNABLE = [
    sample
    for sample in SAMPLES
    if not sample.tags & NOT_RUN and sample.steps and sample.steps[0][0].startswith("altteul")
]


def plain(text: str) -> str:
    """Text without the box drawing and spacing of tables."""
    return " ".join(re.sub(r"[─━│┃╇┼═]", " ", text).split())


def run(command: str, home: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    keep = {k: v for k, v in os.environ.items() if not k.startswith("ALTTEUL_")}
    return subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env={**keep, "PATH": path, "ALTTEUL_HOME": str(home), "COLUMNS": "160"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("sample", RUNNABLE, ids=lambda sample: sample.where)
def test_the_sample_runs_and_prints_what_is_shown(
    sample: Sample, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    surveyed = any(SURVEYED_PLACE in command for command, _ in sample.steps)
    home = request.getfixturevalue("surveyed_home" if surveyed else "practice_home")
    for command, shown in sample.steps:
        ended = run(command, home, tmp_path)
        assert (ended.returncode != 0) == ("fails" in sample.tags), ended.stdout + ended.stderr
        assert "Traceback" not in ended.stderr
        printed = plain(ended.stdout + ended.stderr)
        for line in filter(None, (plain(line) for line in shown)):
            for piece in filter(None, (piece.strip() for piece in line.split("…"))):
                assert piece in printed, f"{command!r} no longer prints {piece!r}:\n{printed}"


def test_samples_are_found_and_their_tags_are_known() -> None:
    assert len(RUNNABLE) >= 6
    assert not {tag for sample in SAMPLES for tag in sample.tags} - TAGS

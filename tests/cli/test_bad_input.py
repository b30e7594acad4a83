"""Bad input: one clear sentence in Korean, an exit code, nothing lost, never a traceback."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]
HANGUL = re.compile(r"[가-힣]")


def assert_one_sentence(err: str) -> None:
    lines = [line for line in err.splitlines() if line.strip()]
    assert len(lines) == 1, err
    assert HANGUL.search(lines[0])
    assert "Traceback" not in err


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("plan", "배추", "--near", "노원구", "--on", "2021-05-31"), "배추 1포기"),
        (("plan", "배추 1포기", "--near", "없는동네", "--on", "2021-05-31"), "없는동네"),
        (("plan", "배추 1포기", "--near", "노원구", "--on", "2021-5-99"), "2021-5-99"),
        (("plan", "배추 0포기", "--near", "노원구", "--on", "2021-05-31"), "배추"),
        (("plan", "배추 만 원어치", "--near", "노원구", "--on", "2021-05-31"), "금액"),
        (("price", "없는품목", "--near", "노원구", "--on", "2021-05-31"), "없는품목"),
        (("price", "배추", "--near", "0,0", "--on", "2021-05-31"), "0,0"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_sentence(
    altteul: Command, seoul_home: Path, words: tuple[str, ...], hint: str
) -> None:
    ended = altteul("--home", seoul_home, *words)
    assert ended.code != 0
    assert_one_sentence(ended.err)
    assert hint in ended.err


@pytest.mark.slow
def test_an_unknown_item_leaves_the_rest_answered(altteul: Command, seoul_home: Path) -> None:
    ended = altteul(
        "--home", seoul_home, "plan", "배추 1포기, 쿠쿠루삥뽕 2개", "--near", "노원구",
        "--on", "2021-05-31",
    )  # fmt: skip
    assert ended.code == 2
    assert "배추" in ended.out
    assert_one_sentence(ended.err)


@pytest.mark.slow
def test_a_day_without_data_says_so(altteul: Command, seoul_home: Path) -> None:
    ended = altteul("--home", seoul_home, "price", "배추", "--near", "노원구", "--on", "1999-01-01")
    assert ended.code == 3
    assert_one_sentence(ended.err)


def test_nothing_imported_yet_tells_what_to_do(altteul: Command, tmp_path: Path) -> None:
    ended = altteul("--home", tmp_path, "plan", "배추 1포기", "--near", "노원구")
    assert ended.code == 3
    assert_one_sentence(ended.err)
    assert "altteul demo" in ended.err


@pytest.mark.parametrize("content", [b"", b"\x00\xff\xfe broken", b"a,b,c\n1,2,3\n"])
def test_an_unusable_file_is_refused(altteul: Command, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "prices.csv"
    file.write_bytes(content)
    ended = altteul("--home", tmp_path / "home", "import", file)
    assert ended.code == 2
    assert_one_sentence(ended.err)
    assert "prices.csv" in ended.err


def test_a_missing_file_is_refused(altteul: Command, tmp_path: Path) -> None:
    ended = altteul("--home", tmp_path / "home", "import", tmp_path / "nowhere.csv")
    assert ended.code == 2
    assert_one_sentence(ended.err)


def test_a_broken_settings_file_is_named(altteul: Command, tmp_path: Path) -> None:
    (tmp_path / "altteul.toml").write_text("read_seconds = 'soon'", encoding="utf-8")
    ended = altteul("--home", tmp_path, "sources")
    assert ended.code == 2
    assert_one_sentence(ended.err)
    assert "read_seconds" in ended.err


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("sellers",), "어디 가까이인지"),
        (("understand", "  "), "무슨 말인지"),
        (("nosuch",), "'nosuch'는 없는 명령입니다"),
        (("import",), "'파일'이 빠졌습니다"),
    ],
)
def test_a_command_that_lacks_a_word_says_which(
    altteul: Command, tmp_path: Path, words: tuple[str, ...], hint: str
) -> None:
    ended = altteul("--home", tmp_path, *words)
    assert ended.code == 2
    assert_one_sentence(ended.err)
    assert hint in ended.err


def test_ctrl_c_says_that_nothing_is_lost(
    altteul: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(context: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("altteul.cli.pricing.open_history", interrupted)
    ended = altteul("--home", tmp_path, "sources")
    assert ended.code == 130
    assert ended.err == "멈추었습니다. 이미 받은 자료는 그대로 있습니다.\n"


def test_a_data_folder_that_is_a_file_is_refused(altteul: Command, tmp_path: Path) -> None:
    file = tmp_path / "home"
    file.touch()
    ended = altteul("--home", file, "sources")
    assert ended.code == 2
    assert_one_sentence(ended.err)
    assert "폴더가 아닙니다" in ended.err


@pytest.mark.parametrize(
    ("rows", "why"),
    [("1,2,3,4\n", "칸이 많은 줄"), ('"1,2,3\n', "짝이 없는 따옴표")],
)
def test_a_broken_table_says_how_in_korean(
    altteul: Command, tmp_path: Path, rows: str, why: str
) -> None:
    file = tmp_path / "prices.csv"
    file.write_text("날짜,품목,단위\n" + rows, encoding="utf-8")
    ended = altteul("--home", tmp_path / "home", "import", file)
    assert ended.code == 2
    assert_one_sentence(ended.err)
    assert why in ended.err


@pytest.mark.slow
def test_thousands_of_unread_lines_are_not_told_one_by_one(
    altteul: Command, seoul_home: Path, tmp_path: Path
) -> None:
    file = tmp_path / "list.txt"
    file.write_text("쿠쿠루삥뽕 2개\n" * 200, encoding="utf-8")
    where = ("--near", "노원구", "--on", "2021-05-31")
    ended = altteul("--home", seoul_home, "plan", "--file", file, *where)
    assert ended.code == 2
    assert len(ended.err.splitlines()) <= 25


@pytest.mark.slow
def test_food_for_a_day_that_is_over_is_refused(altteul: Command, seoul_home: Path) -> None:
    ended = altteul(
        "--home", seoul_home, "plan", "배추 1포기", "--near", "노원구",
        "--on", "2021-05-31", "--needed", "2021-05-30",
    )  # fmt: skip
    assert ended.code == 2
    assert_one_sentence(ended.err)
    assert "2021-05-30" in ended.err

"""A kitchen's list in a file: tables and lines, both encodings, what is wrong with a bad one."""

from __future__ import annotations

from pathlib import Path

import pytest

from altteul.assistant.lists.list_file import read_list_file
from altteul.catalog import load_catalog
from altteul.errors import FileError

WANTED = [("배추", 30.0, "포기"), ("무", 25.0, "개"), ("달걀", 600.0, "개")]
TABLES = {
    "headed.csv": "품목,수량,단위,비고\n배추,30,포기,\n무,25,개,단단한 것\n달걀,600,개,\n",
    "together.csv": "식재료,필요량\n배추,30포기\n무,25개\n달걀,600개\n",
    "plain.csv": "배추,30포기\n무,25개\n\n달걀,600,개\n",
    "tabs.tsv": "품명\t수량\n배추\t30포기\n무\t25개\n달걀\t600개\n",
    "lines.txt": "배추 30포기\n무 25개, 달걀 600개\n",
}


def written(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    file = folder / name
    file.write_text(text, encoding=encoding)
    return file


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
@pytest.mark.parametrize("name", TABLES)
def test_lists_are_read(tmp_path: Path, name: str, encoding: str) -> None:
    needs, unread = read_list_file(written(tmp_path, name, TABLES[name], encoding), load_catalog())
    assert [(need.item, need.amount, need.unit) for need in needs] == WANTED
    assert unread == ()


def test_a_kitchen_s_amounts_and_thousands_with_commas(tmp_path: Path) -> None:
    text = '품목,수량,단위\n쌀,"1,200",kg\n양파,300,kg\n'
    needs, unread = read_list_file(written(tmp_path, "list.csv", text), load_catalog())
    assert [(need.item, need.amount, need.unit) for need in needs] == [
        ("쌀", 1_200_000.0, "g"),
        ("양파", 300_000.0, "g"),
    ]
    assert unread == ()


def test_more_than_a_household_s_list(tmp_path: Path) -> None:
    items = sorted(load_catalog().items)[:150]
    text = "\n".join(f"{item} 5kg" for item in items)
    needs, unread = read_list_file(written(tmp_path, "list.txt", text), load_catalog())
    assert len(needs) + len(unread) == 150
    assert len(needs) > 100


def test_what_cannot_be_read_is_told_and_the_rest_stays(tmp_path: Path) -> None:
    text = "품목,수량\n배추,30포기\n듣도보도못한것,3개\n무,\n"
    needs, unread = read_list_file(written(tmp_path, "list.csv", text), load_catalog())
    assert [need.item for need in needs] == ["배추"]
    assert [piece.text for piece in unread] == ["듣도보도못한것 3개", "무"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "비어"),
        ("품목,수량\n", "살 것이 없습니다"),
        ("품목,값\n배추,30\n", "수량"),
        ("배추 1포기\n" * 6_000, "너무 깁니다"),
    ],
)
def test_a_file_that_is_no_list_is_refused(tmp_path: Path, text: str, word: str) -> None:
    with pytest.raises(FileError, match=word):
        read_list_file(written(tmp_path, "list.csv", text), load_catalog())


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"nowhere\.csv"):
        read_list_file(tmp_path / "nowhere.csv", load_catalog())

from __future__ import annotations

import gzip

import pytest

from altteul.errors import FileError
from altteul.sources.files import read_file


def told(path, catalog) -> str:
    with pytest.raises(FileError) as caught:
        read_file(path, catalog)
    message = str(caught.value)
    assert "\n" not in message
    assert message.endswith(".")
    return message


def test_a_missing_file(tmp_path, catalog):
    assert "파일이 없습니다" in told(tmp_path / "없음.csv", catalog)


def test_a_folder(tmp_path, catalog):
    assert "열 수 없습니다" in told(tmp_path, catalog)


@pytest.mark.parametrize("content", [b"", b" \n ", gzip.compress(b"", mtime=0)])
def test_an_empty_file(tmp_path, catalog, content):
    file = tmp_path / "값.csv"
    file.write_bytes(content)
    assert "비어 있습니다" in told(file, catalog)


def test_a_header_without_rows(tmp_path, catalog):
    file = tmp_path / "값.csv"
    file.write_text("날짜,품목,단위,가격\n")
    assert "내용이 없습니다" in told(file, catalog)


def test_a_gzip_file_cut_in_half(tmp_path, catalog):
    file = tmp_path / "값.csv.gz"
    file.write_bytes(gzip.compress(b"date,item,unit,price\n" * 500)[:60])
    assert "압축이 깨져" in told(file, catalog)


def test_a_picture(tmp_path, catalog):
    file = tmp_path / "사진.csv"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    told(file, catalog)


def test_a_table_of_another_shape_shows_its_header(tmp_path, catalog):
    file = tmp_path / "값.csv"
    file.write_text("이름,나이\n가,1\n")
    message = told(file, catalog)
    assert "이름, 나이" in message
    assert "날짜, 품목, 단위, 가격" in message


def test_a_row_with_too_many_cells_is_told_by_the_file(tmp_path, catalog):
    file = tmp_path / "값.csv"
    file.write_text("날짜,품목,단위,가격\n2026-01-02,무,1개,1500,1,2,3\n")
    assert "표가 깨져" in told(file, catalog)


def test_json_of_another_kind(tmp_path, catalog):
    file = tmp_path / "답.json"
    file.write_text('{"hello": 1}')
    assert "응답이 아닙니다" in told(file, catalog)


def test_a_file_that_repeats_itself_gives_each_fact_once(tmp_path, catalog):
    file = tmp_path / "값.csv"
    row = "2026-01-02,무,1개,{},가나시장\n"
    file.write_text("날짜,품목,단위,가격,판매처\n" + row.format(1500) * 2 + row.format(1700))
    harvest = read_file(file, catalog)
    assert harvest.observations["price"].to_list() == [1500]
    assert harvest.dropped_by_reason() == {
        "같은 줄이 또 나옴": 1,
        "같은 것의 다른 가격이 또 나옴(앞의 것을 남김)": 1,
    }


def test_no_real_file_repeats_a_fact(shared_data, catalog):
    from altteul.sources.observation import OBSERVATION_KEY

    for file in [*(shared_data / "prices").iterdir(), *(shared_data / "sellers").iterdir()]:
        facts = read_file(file, catalog).observations
        assert facts.select(OBSERVATION_KEY).is_duplicated().sum() == 0, file.name

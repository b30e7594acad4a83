"""The tables in an object store: an S3 server of moto, spoken to over real HTTP."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from altteul.errors import InputError, StorageError
from altteul.history import History
from altteul.settings import Settings
from altteul.sources.harvest import Harvest

pytest.importorskip("moto.server", reason="moto is not installed")

Made = Callable[..., Harvest]


@pytest.fixture(scope="module")
def store() -> Iterator[str]:
    """The address of an S3 server. It is a process of its own: Delta Lake waits for replies
    while it holds Python's lock."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", port]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        address = f"http://127.0.0.1:{port}"
        wait_until_it_answers(address)
        yield address
        server.terminate()


def wait_until_it_answers(address: str) -> None:
    for _ in range(300):
        with suppress(httpx.TransportError):
            httpx.get(address)
            return
        time.sleep(0.1)
    raise AssertionError("the S3 server did not start")


@pytest.fixture
def bucket(store: str, request: pytest.FixtureRequest) -> tuple[str, str]:
    """The server's address and the name of a fresh bucket on it."""
    name = f"bucket-{abs(hash(request.node.name))}"
    httpx.put(f"{store}/{name}").raise_for_status()
    return store, name


def settings(home: Path, bucket: tuple[str, str]) -> Settings:
    address, name = bucket
    options = {
        "endpoint_url": address,
        "allow_http": "true",
        "region": "us-east-1",
        "access_key_id": "key",
        "secret_access_key": "secret",
    }
    return Settings(home=home, tables_url=f"s3://{name}/shop", tables_options=options)


def test_prices_in_an_object_store_are_read_as_they_were_recorded(
    tmp_path: Path, bucket: tuple[str, str], harvest: Made
) -> None:
    first = History.of(settings(tmp_path / "one", bucket))
    assert first.is_empty()
    first.record(harvest({"price": 5000}), origin="a.csv")
    assert first.record(harvest({"price": 5000}), origin="a.csv").new == 0
    other_machine = History.of(settings(tmp_path / "two", bucket))
    assert other_machine.observations()["price"].to_list() == [5000]
    assert not (tmp_path / "one" / "prices").exists()


def test_a_reader_sees_what_another_machine_wrote_later(
    tmp_path: Path, bucket: tuple[str, str], harvest: Made
) -> None:
    reader = History.of(settings(tmp_path / "one", bucket))
    writer = History.of(settings(tmp_path / "two", bucket))
    writer.record(harvest({"price": 5000}), origin="a.csv")
    assert reader.observations()["price"].to_list() == [5000]
    writer.record(harvest({"price": 4000}), origin="b.csv")
    assert reader.observations()["price"].to_list() == [4000]
    assert [entry.origin for entry in reader.imports()] == ["a.csv", "b.csv"]


def test_a_writer_that_was_overtaken_compares_anew(
    tmp_path: Path, bucket: tuple[str, str], harvest: Made
) -> None:
    one = History.of(settings(tmp_path / "one", bucket))
    two = History.of(settings(tmp_path / "two", bucket))
    one.record(harvest({"item": "배추"}), origin="a.csv")
    two.record(harvest({"item": "무"}), origin="b.csv")
    one.record(harvest({"item": "무"}, {"item": "대파"}), origin="c.csv")
    assert sorted(one.observations()["item"].to_list()) == ["대파", "무", "배추"]


def test_files_are_compacted_in_the_store(
    tmp_path: Path, bucket: tuple[str, str], harvest: Made
) -> None:
    history = History.of(settings(tmp_path, bucket))
    for price in (5000, 4000, 3000):
        history.record(harvest({"price": price}), origin=f"{price}")
    assert history.compact()["after"] == 1
    assert history.observations()["price"].to_list() == [3000]


def test_a_store_that_does_not_answer_is_told_in_one_sentence(tmp_path: Path) -> None:
    history = History.of(settings(tmp_path, ("http://127.0.0.1:9", "nowhere")))
    with pytest.raises(StorageError, match="tables_url"):
        history.is_empty()


def test_an_address_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="s3://"):
        History.of(Settings(home=tmp_path, tables_url="ftp://somewhere/prices"))

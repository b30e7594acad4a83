"""The real server: several workers, no question in its output, a port that is taken."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from altteul.errors import InputError
from altteul.settings import Settings
from altteul.web.serve import serve

SERVE = (
    "import sys; from pathlib import Path; from altteul.settings import load_settings; "
    "from altteul.web.serve import serve; "
    "serve(load_settings(Path(sys.argv[1])), port=int(sys.argv[2]), workers=2)"
)


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        yield holder.getsockname()[1]


def test_a_port_that_is_taken_is_one_korean_sentence(tiny_home: Path, taken_port: int) -> None:
    with pytest.raises(InputError, match="--port로 다른 번호"):
        serve(Settings(home=tiny_home), port=taken_port)


def test_a_host_that_does_not_exist_is_one_korean_sentence(tiny_home: Path) -> None:
    with pytest.raises(InputError, match="화면을 열 수 없습니다"):
        serve(Settings(home=tiny_home), host="203.0.113.7")


@pytest.mark.slow
def test_workers_answer_and_write_no_question(tiny_home: Path, tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    output = tmp_path / "output"
    with output.open("wb") as file:
        command = [sys.executable, "-c", SERVE, str(tiny_home), str(port)]
        process = subprocess.Popen(command, stdout=file, stderr=subprocess.STDOUT)
    try:
        answer = patient_get(f"http://127.0.0.1:{port}/plan?need=배추 2포기&near=연습구")
        lost = httpx.get(f"http://127.0.0.1:{port}/비밀?need=배추")
    finally:
        process.terminate()
        process.wait(20)
    assert answer.status_code == 200
    assert lost.status_code == 404
    written = output.read_text(encoding="utf-8")
    assert f"http://127.0.0.1:{port}/" in written
    assert not any(word in written for word in ("배추", "%EB", "need", "비밀"))


def patient_get(address: str) -> httpx.Response:
    for _ in range(150):
        try:
            return httpx.get(address, timeout=30)
        except httpx.ConnectError:
            time.sleep(0.2)
    raise AssertionError("the server did not start")

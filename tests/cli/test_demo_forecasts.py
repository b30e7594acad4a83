"""`altteul demo` computes forecasts beside the page, and never longer than the page lives."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from altteul.demo import build_demo

COMMAND = [sys.executable, "-c", "from altteul.cli.main import run; run()"]
CHILDREN = Path("/proc/self/task")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHILDREN.exists(), reason="looks at processes through /proc"),
]


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    return port


def children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in listed.read_text().split()]


def alive(pid: int) -> bool:
    state = Path(f"/proc/{pid}/stat")
    return state.exists() and state.read_text().rpartition(")")[2].split()[0] != "Z"


def until(happens: Callable[[], object], seconds: float = 40.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if happens():
            return True
        time.sleep(0.2)
    return False


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGKILL])
def test_the_forecasts_end_with_the_page(tmp_path: Path, ending: signal.Signals) -> None:
    build_demo(tmp_path)
    command = [*COMMAND, "--home", str(tmp_path), "demo", "--port", str(free_port())]
    page = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        assert until(lambda: children(page.pid))
        [nightly] = children(page.pid)
        assert until(lambda: os.getpriority(os.PRIO_PROCESS, nightly) == 19)
        page.send_signal(ending)
        page.wait(20)
        assert until(lambda: not alive(nightly))
    finally:
        page.kill()


def test_without_forecasts_nothing_runs_beside(tmp_path: Path) -> None:
    build_demo(tmp_path)
    options = ["demo", "--no-forecasts", "--port", str(free_port())]
    page = subprocess.Popen(
        [*COMMAND, "--home", str(tmp_path), *options],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    try:
        assert page.stdout is not None
        said = [page.stdout.readline() for _ in range(2)]
        assert "주소를 여세요" in said[1]
        assert children(page.pid) == []
    finally:
        page.kill()

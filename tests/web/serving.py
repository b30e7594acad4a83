"""A real server of the page in a thread, for browsers."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import uvicorn

from altteul.settings import Settings
from altteul.web.app import create_app
from altteul.web.limits import RateLimit


@contextmanager
def serving(home: Path, **settings: str) -> Iterator[str]:
    """The address of the page on a data folder, with some settings changed."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    app = create_app(Settings(home=home, **settings), limit=RateLimit(0))
    server = uvicorn.Server(uvicorn.Config(app, port=port, access_log=False, log_level="error"))
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)

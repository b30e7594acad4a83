"""A feed on this machine that answers over real HTTP as told, and settings that point at it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from altteul.catalog import Catalog, load_catalog
from altteul.settings import Settings
from altteul.sources.transport import Transport

REPLIES = Path(__file__).parent / "replies"
SECRET = "s3cret-KEY/with+signs=="


@dataclass(frozen=True)
class Answer:
    """What the feed says: status, text, headers, seconds before it, or a connection cut short."""

    body: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    cut: bool = False


@dataclass
class Asked:
    path: str
    query: dict[str, str]
    headers: dict[str, str]


class Feed:
    """A local feed; `answer` decides by request, `asked` remembers every request."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.script: list[Answer] = []
        self.answer: Callable[[Asked], Answer] = self._next
        feed = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                feed.serve(self)

            def log_message(self, *_: object) -> None:
                """Stay quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def say(self, *answers: Answer | str) -> None:
        """Give these answers in order; the last one again and again."""
        self.script = [a if isinstance(a, Answer) else Answer(a) for a in answers]

    def _next(self, _: Asked) -> Answer:
        return self.script.pop(0) if len(self.script) > 1 else self.script[0]

    def serve(self, handler: BaseHTTPRequestHandler) -> None:
        parts = urlsplit(handler.path)
        query = {k: v[0] for k, v in parse_qs(parts.query, keep_blank_values=True).items()}
        asked = Asked(unquote(parts.path), query, dict(handler.headers))
        self.asked.append(asked)
        answer = self.answer(asked)
        time.sleep(answer.delay)
        body = answer.body.encode()
        try:
            handler.send_response(answer.status)
            for name, value in answer.headers.items():
                handler.send_header(name, value)
            handler.send_header("Content-Length", str(len(body) + (100 if answer.cut else 0)))
            handler.end_headers()
            handler.wfile.write(body)
            if answer.cut:
                handler.connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


@pytest.fixture
def feed() -> Iterator[Feed]:
    found = Feed()
    yield found
    found.server.shutdown()
    found.server.server_close()


@pytest.fixture
def settings(tmp_path: Path, feed: Feed) -> Settings:
    return Settings(
        home=tmp_path / "home",
        kamis_cert_key=SECRET,
        kamis_cert_id="someone",
        data_go_kr_key=SECRET,
        seoul_key=SECRET,
        kamis_url=f"{feed.url}/service/price/xml.do",
        data_go_kr_url=feed.url,
        data_go_kr_standard_url=f"{feed.url}/openapi",
        seoul_url=feed.url,
        connect_seconds=2,
        read_seconds=0.4,
    )


@pytest.fixture
def waits() -> list[float]:
    """The seconds that the transport would have slept."""
    return []


@pytest.fixture
def transport(settings: Settings, waits: list[float]) -> Iterator[Transport]:
    with Transport(settings, pause_seconds=0.125, sleep=waits.append) as found:
        yield found


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return load_catalog()


def reply(name: str) -> str:
    return (REPLIES / name).read_text(encoding="utf-8")


@pytest.fixture
def saved() -> Callable[[str], str]:
    """The text of a saved reply by its name."""
    return reply


@pytest.fixture
def answer() -> type[Answer]:
    """How a test writes an answer of the feed."""
    return Answer


@pytest.fixture
def replies() -> Path:
    """The folder of saved replies."""
    return REPLIES

"""A real OpenAI-compatible HTTP server on this machine that answers by script."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Script = Callable[[dict[str, Any]], bytes | int | str | None]
"""Question → body of the reply; a number is an HTTP status; None is silence, "drip" a reply whose
first line comes letter by letter."""

SILENT_SECONDS = 3.0


class Served:
    """The server's address and the questions that it was asked."""

    def __init__(self, script: Script) -> None:
        self.questions: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        served = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                question = json.loads(body) | {"path": self.path}
                served.questions.append(question)
                served.headers.append(dict(self.headers))
                answer(self, script(question))

            def log_message(self, *_: Any) -> None:
                """Nothing on the screen."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/v1"


def drip(to: BaseHTTPRequestHandler) -> None:
    try:
        for letter in b"HTTP/1.1 200 OK and so on and so on":
            to.wfile.write(bytes([letter]))
            to.wfile.flush()
            time.sleep(0.1)
    except OSError:
        """The one who asked has gone."""


def answer(to: BaseHTTPRequestHandler, reply: bytes | int | str | None) -> None:
    if isinstance(reply, str):
        drip(to)
        return
    if reply is None:
        time.sleep(SILENT_SECONDS)
        return
    status, body = (reply, b"{}") if isinstance(reply, int) else (200, reply)
    to.send_response(status)
    to.send_header("Content-Type", "application/json")
    to.send_header("Content-Length", str(len(body)))
    to.end_headers()
    to.wfile.write(body)


def says(text: str) -> bytes:
    """A reply in words."""
    return _message({"role": "assistant", "content": text})


def calls(name: str, arguments: Any) -> bytes:
    """A reply that calls a tool; arguments that are a text are sent as they are."""
    text = arguments if isinstance(arguments, str) else json.dumps(arguments, ensure_ascii=False)
    call = {"id": "1", "type": "function", "function": {"name": name, "arguments": text}}
    return _message({"role": "assistant", "content": None, "tool_calls": [call]})


def _message(message: dict[str, Any]) -> bytes:
    return json.dumps({"choices": [{"index": 0, "message": message}]}).encode()


@contextmanager
def scripted(script: Script) -> Iterator[Served]:
    served = Served(script)
    thread = threading.Thread(target=served.server.serve_forever, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        served.server.shutdown()
        served.server.server_close()

"""An OpenAI-compatible chat endpoint: one question, one reply, and a hard limit on time and size.

The protocol is `POST {url}/chat/completions` as vLLM, Ollama and others serve it. No retries: the
grammar's answer is there already, so whatever goes wrong ends at once in ModelFailedError.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from queue import Empty, Queue
from threading import Thread
from typing import Any

from pydantic import SecretStr

from altteul.settings import Settings

LARGEST_REPLY_BYTES = 256 * 1024


class ModelFailedError(Exception):
    """The model gave nothing that can be used; never shown to a person, only why in English."""


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A tool the model asked for, with its arguments as a JSON text."""

    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What the model said, or the tools it called."""

    text: str
    tool_calls: tuple[ToolCall, ...]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the model is served. `seconds` is for the whole reply, `most_tokens` caps its cost."""

    url: str
    name: str
    key: SecretStr | None
    seconds: float
    most_tokens: int

    @classmethod
    def of(cls, settings: Settings) -> Endpoint | None:
        """The endpoint of the settings; None where none is set: then no model is used."""
        if not settings.model_url or not settings.model_name:
            return None
        return cls(
            url=settings.model_url.rstrip("/"),
            name=settings.model_name,
            key=settings.model_key,
            seconds=settings.model_seconds,
            most_tokens=settings.model_most_tokens,
        )

    def ask(
        self,
        messages: Sequence[Mapping[str, str]],
        *,
        tool: Mapping[str, Any] | None = None,
    ) -> Reply:
        """Ask once; `tool` (an OpenAI function) is then the only allowed answer.

        Raises ModelFailedError for silence, slowness, an HTTP error, or a reply of another shape.
        """
        question: dict[str, Any] = {
            "model": self.name,
            "messages": list(messages),
            "max_tokens": self.most_tokens,
            "temperature": 0,
            "stream": False,
        }
        if tool:
            question["tools"] = [{"type": "function", "function": tool}]
            question["tool_choice"] = {"type": "function", "function": {"name": tool["name"]}}
        return _read(_within(self.seconds, lambda: self._post(question)))

    def _post(self, question: Mapping[str, Any]) -> bytes:
        # Only who set a model needs the client; it takes a quarter of a second to load.
        import httpx

        deadline = time.monotonic() + self.seconds
        headers = {"Authorization": f"Bearer {self.key.get_secret_value()}"} if self.key else {}
        parts: list[bytes] = []
        try:
            with (
                httpx.Client(timeout=self.seconds, follow_redirects=False) as client,
                client.stream(
                    "POST", f"{self.url}/chat/completions", json=question, headers=headers
                ) as response,
            ):
                if response.status_code != httpx.codes.OK:
                    raise ModelFailedError(f"HTTP {response.status_code}")
                for part in response.iter_bytes():
                    parts.append(part)
                    if time.monotonic() > deadline:
                        raise ModelFailedError("too slow")
                    if sum(map(len, parts)) > LARGEST_REPLY_BYTES:
                        raise ModelFailedError("too long")
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise ModelFailedError(type(error).__name__) from None
        return b"".join(parts)


def _within(seconds: float, work: Callable[[], bytes]) -> bytes:
    """What the work gives within the time. A reply may trickle in, each byte within its time-out;
    whoever waits must not wait for it, so it is left behind in a thread of its own."""
    done: Queue[bytes | ModelFailedError] = Queue()

    def run() -> None:
        try:
            done.put(work())
        except ModelFailedError as error:
            done.put(error)
        except ValueError as error:  # a key or an address that no header or socket can carry
            done.put(ModelFailedError(type(error).__name__))

    Thread(target=run, daemon=True).start()
    try:
        result = done.get(timeout=seconds)
    except Empty:
        raise ModelFailedError("too slow") from None
    if isinstance(result, ModelFailedError):
        raise result
    return result


def _read(reply: bytes) -> Reply:
    try:
        message = json.loads(reply)["choices"][0]["message"]
        calls = tuple(
            ToolCall(str(call["function"]["name"]), str(call["function"]["arguments"]))
            for call in message.get("tool_calls") or ()
        )
        return Reply(text=str(message.get("content") or ""), tool_calls=calls)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise ModelFailedError("a reply of another shape") from None

"""HTTP to the feeds: polite, patient, and silent about keys.

Facts (2026): KAMIS answers 406 without browser-like headers and its TLS needs SECLEVEL=1;
certificates are still verified, and http:// is tried rather than switching verification off.
The data.go.kr gateway limits requests per second (429).
"""

from __future__ import annotations

import logging
import ssl
import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Self

from altteul.settings import Settings
from altteul.sources.trouble import FeedError, Trouble

# Every command reads the sources' descriptions, only fetching needs a client: httpx and tenacity
# are loaded when one is made (httpx alone takes 0.3 s where Rich is installed).
if TYPE_CHECKING:
    import httpx
    from tenacity import RetryCallState

BROWSER_HEADERS = {
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/130.0 Safari/537.36 altteul",
    "Accept": "application/json,application/xml;q=0.9,text/html;q=0.8,*/*;q=0.5",
    "Accept-Language": "ko-KR,ko;q=0.9,en;q=0.5",
}
ATTEMPTS = 4
LONGEST_WAIT_SECONDS = 30.0
PAUSE_SECONDS = 0.2
LARGEST_REPLY_BYTES = 64 * 2**20
SLOW_FACTOR = 4
"""A reply that trickles in may take this many read time-outs altogether."""

TROUBLE_OF_STATUS = {
    401: Trouble.KEY,
    403: Trouble.KEY,
    404: Trouble.CHANGED,
    406: Trouble.BLOCKED,
    429: Trouble.LIMITED,
}


class _NoAddresses(logging.Filter):
    """httpx logs every full address, and addresses hold keys."""

    def filter(self, record: logging.LogRecord) -> bool:
        return record.levelno >= logging.WARNING


logging.getLogger("httpx").addFilter(_NoAddresses())


class _PassingError(Exception):
    """A failure that may pass; `wait_seconds` is what the feed itself asked for."""

    def __init__(self, error: FeedError, wait_seconds: float | None = None) -> None:
        self.error = error
        self.wait_seconds = wait_seconds
        super().__init__(str(error))


class Transport:
    """A client for all feeds; use it as a context manager.

    `sleep` and `pause_seconds` are there so that tests need not wait.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        pause_seconds: float = PAUSE_SECONDS,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        import httpx

        self._timeout = httpx.Timeout(settings.read_seconds, connect=settings.connect_seconds)
        self._sleep = sleep
        self._pause_seconds = pause_seconds
        self._patience_seconds = settings.read_seconds * SLOW_FACTOR
        self._clients: dict[bool, httpx.Client] = {}
        self._plain_hosts: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        for client in self._clients.values():
            client.close()

    def _client(self, old_server: bool) -> httpx.Client:
        """The client for old or other servers; made when first needed (loading roots is slow)."""
        import httpx

        if old_server not in self._clients:
            verify = old_tls() if old_server else ssl.create_default_context()
            self._clients[old_server] = httpx.Client(
                headers=BROWSER_HEADERS, timeout=self._timeout, verify=verify
            )
        return self._clients[old_server]

    def get(
        self,
        title: str,
        url: str,
        params: Mapping[str, str] | None = None,
        *,
        old_server: bool = False,
    ) -> str:
        """The text of a reply with status 200; `title` names the feed in errors.

        Retries what may pass (429, 5xx, time-outs, broken connections), honours Retry-After, and
        pauses after each call. `old_server`: short TLS keys are accepted, and http:// is used for
        the rest of the session where TLS fails altogether; for others TLS never gives way, since
        the address holds a key. Raises FeedError.
        """
        import httpx
        from tenacity import Retrying, retry_if_exception_type, stop_after_attempt

        retrying = Retrying(
            retry=retry_if_exception_type(_PassingError),
            stop=stop_after_attempt(ATTEMPTS),
            wait=_wait,
            sleep=self._sleep,
            reraise=True,
        )
        address = httpx.URL(url).copy_merge_params(params or {})
        try:
            return retrying(self._once, title, address, old_server)
        except _PassingError as failure:
            raise failure.error from None

    def _once(self, title: str, address: httpx.URL, old_server: bool) -> str:
        import httpx

        try:
            text = self._ask(title, self._client(old_server), self._plain(address))
        except httpx.ConnectError as error:
            if _is_tls(error) and old_server:
                self._plain_hosts.add(address.host)
                raise _PassingError(FeedError(title, Trouble.DOWN), wait_seconds=0) from None
            raise _PassingError(FeedError(title, Trouble.DOWN)) from None
        except httpx.ConnectTimeout:
            raise _PassingError(FeedError(title, Trouble.DOWN, "연결 시간 초과")) from None
        except httpx.TimeoutException:
            raise _PassingError(FeedError(title, Trouble.SLOW)) from None
        except (httpx.TransportError, httpx.DecodingError):
            raise _PassingError(FeedError(title, Trouble.DOWN, "연결이 끊김")) from None
        self._sleep(self._pause_seconds)
        return text

    def _plain(self, address: httpx.URL) -> httpx.URL:
        plain = address.scheme == "https" and address.host in self._plain_hosts
        return address.copy_with(scheme="http") if plain else address

    def _ask(self, title: str, client: httpx.Client, address: httpx.URL) -> str:
        deadline = time.monotonic() + self._patience_seconds
        with client.stream("GET", address) as reply:
            _check_status(title, reply)
            body = bytearray()
            for chunk in reply.iter_bytes():
                body += chunk
                if time.monotonic() > deadline:
                    raise _PassingError(FeedError(title, Trouble.SLOW))
                if len(body) > LARGEST_REPLY_BYTES:
                    raise FeedError(title, Trouble.CHANGED, "응답이 너무 큼")
        return _text(title, bytes(body))


def old_tls() -> ssl.SSLContext:
    """Verified TLS that still accepts the short keys of old government servers."""
    context = ssl.create_default_context()
    context.set_ciphers("DEFAULT:@SECLEVEL=1")
    return context


def _is_tls(error: httpx.ConnectError) -> bool:
    return any(word in str(error) for word in ("SSL", "TLS", "CERTIFICATE"))


def _check_status(title: str, reply: httpx.Response) -> None:
    status = reply.status_code
    if status == 200:
        return
    if status == 429 or status >= 500:
        trouble = Trouble.LIMITED if status == 429 else Trouble.DOWN
        raise _PassingError(FeedError(title, trouble, f"HTTP {status}"), _retry_after(reply))
    trouble = TROUBLE_OF_STATUS.get(status, Trouble.CHANGED)
    raise FeedError(title, trouble, f"HTTP {status}")


def _retry_after(reply: httpx.Response) -> float | None:
    value = reply.headers.get("Retry-After", "")
    return float(value) if value.isdigit() else None


def _wait(state: RetryCallState) -> float:
    """Seconds before the next try: what the feed asked for, else 1, 2, 4 … with jitter."""
    from tenacity.wait import wait_exponential_jitter

    failure = state.outcome.exception() if state.outcome else None
    if isinstance(failure, _PassingError) and failure.wait_seconds is not None:
        return min(failure.wait_seconds, LONGEST_WAIT_SECONDS)
    return wait_exponential_jitter(initial=1, max=LONGEST_WAIT_SECONDS)(state)


def _text(title: str, body: bytes) -> str:
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return body.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FeedError(title, Trouble.CHANGED, "글자를 읽을 수 없음")

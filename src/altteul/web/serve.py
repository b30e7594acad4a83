"""`altteul serve`: the application on uvicorn, without an access log."""

from __future__ import annotations

import os
import socket
import sys
import webbrowser
from threading import Timer

import uvicorn
from fastapi import FastAPI

from altteul.errors import InputError, reason_of
from altteul.settings import Settings, load_settings
from altteul.web.app import create_app
from altteul.web.limits import A_MINUTE, RateLimit

HOME = "ALTTEUL_HOME"
ROOT_PATH = "ALTTEUL_ROOT_PATH"
TRUSTED_PROXIES = "ALTTEUL_TRUSTED_PROXIES"
QUESTIONS_A_MINUTE = "ALTTEUL_QUESTIONS_A_MINUTE"
SECONDS_TO_START = 1.5
LARGEST_HEAD = 256 * 1024
"""Bytes of a request's head that are read, so that a query far too long is answered in Korean."""


def serve(
    settings: Settings,
    host: str = "127.0.0.1",
    port: int = 8000,
    workers: int = 1,
    open_browser: bool = False,
) -> None:
    """Serve the pages until interrupted.

    The list and the place stand in the address, so requests are not logged. With several workers
    each reads the settings of the same data folder and keeps its own answers. Behind a proxy
    ALTTEUL_ROOT_PATH ("/altteul") is the path it serves the page under, and ALTTEUL_TRUSTED_PROXIES
    ("10.0.0.2") are the addresses whose X-Forwarded-For is believed; without it nobody's is.
    ALTTEUL_QUESTIONS_A_MINUTE is how many one address may ask each worker (0: no limit).
    Raises InputError when the address cannot be used.
    """
    _check_free(host, port)
    os.environ[HOME] = str(settings.home)
    address = f"http://{host}:{port}/"
    sys.stdout.write(f"브라우저에서 {address} 주소를 여세요. 멈추려면 Ctrl+C를 누르세요.\n")
    sys.stdout.flush()
    if open_browser:
        Timer(SECONDS_TO_START, webbrowser.open, [address]).start()
    uvicorn.run(
        "altteul.web.serve:app_of_environment" if workers > 1 else _app(settings),
        factory=workers > 1,
        host=host,
        port=port,
        workers=workers,
        access_log=False,
        server_header=False,
        root_path=_root_path(),
        proxy_headers=TRUSTED_PROXIES in os.environ,
        forwarded_allow_ips=os.environ.get(TRUSTED_PROXIES),
        h11_max_incomplete_event_size=LARGEST_HEAD,
        log_level="warning",
    )


def app_of_environment() -> FastAPI:
    """The application for the data folder that ALTTEUL_HOME names (a worker's beginning)."""
    return _app(load_settings())


def _root_path() -> str:
    return os.environ.get(ROOT_PATH, "").rstrip("/")


def _app(settings: Settings) -> FastAPI:
    a_minute = os.environ.get(QUESTIONS_A_MINUTE, str(A_MINUTE))
    if not a_minute.isdecimal():
        raise InputError(f"{QUESTIONS_A_MINUTE}에는 0이나 그보다 큰 수를 적어 주세요.")
    return create_app(
        settings,
        root_path=_root_path(),
        limit=RateLimit(int(a_minute)),
    )


def _check_free(host: str, port: int) -> None:
    """uvicorn would tell a programmer; this tells a person."""
    try:
        family, kind, _, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(where)
    except OSError as error:
        raise InputError(
            f"{host}:{port}에서 화면을 열 수 없습니다({reason_of(error)}). "
            "이미 열려 있는지 보고, 아니면 --port로 다른 번호를 주세요."
        ) from None

"""`altteul serve`: the application on uvicorn, without an access log."""

from __future__ import annotations

import os
import webbrowser
from threading import Timer

import uvicorn
from fastapi import FastAPI

from altteul.settings import Settings, load_settings
from altteul.web.app import create_app

HOME = "ALTTEUL_HOME"
SECONDS_TO_START = 1.5


def serve(
    settings: Settings,
    host: str = "127.0.0.1",
    port: int = 8000,
    workers: int = 1,
    open_browser: bool = False,
) -> None:
    """Serve the pages until interrupted; the address is printed by uvicorn's own start message.

    The list and the place stand in the address, so requests are not logged. With several workers
    each reads the settings of the same data folder and keeps its own answers.
    """
    os.environ[HOME] = str(settings.home)
    if open_browser:
        Timer(SECONDS_TO_START, webbrowser.open, [f"http://{host}:{port}/"]).start()
    uvicorn.run(
        "altteul.web.serve:app_of_environment" if workers > 1 else create_app(settings),
        factory=workers > 1,
        host=host,
        port=port,
        workers=workers,
        access_log=False,
        server_header=False,
        log_level="info",
    )


def app_of_environment() -> FastAPI:
    """The application for the data folder that ALTTEUL_HOME names (a worker's beginning)."""
    return create_app(load_settings())

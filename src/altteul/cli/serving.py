"""`altteul serve` and `altteul demo`: the page in the browser."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from subprocess import DEVNULL, Popen
from typing import Annotated

import typer

from altteul.settings import Settings, load_settings

DEMO_FOLDER = "altteul-demo"
LOWEST_PRIORITY = 19
SECONDS_BETWEEN_LOOKS = 1.0

Host = Annotated[str, typer.Option(help="기다릴 주소")]
Port = Annotated[int, typer.Option(help="기다릴 포트", min=0, max=65535)]
Workers = Annotated[int, typer.Option(help="일꾼 프로세스 수", min=1, max=64)]


def serve(
    context: typer.Context, host: Host = "127.0.0.1", port: Port = 8000, workers: Workers = 1
) -> None:
    """브라우저에서 쓰는 화면을 엽니다."""
    _serve(load_settings(context.obj), host, port, workers)


def demo(
    context: typer.Context,
    host: Host = "127.0.0.1",
    port: Port = 8000,
    build_only: Annotated[
        bool, typer.Option("--build-only", help="연습용 자료만 만들고 끝냅니다")
    ] = False,
    forecasts: Annotated[
        bool, typer.Option(help="화면을 여는 동안 뒤에서 앞날의 값도 셈합니다 (몇 분)")
    ] = True,
) -> None:
    """연습용(가상) 장터를 만들고 화면을 엽니다. 진짜 가격이 아닙니다."""
    from platformdirs import user_data_path

    from altteul.cli.output import say, watched
    from altteul.demo import build_demo

    home: Path = context.obj or user_data_path(DEMO_FOLDER)
    with watched("연습용(가상) 장터를 만드는 중") as tell:
        build_demo(home, progress=lambda done, total: tell(f"{done}/{total}", done / total))
    say(f"연습용(가상) 장터가 {home}에 있습니다. 여기 나오는 가격은 모두 지어낸 것입니다.")
    if build_only:
        return
    with _forecasting(home) if forecasts else nullcontext():
        _serve(load_settings(home), host, port, workers=1)


@contextmanager
def _forecasting(home: Path) -> Iterator[None]:
    """The nightly forecasts, computed at the lowest priority while the page is open.

    They take minutes on a fresh folder, so nobody waits for them: the page tells them once they are
    kept, and a stop half-way leaves nothing but what can be computed again.
    """
    from altteul.cli.output import say

    say("앞날의 값은 뒤에서 셈합니다. 몇 분 뒤부터 품목 화면에 나옵니다.")
    command = [sys.executable, "-c", _BESIDE, "--home", str(home), "forecast", "--all"]
    nightly = Popen(command, stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL)
    try:
        yield
    finally:
        nightly.terminate()
        nightly.wait()


_BESIDE = "from altteul.cli.serving import run_beside_the_page; run_beside_the_page()"


def run_beside_the_page() -> None:
    """Run the command line of this process at the lowest priority, and no longer than its parent
    lives, however that ends."""
    import os
    from threading import Thread

    from altteul.cli.main import run

    page = os.getppid()

    def watch() -> None:
        while os.getppid() == page:
            time.sleep(SECONDS_BETWEEN_LOOKS)
        os._exit(0)

    getattr(os, "nice", int)(LOWEST_PRIORITY)
    Thread(target=watch, daemon=True).start()
    run()


def _serve(settings: Settings, host: str, port: int, workers: int) -> None:
    from altteul.web.serve import serve as serve_page

    serve_page(settings, host=host, port=port, workers=workers)

"""`altteul serve` and `altteul demo`: the page in the browser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from altteul.settings import Settings, load_settings

DEMO_FOLDER = "altteul-demo"

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
) -> None:
    """연습용(가상) 장터를 만들고 화면을 엽니다. 진짜 가격이 아닙니다."""
    from platformdirs import user_data_path

    from altteul.cli.output import say, watched
    from altteul.demo import build_demo

    home: Path = context.obj or user_data_path(DEMO_FOLDER)
    with watched("연습용(가상) 장터를 만드는 중") as tell:
        build_demo(home, progress=lambda done, total: tell(f"{done}/{total}", done / total))
    say(f"연습용(가상) 장터가 {home}에 있습니다. 여기 나오는 가격은 모두 지어낸 것입니다.")
    if not build_only:
        _serve(load_settings(home), host, port, workers=1)


def _serve(settings: Settings, host: str, port: int, workers: int) -> None:
    from altteul.web.serve import serve as serve_page

    serve_page(settings, host=host, port=port, workers=workers)

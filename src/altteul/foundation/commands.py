"""`altteul foundation predict | train | card | evaluate`: the model from the command line."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from altteul.errors import AltteulError, FileError
from altteul.foundation.display import share, steps, table
from altteul.foundation.series_file import read_values

if TYPE_CHECKING:
    from altteul.foundation.evaluation.datasets import SeriesSet
    from altteul.foundation.evaluation.report import Line

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="알뜰의 예측 기반 모델: 어떤 시계열이든 따로 학습하지 않고 예측합니다.",
)


class Size(StrEnum):
    """Which model: S for processors, M for a GPU."""

    s = "s"
    m = "m"


AsJson = Annotated[bool, typer.Option("--json", help="표 대신 JSON으로")]
ModelFile = Annotated[Path | None, typer.Option("--model", help="다른 모델 파일 (.onnx)")]
Thorough = Annotated[bool, typer.Option(help="시계열 안에서 되짚어 보고 더 정확하게 (느림)")]


@app.command()
def predict(
    file: Annotated[
        Path, typer.Argument(metavar="파일", help="한 줄에 수 하나, 또는 CSV ('-'는 표준 입력)")
    ],
    horizon: Annotated[int, typer.Option(help="몇 단계 앞까지")] = 28,
    freq: Annotated[str | None, typer.Option(help="daily, hourly, monthly …")] = None,
    season: Annotated[int | None, typer.Option(help="계절 길이 (단계 수)")] = None,
    column: Annotated[str | None, typer.Option(help="CSV에서 읽을 열")] = None,
    thorough: Thorough = True,
    model: ModelFile = None,
    as_json: AsJson = False,
) -> None:
    """파일의 시계열을 이어서 예측합니다: 가운데값과 80% 범위 (추정)."""
    from altteul.foundation.model import load_model

    values = read_values(file, column)
    loaded = load_model(model)
    made = loaded.predict([values], horizon, freq=freq, season=season, thorough=thorough)
    low, high = made.interval(0.8)
    columns = zip(low[0].tolist(), made.median[0].tolist(), high[0].tolist(), strict=True)
    rows = [[step, *values_at] for step, values_at in enumerate(columns, start=1)]
    if as_json:
        keys = ("step", "low", "median", "high")
        typer.echo(json.dumps([dict(zip(keys, row, strict=True)) for row in rows]))
        return
    table("예측 (추정)", ["단계", "낮게(10%)", "가운데", "높게(90%)"], rows)


@app.command()
def card(model: ModelFile = None, as_json: AsJson = False) -> None:
    """모델이 무엇으로 어떻게 만들어졌는지: 크기, 학습량, 검증 성적, 해시."""
    from altteul.foundation.model import load_model

    facts = load_model(model).card
    if as_json:
        typer.echo(json.dumps(facts, ensure_ascii=False))
        return
    table("모델 카드", ["항목", "값"], [[key, str(value)] for key, value in facts.items()])


@app.command()
def evaluate(
    folder: Annotated[Path | None, typer.Argument(metavar="폴더", help="평가 묶음")] = None,
    published: Annotated[Path | None, typer.Option(help="발표된 성적(CSV) 폴더")] = None,
    peers: Annotated[bool, typer.Option(help="Theta, ETS와 나란히")] = False,
    thorough: Thorough = True,
    term: Annotated[str | None, typer.Option(help="GIFT-Eval 구간: short, medium, long")] = None,
    hub: Annotated[list[str] | None, typer.Option(help="공개 묶음 이름 (인터넷 필요)")] = None,
    model: ModelFile = None,
    as_json: AsJson = False,
) -> None:
    """시계열 묶음으로 모델을 잽니다: 상대 MASE·WQL, 범위 적중률, 발표된 모델 사이의 순위."""
    groups = _groups(folder, hub or [])
    result = _evaluated(groups, model, thorough, term, published, peers)
    if as_json:
        typer.echo(json.dumps(result, ensure_ascii=False, allow_nan=False))
    else:
        _show_evaluation(result)


@app.command()
def train(  # noqa: PLR0913 - each is an option of the command
    run: Annotated[Path, typer.Argument(metavar="폴더", help="기록과 중간 저장이 놓일 곳")],
    size: Annotated[Size, typer.Option(help="s: 프로세서용, m: GPU용")] = Size.s,
    real: Annotated[Path | None, typer.Option(help="학습이 허락된 실제 시계열 폴더")] = None,
    start: Annotated[Path | None, typer.Option(help="이어 갈 가중치 (.onnx, .safetensors)")] = None,
    minutes: Annotated[float, typer.Option(help="학습 시간 (분)", min=0.0)] = 60.0,
    batches: Annotated[int | None, typer.Option(help="시간 대신 정해진 묶음 수만큼", min=1)] = None,
    batch: Annotated[int, typer.Option(help="한 묶음의 표본 수", min=1)] = 512,
    rate: Annotated[float, typer.Option(help="학습률의 꼭대기")] = 2e-3,
    seed: Annotated[int, typer.Option(help="난수 씨앗")] = 20261122,
    device: Annotated[str, typer.Option(help="cpu, cuda")] = "cpu",
    makers: Annotated[int, typer.Option(help="표본을 미리 만들 프로세스 수", min=0)] = 0,
    workers: Annotated[int, typer.Option(help="Ray로 함께 학습할 작업자 수", min=1)] = 1,
    cluster: Annotated[str | None, typer.Option(help="Ray 클러스터 주소")] = None,
    threads: Annotated[int, typer.Option(help="학습에 쓸 스레드 수", min=1)] = 1,
) -> None:
    """모델을 학습합니다. 끊기면 같은 명령으로 이어서 합니다 (altteul[train] 필요)."""
    _require_torch(threads)
    from altteul.foundation.training import release
    from altteul.foundation.training.cluster import Cluster
    from altteul.foundation.training.cluster import train as train_together
    from altteul.foundation.training.run import Plan
    from altteul.foundation.training.run import train as train_alone
    from altteul.foundation.training.settings import Settings

    big = size is Size.m
    settings = Settings(
        seed=seed,
        batch=batch,
        batches=batches,
        minutes=minutes,
        rate=rate,
        device=device,
        compact=big,
    )
    plan = Plan(run, size.value, real, start, makers, settings)
    if workers > 1 or cluster is not None:
        model = train_together(plan, Cluster(workers, cluster, device.startswith("cuda")))
    else:
        with share("학습") as report:
            model = train_alone(plan, report)
    facts = {"seed": seed, "minutes": minutes, "batches": batches, "workers": workers}
    path = release.release(model, run, real, run / "release", facts)
    typer.echo(f"모델을 저장했습니다: {path}")


def _require_torch(threads: int) -> None:
    try:
        import torch
    except ImportError as error:
        raise AltteulError(
            "학습에는 PyTorch가 필요합니다. pip install 'altteul[train]'으로 설치해 주세요."
        ) from error
    torch.set_num_threads(threads)


def _groups(folder: Path | None, names: list[str]) -> list[SeriesSet]:
    from platformdirs import user_cache_path

    from altteul.foundation.evaluation.datasets import load_folder
    from altteul.foundation.evaluation.hub import fetch

    groups = load_folder(folder) if folder is not None else []
    cache = user_cache_path("altteul") / "series"
    groups += [fetch(name, cache) for name in names]
    if not groups:
        raise FileError("평가할 것이 없습니다. 폴더를 주거나 --hub 이름을 주세요.")
    return groups


def _evaluated(
    groups: list[SeriesSet],
    path: Path | None,
    thorough: bool,
    term: str | None,
    published: Path | None,
    with_peers: bool,
) -> dict[str, Any]:
    from altteul.foundation import manifest
    from altteul.foundation.evaluation import report
    from altteul.foundation.model import load_model
    from altteul.foundation.runtime import PACKAGED

    run = report.forecaster(load_model(path), thorough)
    with steps("평가", len(groups)) as advance:
        lines = report.evaluate(groups, run, advance, term)
    beside = _peers(groups, term) if with_peers else {}
    result = report.summary(lines, published, beside)
    if with_peers:
        result["peers"] = {name: _whole(made) for name, made in beside.items()}
    weights = path.parent if path is not None else PACKAGED
    result["trained_on"] = manifest.trained_on(groups, manifest.read(weights))
    return result


def _peers(groups: list[SeriesSet], term: str | None) -> dict[str, list[Line]]:
    from altteul.foundation.evaluation import report
    from altteul.foundation.evaluation.peers import peers

    return {name: report.evaluate(groups, run, term=term) for name, run in peers().items()}


def _whole(lines: list[Line]) -> dict[str, float | None]:
    from altteul.foundation.evaluation import report

    made = report.summary(lines, None)
    return {key: made[key] for key in ("relative_mase", "relative_wql", "coverage")}


def _digits(value: float | None) -> str:
    """Four decimals; a dash where the measure is not defined."""
    return "–" if value is None else f"{value:.4f}"


def _show_evaluation(result: dict[str, Any]) -> None:
    keys = ("name", "series", "mase", "relative_mase", "wql", "relative_wql", "coverage")
    heads = ["묶음", "계열", "MASE", "상대 MASE", "WQL", "상대 WQL", "80% 적중"]
    rows = [[line[key] for key in keys] for line in result["sets"]]
    whole = ["모두 (기하평균)", "", "", result["relative_mase"], "", result["relative_wql"]]
    table("평가", heads, [*rows, [*whole, result["coverage"]]])
    for measure, place in result.get("places", {}).items():
        typer.echo(
            f"{measure.upper()}: 견준 모델까지 {place['models']}개 가운데 {place['rank']}위 "
            f"(묶음을 다시 뽑은 90% 구간 {place['best_rank']}~{place['worst_rank']}위), "
            f"상대값 {place['score']:.4f}"
        )
    for name, peer in result.get("peers", {}).items():
        typer.echo(
            f"{name}: 상대 MASE {_digits(peer['relative_mase'])}, "
            f"상대 WQL {_digits(peer['relative_wql'])}"
        )
    if result.get("places") == {}:
        typer.echo("발표된 성적과 겹치는 묶음이 없어 순위는 내지 않았습니다.")
    overlap = result["trained_on"]
    typer.echo(f"학습에 쓰인 계열: {', '.join(overlap) if overlap else '없음'}")

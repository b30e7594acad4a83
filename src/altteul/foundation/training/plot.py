"""The metrics of a run as a picture (SVG, no further library)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

WIDTH, HEIGHT, MARGIN = 640, 320, 48
COLOURS = {"loss": "#888888", "pinball": "#d1495b", "mae": "#00798c"}


def draw(lines: Iterable[dict[str, Any]], path: Path) -> None:
    """Training loss, and validation pinball loss and median error over seasonal naive, by sample.

    Each curve has its own vertical range, written beside its name.
    """
    rows = list(lines)
    samples = [float(row["samples"]) for row in rows]
    curves = {
        "loss": [float(row["loss"]) for row in rows],
        "pinball": [float(row["validation"]["pinball"]) for row in rows],
        "mae": [float(row["validation"]["mae"]) for row in rows],
    }
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
    ]
    for place, (name, values) in enumerate(curves.items()):
        parts += _curve(name, samples, values, place)
    last = f"{samples[-1] / 1e6:.2f}" if samples else "0"
    parts.append(
        f'<text x="{WIDTH - MARGIN}" y="{HEIGHT - 12}" text-anchor="end">{last} M samples</text>'
    )
    path.write_text("\n".join([*parts, "</svg>\n"]), "utf-8")


def _curve(name: str, samples: list[float], values: list[float], place: int) -> list[str]:
    if not values:
        return []
    low, high = min(values), max(values)
    span, reach = (high - low) or 1.0, samples[-1] or 1.0
    points = " ".join(
        f"{MARGIN + x / reach * (WIDTH - 2 * MARGIN):.1f},"
        f"{HEIGHT - MARGIN - (y - low) / span * (HEIGHT - 2 * MARGIN):.1f}"
        for x, y in zip(samples, values, strict=True)
    )
    colour = COLOURS[name]
    label = f"{name} {low:.4f} … {high:.4f}"
    return [
        f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="1.5"/>',
        f'<text x="{MARGIN + 190 * place}" y="24" fill="{colour}">{label}</text>',
    ]

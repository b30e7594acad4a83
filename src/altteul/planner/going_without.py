"""What it costs to come home without something: never less than getting it after all."""

from __future__ import annotations

from typing import Any

import numpy as np

from altteul.planner.exact.model import NOT_SOLD, Model, Won


def alone_won(travel: dict[str, Any], times: dict[str, Any]) -> Won:
    """Won of a trip to each visit alone, waiting included; shape (visits,)."""
    leg, place = travel["leg"], times["place"]
    arrives = travel["leaves"] + travel["minutes"][0, 1:][place]
    waits = np.maximum(0, times["opens"] - arrives)
    waited = (waits * travel["hour_won"] + 30) // 60
    alone: Won = leg[0, 1:][place] + travel["stop"][place] + leg[1:, 0][place] + waited
    return alone


def alone_of(model: Model) -> Won:
    """The same of a model."""
    travel = {name: getattr(model, name) for name in ("leg", "stop", "minutes", "leaves")}
    times = {"place": model.place, "opens": model.opens}
    return alone_won(travel | {"hour_won": model.hour_won}, times)


def uncovered_won(cost: Won, alone: Won) -> Won:
    """The price of coming home without a need, shape (needs,).

    The dearest way to buy it in reach and a separate trip to the nearest seller who has it: what it
    costs to get it after all, and never less than buying it at a stop that is made anyway.
    """
    sold = cost < NOT_SOLD
    dearest = np.where(sold, cost, 0).max(axis=(1, 2), initial=0)
    anywhere = sold[:, :, : len(alone)].any(axis=1)
    separate = np.where(anywhere, alone[None, :], NOT_SOLD).min(axis=1, initial=NOT_SOLD)
    uncovered: Won = dearest + np.where(separate < NOT_SOLD, separate, 0)
    return uncovered

"""From single trials to what a basket saves: means in won, and captured shares over draws."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from altteul.planner.savings.baskets import Basket
from altteul.planner.savings.results import (
    GOAL,
    BasketSavings,
    Captured,
    CapturedByWay,
    FamilyGoal,
    Trial,
)

Won = Mapping[str, NDArray[np.float64]]
"""Way of shopping → won of each trial, shape (trials,)."""

WAYS = ("oracle", "knowing_all", "plan", "plan_with_limits", "plan_replanned", "known_only",
        "random", "nearest", "cheapest")  # fmt: skip
FAMILY, HALF = "family", 0.5


def summary(basket: Basket, trials: Sequence[Trial], sold: Collection[str]) -> BasketSavings:
    """A basket's trials in one; `sold` are the items that anybody was surveyed for."""
    won = {way: np.array([getattr(t, way) for t in trials], dtype=np.float64) for way in WAYS}
    seeds = np.array([trial.seed for trial in trials])
    captured = {base: _by_way(won, seeds, base) for base in ("random", "nearest")}
    return BasketSavings(
        basket=basket.key,
        title=basket.title,
        source=basket.source,
        mode=basket.mode,
        trials=len(trials),
        needs_priced=round(float(np.mean([trial.needs for trial in trials])), 1),
        never_sold=tuple(need.item for need in basket.needs if need.item not in sold),
        **{way: round(float(each.mean())) for way, each in won.items()},
        captured=captured["random"],
        captured_against_nearest=captured["nearest"],
        captured_knowing_all=_share(won, "random", "knowing_all"),
        captured_of_random=_share(won, "random", "plan"),
        captured_of_random_with_limits=_share(won, "random", "plan_with_limits"),
        captured_of_random_replanned=_share(won, "random", "plan_replanned"),
        captured_of_random_known_only=_share(won, "random", "known_only"),
        captured_of_nearest=_share(won, "nearest", "plan"),
        captured_of_nearest_with_limits=_share(won, "nearest", "plan_with_limits"),
        captured_of_nearest_replanned=_share(won, "nearest", "plan_replanned"),
        one_shop_is_best=round(float(np.mean([t.one_shop_is_best for t in trials])), 4),
        dearer_than_nearest=round(float(np.mean(won["plan"] > won["nearest"])), 4),
        estimated_share=round(float(np.mean([t.estimated_share for t in trials])), 3),
    )


def family_goal(baskets: Sequence[BasketSavings], hide: float) -> FamilyGoal | None:
    """The family basket beside its goal; None where it was not measured with half hidden."""
    own = next((one.captured for one in baskets if one.basket == FAMILY), None)
    if own is None or hide != HALF:
        return None
    ways = {way: getattr(own, way) for way in ("as_written", "with_limits", "replanned")}
    return FamilyGoal(
        goal=GOAL, **ways, reached=tuple(way for way, found in ways.items() if found.mean >= GOAL)
    )


def _by_way(won: Won, seeds: NDArray[np.int64], against: str) -> CapturedByWay | None:
    if _share(won, against, "oracle") is None:
        return None
    return CapturedByWay(
        as_written=_captured(won, seeds, against, "plan"),
        with_limits=_captured(won, seeds, against, "plan_with_limits"),
        replanned=_captured(won, seeds, against, "plan_replanned"),
        without_estimates=_captured(won, seeds, against, "known_only"),
    )


def _captured(won: Won, seeds: NDArray[np.int64], against: str, way: str) -> Captured:
    """What a way keeps in each draw. Every draw is paid at the same places, so the oracle saves
    the same in each, and the mean of the draws is the share over all trials."""
    possible = (won[against] - won["oracle"]).sum() / len(np.unique(seeds))
    saved = won[against] - won[way]
    each = np.array([saved[seeds == seed].sum() / possible for seed in np.unique(seeds)])
    mean, half = float(each.mean()), _half_width(each)
    return Captured(
        mean=round(mean, 4),
        low=None if half is None else round(mean - half, 4),
        high=None if half is None else round(mean + half, 4),
        worst=round(float(each.min()), 4),
        by_seed=tuple(np.round(each, 4).tolist()),
    )


def _half_width(each: NDArray[np.float64]) -> float | None:
    """Half of the 95 % interval of a mean (Student 1908); None for a single value."""
    if len(each) < 2:
        return None
    from scipy.special import stdtrit

    return float(stdtrit(len(each) - 1, 0.975) * each.std(ddof=1) / np.sqrt(len(each)))


def _share(won: Won, against: str, way: str) -> float | None:
    possible = float((won[against] - won["oracle"]).sum())
    return round(float((won[against] - won[way]).sum()) / possible, 4) if possible > 0 else None

"""The unit of fetching: one step is asked, recorded and ticked off as a whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from altteul.sources.harvest import Harvest
from altteul.sources.transport import Transport


@dataclass(frozen=True, slots=True)
class Period:
    """The survey days that are wanted, both ends included.

    `latest_only`: the newest survey in the period is enough; the steps come newest first and
    fetching stops at the first one that has prices.
    """

    since: date
    until: date
    latest_only: bool = False


def has_prices(harvest: Harvest) -> bool:
    """Whether a step brought prices at all."""
    return not harvest.observations.is_empty()


@dataclass(frozen=True, slots=True)
class Step:
    """One piece of a source's work: what it is called, its last survey day, how to get it.

    `is_survey` tells whether the day was surveyed, so that looking back may end.
    """

    source: str
    title: str
    day: date
    run: Callable[[Transport], Harvest]
    is_survey: Callable[[Harvest], bool] = has_prices

    @property
    def key(self) -> str:
        """What the checkpoint remembers the step by."""
        return f"{self.source}/{self.title}"

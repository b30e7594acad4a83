"""Fetch public prices: step by step, resumable, and honest about what failed.

Each step is recorded before the next is asked for, so whatever breaks off loses nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from datetime import date, timedelta
from typing import Generic, Protocol, TypeVar

from pydantic import SecretStr

from altteul.calendar_date import today
from altteul.catalog import Catalog
from altteul.errors import InputError, SourceError
from altteul.korean.particles import fitted
from altteul.settings import Settings
from altteul.sources.adapters import source_module, source_modules
from altteul.sources.checkpoint import Checkpoint
from altteul.sources.description import SourceDescription
from altteul.sources.frames import settled
from altteul.sources.harvest import Harvest
from altteul.sources.steps import Period, Step
from altteul.sources.transport import Transport
from altteul.sources.trouble import FeedError, Trouble

PUBLIC_KEYS = ("sample", "test")
"""Keys that give a few rows to look at, no survey."""
LATE_DAYS = 7
"""A day without prices may still be filled in within this time, and is asked for again."""

Outcome_co = TypeVar("Outcome_co", covariant=True)
Outcome = TypeVar("Outcome")
Progress = Callable[[str, float], None]


class Recorder(Protocol[Outcome_co]):
    """What takes a harvest in, e.g. `History.record`; must be idempotent."""

    def __call__(self, harvest: Harvest, *, origin: str) -> Outcome_co: ...


class FetchError(SourceError, Generic[Outcome]):
    """Some source failed; `outcomes` is what was recorded all the same."""

    def __init__(
        self, errors: Sequence[SourceError], outcomes: Sequence[tuple[str, Outcome]]
    ) -> None:
        self.errors = tuple(errors)
        self.outcomes = tuple(outcomes)
        kept = f" 그 밖에 받은 {len(outcomes)}묶음은 저장했습니다." if outcomes else ""
        super().__init__(" ".join(str(error) for error in errors) + kept)


def fetch(
    record: Recorder[Outcome],
    settings: Settings,
    *,
    catalog: Catalog,
    sources: Sequence[str] | None = None,
    since: date | None = None,
    until: date | None = None,
    progress: Progress | None = None,
    transport: Transport | None = None,
) -> list[tuple[str, Outcome]]:
    """Ask the sources and record what they give; returns (what, outcome) of each step.

    Without `since` only the newest survey is wanted: each source is walked back, KAMIS at most 7
    days, until a day with a survey. With `since`, days that were finished before are skipped.
    Without `sources`, those that are ready to use without or with the keys that are set.

    Raises InputError (unknown source), FetchError after all sources were tried.
    """
    last = min(until or today(), today())
    run = _Run(record, settings, catalog, Checkpoint(settings.home), progress or _silent)
    with nullcontext(transport) if transport else Transport(settings) as feed:
        for key in sources or usable_sources(settings):
            run.source(key, feed, since, last)
    if run.errors:
        raise FetchError(run.errors, run.outcomes)
    return run.outcomes


def usable_sources(settings: Settings) -> list[str]:
    """The sources that are fetched when none is named: their keys are set or not needed."""
    descriptions = (module.SOURCE for module in source_modules().values())
    return [d.key for d in descriptions if d.by_default and d.fetches and has_keys(d, settings)]


def has_keys(description: SourceDescription, settings: Settings) -> bool:
    """Whether every key that the source needs is set to a key of one's own, or it needs none."""
    return description.keyless or not _missing_keys(description, settings)


def _missing_keys(description: SourceDescription, settings: Settings) -> list[str]:
    def is_missing(name: str) -> bool:
        key = getattr(settings, name)
        return not isinstance(key, SecretStr) or key.get_secret_value() in ("", *PUBLIC_KEYS)

    return [name for name in description.needs_keys if is_missing(name)]


def _silent(what: str, share: float) -> None:
    """Show nothing."""


class _Run(Generic[Outcome]):
    """One call of `fetch`: what was recorded and what failed so far."""

    def __init__(
        self,
        record: Recorder[Outcome],
        settings: Settings,
        catalog: Catalog,
        checkpoint: Checkpoint,
        progress: Progress,
    ) -> None:
        self.record = record
        self.settings = settings
        self.catalog = catalog
        self.checkpoint = checkpoint
        self.progress = progress
        self.tried: set[str] = set()
        self.outcomes: list[tuple[str, Outcome]] = []
        self.errors: list[SourceError] = []

    def source(self, key: str, feed: Transport, since: date | None, until: date) -> None:
        """Fetch one source; a failure is noted, and its substitute is asked if it is blocked."""
        module = source_module(key)
        description: SourceDescription = module.SOURCE
        if not description.fetches:
            raise InputError(f"'{key}'은(는) 받아 올 수 없는 출처입니다. 파일로 넣어 주세요.")
        if key in self.tried:
            return
        self.tried.add(key)
        start = since or until - timedelta(days=description.look_back_days)
        period = Period(start, until, latest_only=since is None)
        try:
            self._steps(
                description, module.steps(period, self.settings, self.catalog), period, feed
            )
        except FeedError as error:
            self._failed(description, error, feed, since, until)

    def _failed(
        self,
        description: SourceDescription,
        error: FeedError,
        feed: Transport,
        since: date | None,
        until: date,
    ) -> None:
        """Turn to the mirror where this place is blocked; otherwise keep the error for the end."""
        substitute = description.instead
        if error.trouble is Trouble.BLOCKED and substitute in usable_sources(self.settings):
            self.progress(fitted(f"{description.title}이(가) 막혀 {substitute}에서 받습니다"), 0.0)
            self.source(str(substitute), feed, since, until)
        else:
            self.errors.append(error)

    def _steps(
        self, description: SourceDescription, steps: list[Step], period: Period, feed: Transport
    ) -> None:
        self._check_keys(description)
        for count, step in enumerate(steps):
            if not period.latest_only and self.checkpoint.is_done(step.key):
                continue
            self.progress(f"{description.title} {step.title}", count / len(steps))
            harvest = settled(step.run(feed))
            self._keep(description, step, harvest)
            if period.latest_only and step.is_survey(harvest):
                break
        self.progress(description.title, 1.0)

    def _check_keys(self, description: SourceDescription) -> None:
        missing = [] if description.keyless else _missing_keys(description, self.settings)
        if missing:
            names = ", ".join(f"ALTTEUL_{name.upper()}" for name in missing)
            raise FeedError(description.title, Trouble.NO_KEY, names)

    def _keep(self, description: SourceDescription, step: Step, harvest: Harvest) -> None:
        if not harvest.observations.is_empty() or harvest.sellers or harvest.dropped:
            what = f"{description.title} {step.title}"
            self.outcomes.append((what, self.record(harvest, origin=what)))
        settle_days = 1 if step.is_survey(harvest) else LATE_DAYS
        if step.day + timedelta(days=settle_days) <= today():
            self.checkpoint.tick(step.key)

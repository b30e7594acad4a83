"""The walk on a second core, in step with the tree.

The walk gets a fixed amount of work, does it while the tree does its own, and hands over what it
found when the next amount is due. Both amounts are counted, never timed, so equal seeds give equal
answers however fast either is. It runs in a thread: the linear programs and the compiled steps let
each other run, and nothing is left behind when the program is stopped.
"""

from __future__ import annotations

import sys
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType

from altteul.planner.large.local_search import LocalSearch, Round
from altteul.planner.large.restarts import Restarts

SHORT_TURN = 0.0005
"""Seconds after which a thread in Python lets the other one go on: the walk is back from compiled
code every millisecond, and would wait most of the time with Python's usual turn of five."""

WALK_SHARES = ((0.015, 0.9), (0.0, 0.7))
"""Above such a gap, how much the walk does, in shares of the tree's own effort."""
LEAST_WALK = 200_000.0
"""The effort that the walk is sent out for at least: a twentieth of a second or so."""
STALE, STALE_SHARE = 300.0, 0.25
"""After so much effort in vain (for each pair of sellers, and four fifths of all) the walk gets
only a part: it has probably found the best trip, and what is missing is the proof."""


class Beside:
    """The best round that the tree knows, and the walk. To be used in a `with` block."""

    def __init__(self, restarts: Restarts) -> None:
        self.best = restarts.best
        self._restarts = restarts
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="walk")
        self._walking: Future[None] | None = None
        self._seen = self._due = self._spent = self._fresh = 0.0
        self._cost_when_fresh = self.best.cost

    @property
    def search(self) -> LocalSearch:
        return self._restarts.search

    def __enter__(self) -> Beside:
        self._turn = sys.getswitchinterval()
        sys.setswitchinterval(SHORT_TURN)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        sys.setswitchinterval(self._turn)
        self._restarts.stopped = True
        self._pool.shutdown()
        if kind is None:
            self.collect()

    def offer(self, one: Round) -> bool:
        """Takes a round found by the tree; says whether it is the best so far."""
        if one.cost >= self.best.cost or not self.search.allowed(one):
            return False
        self.best = one.copy()
        return True

    def walk(self, effort: float) -> None:
        """Sends the walk on its way for so much effort, when it is back from the last one."""
        self.collect()
        self._walking = self._pool.submit(self._restarts.walk_for, effort)

    def keep_up(self, effort: float, gap: float) -> None:
        """Lets the walk do its share of what the tree has done so far; `gap` is the share of the
        cost that stands between it and the bound."""
        self._due += self._share(gap) * (effort - self._seen)
        self._seen = effort
        if self._due >= LEAST_WALK:
            due, self._due = self._due, 0.0
            self._spent += due
            self.walk(due)

    def _share(self, gap: float) -> float:
        if self.best.cost < self._cost_when_fresh:
            self._cost_when_fresh, self._fresh = self.best.cost, self._spent
        share = next((share for above, share in WALK_SHARES if gap > above), 0.0)
        enough = max(STALE * len(self.search.sells) ** 2, 0.8 * self._spent)
        return share * STALE_SHARE if self._spent - self._fresh > enough else share

    def collect(self) -> None:
        """Waits for the walk; the better of the two best rounds is then known to both."""
        if self._walking is None:
            return
        self._walking.result()
        self._walking = None
        if self._restarts.best.cost < self.best.cost:
            self.best = self._restarts.best
        self._restarts.offer(self.best)

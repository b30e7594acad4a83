"""Shards made when they are needed: in this process, or ahead of it in several others.

Workers of one team share the folder: each makes every so many-th shard and waits for the others'.
"""

from __future__ import annotations

import time
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path
from types import TracebackType

from altteul.errors import AltteulError
from altteul.foundation.training.pool import Recipe, write_shard

PATIENCE = 600.0  # seconds to wait for another worker's shard
AHEAD = 2  # shards in the making for each process


class Supply:
    """Call it with a shard's number to have it in `folder`.

    `makers` processes make shards ahead of their use (0: none, each is made when asked for).
    """

    def __init__(
        self, folder: Path, recipe: Recipe, makers: int = 0, rank: int = 0, size: int = 1
    ) -> None:
        self._folder, self._recipe = folder, recipe
        self._rank, self._size = rank, size
        self._workers = ProcessPoolExecutor(makers) if makers else None
        self._ahead = AHEAD * makers * size
        self._making: dict[int, Future[Path]] = {}

    def __call__(self, index: int) -> Path:
        """The folder of shard `index`, once it is whole."""
        if index % self._size != self._rank:
            return self._waited(index)
        if self._workers is None:
            return write_shard(self._folder, self._recipe, index)
        for later in range(index, index + self._ahead + 1, self._size):
            if later not in self._making:
                job = self._workers.submit(write_shard, self._folder, self._recipe, later)
                self._making[later] = job
        return self._making[index].result()

    def _waited(self, index: int) -> Path:
        path = self._folder / f"shard-{index:05d}"
        end = time.monotonic() + PATIENCE
        while not (path / "features.npy").is_file():
            if time.monotonic() > end:
                raise AltteulError(
                    f"다른 작업자가 표본 묶음 {index}을(를) {PATIENCE:.0f}초 안에 만들지 "
                    "못했습니다. 모든 작업자가 같은 폴더를 쓰는지 확인해 주세요."
                )
            time.sleep(0.05)
        return path

    def __enter__(self) -> Supply:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._workers is not None:
            self._workers.shutdown(cancel_futures=True)

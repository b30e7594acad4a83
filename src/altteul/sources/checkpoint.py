"""Which steps of fetching are done: a small file, written as a whole or not at all."""

from __future__ import annotations

import json
import os
from pathlib import Path

from altteul.errors import StorageError, reason_of

CHECKPOINT_FILE = "fetched.json"


class Checkpoint:
    """The keys of finished steps, kept in the data folder.

    A damaged file counts as empty: asking again is harmless, since recording is idempotent.
    """

    def __init__(self, home: Path) -> None:
        self._file = home / CHECKPOINT_FILE
        self._done = set(self._read())

    def _read(self) -> list[str]:
        try:
            found = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return []
        return [str(key) for key in found] if isinstance(found, list) else []

    def is_done(self, key: str) -> bool:
        """Whether the step was finished before."""
        return key in self._done

    def tick(self, key: str) -> None:
        """Remember that the step is finished. Raises StorageError."""
        self._done.add(key)
        beside = self._file.with_suffix(".part")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(json.dumps(sorted(self._done)), encoding="utf-8")
            os.replace(beside, self._file)  # noqa: PTH105 - atomic on every platform
        except OSError as error:
            raise StorageError(
                f"받은 데까지의 표시를 {self._file}에 적을 수 없습니다({reason_of(error)}). "
                "디스크의 남은 자리와 쓰기 권한을 확인해 주세요."
            ) from None

"""The data folder kept open: once per process, and opened anew when something came in."""

from __future__ import annotations

import time
from threading import Lock

from altteul.catalog import Catalog
from altteul.errors import NoDataError
from altteul.market import Market
from altteul.settings import Settings
from altteul.web.opening import Opened, open_folder, state_of

SECONDS_BETWEEN_LOOKS = 2.0
NOTHING_YET = (
    "아직 가격 자료가 없어요. altteul import로 자료를 넣거나 altteul demo로 연습용(가상) 장터를 "
    "열어 보세요."
)


class OpenFolder:
    """The newest state of the data folder; safe to use from several threads."""

    def __init__(self, settings: Settings, catalog: Catalog) -> None:
        self._settings = settings
        self._catalog = catalog
        self._lock = Lock()
        self._opened: Opened | None = None
        self._looked = 0.0

    def now(self) -> Opened:
        """The data folder as it is now; it is looked at again after a couple of seconds."""
        opened = self._opened
        if opened and self.is_fresh():
            return opened
        # While one thread looks, the others answer from what is open already.
        if not self._lock.acquire(blocking=opened is None) and opened:
            return opened
        try:
            home = self._settings.home
            if self._opened is None or self._opened.state != state_of(self._opened.history, home):
                self._opened = open_folder(self._settings, self._catalog)
            self._looked = time.monotonic()
            return self._opened
        finally:
            self._lock.release()

    def is_fresh(self) -> bool:
        """Whether `now` answers at once, without looking at the data folder."""
        return self._opened is not None and time.monotonic() - self._looked < SECONDS_BETWEEN_LOOKS

    def market(self) -> Market:
        """Its market; NoDataError when nothing was imported yet."""
        opened = self.now()
        if opened.newest is None:
            raise NoDataError(NOTHING_YET)
        return opened.market

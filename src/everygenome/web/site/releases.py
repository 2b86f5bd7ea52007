"""Which releases there are, which one a visitor asked for, and the few that are open."""

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import conf

from everygenome.errors import NotFoundError, StoreError
from everygenome.queries.release import Release, current_release, list_releases, open_release

_log = logging.getLogger("django").error
_OPEN_AT_ONCE = 3
_LOOK_AGAIN_SECONDS = 2.0
_TRY_AGAIN_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Listed:
    """The releases of the store, newest first, and the current one.

    Attributes:
        releases: what each says of itself.
        current: the one shown where none is asked for.
        instead_of: the release that should be current, but cannot be read.
    """

    releases: tuple[dict[str, Any], ...]
    current: str | None
    instead_of: str | None = None

    def find(self, wanted: str | None) -> str | None:
        """The identifier that a visitor means: none, `current`, an identifier, or a date.

        Returns:
            None where there is no such release, or a date fits several.
        """
        if wanted in (None, "", "current"):
            return self.current
        if any(r["id"] == wanted for r in self.releases):
            return wanted
        fitting = [r["id"] for r in self.releases if r["date"] == wanted and not r["superseded"]]
        return fitting[0] if len(fitting) == 1 else None

    @property
    def each(self) -> tuple[dict[str, Any], ...]:
        """Those to choose from: without releases that another of the same files replaced."""
        return tuple(item for item in self.releases if not item["superseded"])

    @property
    def fingerprint(self) -> tuple[Any, ...]:
        """Changes whenever what a page says of other releases could."""
        return (self.current, self.instead_of, *(item["id"] for item in self.releases))

    def about(self, release_id: str) -> dict[str, Any]:
        """What the list says of a release."""
        return next(r for r in self.releases if r["id"] == release_id)


class Shelf:
    """The releases that this process has open; safe to share between threads.

    A release never changes, so an open one stays good. What there is, and which one is
    current, is looked up again every two seconds. A release that is damaged takes no other
    away: where the current one cannot be read, the newest before it that can is shown.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.RLock()
        self._open: OrderedDict[str, Release] = OrderedDict()
        self._listed: Listed | None = None
        self._looked = 0.0
        self._until: str | None = None
        self._spoiled: dict[str, float] = {}

    def listed(self) -> Listed:
        """The releases that there are.

        Raises:
            StoreError: the store itself cannot be read.
        """
        now = self._clock()
        if self._listed is None or now - self._looked > _LOOK_AGAIN_SECONDS:
            found = list_releases(store=conf.settings.STORE, damaged=False)[::-1]
            wanted = current_release(store=conf.settings.STORE)
            names = [item["id"] for item in found]
            if self._until in names:
                wanted = self._until
                found = found[names.index(wanted) :]
                names = names[names.index(wanted) :]
            after = names[names.index(wanted) :] if wanted in names else names
            good = next((name for name in after if self._opens(name, now)), None)
            self._listed = Listed(
                tuple(item | {"current": item["id"] == good} for item in found),
                good,
                wanted if good and wanted != good else None,
            )
            self._looked = now
        return self._listed

    def _opens(self, release_id: str, now: float) -> bool:
        """Whether a release can be opened; one that could not is tried again after a while."""
        if now - self._spoiled.get(release_id, -_TRY_AGAIN_SECONDS) < _TRY_AGAIN_SECONDS:
            return False
        try:
            self.open(release_id)
        except (StoreError, NotFoundError) as error:
            # In a sentence: the place in our code says nothing about a damaged file.
            _log("%s cannot be shown: %s", release_id, error)
            self._spoiled[release_id] = now
            return False
        return True

    def open(self, release_id: str) -> Release:
        """A release, opened now or before; the one unused for longest is let go.

        Raises:
            NotFoundError: it is gone.
            StoreError: it cannot be read.
        """
        with self._lock:
            if release_id not in self._open:
                self._open[release_id] = open_release(
                    release_id,
                    store=conf.settings.STORE,
                    budget_seconds=conf.settings.QUERY_SECONDS,
                    # Workers share the cores: more threads for each cost a tenth of the work.
                    threads=1,
                )
            self._open.move_to_end(release_id)
            while len(self._open) > _OPEN_AT_ONCE:
                self._open.popitem(last=False)
            return self._open[release_id]

    def show_until(self, release_id: str | None) -> None:
        """Show this release as the current one, and none that came later; None shows all."""
        self._until = release_id
        self.forget()

    def forget(self) -> None:
        """Look again at the next question, and open anew what it is about."""
        with self._lock:
            self._listed = None
            self._spoiled.clear()
            self._open.clear()


SHELF = Shelf()

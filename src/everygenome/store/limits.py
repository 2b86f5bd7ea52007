"""What a question may cost and touch: a bounded time, and no file outside the releases."""

import atexit
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from everygenome.errors import TooLongError

# A statement that is only just beginning does not notice an interruption, so it is repeated.
_AGAIN_SECONDS = 0.05
# A release that nobody asks anything must not hold a thread.
_IDLE_SECONDS = 1.0


def confine(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Let an engine read the files beside a release, and nothing else, from now on.

    The other releases of the store stay readable, because two of them can be compared.
    No statement can take this back.
    """
    stored = folder.parent.name == "releases"
    beside = folder.parent if stored else folder
    # A store, or a release in it, can be a link to where there is room.
    there = folder.resolve().parent if stored else folder.resolve()
    places = {str(place).replace("'", "''") for place in (beside, beside.resolve(), there)}
    listed = ", ".join(f"'{place}/'" for place in sorted(places))
    connection.execute(f"SET allowed_directories = [{listed}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


class Watch:
    """Interrupts statements that run for longer than they may.

    One thread serves all statements of a release; it starts with the first of them, in the
    process that runs it, and ends when there has been none for a second.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._due: dict[duckdb.DuckDBPyConnection, float] = {}
        self._thread: threading.Thread | None = None
        self._ending = False

    @contextmanager
    def over(self, cursor: duckdb.DuckDBPyConnection, seconds: float | None) -> Iterator[None]:
        """Bound the time of what a cursor does inside.

        Args:
            cursor: this thread's own.
            seconds: how long it may take; None bounds nothing.

        Raises:
            TooLongError: it took longer, and was ended.
        """
        if seconds is None:
            yield
            return
        with self._changed:
            self._due[cursor] = time.monotonic() + seconds
            self._start()
            self._changed.notify()
        try:
            yield
        except duckdb.InterruptException as error:
            raise TooLongError(
                f"This question takes longer than the {seconds:g} seconds that one may take.",
                remedy="Ask for less at once (fewer years, one trait), or raise "
                "EVERYGENOME_QUERY_SECONDS.",
            ) from error
        finally:
            with self._changed:
                del self._due[cursor]

    def _start(self) -> None:
        # A process that was forked has a copy of the object, but not of the thread.
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._watch, daemon=True, name="query-watch")
            self._thread.start()
            atexit.register(self._end)

    def _end(self) -> None:
        """End the thread with the process: what it holds could not be taken down otherwise."""
        with self._changed:
            self._ending = True
            self._changed.notify()
            thread = self._thread
        if thread is not None:
            thread.join(_IDLE_SECONDS)

    def _watch(self) -> None:
        with self._changed:
            while not self._ending and (self._changed.wait(self._interrupt()) or self._due):
                pass
            self._thread = None
        atexit.unregister(self._end)

    def _interrupt(self) -> float:
        """Interrupt what is late; how long to wait before looking again."""
        now = time.monotonic()
        waits = [_IDLE_SECONDS]
        for cursor, due in self._due.items():
            if due <= now:
                cursor.interrupt()
            waits.append(due - now if due > now else _AGAIN_SECONDS)
        return min(waits)

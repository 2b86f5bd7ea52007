"""One comparison of releases at a time in each process.

A comparison opens several releases and takes a second or more. Strangers can ask for any pair
and any view, so without a bound a few of them could keep every thread of the site busy.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

_WAIT_SECONDS = 3.0
_lock = threading.Lock()


class BusyError(Exception):
    """Another comparison is being made, and takes long."""


@contextmanager
def turn() -> Iterator[None]:
    """Hold the turn, or give up after a few seconds.

    Raises:
        BusyError: others were first, and are not done.
    """
    if not _lock.acquire(timeout=_WAIT_SECONDS):
        raise BusyError
    try:
        yield
    finally:
        _lock.release()

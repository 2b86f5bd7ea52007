"""One comparison of releases at a time in each process, and two drawings.

A comparison opens several releases and takes a second or more. Strangers can ask for any pair
and any view, so without a bound a few of them could keep every thread of the site busy. The
same holds for pictures that nobody has asked for before.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

_WAIT_SECONDS = 3.0
_lock = threading.Lock()
# Half of a worker's threads: the others go on answering what is quick.
_drawing = threading.BoundedSemaphore(2)


class BusyError(Exception):
    """Others were first, and take long."""


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


@contextmanager
def drawing() -> Iterator[None]:
    """Hold one of the places for drawing, or give up after a few seconds.

    Raises:
        BusyError: others were first, and are not done.
    """
    if not _drawing.acquire(timeout=_WAIT_SECONDS):
        raise BusyError
    try:
        yield
    finally:
        _drawing.release()

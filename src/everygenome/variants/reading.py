"""What is handed in, read in a thread of its own; it stops when what goes on beside it fails."""

from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import ExitStack
from threading import Event

from everygenome.sources.variation.calls.reading import Calls


def begun(
    read: Callable[[Callable[[int], None]], Calls],
    stack: ExitStack,
    report: Callable[..., None] | None,
) -> Future[Calls]:
    """Begin to read a file.

    Args:
        read: reads it, and tells how many records it has met.
        stack: reading stops with it, and is waited for.
        report: is told what is done, and how far.
    """
    stopped = Event()

    def met(done: int) -> None:
        if stopped.is_set():
            raise CancelledError
        told(report, done)

    pool = ThreadPoolExecutor(1)
    # The last that is put on a stack is done first.
    stack.callback(pool.shutdown)
    stack.callback(stopped.set)
    return pool.submit(read, met)


def done(calls: Calls) -> Future[Calls]:
    """What was read already, as if it had been waited for."""
    read: Future[Calls] = Future()
    read.set_result(calls)
    return read


def told(report: Callable[..., None] | None, done: int) -> None:
    """Tell how many records were read."""
    if report is not None:
        report("Reading variants", done, None)

"""No word of a dataset in a message: errors of libraries often quote the line they stumble on."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from everygenome.errors import EverygenomeError

T = TypeVar("T")


class FaultError(EverygenomeError):
    """A fault of ours while a dataset was read."""


def discreetly(work: Callable[[], T]) -> T:
    """Do some work on a dataset; tell of an unexpected error by its kind and its place alone.

    Raises:
        FaultError: instead of any error that is none of ours.

    Example:
        >>> discreetly(lambda: int("Ada, 1815"))
        Traceback (most recent call last):
        everygenome.commands.discreet.FaultError: A fault of ours while the dataset was read \
(ValueError, ...
    """
    try:
        return work()
    except EverygenomeError:
        raise
    except Exception as error:
        fault = f"{type(error).__name__}, {_place(error)}"
    # Outside `except`: the error that holds the text must not hang on to this one.
    raise FaultError(
        f"A fault of ours while the dataset was read ({fault}); what the error says is not "
        "printed, as it could hold people's data.",
        remedy="Please report this line, and how the file is built, without any of its rows.",
    )


@contextmanager
def stopped_cleanly() -> Iterator[None]:
    """Let a signal end the process by way of `finally`, so that no copy of rows stays on a disk."""

    def stop(number: int, _frame: object) -> None:
        raise SystemExit(128 + number)

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {one: signal.signal(one, stop) for one in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _place(error: BaseException) -> str:
    """Where in our code it happened: module and line."""
    place, trace = "unknown place", error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_globals.get("__name__", "")
        if name.startswith("everygenome."):
            place = f"{name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place

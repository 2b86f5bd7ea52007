"""The server's workers: how they answer what they cannot read, and how they end."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, NoReturn

from gunicorn import util
from gunicorn.arbiter import Arbiter
from gunicorn.http.errors import LimitRequestLine
from gunicorn.workers.gthread import ThreadWorker

_TOO_LONG = (
    b"HTTP/1.1 414 URI Too Long\r\nConnection: close\r\nContent-Type: text/plain\r\n"
    b"Content-Length: 25\r\n\r\nThe address is too long.\n"
)
_ENDS = (signal.SIGQUIT, signal.SIGTERM, signal.SIGINT)


@contextmanager
def _held() -> Iterator[None]:
    """Let signals that end a process wait, and come through after the block."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Master(Arbiter):
    """The process that begins and ends the workers."""

    def spawn_worker(self) -> Any:
        """Begin a worker, which is born with this process's handlers of signals.

        Until it has its own, an order to end would be taken for one to the master and be lost:
        it waits, and the worker lets it through (`Worker.init_signals`).
        """
        with _held():
            return super().spawn_worker()


class Worker(ThreadWorker):
    """A worker with threads that is told to stop at any moment, and does so without a word."""

    def init_signals(self) -> None:
        """Answer to signals from here on, and to one that came since the worker was born."""
        super().init_signals()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDS)

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Exception) -> None:
        """Answer what is no request. Whoever asks may be a program: no page, but a line."""
        if isinstance(exc, LimitRequestLine):
            util.write_nonblock(client, _TOO_LONG)
        else:
            super().handle_error(req, client, addr, exc)

    def handle_quit(self, *_: Any) -> None:
        """End now. An exception would be printed, and lost, if it came while Python tidies up."""
        end(0)


def leave() -> NoReturn:
    """End a worker whose loop is over, with the code of the exception that ended it."""
    raised = sys.exc_info()[1]
    end(raised.code if isinstance(raised, SystemExit) and isinstance(raised.code, int) else 1)


def end(code: int) -> NoReturn:
    """End this process at once.

    Where an engine was used before serving, each worker is born with a copy of it, whose
    threads were not copied: taking it down in the ordinary way would wait for them for ever.
    """
    for stream in (sys.stdout, sys.stderr):
        # It may be in the middle of a write, or be closed at the other end.
        with suppress(RuntimeError, OSError):
            stream.flush()
    os._exit(code)

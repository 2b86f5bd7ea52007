"""The server's workers: how they answer what they cannot read, and how they end."""

import os
import sys
from contextlib import suppress
from typing import Any, NoReturn

from gunicorn import util
from gunicorn.http.errors import LimitRequestLine
from gunicorn.workers.gthread import ThreadWorker

_TOO_LONG = (
    b"HTTP/1.1 414 URI Too Long\r\nConnection: close\r\nContent-Type: text/plain\r\n"
    b"Content-Length: 25\r\n\r\nThe address is too long.\n"
)


class Worker(ThreadWorker):
    """A worker with threads that is told to stop at any moment, and does so without a word."""

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

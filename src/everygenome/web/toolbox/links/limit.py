"""A time limit for one request as a whole, headers and all.

A client's own timeouts start afresh with each byte, so a server that sends one now and then would
hold a round for days. A timer shuts the connection instead.
"""

import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from threading import Lock, Timer
from typing import Any


class _Limit:
    def __init__(self) -> None:
        self.is_over = False
        self._sockets: list[socket.socket] = []
        self._lock = Lock()

    def trace(self, event: str, info: Mapping[str, Any]) -> None:
        """Note each new connection; httpx calls it as its extension `trace`."""
        # A connection that is wrapped in TLS goes on as another socket, so both are noted.
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            with self._lock:
                self._sockets.append(info["return_value"].get_extra_info("socket"))
            if self.is_over:
                self.end()

    def end(self) -> None:
        """Shut every connection."""
        self.is_over = True
        with self._lock:
            for each in self._sockets:
                with suppress(OSError):  # already closed
                    each.shutdown(socket.SHUT_RDWR)


@contextmanager
def within(seconds: float) -> Iterator[dict[str, Any]]:
    """Extensions for one request, whose connection ends when the time is up.

    Raises:
        TimeoutError: the time was up before the block ended.
    """
    limit = _Limit()
    timer = Timer(seconds, limit.end)
    timer.daemon = True
    timer.start()
    try:
        yield {"trace": limit.trace}
    except Exception as error:
        if limit.is_over:
            raise TimeoutError from error
        raise
    finally:
        timer.cancel()
        timer.join()
    if limit.is_over:
        raise TimeoutError

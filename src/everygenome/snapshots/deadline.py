"""A time limit that no server can talk its way around."""

import socket
import time
from collections.abc import Mapping
from contextlib import suppress
from threading import Lock, Timer
from typing import Any, Self


class Deadline:
    """Ends every connection made under it when the time is up.

    The client's own timeouts start afresh with each byte that arrives, so a server that sends a
    byte now and then could hold us for days. Here a timer shuts the socket instead.

    Args:
        seconds: the time from now on.

    Example:
        >>> with Deadline(60.0) as deadline:
        ...     deadline.expired
        False
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds
        self._sockets: list[socket.socket] = []
        self._lock = Lock()
        self._timer = Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        self._timer.join()

    @property
    def remaining_s(self) -> float:
        """Seconds that are left; zero when the time is up."""
        return max(0.0, self._end - time.monotonic())

    @property
    def expired(self) -> bool:
        """Whether the time is up."""
        return self.remaining_s == 0.0

    def trace(self, event: str, info: Mapping[str, Any]) -> None:
        """Notes each new connection; given to httpx as its `trace` extension.

        Source: https://www.encode.io/httpcore/extensions/ ("trace").
        """
        # A connection that is wrapped in TLS goes on as another socket, so both are noted.
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            with self._lock:
                self._sockets.append(info["return_value"].get_extra_info("socket"))
            if self.expired:
                self._cut()

    def _cut(self) -> None:
        with self._lock:
            for each in self._sockets:
                with suppress(OSError):  # already closed
                    each.shutdown(socket.SHUT_RDWR)

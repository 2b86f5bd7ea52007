"""Serve the site: prepare its database and static files, open the port, start the workers."""

import errno
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

from everygenome.errors import UsageError
from everygenome.web.prepare import prepared, seed_once

WORKERS = 2
THREADS = 4
LONGEST_ADDRESS = 8190  # bytes, the most that the server allows
Ready = Callable[[str], None]


def serve(*, store: Path, host: str, port: int, on_ready: Ready | None = None) -> None:
    """Serve the site until it is stopped with Ctrl-C or SIGTERM.

    Call it in the main thread: it answers to signals.

    Args:
        store: the folder of the releases; the site's own files go into `web` within it.
        host: the address to listen on: 127.0.0.1 for this machine alone.
        port: the port; 0 takes a free one.
        on_ready: called once with the address of the site, when it can be opened.

    Raises:
        UsageError: the port is taken or not allowed, or the host is no address of this machine.
        StoreError: the site's files cannot be written into the store.
    """
    # The port is taken first: a mistake in it should not cost the time of preparing.
    with _listen(host, port) as listening:
        address = _address(host, listening.getsockname()[1])
        os.environ["EVERYGENOME_SERVED_AT"] = address.rstrip("/")
        application = prepared(store, host)
        seed_once()
        # From here on the server owns the socket, and closes it.
        descriptor = listening.detach()
    _run(application, descriptor, lambda: on_ready(address) if on_ready else None)


def check_port(host: str, port: int) -> None:
    """Find out early, before a long sync, whether the site could listen.

    Raises:
        UsageError: the port is taken or not allowed, or the host is no address of this machine.
    """
    if port:
        _listen(host, port).close()


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=256)
    except OverflowError as error:
        raise UsageError(f"{port} is no port.", remedy="Use a number up to 65535.") from error
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise UsageError(
                f"Port {port} on {host} is in use by another program.",
                remedy=f"Stop that program, or choose another port with --port {port + 1}.",
            ) from error
        if error.errno == errno.EACCES:
            raise UsageError(
                f"Port {port} may not be opened without special rights.",
                remedy="Choose a port above 1023 with --port.",
            ) from error
        raise UsageError(
            f"{host} is no address of this machine ({error.strerror or error}).",
            remedy="Use --host 127.0.0.1 for this machine alone, or 0.0.0.0 for its network.",
        ) from error


def _address(host: str, port: int) -> str:
    shown = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - for display
    return f"http://{f'[{shown}]' if ':' in shown else shown}:{port}/"


def _run(application: Any, descriptor: int, ready: Callable[[], None]) -> None:
    from gunicorn.app.base import BaseApplication

    from everygenome.web.workers import Master, Worker, leave

    choices = {
        "bind": [f"fd://{descriptor}"],
        "workers": WORKERS,
        "worker_class": Worker,
        "limit_request_line": LONGEST_ADDRESS,
        "threads": THREADS,
        "graceful_timeout": 5,
        "timeout": 60,
        "loglevel": "warning",
        "control_socket_disable": True,
        "when_ready": lambda _server: ready(),
        "post_worker_init": lambda _worker: _warm(),
        "worker_exit": lambda _server, _worker: leave(),
    }

    class Site(BaseApplication):
        def load_config(self) -> None:
            for name, value in choices.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            return application

        def run(self) -> None:
            Master(self).run()

    ours = os.getpid()
    try:
        Site().run()
    except SystemExit as end:
        # A worker is a copy of this process, and must end here rather than go on in our caller.
        if end.code or os.getpid() != ours:
            raise


def _warm() -> None:
    """Prepare the first page before the first visitor asks for it."""
    from everygenome.web.dashboard.warm import warm

    warm()

"""The whole body of an answer, within limits of size, speed and time."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from everygenome.snapshots.deadline import Deadline
from everygenome.snapshots.policy import Policy
from everygenome.snapshots.redirects import AddressError
from everygenome.snapshots.retry import PassingError

if TYPE_CHECKING:
    import httpx


def whole(
    response: httpx.Response,
    *,
    policy: Policy,
    deadline: Deadline,
    largest_bytes: int,
    total: int | None = None,
) -> bytes:
    """The bytes of an answer.

    Args:
        response: its body is still to be read.
        policy: gives the slowest rate that is borne.
        deadline: the time that is left.
        largest_bytes: a longer body is refused.
        total: the size that the server announced, in bytes.

    Raises:
        PassingError: nothing, less than announced, too slow, or the time is up.
        AddressError: more than `largest_bytes`.
    """
    pieces: list[bytes] = []
    size = window_size = 0
    window_start = time.monotonic()
    for piece in response.iter_raw():
        pieces.append(piece)
        size += len(piece)
        if size > largest_bytes:
            raise AddressError(f"it sent more than {largest_bytes:,} bytes")
        elapsed = time.monotonic() - window_start
        if elapsed >= policy.idle_timeout_s:
            if size - window_size < policy.slowest_bytes_per_s * elapsed:
                raise PassingError(f"it sent only {size - window_size:,} bytes in {elapsed:.0f} s")
            window_start, window_size = time.monotonic(), size
    if deadline.expired:  # a body without a length ends quietly when its socket is shut
        raise PassingError("the connection was still open")
    if total is not None and size != total:
        raise PassingError(f"it sent {size:,} of {total:,} bytes")
    if not size:
        raise PassingError("it sent nothing")
    return b"".join(pieces)

"""One attempt to get one file from one address into its unfinished file."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from everygenome.errors import DownloadError
from everygenome.snapshots.answer import answer, begun, continued, network
from everygenome.snapshots.deadline import Deadline
from everygenome.snapshots.partial import Partial
from everygenome.snapshots.policy import Policy
from everygenome.snapshots.retry import PassingError
from everygenome.snapshots.served import Served

if TYPE_CHECKING:
    import httpx

Progress = Callable[[int, int | None], None]


def transfer(
    client: httpx.Client,
    url: str,
    partial: Partial,
    *,
    conditions: Mapping[str, str],
    policy: Policy,
    deadline: Deadline,
    progress: Progress,
) -> tuple[Served, int, str] | None:
    """Asks once, follows redirects, and receives the file, or the rest of it.

    Args:
        conditions: the headers that let the server answer "not modified"; may be empty.
        progress: called with the bytes that are there and the bytes expected (None: not known).

    Returns:
        What the server said, the size in bytes and the SHA-256; None when it is not modified.

    Raises:
        PassingError: the failure may pass. What was received is kept if it can be continued.
        AddressError: the address is of no use.
        DownloadError: no address can help: too large.
        StoreError: the folder cannot be written.
    """
    offset, before = partial.resumable(url)
    headers = {"Accept-Encoding": "identity", "User-Agent": policy.user_agent, **conditions}
    if before is not None:
        headers |= {"Range": f"bytes={offset}-", "If-Range": before.validator}
    with network(policy, deadline), answer(client, url, headers, policy, deadline) as response:
        if response.status_code == 304 and conditions:
            partial.discard()
            return None
        if before is not None and response.status_code in (206, 416):
            rest = continued(response, offset=offset, before=before)
            if rest is None:
                partial.discard()
                raise PassingError("it did not send the rest of what it had begun", wait_s=0.0)
            served = rest
        else:
            offset, served = 0, begun(response, url)
        _check_size(served.total_bytes, url=url, policy=policy, partial=partial)
        if offset == 0:
            partial.begin(served)
        return _receive(
            response, partial, served, offset, policy=policy, deadline=deadline, progress=progress
        )


def _check_size(size: int | None, *, url: str, policy: Policy, partial: Partial) -> None:
    if size is not None and size > policy.max_bytes:
        partial.discard()
        raise DownloadError(
            f"{url} is larger than the limit of {policy.max_bytes:,} bytes "
            f"({size:,} bytes announced or received).",
            remedy="Check that the address is the right one, or raise the limit.",
        )


def _receive(
    response: httpx.Response,
    partial: Partial,
    served: Served,
    offset: int,
    *,
    policy: Policy,
    deadline: Deadline,
    progress: Progress,
) -> tuple[Served, int, str]:
    size, total, digest = offset, served.total_bytes, partial.digest(offset)
    window_start, window_size = time.monotonic(), size
    with partial.appending(offset) as write:
        progress(size, total)
        for chunk in response.iter_raw():
            size += len(chunk)
            if size > policy.max_bytes:
                break
            write(chunk)
            digest.update(chunk)
            progress(size, total)
            elapsed = time.monotonic() - window_start
            if elapsed >= policy.idle_timeout_s:
                if size - window_size < policy.slowest_bytes_per_s * elapsed:
                    raise PassingError(
                        f"it sent only {size - window_size:,} bytes in {elapsed:.0f} s"
                    )
                window_start, window_size = time.monotonic(), size
    _check_size(size, url=served.url, policy=policy, partial=partial)
    if deadline.expired:  # a body without a length ends quietly when its socket is shut
        raise PassingError("the connection was still open")
    if total is not None and size != total:
        raise PassingError(f"it sent {size:,} of {total:,} bytes")
    return served, size, digest.hexdigest()

"""How patient and how careful a download is: one frozen object, passed in."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, kw_only=True)
class Policy:
    """Limits of one download. Times are in seconds, sizes in bytes.

    Args:
        attempts: how often one address is asked before it counts as unavailable.
        connect_timeout_s: longest wait for a connection.
        idle_timeout_s: longest silence of the server; also the window for `slowest_bytes_per_s`.
        total_timeout_s: longest time for the whole call, with retries and all addresses.
        slowest_bytes_per_s: a lower mean rate over `idle_timeout_s` counts as a stall.
        max_bytes: largest file that is accepted, as stored (not expanded).
        first_wait_s: wait before the second attempt; it doubles from there.
        longest_wait_s: the doubling stops here.
        longest_retry_after_s: longest `Retry-After` that is waited for; a longer one is an error.
        max_redirects: most redirects that are followed.
        edit_hint: the file where an address that has moved is corrected, named in errors.
        user_agent: how we introduce ourselves.
        sleep: waits that many seconds; tests pass their own.

    Example:
        >>> Policy(attempts=2).attempts
        2
    """

    attempts: int = 5
    connect_timeout_s: float = 10.0
    idle_timeout_s: float = 30.0
    total_timeout_s: float = 3600.0
    slowest_bytes_per_s: float = 500.0
    max_bytes: int = 4 * 1024**3
    first_wait_s: float = 1.0
    longest_wait_s: float = 30.0
    longest_retry_after_s: float = 120.0
    max_redirects: int = 5
    edit_hint: str = ""
    user_agent: str = "everygenome"
    sleep: Callable[[float], None] = time.sleep


DEFAULT: Final = Policy()

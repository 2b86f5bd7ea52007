"""Trying again: when, how often, and when to give up."""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final, TypeVar

from everygenome.errors import DownloadError
from everygenome.snapshots.deadline import Deadline
from everygenome.snapshots.policy import Policy
from everygenome.snapshots.redirects import AddressError

Result = TypeVar("Result")

# As good as any longer wait, and the moment when it ends still fits a date.
_CENTURY_S: Final = 100 * 365.25 * 86400


class PassingError(Exception):
    """The attempt failed for a reason that may pass.

    Args:
        reason: what happened.
        wait_s: how long the server asks us to wait; None when it did not say.
    """

    def __init__(self, reason: str, *, wait_s: float | None = None) -> None:
        super().__init__(reason)
        self.wait_s = wait_s


def persist(
    attempt: Callable[[], Result], *, url: str, policy: Policy, deadline: Deadline
) -> Result:
    """Repeats an attempt while its failure may pass, there are attempts left, and time is left.

    Args:
        attempt: does the work, or raises.
        url: the address that is asked, for messages.
        policy: how often and how patiently.
        deadline: the time that is left for everything.

    Raises:
        AddressError: the attempts are used up.
        DownloadError: the time is up, or the server asks for a longer wait than we accept.
    """
    for number in range(1, policy.attempts + 1):
        try:
            return attempt()
        except PassingError as failure:
            reason = str(failure)
            asked_s = failure.wait_s
        wait_s = backoff_s(number, policy=policy) if asked_s is None else asked_s
        if asked_s is not None and asked_s > policy.longest_retry_after_s:
            when = datetime.now(UTC) + timedelta(seconds=wait_s)
            raise DownloadError(
                f"{url}: {reason}, and asks us to wait.",
                remedy=f"Try again after {when:%Y-%m-%d %H:%M:%S} UTC.",
            )
        if deadline.remaining_s <= (wait_s if number < policy.attempts else 0.0):
            raise DownloadError(
                f"{url}: not finished within the limit of {policy.total_timeout_s:g} s; "
                f"at the last attempt {reason}.",
                remedy="Try again: what was received is kept and continued where possible.",
            )
        if number < policy.attempts:
            policy.sleep(wait_s)
    raise AddressError(f"{reason}; {policy.attempts} attempts")


def backoff_s(
    attempt: int, *, policy: Policy, jitter: Callable[[], float] = random.random
) -> float:
    """Seconds to wait after a failed attempt: doubling, capped, between half and all of it.

    Args:
        attempt: the number of the attempt that failed, from 1.
        policy: gives the first and the longest wait.
        jitter: a number from 0 to 1, so that many clients do not come back at the same moment.

    Example:
        >>> [backoff_s(n, policy=Policy(), jitter=lambda: 1.0) for n in (1, 2, 3, 9)]
        [1.0, 2.0, 4.0, 30.0]
        >>> backoff_s(3, policy=Policy(), jitter=lambda: 0.0)
        2.0
    """
    # The exponent is bounded because 2.0 ** 1024 overflows; 2 ** 60 s is beyond every cap.
    full = min(policy.first_wait_s * 2.0 ** min(attempt - 1, 60), policy.longest_wait_s)
    return full * (0.5 + 0.5 * jitter())


def retry_after_s(header: str | None, *, now: datetime | None = None) -> float | None:
    """Seconds that a `Retry-After` header asks us to wait; None when it says nothing usable.

    Args:
        header: the header's value: whole seconds or an HTTP date.
        now: the present time, in UTC.

    Source: RFC 9110, section 10.2.3.

    Example:
        >>> retry_after_s("120"), retry_after_s("soon"), retry_after_s(None)
        (120.0, None, None)
        >>> retry_after_s("Wed, 01 Jan 2025 00:01:00 GMT", now=datetime(2025, 1, 1, tzinfo=UTC))
        60.0
    """
    text = (header or "").strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:12]), _CENTURY_S)
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    aware = when if when.tzinfo else when.replace(tzinfo=UTC)
    return min(max(0.0, (aware - (now or datetime.now(UTC))).total_seconds()), _CENTURY_S)

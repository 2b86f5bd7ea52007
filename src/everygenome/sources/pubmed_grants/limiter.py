"""No more questions in a second than a server allows."""

from collections.abc import Callable


class Limiter:
    """Keeps questions apart, so that no second holds more of them than allowed.

    Args:
        per_second: most questions in a second.
        clock: seconds that only grow.
        sleep: waits that many seconds.

    Example:
        >>> waits = []
        >>> limiter = Limiter(4, clock=lambda: 100.0, sleep=waits.append)
        >>> for _ in range(3):
        ...     limiter.wait()
        >>> waits
        [0.25, 0.25]
    """

    def __init__(
        self, per_second: float, *, clock: Callable[[], float], sleep: Callable[[float], None]
    ) -> None:
        self._apart_s = 1 / per_second
        self._clock, self._sleep = clock, sleep
        self._last: float | None = None

    def wait(self) -> None:
        """Returns when the next question may be asked."""
        now = self._clock()
        if self._last is not None:
            left = self._last + self._apart_s - now
            if left > 0:
                self._sleep(left)
                # What the clock says now, not what was meant: a sleep may take longer.
                now = self._clock()
        self._last = now

"""What questions have made in memory: some of it for good, the rest only while it is new."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

T = TypeVar("T")
_NEWEST = 8


class Kept:
    """A store of made things, with bounds, that several threads may use.

    Args:
        newest: how many of the things that belong to one question are kept.
    """

    def __init__(self, *, newest: int = _NEWEST) -> None:
        self._most = newest
        self._lock = threading.RLock()
        self._always: dict[Hashable, Any] = {}
        self._newest: OrderedDict[Hashable, Any] = OrderedDict()

    def always(self, key: Hashable, build: Callable[[], T]) -> T:
        """Made once, and kept as long as the release is open."""
        # Whoever asks second waits: making an index twice would cost more.
        with self._lock:
            if key not in self._always:
                self._always[key] = build()
            return cast("T", self._always[key])

    def newest(self, key: Hashable, build: Callable[[], T]) -> T:
        """Made where it is not among those asked for last."""
        with self._lock:
            if key in self._newest:
                self._newest.move_to_end(key)
                return cast("T", self._newest[key])
        made = build()
        with self._lock:
            self._newest[key] = made
            while len(self._newest) > self._most:
                self._newest.popitem(last=False)
        return made

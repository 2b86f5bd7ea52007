"""How often each number occurs, in memory that has an end: for a median over many windows."""

import numpy as np
from numpy.typing import NDArray

_MOST_PLACES = 1 << 22


class Histogram:
    """Counts of whole numbers from 0 on.

    Numbers up to 4 million are told apart. Where larger ones come, neighbours are counted
    together, and the median is one of numbers that differ by less than one in two million.
    """

    def __init__(self) -> None:
        self._counts: NDArray[np.int64] = np.zeros(0, np.int64)
        self._step = 1

    def add(self, values: NDArray[np.integer]) -> None:
        """Count more numbers, none below 0."""
        if not values.size:
            return
        largest = int(values.max())
        while largest // self._step >= _MOST_PLACES:
            self._widen()
        found = np.bincount(values.astype(np.int64) // self._step)
        if len(found) > len(self._counts):
            self._counts = np.pad(self._counts, (0, len(found) - len(self._counts)))
        self._counts[: len(found)] += found

    def median(self) -> float | None:
        """The median; None where nothing was counted.

        Example:
            >>> seen = Histogram()
            >>> seen.add(np.array([1, 2, 10, 11]))
            >>> seen.median()
            6.0
        """
        total = int(self._counts.sum())
        if not total:
            return None
        places = np.cumsum(self._counts)
        ranks = ((total + 1) // 2, total // 2 + 1)
        low, high = (int(np.searchsorted(places, rank)) * self._step for rank in ranks)
        return (low + high) / 2

    def _widen(self) -> None:
        self._step *= 2
        even = np.pad(self._counts, (0, len(self._counts) % 2))
        self._counts = even[0::2] + even[1::2]

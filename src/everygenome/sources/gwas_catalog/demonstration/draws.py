"""Draw from tables of weights, the same on every machine and in every version of Python."""

import random
from collections.abc import Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")


class Draws:
    """A seeded sequence of draws.

    Python promises that `random()` gives the same numbers for a seed in later versions,
    and nothing of the kind for its other methods; so only that one is used, with sums
    and products that every machine rounds alike.
    """

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - no secret hangs on it

    def chance(self, probability: float) -> bool:
        """True with a probability (0-1)."""
        return self._random.random() < probability

    def between(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self._random.random() * (high - low + 1))

    def one(self, values: Sequence[T]) -> T:
        """One of some values, each alike."""
        return values[self.between(0, len(values) - 1)]

    def weighted(self, weights: Mapping[T, float]) -> T:
        """One key of a table, with its weight.

        Example:
            >>> Draws(1).weighted({"a": 0, "b": 2})
            'b'
        """
        at = self._random.random() * sum(weights.values())
        for value, weight in weights.items():
            at -= weight
            if at < 0:
                return value
        return list(weights)[-1]

    def several(self, weights: Mapping[T, float], number: int) -> list[T]:
        """Different keys of a table, as many as wanted or as there are."""
        left = dict(weights)
        found: list[T] = []
        while left and len(found) < number:
            found.append(self.weighted(left))
            del left[found[-1]]
        return found

    def size(self, smallest: int, *, doubling: float, limit: int) -> int:
        """A size with a long tail: each doubling has the chance given, up to a limit."""
        size = smallest
        for _ in range(limit):
            if not self.chance(doubling):
                break
            size *= 2
        return size + self.between(0, size - 1)

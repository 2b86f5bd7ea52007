"""Scales: from a number to a place in pixels, and the round numbers to write beside them."""

import math
from collections.abc import Callable
from dataclasses import dataclass


def straight(value: float) -> float:
    """Equal steps for equal differences."""
    return value


def root(value: float) -> float:
    """Square roots, with the sign kept: small numbers get room, and zero has a place.

    Example:
        >>> root(0.25), root(-4)
        (0.5, -2.0)
    """
    return math.copysign(math.sqrt(abs(value)), value)


@dataclass(frozen=True, slots=True)
class Scale:
    """From `low` to `high`, drawn from pixel `start` to pixel `end`.

    Example:
        >>> Scale(1, 100, 0, 200, math.log10)(10), Scale(0, 1, 100, 0)(2)
        (100.0, 0.0)
    """

    low: float
    high: float
    start: float
    end: float
    bend: Callable[[float], float] = straight

    def __call__(self, value: float) -> float:
        """The place of a number; what lies beyond an end stands at that end."""
        inside = min(max(value, self.low), self.high)
        low, high = self.bend(self.low), self.bend(self.high)
        part = (self.bend(inside) - low) / (high - low) if high > low else 0.5
        return self.start + part * (self.end - self.start)


def round_up(value: float) -> float:
    """The next 1, 2 or 5 times a power of ten.

    Example:
        >>> [round_up(x) for x in (0.0, 0.012, 0.2, 70, 281389129)]
        [1.0, 0.02, 0.2, 100.0, 500000000.0]
    """
    if value <= 0:
        return 1.0
    power = math.floor(math.log10(value))
    for step in (1, 2, 5, 10):
        # The quotient of a round number by itself may miss 1 by the last bit.
        if step * 10.0**power >= value * (1 - 1e-12):
            return float(f"{step}e{power}")
    return float(f"1e{power + 1}")


def powers(low: float, high: float, *, base: float = 10) -> list[float]:
    """The powers of a base from the one at or below `low` to the one at or above `high`.

    Example:
        >>> powers(3, 250), powers(0.2, 7, base=2)
        ([1.0, 10.0, 100.0, 1000.0], [0.125, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0])
    """
    first = math.floor(round(math.log(low, base), 9))
    last = max(first + 1, math.ceil(round(math.log(high, base), 9)))
    return [float(base) ** power for power in range(first, last + 1)]


def thinned(values: list[float], room: float, *, each: float) -> list[float]:
    """So many of the values as have room, evenly chosen from the first.

    Example:
        >>> thinned([1, 2, 3, 4, 5], 100, each=40)
        [1, 4]
    """
    most = max(1, int(room // each))
    step = math.ceil(len(values) / most)
    return values[::step]

"""Rows put together in cells, and numbers that add up exactly however often they are drawn."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
Flags = NDArray[np.bool_]

# No publication is drawn 64 times: a weight is near Poisson(1), and 1 / 64! is nothing.
_DRAWN_BITS: Final = 6
# Whole numbers of so many bits are exact as floats, one bit kept back.
_EXACT_BITS: Final = 52


def numbered(*columns: Places) -> tuple[Places, Places]:
    """The different rows of columns, in order, and which of them each row is.

    Args:
        columns: each of shape (n,).

    Returns:
        The different rows, shape (columns, different), and for each row its place among them.

    Example:
        >>> rows, place = numbered(np.array([2, 1, 2]), np.array([5, 5, 5]))
        >>> rows.tolist(), place.tolist()
        ([[1, 2], [5, 5]], [1, 0, 1])
    """
    if len(columns[0]) == 0:
        return np.zeros((len(columns), 0), dtype=np.int64), np.zeros(0, dtype=np.int64)
    order = np.lexsort(columns[::-1])
    ordered = np.stack([column[order] for column in columns])
    first = np.append(True, (ordered[:, 1:] != ordered[:, :-1]).any(axis=0))
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.cumsum(first) - 1
    return ordered[:, first], place


def added(places: Places, values: Floats | Flags, size: int) -> Floats:
    """Values added up at places from 0 to `size` - 1.

    Example:
        >>> added(np.array([2, 0, 2]), np.array([1.0, 5.0, 2.0]), 3)
        array([5., 0., 3.])
    """
    return np.asarray(np.bincount(places, values, minlength=size), dtype=np.float64)


def exactly_added(values: Floats) -> Floats:
    """Values rounded to multiples of one power of two, so that weighted sums of them are exact.

    What is left of a whole when a part is taken away is then nought where it should be, and
    not a trace of rounding that would pass for participations. Of 10,000,000,000 in all, the
    multiples are of 0.0002.

    Args:
        values: 0 or more, any shape; any of them may be added up to 63 times.

    Example:
        >>> thirds = exactly_added(np.full(3, 100 / 3))
        >>> bool(thirds.sum() - thirds[0] - thirds[1] - thirds[2] == 0)
        True
    """
    whole_bits = int(np.ceil(np.log2(max(float(values.sum()), 1.0)))) + _DRAWN_BITS
    bits = _EXACT_BITS - whole_bits
    return np.asarray(np.ldexp(np.rint(np.ldexp(values, bits)), -bits))

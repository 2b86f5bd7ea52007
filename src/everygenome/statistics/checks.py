"""Checks on the numbers that the statistics take in: what was given, and what is allowed.

A function here raises or hands back the value, so that a formula can assume its range.
"""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from everygenome.errors import UsageError

# Shares come from division of counts, so they miss 1 only by rounding in the last digits.
SHARES_TOLERANCE: Final = 1e-6


def strictly_between_0_and_1(name: str, value: float) -> float:
    """Return `value` if 0 < value < 1.

    Raises:
        UsageError: otherwise; a missing value (NaN) is outside the range too.

    Example:
        >>> strictly_between_0_and_1("level", 0.95)
        0.95
    """
    if not 0.0 < value < 1.0:
        raise UsageError(f"{name} is {value!r}, but it must be above 0 and below 1.")
    return value


def fraction(name: str, value: float) -> float:
    """Return `value` if 0 <= value <= 1.

    Raises:
        UsageError: otherwise; a missing value (NaN) is outside the range too.
    """
    if not 0.0 <= value <= 1.0:
        raise UsageError(f"{name} is {value!r}, but it must be from 0 to 1.")
    return value


def counts(name: str, values: ArrayLike) -> NDArray[np.float64]:
    """Return `values` as floats if each is finite and 0 or more; fractional counts are allowed.

    Raises:
        UsageError: a negative, missing or infinite number; the message shows the first one.

    Example:
        >>> counts("participations", [3, 0])
        array([3., 0.])
    """
    array = np.asarray(values, dtype=np.float64)
    wrong = ~(np.isfinite(array) & (array >= 0))
    if wrong.any():
        raise UsageError(
            f"{name} contains {float(array[wrong][0])!r}, "
            "but each number must be finite and 0 or more."
        )
    return array


def shares(name: str, values: ArrayLike) -> NDArray[np.float64]:
    """Return `values` as floats if they are shares of one whole: a list, each 0 to 1, sum 1.

    Raises:
        UsageError: not one list, empty, a share outside 0 to 1, or a sum that is not 1
            within `SHARES_TOLERANCE`.

    Example:
        >>> shares("observed shares", [0.75, 0.25])
        array([0.75, 0.25])
    """
    array = counts(name, values)
    if array.ndim != 1 or array.size == 0:
        raise UsageError(f"{name} has shape {array.shape}, but one list of shares is needed.")
    total = float(array.sum())
    if abs(total - 1.0) > SHARES_TOLERANCE:
        raise UsageError(
            f"{name} sum to {total:.9g}, but shares must sum to 1.",
            remedy="Divide by their total first, and do not round.",
        )
    return array


def same_groups(
    observed: ArrayLike, reference: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return two lists of shares over the same groups, in the same order.

    Raises:
        UsageError: either is not a list of shares, or their lengths differ.
    """
    p, q = shares("observed shares", observed), shares("reference shares", reference)
    if p.size != q.size:
        raise UsageError(
            f"{p.size} observed and {q.size} reference shares were given, "
            "but both must list the same groups in the same order."
        )
    return p, q

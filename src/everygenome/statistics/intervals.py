"""Intervals for proportions: Wilson (one), Goodman (several read together), percentile.

Wilson and Goodman describe the sampling of independent people; the percentile interval
describes whatever was resampled to make the replicates.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

from everygenome.errors import UsageError
from everygenome.statistics import checks


class Interval(NamedTuple):
    """Lower and upper bounds, in arrays of one shape; NaN means "no interval"."""

    low: NDArray[np.float64]
    high: NDArray[np.float64]


class PercentileInterval(NamedTuple):
    """Bounds from replicates, and how many replicates were missing and so left out."""

    low: NDArray[np.float64]
    high: NDArray[np.float64]
    missing: NDArray[np.int64]


def wilson(successes: ArrayLike, trials: ArrayLike, *, level: float = 0.95) -> Interval:
    """Wilson score interval of a proportion.

    Args:
        successes: counts, any shape.
        trials: counts, a shape that broadcasts with `successes`, each at least as large.
        level: confidence, above 0 and below 1.

    Returns:
        Bounds from 0 to 1 that contain successes / trials; NaN where there are no trials.

    Raises:
        UsageError: a count below 0, more successes than trials, or a level out of range.

    Source: Wilson 1927, JASA 22:209; Newcombe 1998, Statistics in Medicine 17:857, method 3.

    Example:
        >>> low, high = wilson(81, 263)
        >>> round(float(low), 4), round(float(high), 4)
        (0.2553, 0.3662)
    """
    checks.strictly_between_0_and_1("level", level)
    return _score_interval(successes, trials, z=_two_sided(1.0 - level))


def goodman(counts: ArrayLike, *, level: float = 0.95) -> Interval:
    """Goodman's simultaneous intervals of the shares of k groups, for reading them together.

    Args:
        counts: one count per group, shape (k,); empty groups are listed with 0 and are
            part of k.
        level: confidence that all k intervals hold at once, above 0 and below 1.

    Returns:
        Bounds from 0 to 1, shape (k,); NaN where all counts are 0.

    Raises:
        UsageError: not one list, a count below 0, or a level out of range.

    Source: Goodman 1965, Technometrics 7:247, with each group at (1 - level) / k.

    Example:
        >>> low, high = goodman([56, 72, 73, 59, 62, 87, 58])
        >>> round(float(low[0]), 3), round(float(high[0]), 3)
        (0.085, 0.166)
    """
    checks.strictly_between_0_and_1("level", level)
    array = checks.counts("counts", counts)
    if array.ndim != 1 or array.size == 0:
        raise UsageError(f"counts has shape {array.shape}, but one list of counts is needed.")
    return _score_interval(array, array.sum(), z=_two_sided((1.0 - level) / array.size))


def percentile_interval(replicates: ArrayLike, level: float = 0.95) -> PercentileInterval:
    """Percentile interval of replicates, leaving out and counting the missing ones.

    Args:
        replicates: shape (R,) or (R, ...): R replicates of each quantity; NaN is a missing
            replicate (0/0), which says nothing about the quantity.
        level: share of the replicates between the bounds, above 0 and below 1.

    Returns:
        Bounds and number of missing replicates, shape (...); NaN bounds where all are missing.
        Between two replicates the bound is interpolated linearly, as `numpy.quantile` does.

    Raises:
        UsageError: no replicates, an infinite one (x/0 is a fault, not a gap), or a level
            out of range.

    Source: Efron and Tibshirani 1993, An Introduction to the Bootstrap, chapter 13.

    Example:
        >>> low, high, missing = percentile_interval([float("nan"), *range(101)], level=0.5)
        >>> float(low), float(high), int(missing)
        (25.0, 75.0, 1)
    """
    checks.strictly_between_0_and_1("level", level)
    array = np.asarray(replicates, dtype=np.float64)
    if array.ndim == 0 or array.shape[0] == 0:
        raise UsageError(f"replicates has shape {array.shape}, but at least one is needed.")
    if np.isinf(array).any():
        raise UsageError("replicates contains an infinite number, but each must be finite or NaN.")
    # Sorting puts NaN last, so the first `present` entries of each quantity are its replicates.
    ordered = np.sort(np.moveaxis(array, 0, -1), axis=-1)
    present = np.asarray(np.count_nonzero(~np.isnan(ordered), axis=-1), dtype=np.int64)
    tail = (1.0 - level) / 2.0
    return PercentileInterval(
        low=_quantile(ordered, present, tail),
        high=_quantile(ordered, present, 1.0 - tail),
        missing=array.shape[0] - present,
    )


def _quantile(
    ordered: NDArray[np.float64], present: NDArray[np.int64], probability: float
) -> NDArray[np.float64]:
    place = np.maximum(present - 1, 0) * probability
    below = np.floor(place).astype(np.int64)
    above = np.minimum(below + 1, np.maximum(present - 1, 0))
    lower = np.take_along_axis(ordered, below[..., None], axis=-1)[..., 0]
    upper = np.take_along_axis(ordered, above[..., None], axis=-1)[..., 0]
    return np.asarray(lower + (place - below) * (upper - lower))


def _two_sided(alpha: float) -> float:
    return float(-ndtri(alpha / 2.0))


def _score_interval(successes: ArrayLike, trials: ArrayLike, *, z: float) -> Interval:
    x, n = np.broadcast_arrays(
        checks.counts("successes", successes), checks.counts("trials", trials)
    )
    if (x > n).any():
        worst = np.flatnonzero((x > n).ravel())[0]
        raise UsageError(
            f"{x.ravel()[worst]:g} successes were given for {n.ravel()[worst]:g} trials, "
            "but there cannot be more successes than trials."
        )
    n = np.where(n > 0, n, np.nan)
    p = x / n
    centre = p + z * z / (2 * n)
    half = z * np.sqrt(p * (1 - p) / n + (z / (2 * n)) ** 2)
    scale = 1 + z * z / n
    # Exact arithmetic keeps p inside the bounds; rounding at p = 0 or 1 must not push it out.
    return Interval(
        low=np.asarray(np.clip((centre - half) / scale, 0, p)),
        high=np.asarray(np.clip((centre + half) / scale, p, 1)),
    )

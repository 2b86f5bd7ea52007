"""Cluster bootstrap over publications: how far a share depends on which papers exist.

Publications are drawn with replacement over the whole field, and every row of a publication
comes with it. The bands describe clustering by publication: a few large papers make a wide
band. They do not describe the sampling of humanity, since nobody drew the participants of
genetic studies at random, and they must not be read that way.
"""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from everygenome.errors import UsageError
from everygenome.statistics import checks
from everygenome.statistics.intervals import Interval, percentile_interval

REPLICATES: Final = 2_000
SEED: Final = 20_260_101
MINIMUM_PUBLICATIONS: Final = 10
# Replicates turned into floats at a time: 64 x 7,800 x 8 bytes is 4 MB, which a cache holds.
CHUNK: Final = 64


def weights(
    publications: int, *, replicates: int = REPLICATES, seed: int = SEED
) -> NDArray[np.uint16]:
    """How often each publication is drawn in each replicate.

    The numbers come straight from the PCG64 stream, which NumPy promises never to change, and
    each replicate uses the same length of it: one seed gives one answer on every machine, and
    the first 100 of 2,000 replicates are the 100 replicates of a shorter run.

    Args:
        publications: P, the number of publications in the whole field; 1 to 1,000,000.
        replicates: R, at least 1.
        seed: 0 or more.

    Returns:
        Shape (R, P), whole numbers; each row sums to P. 31 MB for 2,000 x 7,800.

    Raises:
        UsageError: a number outside the stated range.

    Source: Efron and Tibshirani 1993, An Introduction to the Bootstrap, section 6.2 (multinomial
    counts); Davison and Hinkley 1997, Bootstrap Methods, section 3.8 (resampling clusters).

    Example:
        >>> weights(5, replicates=3).sum(axis=1)
        array([5, 5, 5], dtype=uint64)
    """
    if not 1 <= publications <= 1_000_000:
        raise UsageError(f"publications is {publications}, but it must be 1 to 1,000,000.")
    if replicates < 1 or seed < 0:
        raise UsageError(
            f"replicates is {replicates} and seed is {seed}, "
            "but they must be at least 1 and at least 0."
        )
    stream = np.random.PCG64(seed)
    words = (publications + 1) // 2  # two 32-bit draws are cut from each 64-bit word
    # Weights are near Poisson(1): one above 65,535 does not occur.
    counts = np.empty((replicates, publications), dtype=np.uint16)
    for replicate in range(replicates):
        # The byte order is fixed, so that machines of either order cut the words alike.
        raw = stream.random_raw(words).astype("<u8", copy=False).view("<u4")[:publications]
        # Multiply and shift maps 32 bits to 0..P-1; it is uneven by less than P / 2^32.
        drawn = (raw.astype(np.int64) * publications) >> 32
        counts[replicate] = np.bincount(drawn, minlength=publications)
    return counts


def totals(weights: NDArray[np.uint16], values: ArrayLike) -> NDArray[np.float64]:
    """Replicate totals: the product of weights and values.

    Sums are in double precision, so totals of whole numbers are exact below 2^53 (9e15);
    single precision would lose units above 16,777,216.

    Args:
        weights: shape (R, P), or some of its columns, for a subset of the publications.
        values: shape (P, G): an additive quantity of each publication in each of G groups.

    Returns:
        Shape (R, G).

    Raises:
        UsageError: the two do not list the same number of publications.

    Example:
        >>> totals(np.array([[2, 0], [1, 1]], dtype=np.uint16), [[10.0], [3.0]])
        array([[20.],
               [13.]])
    """
    table = np.asarray(values, dtype=np.float64)
    if weights.ndim != 2 or table.ndim != 2 or weights.shape[1] != table.shape[0]:
        raise UsageError(
            f"weights has shape {weights.shape} and values has shape {table.shape}, but they "
            "must be (replicates, publications) and (publications, groups)."
        )
    result = np.empty((weights.shape[0], table.shape[1]))
    for start in range(0, weights.shape[0], CHUNK):
        chunk = slice(start, start + CHUNK)
        np.matmul(weights[chunk].astype(np.float64), table, out=result[chunk])
    return result


def share_bands(
    weights: NDArray[np.uint16],
    numerators: ArrayLike,
    denominators: ArrayLike,
    *,
    minimum_publications: int = MINIMUM_PUBLICATIONS,
    level: float = 0.95,
) -> Interval:
    """Percentile bands of shares under resampling of publications.

    It describes clustering by publication and not the sampling of humanity.

    Args:
        weights: shape (R, P) from `weights` over the whole field. For a part of the field (a
            year, a funder) pass the columns of its publications: membership is kept.
        numerators: shape (P, G), 0 or more: what each publication adds to each group.
        denominators: shape (P,) for one denominator or (P, G) for one per group; at least
            the numerators.
        minimum_publications: groups to which fewer publications contribute get no interval.
        level: share of the replicates between the bounds, above 0 and below 1.

    Returns:
        Bounds from 0 to 1, shape (G,); NaN is "no interval".

    Raises:
        UsageError: shapes that do not fit, a number below 0, or a share above 1.

    Example:
        >>> field = [[60.0, 40.0]] * 30
        >>> share_bands(weights(30, replicates=50), field, [100.0] * 30)
        Interval(low=array([0.6, 0.4]), high=array([0.6, 0.4]))
    """
    above = checks.counts("numerators", numerators)
    below = checks.counts("denominators", denominators)
    below = below[:, None] if below.ndim == 1 else below
    if above.ndim != 2 or below.shape not in {above.shape, (above.shape[0], 1)}:
        raise UsageError(
            f"numerators has shape {above.shape} and denominators has shape "
            f"{np.shape(denominators)}, but they must be (publications, groups), and "
            "(publications,) or (publications, groups)."
        )
    if (above > below * (1 + checks.SHARES_TOLERANCE)).any():
        raise UsageError("A publication's numerator is above its denominator: not a share.")
    both = totals(weights, np.hstack([above, below]))
    groups = above.shape[1]
    field = np.broadcast_to(both[:, groups:], (both.shape[0], groups))
    shares = np.full((both.shape[0], groups), np.nan)
    np.divide(both[:, :groups], field, out=shares, where=field > 0)
    low, high, _ = percentile_interval(np.minimum(shares, 1.0), level)
    shown = np.count_nonzero(above, axis=0) >= minimum_publications
    return Interval(low=np.where(shown, low, np.nan), high=np.where(shown, high, np.nan))

"""Shares of many portfolios at once, with bands: what each publication adds to each of them."""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from everygenome.errors import UsageError
from everygenome.statistics.bootstrap import CHUNK, MINIMUM_PUBLICATIONS
from everygenome.statistics.intervals import Interval, percentile_interval

# Portfolios reckoned at a time: 256 x 2,000 x 8 bytes is 4 MB for each of two sums.
_TOGETHER = 256
Floats = NDArray[np.float64]
Places = NDArray[np.int64]


def portfolio_bands(
    weights: NDArray[np.uint16],
    *,
    portfolio: Places,
    publication: Places,
    above: Floats,
    below: Floats,
    portfolios: int,
    minimum_publications: int = MINIMUM_PUBLICATIONS,
    level: float = 0.95,
) -> Interval:
    """Percentile bands of a share in each of many portfolios, publications drawn again.

    It describes clustering by publication and not the sampling of humanity.

    Args:
        weights: shape (R, P) from `bootstrap.weights` over the whole field.
        portfolio: shape (N,): the portfolio that a publication adds to, from 0.
        publication: shape (N,): its place in the field. A publication may add to several.
        above: shape (N,), 0 or more: what it adds to the group.
        below: shape (N,), at least `above`: what it adds to the denominator.
        portfolios: how many there are.
        minimum_publications: a portfolio in which fewer publications add to the group gets none.
        level: share of the replicates between the bounds, above 0 and below 1.

    Returns:
        Bounds from 0 to 1, shape (portfolios,); NaN is "no interval".

    Raises:
        UsageError: arrays of different length, a number below 0, or a share above 1.

    Example:
        >>> from everygenome.statistics.bootstrap import weights
        >>> each = np.arange(20)
        >>> portfolio_bands(
        ...     weights(20, replicates=50), portfolio=each * 0, publication=each,
        ...     above=np.full(20, 3.0), below=np.full(20, 4.0), portfolios=2,
        ... )
        Interval(low=array([0.75,  nan]), high=array([0.75,  nan]))
    """
    if not len(portfolio) == len(publication) == len(above) == len(below):
        raise UsageError("What publications add to portfolios must be lists of one length.")
    if (above < 0).any() or (above > below * (1 + 1e-9)).any():
        raise UsageError("A publication adds less than nothing, or more than its denominator.")
    low, high = np.full(portfolios, np.nan), np.full(portfolios, np.nan)
    adding = np.bincount(portfolio[above > 0], minlength=portfolios)
    shown = np.flatnonzero(adding >= minimum_publications)
    shape = (portfolios, weights.shape[1])
    tops = sparse.csr_array((above, (portfolio, publication)), shape=shape)
    bases = sparse.csr_array((below, (portfolio, publication)), shape=shape)
    for start in range(0, len(shown), _TOGETHER):
        some = shown[start : start + _TOGETHER]
        shares = _shares(weights, tops[some], bases[some])
        low[some], high[some], _ = percentile_interval(shares, level)
    return Interval(low=low, high=high)


def _shares(weights: NDArray[np.uint16], tops: sparse.csr_array, bases: sparse.csr_array) -> Floats:
    """Shape (R, some portfolios): the share in each replicate; NaN where nothing was drawn."""
    replicates = weights.shape[0]
    shares = np.full((replicates, tops.shape[0]), np.nan)
    for start in range(0, replicates, CHUNK):
        drawn = weights[start : start + CHUNK].T.astype(np.float64)
        top, base = tops @ drawn, bases @ drawn
        found = np.full(top.shape, np.nan)
        np.divide(top, base, out=found, where=base > 0)
        shares[start : start + CHUNK] = np.minimum(found, 1.0).T
    return shares

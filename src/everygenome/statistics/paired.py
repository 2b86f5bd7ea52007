"""The difference between two shares, over the same resamples of publications.

A publication that is in both selections is drawn together in each resample: what the two
have in common cancels, as it should.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from everygenome.errors import UsageError
from everygenome.statistics import checks
from everygenome.statistics.bootstrap import MINIMUM_PUBLICATIONS, totals
from everygenome.statistics.intervals import Interval, percentile_interval


def difference_bands(
    weights: NDArray[np.uint16],
    *,
    before: tuple[ArrayLike, ArrayLike],
    after: tuple[ArrayLike, ArrayLike],
    minimum_publications: int = MINIMUM_PUBLICATIONS,
    level: float = 0.95,
) -> Interval:
    """Percentile bands of the second share less the first, publications drawn together.

    It describes clustering by publication and not the sampling of humanity.

    Args:
        weights: shape (R, P) from `bootstrap.weights` over the whole field.
        before: the first selection: numerators, shape (P, G), and denominators, shape (P,):
            what each publication adds to each group and to the base, 0 or more.
        after: the second selection, alike and with the same groups.
        minimum_publications: groups to which fewer publications contribute, in either
            selection, get no interval.
        level: share of the replicates between the bounds, above 0 and below 1.

    Returns:
        Bounds from -1 to 1, shape (G,); NaN is "no interval".

    Raises:
        UsageError: shapes that do not fit, or a number below 0.

    Source: Davison and Hinkley 1997, Bootstrap Methods, sections 2.4.1 (functions of the
    resampled data) and 3.8 (resampling clusters).

    Example:
        >>> from everygenome.statistics.bootstrap import weights
        >>> field = ([[60.0, 40.0]] * 30, [100.0] * 30)
        >>> difference_bands(weights(30, replicates=50), before=field, after=field)
        Interval(low=array([0., 0.]), high=array([0., 0.]))
    """
    first, base_first = _sides("before", before)
    second, base_second = _sides("after", after)
    if first.shape != second.shape:
        raise UsageError(
            f"The two selections have shapes {first.shape} and {second.shape}, but they must "
            "list the same publications and the same groups."
        )
    groups = first.shape[1]
    drawn = totals(weights, np.hstack([first, base_first, second, base_second]))
    shares_first = _shares(drawn[:, :groups], drawn[:, groups])
    shares_second = _shares(drawn[:, groups + 1 : -1], drawn[:, -1])
    low, high, _ = percentile_interval(shares_second - shares_first, level)
    fewest = np.minimum(np.count_nonzero(first, axis=0), np.count_nonzero(second, axis=0))
    shown = fewest >= minimum_publications
    return Interval(low=np.where(shown, low, np.nan), high=np.where(shown, high, np.nan))


def _sides(
    name: str, given: tuple[ArrayLike, ArrayLike]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    above = checks.counts(f"{name} numerators", given[0])
    below = checks.counts(f"{name} denominators", given[1])
    if above.ndim != 2 or below.shape != above.shape[:1]:
        raise UsageError(
            f"{name} has numerators of shape {above.shape} and denominators of shape "
            f"{below.shape}, but they must be (publications, groups) and (publications,)."
        )
    return above, below[:, None]


def _shares(above: NDArray[np.float64], below: NDArray[np.float64]) -> NDArray[np.float64]:
    shares = np.full(above.shape, np.nan)
    np.divide(above, below[:, None], out=shares, where=below[:, None] > 0)
    return shares

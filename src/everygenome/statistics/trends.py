"""Bands of shares year by year, from one resampling of the publications of all years."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from everygenome.errors import UsageError
from everygenome.statistics.bootstrap import MINIMUM_PUBLICATIONS, share_bands
from everygenome.statistics.intervals import Interval


def trend_bands(
    weights: NDArray[np.uint16],
    numerators: ArrayLike,
    denominators: ArrayLike,
    *,
    years: ArrayLike,
    minimum_publications: int = MINIMUM_PUBLICATIONS,
    level: float = 0.95,
) -> dict[int, Interval]:
    """`share_bands` of each year on its own, with publications resampled over all years.

    Each publication has one year, so a year's share needs only the columns of its publications:
    a trend of twenty years costs as much as one share over all of them.

    Args:
        years: shape (P,), the year of each publication.
        weights: see `share_bands`, as for the rest.
        numerators: shape (P, G).
        denominators: shape (P,) or (P, G), each publication's own denominator.
        minimum_publications: counted within the year.
        level: see `share_bands`.

    Returns:
        Years in order, each with bounds of shape (G,).

    Raises:
        UsageError: as `share_bands`, or years that do not list the same publications.

    Example:
        >>> from everygenome.statistics.bootstrap import weights
        >>> bands = trend_bands(weights(20, replicates=50), [[1.0]] * 20, [2.0] * 20,
        ...                     years=[2019] * 12 + [2020] * 8)
        >>> {year: float(band.low[0]) for year, band in bands.items()}
        {2019: 0.5, 2020: nan}
    """
    year_of = np.asarray(years, dtype=np.int64)
    above, below = np.asarray(numerators), np.asarray(denominators)
    if not year_of.shape == weights.shape[1:] == above.shape[:1] == below.shape[:1]:
        raise UsageError(
            f"weights, numerators, denominators and years list {weights.shape[1]}, "
            f"{len(above)}, {len(below)} and {len(year_of)} publications, "
            "but they must list the same ones."
        )
    bands: dict[int, Interval] = {}
    for year in np.unique(year_of):
        members = np.flatnonzero(year_of == year)
        bands[int(year)] = share_bands(
            np.take(weights, members, axis=1),
            above[members],
            below[members],
            minimum_publications=minimum_publications,
            level=level,
        )
    return bands

"""What an allele count says of a frequency: how common it is at least, and at most.

Groups are genetic similarity to reference panels, not a person's identity.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from everygenome.errors import UsageError
from everygenome.statistics import checks

# With one copy or none there is no telling from a slip in reading: gnomAD says 0, and so do we.
_LEAST_COPIES = 2


def filtering_frequency(
    copies: ArrayLike, chromosomes: ArrayLike, *, confidence: float = 0.95
) -> NDArray[np.float64]:
    """Filtering allele frequency: the true one is at least this, with the confidence asked for.

    gamma.ppf(1 - confidence, AC) / AN, and 0 where AC is 0 or 1. Always reckoned anew: in gnomAD
    v2.1.1 the fields called `faf99` hold the value at 95%.

    Args:
        copies: AC, 0 or more.
        chromosomes: AN of the site and group, of a shape that fits; never twice the people.
        confidence: above 0 and below 1.

    Returns:
        0 to 1; NaN where AN is 0.

    Raises:
        UsageError: a negative number, or more copies than chromosomes.

    Source: Whiffin et al. 2017, Genetics in Medicine 19:1151.

    Example:
        >>> f"{float(filtering_frequency(3, 100_000)):.3g}"
        '8.18e-06'
    """
    ac, an = _counted(copies, chromosomes)
    checks.strictly_between_0_and_1("confidence", confidence)
    # Loaded where it is needed: most who ask for evidence find it reckoned in the store.
    from scipy.special import gammaincinv

    # Few different counts make up most of a file: each is reckoned once.
    different, places = np.unique(ac, return_inverse=True)
    quantiles = np.where(
        different < _LEAST_COPIES, 0.0, gammaincinv(np.maximum(different, 1.0), 1 - confidence)
    )
    return _per(quantiles[places].reshape(ac.shape), an)


def upper_frequency(
    copies: ArrayLike, chromosomes: ArrayLike, *, confidence: float = 0.95
) -> NDArray[np.float64]:
    """The true frequency is at most this, with the confidence asked for.

    gamma.ppf(confidence, AC + 1) / AN: for no copies about 3 / AN at 95%.

    Returns:
        0 or more; NaN where AN is 0.

    Example:
        >>> f"{float(upper_frequency(0, 44_896)):.3g}"
        '6.67e-05'
    """
    ac, an = _counted(copies, chromosomes)
    different, places = np.unique(ac, return_inverse=True)
    from everygenome.statistics.distributions import gamma_quantile

    quantiles = gamma_quantile(confidence, different + 1)
    return _per(quantiles[places].reshape(ac.shape), an)


def chromosomes_to_show_absence(bar: float, *, confidence: float = 0.95) -> float:
    """Chromosomes with which none seen says that an allele is rarer than a bar: 2.996 / bar.

    Example:
        >>> round(chromosomes_to_show_absence(4e-5))
        74893
    """
    checks.strictly_between_0_and_1("bar", bar)
    checks.strictly_between_0_and_1("confidence", confidence)
    return float(-np.log1p(-confidence)) / bar


def _counted(
    copies: ArrayLike, chromosomes: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    ac, an = np.broadcast_arrays(
        checks.counts("copies", copies), checks.counts("chromosomes", chromosomes)
    )
    if (ac > an).any():
        raise UsageError("There are more copies than chromosomes (AC above AN).")
    return ac, an


def _per(quantiles: NDArray[np.float64], an: NDArray[np.float64]) -> NDArray[np.float64]:
    with np.errstate(divide="ignore", invalid="ignore"):
        found: NDArray[np.float64] = np.where(an > 0, quantiles / an, np.nan)
    return found

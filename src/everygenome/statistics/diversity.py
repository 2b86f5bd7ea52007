"""Evenness of shares over groups: Shannon, Simpson and Pielou.

Evenness is not fairness: a field can be even over groups and far from the people it is for.
These numbers are shown beside a comparison with a reference population, never alone.

Every function takes shares of one whole, shape (k,): each 0 to 1, sum 1; zero shares are
allowed (0 log 0 = 0). Logarithms are natural. All raise `UsageError` for anything else.

Sources: Shannon 1948, Bell System Technical Journal 27:379; Simpson 1949, Nature 163:688;
Pielou 1966, Journal of Theoretical Biology 13:131; Hill 1973, Ecology 54:427.
"""

import math

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import entr

from everygenome.statistics import checks


def shannon(shares: ArrayLike) -> float:
    """Shannon entropy H = -sum p ln p: from 0 (one group) to ln k (all equal).

    Raises:
        UsageError: not shares of one whole.

    Example:
        >>> round(shannon([0.70, 0.15, 0.08, 0.05, 0.02]), 4)
        0.9643
    """
    return float(entr(checks.shares("shares", shares)).sum())


def effective_number(shares: ArrayLike) -> float:
    """Effective number of groups exp(H): how many equal groups have the same entropy, 1 to k.

    Raises:
        UsageError: not shares of one whole.

    Example:
        >>> round(effective_number([0.70, 0.15, 0.08, 0.05, 0.02]), 4)
        2.623
    """
    return math.exp(shannon(shares))


def simpson(shares: ArrayLike) -> float:
    """Simpson's 1 - sum p^2: the chance that two draws, with replacement, differ in group.

    Raises:
        UsageError: not shares of one whole.

    Example:
        >>> simpson([0.5, 0.5])
        0.5
    """
    return max(0.0, 1.0 - _concentration(shares))


def inverse_simpson(shares: ArrayLike) -> float:
    """Inverse Simpson 1 / sum p^2: a number of groups, 1 to k, led by the large ones.

    Raises:
        UsageError: not shares of one whole.

    Example:
        >>> round(inverse_simpson([0.70, 0.15, 0.08, 0.05, 0.02]), 4)
        1.9164
    """
    return 1.0 / _concentration(shares)


def pielou_evenness(shares: ArrayLike) -> float:
    """Pielou evenness H / ln k: from 0 (one group holds all) to 1 (all equal).

    k counts every group listed, so that a group of the scheme with no participants makes the
    field less even. For evenness among the groups present, list only those.

    Returns:
        0 to 1; NaN for a single group, which can be neither even nor uneven.

    Raises:
        UsageError: not shares of one whole.

    Example:
        >>> round(pielou_evenness([0.70, 0.15, 0.08, 0.05, 0.02]), 4)
        0.5992
    """
    groups = np.size(np.asarray(shares))
    return math.nan if groups == 1 else min(1.0, shannon(shares) / math.log(groups))


def _concentration(shares: ArrayLike) -> float:
    return float(np.square(checks.shares("shares", shares)).sum())

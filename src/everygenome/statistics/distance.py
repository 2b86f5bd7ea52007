"""Distance between observed and reference shares: dissimilarity, Gini, Theil.

Each function takes two lists of shares over the same groups, shape (k,): p observed and q
reference, each summing to 1, and gives 0 when p = q. The order of the groups does not matter,
and cutting a group into parts with the same p/q changes nothing.
"""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import rel_entr

from everygenome.errors import UsageError
from everygenome.statistics import checks


def dissimilarity(observed: ArrayLike, reference: ArrayLike) -> float:
    """Dissimilarity index 1/2 sum |p - q|: the share that would have to change group, 0 to 1.

    Raises:
        UsageError: not two lists of shares over the same groups.

    Source: Duncan and Duncan 1955, American Sociological Review 20:210.

    Example:
        >>> round(dissimilarity([0.8, 0.2], [0.5, 0.5]), 12)
        0.3
    """
    p, q = checks.same_groups(observed, reference)
    return float(np.abs(p - q).sum() / 2.0)


def gini(observed: ArrayLike, reference: ArrayLike) -> float:
    """Gini = 1 - sum q_i (P_i + P_{i-1}), P cumulative p, groups ordered by p/q; 0 to 1.

    Equal to 1/2 sum_ij q_i q_j |p_i/q_i - p_j/q_j| when every q is above 0. A group outside the
    reference (q = 0) comes last: it holds a share of the whole and none of the people.

    Raises:
        UsageError: not two lists of shares over the same groups.

    Source: Brown 1994, Social Science and Medicine 38:1243 (the formula for groups).

    Example:
        >>> round(gini([0.8, 0.2], [0.5, 0.5]), 12)
        0.3
    """
    p, q = checks.same_groups(observed, reference)
    ratio = np.full(p.shape, np.inf)
    np.divide(p, q, out=ratio, where=q > 0)
    order = np.argsort(ratio, kind="stable")
    p, q = p[order], q[order]
    cumulative = np.cumsum(p)
    return max(0.0, float(1.0 - (q * (2.0 * cumulative - p)).sum()))


def theil(observed: ArrayLike, reference: ArrayLike) -> float:
    """Theil index sum p ln(p/q), here the Kullback-Leibler divergence of p from q; 0 or more.

    Raises:
        UsageError: not two lists of shares over the same groups, or a group that was observed
            and is outside the reference (p > 0, q = 0), for which the index is infinite.

    Source: Theil 1967, Economics and Information Theory; Kullback and Leibler 1951, Annals of
    Mathematical Statistics 22:79.

    Example:
        >>> round(theil([0.8, 0.2], [0.5, 0.5]), 4)
        0.1927
    """
    p, q = checks.same_groups(observed, reference)
    outside = np.flatnonzero((p > 0) & (q == 0))
    if outside.size:
        raise UsageError(
            f"Group number {outside[0] + 1} has an observed share of {p[outside[0]]:g} "
            "and a reference share of 0, so the Theil index is infinite.",
            remedy="Use a reference that covers the group, or the dissimilarity index.",
        )
    return max(0.0, float(rel_entr(p, q).sum()))

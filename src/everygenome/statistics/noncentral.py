"""Non-central chi-square with one degree of freedom: from signal to power and back."""

import math

from scipy.special import chndtrinc, ndtr, ndtri

from everygenome.errors import UsageError
from everygenome.statistics import checks


def noncentral_power(noncentrality: float, *, alpha: float) -> float:
    """P(X > c), X non-central chi-square with 1 degree of freedom, c its critical value.

    With one degree of freedom X is the square of a normal number, so the two tails are summed
    and tiny powers keep their digits.

    Args:
        noncentrality: 0 or more.
        alpha: above 0 and below 1.

    Raises:
        UsageError: a number outside its range.

    Example:
        >>> round(noncentral_power(39.601, alpha=5e-8), 4)
        0.8
    """
    checks.strictly_between_0_and_1("alpha", alpha)
    shift = math.sqrt(float(checks.counts("noncentrality", noncentrality)))
    critical = -float(ndtri(alpha / 2.0))
    return float(ndtr(shift - critical) + ndtr(-shift - critical))


def noncentrality_needed(power: float, *, alpha: float) -> float:
    """Non-centrality at which the power is reached: the inverse of `noncentral_power`.

    Args:
        power: above alpha (which is the power of no effect at all) and below 1.
        alpha: above 0 and below 1.

    Raises:
        UsageError: a number outside its range.

    Example:
        >>> round(noncentrality_needed(0.8, alpha=0.05), 3)
        7.849
    """
    checks.strictly_between_0_and_1("alpha", alpha)
    if not alpha < power < 1.0:
        raise UsageError(f"power is {power!r}, but it must be above alpha ({alpha!r}), below 1.")
    critical = float(ndtri(alpha / 2.0)) ** 2
    return float(chndtrinc(critical, 1, 1.0 - power))

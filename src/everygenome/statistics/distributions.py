"""What a sample can show: gamma quantiles, the chance of seeing an allele, power.

Chromosomes are counted, not people: n people carry 2n copies of an autosome.
"""

import math
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaincinv

from everygenome.errors import UsageError
from everygenome.statistics import checks
from everygenome.statistics.noncentral import noncentral_power

GENOME_WIDE: float = 5e-8


class EffectForm(StrEnum):
    """How an effect becomes a non-centrality, with q2 = 2f(1-f)b^2 the variance explained."""

    EXACT = "exact"
    """N q2 / (1 - q2): the effect is left out of the residual variance."""
    APPROXIMATE = "approximate"
    """N q2: for small effects. For a binary trait give N phi (1 - phi), phi = cases / N."""


def gamma_quantile(probability: float, shape: ArrayLike) -> NDArray[np.float64]:
    """Quantile of the gamma distribution with scale 1.

    Divided by an allele number, the quantile at 0.05 with shape AC is the filtering allele
    frequency at 95%, and the one at 0.95 with shape AC + 1 is an upper bound of the frequency.

    Args:
        probability: above 0 and below 1.
        shape: above 0, any shape of array.

    Raises:
        UsageError: a number outside its range.

    Source: Whiffin et al. 2017, Genetics in Medicine 19:1151 (filtering allele frequency).

    Example:
        >>> f"{float(gamma_quantile(0.05, 3)) / 100_000:.3g}"
        '8.18e-06'
    """
    checks.strictly_between_0_and_1("probability", probability)
    array = checks.counts("shape", shape)
    if (array == 0).any():
        raise UsageError("shape contains 0, but each number must be above 0.")
    return np.asarray(gammaincinv(array, probability), dtype=np.float64)


def probability_seen(frequency: float, chromosomes: ArrayLike) -> NDArray[np.float64]:
    """Chance that at least one copy of an allele is among the chromosomes: 1 - (1-f)^AN.

    Args:
        frequency: f, 0 to 1.
        chromosomes: AN, 0 or more, any shape.

    Raises:
        UsageError: a number outside its range.

    Example:
        >>> round(float(probability_seen(4e-5, 44_896)), 3)
        0.834
    """
    number = checks.counts("chromosomes", chromosomes)
    if checks.fraction("frequency", frequency) == 1.0:
        return np.where(number > 0, 1.0, 0.0)
    return np.asarray(-np.expm1(number * math.log1p(-frequency)))


def detectable_frequency(
    chromosomes: ArrayLike, *, probability: float = 0.95
) -> NDArray[np.float64]:
    """Smallest allele frequency that is seen at least once with the given probability.

    Args:
        chromosomes: 2n for n people, above 0, any shape.
        probability: above 0 and below 1.

    Returns:
        1 - (1 - probability)^(1 / chromosomes), 0 to 1: 1 - 0.05^(1/2n) at 0.95.

    Raises:
        UsageError: a number outside its range.

    Example:
        >>> round(float(detectable_frequency(2_000)), 6)
        0.001497
    """
    checks.strictly_between_0_and_1("probability", probability)
    number = checks.counts("chromosomes", chromosomes)
    if (number == 0).any():
        raise UsageError("chromosomes contains 0, but nothing can be seen without a chromosome.")
    return np.asarray(-np.expm1(math.log1p(-probability) / number))


def chromosomes_needed(frequency: float, *, probability: float = 0.95) -> int:
    """Chromosomes to see at least one copy of an allele with the given probability.

    Args:
        frequency: above 0 and below 1.
        probability: above 0 and below 1.

    Raises:
        UsageError: a number outside its range.

    Example:
        >>> [chromosomes_needed(f) for f in (0.05, 0.01, 0.001, 0.0001)]
        [59, 299, 2995, 29956]
    """
    checks.strictly_between_0_and_1("frequency", frequency)
    checks.strictly_between_0_and_1("probability", probability)
    return math.ceil(math.log1p(-probability) / math.log1p(-frequency))


def association_power(
    n: float,
    f: float,
    b: float,
    *,
    alpha: float = GENOME_WIDE,
    form: EffectForm = EffectForm.EXACT,
    imputation_r2: float = 1.0,
) -> float:
    """Power to find an association of one variant with a quantitative trait.

    Args:
        n: people, 0 or more.
        f: allele frequency, 0 to 1.
        b: effect of one allele, in standard deviations of the trait.
        alpha: two-sided significance level, above 0 and below 1.
        form: see `EffectForm`.
        imputation_r2: share of the signal that imputation keeps, 0 to 1; multiplies the
            non-centrality.

    Returns:
        0 to 1, effects found in either direction.

    Raises:
        UsageError: a number outside its range, or (exact form) an effect that would explain
            all of the trait or more.

    Source: Sham and Purcell 2014, Nature Reviews Genetics 15:335.

    Example:
        >>> round(association_power(10_000, 0.2, 0.1), 4)
        0.585
    """
    people = float(checks.counts("n", n))
    explained = 2.0 * checks.fraction("f", f) * (1.0 - f) * b * b
    if not math.isfinite(explained) or (form is EffectForm.EXACT and explained >= 1.0):
        raise UsageError(
            f"f {f!r} and b {b!r} explain {explained:.3g} of the trait's variance, "
            "but it must be below 1."
        )
    signal = explained / (1.0 - explained) if form is EffectForm.EXACT else explained
    kept = checks.fraction("imputation_r2", imputation_r2)
    return noncentral_power(people * signal * kept, alpha=alpha)

"""One group against a reference: ratio, shortfall, per capita.

p is the group's observed share and q its reference share, both from 0 to 1.
"""

import math

from everygenome.errors import UsageError
from everygenome.statistics import checks


def representation_ratio(observed: float, reference: float) -> float:
    """Representation ratio p / q: 1 is the reference share, 0.5 is half of it.

    With q the share among people who have the disease, it is the participation-to-prevalence
    ratio.

    Returns:
        0 or more; 0 for a group with no participants; NaN for a group that the reference
        does not hold (q = 0), whatever p is.

    Raises:
        UsageError: a share outside 0 to 1.

    Example:
        >>> representation_ratio(0.25, 0.125)
        2.0
    """
    p, q = checks.fraction("observed share", observed), checks.fraction("reference", reference)
    return p / q if q > 0 else math.nan


def log2_ratio(observed: float, reference: float) -> float | None:
    """Base-2 logarithm of the representation ratio, for plots: -1 is half, 1 is double.

    Returns:
        None for a group with no participants (p = 0): a category of its own in a plot, since
        minus infinity has no place on an axis. NaN where the ratio is NaN (q = 0).

    Raises:
        UsageError: a share outside 0 to 1.

    Example:
        >>> log2_ratio(0.25, 0.5), log2_ratio(0.0, 0.5)
        (-1.0, None)
    """
    ratio = representation_ratio(observed, reference)
    if ratio == 0:
        return None
    return ratio if math.isnan(ratio) else math.log2(ratio)


def shortfall(participations: float, total: float, *, reference: float) -> float:
    """Participations still needed for p to reach q with the others fixed.

    max(0, (qN - n) / (1 - q)): the new ones enlarge the total too. For one group at a time; the
    shortfalls of several groups are never summed. Not a target for recruiting a people that has
    declined research or governs its own data.

    Args:
        participations: n, of the group; at most `total`.
        total: N, of all groups.
        reference: q, 0 or more and below 1.

    Returns:
        A number of participations, 0 or more, not rounded.

    Raises:
        UsageError: n below 0 or above N, or q outside its range: no number of participations
            brings a group to the whole of a field that holds others.

    Example:
        >>> shortfall(10, 100, reference=0.25)
        20.0
    """
    if not 0.0 <= reference < 1.0:
        raise UsageError(f"reference is {reference!r}, but it must be 0 or more and below 1.")
    if not (0.0 <= participations <= total and math.isfinite(total)):
        raise UsageError(
            f"participations is {participations!r} of a total of {total!r}, "
            "but it must be from 0 to the total."
        )
    return max(0.0, (reference * total - participations) / (1.0 - reference))


def per_capita(participations: float, population: float, *, per: float = 1_000) -> float:
    """Participations per 1,000 people (or per another round number).

    Args:
        participations: 0 or more; one person can take part many times.
        population: people, above 0; its date is stated wherever the result is shown.
        per: people in the unit of the result, above 0.

    Raises:
        UsageError: a number outside its range.

    Example:
        >>> per_capita(30, 60_000)
        0.5
    """
    if not (participations >= 0 and population > 0 and per > 0):
        raise UsageError(
            f"{participations!r} participations, population {population!r} and per {per!r} "
            "were given, but they must be 0 or more, above 0 and above 0."
        )
    return participations / population * per

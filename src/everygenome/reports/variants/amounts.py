"""The numbers of a report on variants, as text. A dash is "not known", and never zero."""

import math

from everygenome.charts.frequencies import percent
from everygenome.variants.frequency import upper_frequency
from everygenome.variants.result import GroupEvidence

MISSING = "–"
_MOST = 10**12


def frequency(value: float | None) -> str:
    """A frequency as a percentage.

    Example:
        >>> frequency(4e-5), frequency(None), frequency(float("nan"))
        ('0.004%', '–', '–')
    """
    return MISSING if known(value) is None else percent(known(value) or 0.0)


def known(value: float | None) -> float | None:
    """A number; None where there is none, or it is none that can be shown.

    Example:
        >>> known(0.5), known(None), known(float("nan"))
        (0.5, None, None)
    """
    return value if value is not None and math.isfinite(value) else None


def bar(value: float) -> str:
    """A bar, also as one in so many chromosomes.

    Example:
        >>> bar(4e-5)
        '0.004% (1 in 25,000 chromosomes)'
        >>> bar(1e-300)
        'nearly 0 (less than 1 in 1,000,000,000,000 chromosomes)'
    """
    # More than there are in all people.
    if value * _MOST < 1:
        return f"nearly 0 (less than 1 in {_MOST:,} chromosomes)"
    return f"{percent(value)} (1 in {round(1 / value):,} chromosomes)"


def count(value: int | None) -> str:
    """A count.

    Example:
        >>> count(121422), count(0), count(None)
        ('121,422', '0', '–')
    """
    return MISSING if value is None else f"{value:,}"


def interval(low: float | None, high: float | None) -> str:
    """An interval of frequencies, as short as a table needs it.

    Example:
        >>> interval(5.8e-6, 1.85e-4), interval(0.0, 4e-4), interval(None, 0.1)
        ('0.00058–0.018%', '0–0.04%', '–')
    """
    low, high = known(low), known(high)
    if low is None or high is None:
        return MISSING
    return f"{percent(low).removesuffix('%')}–{percent(high)}"


def at_most(group: GroupEvidence) -> float | None:
    """The highest that the frequency can be, at 95%: what "rare" is judged by.

    None where nobody was looked at, it is not known how many were, or the counts contradict.

    Example:
        >>> round(at_most(GroupEvidence(group="afr", ac=0, an=2996)), 6)
        0.001
    """
    if group.ac is None or not group.an or group.ac > group.an:
        return None
    return min(1.0, float(upper_frequency(group.ac, group.an)))


def chance(value: float | None) -> str:
    """A chance, in few letters; never 0% for something, nor 100% for not all.

    Example:
        >>> chance(0.2153), chance(0.99999), chance(None)
        ('22%', '>99%', '–')
    """
    value = known(value)
    if value is None:
        return MISSING
    if 0 < value < 0.01:
        return "<1%"
    return ">99%" if 0.99 < value < 1 else f"{value:.0%}"


def needed(value: int | None) -> str:
    """Chromosomes that are still needed."""
    return MISSING if value is None else f"{value:,}" if value else "none"

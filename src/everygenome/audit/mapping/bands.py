"""Numbers to bands: under 18, 18 to 29, ..., 75 and over."""

from collections.abc import Sequence
from itertools import pairwise


def band_labels(bounds: Sequence[int]) -> tuple[str, ...]:
    """What each band is called, the lowest first; one more than there are bounds.

    Example:
        >>> band_labels([18, 30, 75])
        ('under 18', '18 to 29', '30 to 74', '75 and over')
    """
    between = [
        f"{low} to {high - 1}" if high - low > 1 else str(low) for low, high in pairwise(bounds)
    ]
    return (f"under {bounds[0]}", *between, f"{bounds[-1]} and over")

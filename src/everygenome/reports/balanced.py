"""The like-for-like figure that is shown where there is room for one."""

from collections.abc import Iterable, Mapping
from typing import Any


def balanced(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows of `standardised` whose like-for-like figures are the balanced ones.

    Of a portfolio drawn at random that ratio is 1, which the other is not where a few
    publications are huge; the other one stands in the table of all figures.

    Example:
        >>> row = {"balanced_observed_share": 0.9, "balanced_expected_share": 0.8,
        ...     "balanced_ratio": 1.125, "balanced_low": 1.0, "balanced_high": 1.3, "ratio": 2.0}
        >>> balanced([row])[0]["ratio"]
        1.125
    """
    return [
        {
            **row,
            "observed_share": row["balanced_observed_share"],
            "expected_share": row["balanced_expected_share"],
            "ratio": row["balanced_ratio"],
            "ratio_low": row["balanced_low"],
            "ratio_high": row["balanced_high"],
        }
        for row in rows
    ]

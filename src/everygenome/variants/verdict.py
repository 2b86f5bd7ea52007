"""What a count says against a bar: rare, too common, or nothing that can be told.

"Not evaluable" is never "rare": where too few were sampled, absence says nothing of absence.
"""

from enum import StrEnum


class Verdict(StrEnum):
    """What is said of a variant in a group; of several groups, the first in this order holds."""

    COMMON = "common"
    """Above the bar at which a variant is benign by itself (BA1)."""
    MORE_THAN_EXPECTED = "more common than expected"
    """The frequency reaches the highest that fits the disease (BS1)."""
    COVERAGE_UNKNOWN = "coverage unknown"
    """It is not known how many were looked at, as where nobody varies and no table tells it."""
    NOT_EVALUABLE = "not evaluable"
    """Too few were sampled, or nobody: even no copy at all would not show that it is rare."""
    INDETERMINATE = "indeterminate"
    """Enough were sampled, and the frequency can be on either side of the bar."""
    RARE = "rare"
    """Shown to be below the bar, with 95% confidence, in who was sampled."""
    NO_BAR = "no bar"
    """No bar was given, so neither rare nor too common can be told."""
    NOT_COMPARED = "not compared"
    """What was asked is no variant that a frequency source can hold, or its counts contradict."""

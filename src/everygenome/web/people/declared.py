"""What becomes of each stored field: every model says it in `declared`, and a test finds any
field of which nobody did.
"""

from enum import StrEnum


class Fate(StrEnum):
    """What becomes of a field when the database is copied for others, or its person leaves."""

    KEEP = "keep"
    """Tells nothing of anybody, or was published with consent."""
    SCRUB = "scrub"
    """Is about somebody: a copy holds something empty or made up in its place."""

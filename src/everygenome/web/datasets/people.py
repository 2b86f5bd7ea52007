"""How many people a dataset holds, by what was done with them.

A dataset states many counts over the years. The newest that has a date stands for it; where none
has a date, the largest. Plans are never counted as people.
"""

from collections.abc import Mapping
from typing import Any

GENETIC = ("with-genotypes", "with-exomes", "with-genomes")
_HELD = ("recruited", *GENETIC)


def newest(data: Mapping[str, Any], what: str) -> int | None:
    """The newest count of one kind; None where none is stated.

    Example:
        >>> said = [{"what": "recruited", "count": 90, "as_of": "2025-04"},
        ...         {"what": "recruited", "count": 70, "as_of": "2026"},
        ...         {"what": "recruited", "count": 99}]
        >>> newest({"participants": said}, "recruited")
        70
    """
    rows = [row for row in data.get("participants", ()) if row["what"] == what]
    if not rows:
        return None
    # Written as 2026, 2026-11 or 2026-11-26, so that the order of text is that of time.
    count: int = max(rows, key=lambda row: (row.get("as_of", ""), row["count"]))["count"]
    return count


def genetic(data: Mapping[str, Any]) -> int | None:
    """People whose genomes were read in any way: the largest of the three kinds of count.

    They are not added up: most often the same people were read in several ways.
    """
    found = [count for what in GENETIC if (count := newest(data, what)) is not None]
    return max(found) if found else None


def counted(data: Mapping[str, Any]) -> bool:
    """Whether it states how many people it holds; a plan does not."""
    return any(newest(data, what) for what in _HELD)

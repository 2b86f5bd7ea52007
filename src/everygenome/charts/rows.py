"""What the charts need of rows: groups in order, years without a hole, shares in words."""

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import pyarrow as pa

Row: TypeAlias = Mapping[str, Any]
Rows: TypeAlias = pa.Table | Iterable[Row]


def listed(rows: Rows) -> list[Row]:
    """The rows of an Arrow table or of anything iterable, as mappings."""
    return rows.to_pylist() if isinstance(rows, pa.Table) else list(rows)


def groups_with_shares(rows: Sequence[Row]) -> list[str]:
    """Groups in their order; classes outside the denominator have no share and are left out."""
    named = dict.fromkeys(row["group"] for row in rows)
    has_share = {row["group"] for row in rows if row["share"] is not None}
    # A group without any share stays when it is a group: it is not known, which is not zero.
    classes = {row["group"] for row in rows if row["is_class"]}
    return [group for group in named if group in has_share or group not in classes]


def by_year(rows: Sequence[Row], group: str) -> list[dict[str, Any]]:
    """One row for each year from the first to the last; a year without a share is a gap.

    Example:
        >>> rows = [{"year": 2001, "group": "A", "share": 0.5, "rows": 3},
        ...         {"year": 2003, "group": "A", "share": 0.0, "rows": 0}]
        >>> [(r["year"], r["share"], r["named"]) for r in by_year(rows, "A")]
        [(2001, 0.5, True), (2002, None, None), (2003, 0.0, False)]
    """
    years = [row["year"] for row in rows if row["year"] is not None]
    if not years:
        return []
    found = {row["year"]: row for row in rows if row["group"] == group}
    line = []
    for year in range(min(years), max(years) + 1):
        row: Row = found.get(year, {})
        share = row.get("share")
        line.append(
            {
                "year": year,
                "share": share,
                "share_low": row.get("share_low"),
                "share_high": row.get("share_high"),
                # No record names the group alone: a zero that was counted, not a missing number.
                "named": None if share is None else bool(row.get("rows", 1)),
            }
        )
    return line


def percent(share: float | None) -> str:
    """A share (0-1) in few letters; never 0% for something, nor 100% for not all.

    Example:
        >>> [percent(x) for x in (None, 0.0, 0.0004, 0.0456, 0.9074, 0.9999, 1.0)]
        ['no figure', '0%', '<0.1%', '4.6%', '90.7%', '>99.9%', '100%']
    """
    if share is None:
        return "no figure"
    if share in (0, 1):
        return f"{share:.0%}"
    if share < 0.001:
        return "<0.1%"
    if share > 0.999:
        return ">99.9%"
    return f"{share:.1%}"


def wrapped(text: str, width: int) -> list[str]:
    """Text in lines of at most so many letters, broken between words."""
    return textwrap.wrap(text, max(8, width), break_long_words=False) or [""]

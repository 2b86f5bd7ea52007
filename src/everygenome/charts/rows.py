"""What the charts need of rows: groups in order, years without a hole, shares in words."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import pyarrow as pa

from everygenome.charts.canvas import Canvas
from everygenome.charts.page import Spec
from everygenome.charts.theme import Theme

Row: TypeAlias = Mapping[str, Any]
Rows: TypeAlias = pa.Table | Iterable[Row]

NOTHING = "No record fits these choices"


def listed(rows: Rows) -> list[Row]:
    """The rows of an Arrow table or of anything iterable, as mappings."""
    return rows.to_pylist() if isinstance(rows, pa.Table) else list(rows)


def groups_in_order(rows: Sequence[Row]) -> list[str]:
    """Every group and class that the rows name, in their order, which is the scheme's."""
    return list(dict.fromkeys(row["group"] for row in rows))


def groups_with_shares(rows: Sequence[Row]) -> list[str]:
    """Groups in their order; classes outside the denominator have no share and are left out."""
    has_share = {row["group"] for row in rows if row["share"] is not None}
    # A group without any share stays when it is a group: it is not known, which is not zero.
    classes = {row["group"] for row in rows if row["is_class"]}
    order = groups_in_order(rows)
    return [group for group in order if group in has_share or group not in classes]


def by_year(rows: Sequence[Row], group: str, *, measure: str = "share") -> list[dict[str, Any]]:
    """One row for each year from the first to the last; a year without a figure is a gap.

    Args:
        rows: of a trend.
        group: whose.
        measure: `share`, or `value` for counts.

    Returns:
        `year`, `share`, `share_low`, `share_high`, `named` (whether a record names the group
        alone; missing in a gap), and what a chart draws: `value`, `low` and `high`.

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
        # A count is shown where it is part of the denominator, which is where it has a share.
        value = None if share is None else row.get(measure)
        banded = measure == "share" and None not in (row.get("share_low"), row.get("share_high"))
        line.append(
            {
                "year": year,
                "share": share,
                "share_low": row.get("share_low"),
                "share_high": row.get("share_high"),
                # No record names the group alone: a zero that was counted, not a missing number.
                "named": None if share is None else bool(row.get("rows", 1)),
                "value": value,
                "low": row["share_low"] if banded else None,
                "high": row["share_high"] if banded else None,
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


def nothing(title: str, caption: str, *, theme: Theme, narrow: bool) -> Spec:
    """The picture of an empty selection: it says so, and shows no zero."""
    canvas = Canvas(theme, narrow=narrow)
    y = canvas.head(title, caption)
    y = canvas.paragraph(f"{NOTHING}. That is not a share of zero.", y + 24)
    return canvas.finish(y + 30, also=NOTHING)

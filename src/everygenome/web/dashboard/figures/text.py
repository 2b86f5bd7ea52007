"""Figures as text, and links between views."""

from typing import Any
from urllib.parse import quote

from everygenome.charts.rows import percent
from everygenome.web.site.state import View


def count(value: float | None) -> str:
    """A count with commas; what is not known is not zero."""
    return "no figure" if value is None else f"{value:,.0f}"


def share(value: float | None) -> str:
    """A share (0-1) as a percentage."""
    return percent(value)


def points(value: float | None) -> str:
    """A difference of shares in percentage points.

    Example:
        >>> points(0.012), points(-0.3), points(0.0), points(None)
        ('+1.2', '−30.0', '0.0', 'no figure')
    """
    if value is None:
        return "no figure"
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return f"{sign}{abs(value) * 100:.1f}"


def ratio(value: float | None) -> str:
    """A ratio, as times."""
    if value is None:
        return "no figure"
    return f"{value:.2f}" if value < 10 else f"{value:.1f}"


def group_link(view: View, group: str) -> str:
    """Where what lies beneath a group is shown."""
    return f"/groups/{quote(group, safe='')}/{view.address()}"


def study_link(view: View, accession: str) -> str:
    """A study's own page, in the release that is shown."""
    return f"/studies/{quote(accession, safe='')}/{view.release_only()}"


def interval(low: Any, high: Any, write: Any = share) -> str:
    """An interval, or that there is none."""
    if low is None or high is None:
        return "too few publications"
    return f"{write(low)} to {write(high)}"

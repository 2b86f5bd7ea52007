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


def ratio(value: float | None) -> str:
    """A ratio, as times; never 0 for something.

    Example:
        >>> ratio(7.409), ratio(0.0021), ratio(0.0), ratio(12.34)
        ('7.41', '<0.01', '0.00', '12.3')
    """
    if value is None:
        return "no figure"
    if 0 < value < 0.005:
        return "<0.01"
    return f"{value:.2f}" if value < 10 else f"{value:.1f}"


def group_link(view: View, group: str) -> str:
    """Where what lies beneath a group is shown."""
    return f"/groups/{quote(group, safe='')}/{view.address()}"


def study_link(view: View, accession: str) -> str:
    """A study's own page, in the release that is shown."""
    return f"/studies/{quote(accession, safe='')}/{view.release_only()}"


def trait_link(view: View, trait: str) -> str:
    """A trait's own page, in the release that is shown."""
    return f"/traits/{quote(trait, safe='')}/{view.release_only()}"


def interval(low: Any, high: Any, write: Any = share) -> str:
    """An interval, or that there is none."""
    if low is None or high is None:
        return "too few publications"
    return f"{write(low)} to {write(high)}"

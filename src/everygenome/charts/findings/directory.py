"""The finding of a directory: every entity of a kind, none of them named or put in order."""

from collections.abc import Sequence
from statistics import quantiles

from everygenome.charts.findings.shares import described
from everygenome.charts.rows import NOTHING, Rows, listed, percent

_KINDS = {
    "funder": ("funder", "funders"),
    "cohort": ("cohort", "cohorts"),
    "journal": ("journal", "journals"),
    "country": ("country", "countries"),
    "trait": ("trait", "traits"),
}
# Fewer have no middle half worth telling.
_FEW = 8


def directory_finding(rows: Rows, *, kind: str, group: str, minimum: int = 20) -> str:
    """How many of a kind there are, and between what their shares lie; nobody is named.

    Args:
        rows: of `portfolio`, one for each entity: `publications`, `observed_share` (0-1 of the
            clear records, or missing).
        kind: funder, cohort, journal, country or trait.
        group: the group that the shares are of.
        minimum: publications under which a portfolio's share is not told of.

    Example:
        >>> row = lambda publications, share: {"publications": publications,
        ...     "observed_share": share}
        >>> directory_finding([row(25, 0.3), row(40, 0.95), row(3, 0.0)], kind="funder",
        ...     group="European")
        '3 funders are named; 2 of them have 20 or more publications, and their shares of \
participations recorded as European run from 30.0% to 95.0%'
        >>> directory_finding([row(3, 0.5)], kind="country", group="European")
        '1 country is named; it has fewer than 20 publications, so its share is not compared'
    """
    data = listed(rows)
    if not data:
        return NOTHING
    one, many = _KINDS.get(kind, ("entry", "entries"))
    told = f"1 {one} is named" if len(data) == 1 else f"{len(data):,} {many} are named"
    large = [row for row in data if (row["publications"] or 0) >= minimum]
    if large:
        has = "has" if len(large) == 1 else "have"
        some = _how_many(len(large), of=len(data))
        shares = sorted(r["observed_share"] for r in large if r["observed_share"] is not None)
        run = _run(shares, of=len(large), what=f"of participations {described(group)}")
        return f"{told}; {some} {has} {minimum} or more publications, {run}"
    if len(data) == 1:
        return f"{told}; it has fewer than {minimum} publications, so its share is not compared"
    return f"{told}; none has {minimum} or more publications, so no shares are compared"


def _run(shares: Sequence[float], *, of: int, what: str) -> str:
    """Between what sorted shares lie; `of` so many portfolios, some of which may have none."""
    if not shares:
        return "but no clear record to take shares of"
    low, high = percent(shares[0]), percent(shares[-1])
    if of == 1:
        return f"and its share {what} is {low}"
    whose = "their shares" if len(shares) == of else f"the shares known of {len(shares):,}"
    told = f"and {whose} {what} run from {low} to {high}"
    if len(shares) < _FEW:
        return told
    first, _, third = quantiles(shares, n=4, method="inclusive")
    return f"{told}, half of them from {percent(first)} to {percent(third)}"


def _how_many(count: int, *, of: int) -> str:
    if of == 1:
        return "it"
    if count == of:
        return "all of them"
    return f"{count:,} of them"

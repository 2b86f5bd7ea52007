"""Findings of portfolios: of a funder, cohort, journal or country.

None praises or blames, and none puts portfolios in an order: a share is set beside what is
expected, and a difference is called clear only where the whole interval leaves out 1.
"""

from collections.abc import Sequence

from everygenome.charts.figures import listed_words, of_hundred
from everygenome.charts.findings.directory import directory_finding
from everygenome.charts.findings.shares import NONE_ALONE, described, shared
from everygenome.charts.findings.simulated import simulated_finding
from everygenome.charts.rows import NOTHING, Row, Rows, listed

__all__ = [
    "directory_finding",
    "like_for_like_finding",
    "peers_finding",
    "simulated_finding",
]


def like_for_like_finding(
    rows: Rows, *, name: str, minimum: int = 20, denominator: str = "recorded"
) -> str:
    """The largest group's share, beside that of the rest of the field in the same subjects.

    Args:
        rows: as `like_for_like_chart` takes them; where they exist, `publications` (of the
            portfolio), `small` (it has too few) and `matched_share` (0-1) are told of too.
        name: whose portfolio it is.
        minimum: publications under which nothing is compared.
        denominator: what shares are of.

    Example:
        >>> row = {"group": "European", "is_class": False, "observed_share": 0.91,
        ...     "expected_share": 0.88, "ratio": 1.03, "ratio_low": 1.01, "ratio_high": 1.06,
        ...     "publications": 312, "matched_share": 0.93}
        >>> like_for_like_finding([row], name="Wellcome Trust")
        "Of every 100 clearly recorded participations in Wellcome Trust's publications that can be \
compared, 91 are recorded as European; studies of the same subjects elsewhere have 88 of 100, a \
clear difference"
        >>> wide = row | {"ratio_low": 0.9, "matched_share": 1.0}
        >>> like_for_like_finding([wide], name="UK Biobank").partition("; ")[2]
        'studies of the same subjects elsewhere have 88 of 100, no clear difference'
        >>> like_for_like_finding([row | {"publications": 7}], name="Kenya")
        "Kenya's portfolio has 7 publications, and under 20 nothing is compared"
        >>> like_for_like_finding([], name="Kenya")
        'No record fits these choices'
    """
    data = listed(rows)
    if not data:
        return NOTHING
    counts = [row["publications"] for row in data if row.get("publications") is not None]
    if counts and max(counts) < minimum:
        many = f"{max(counts)} publication{'' if max(counts) == 1 else 's'}"
        return f"{_own(name)} portfolio has {many}, and under {minimum} nothing is compared"
    if any(row.get("small") for row in data):
        return f"{_own(name)} portfolio has too few publications to be compared"
    told = [row for row in data if row["observed_share"] and row["expected_share"] is not None]
    found = [row for row in told if not row["is_class"]]
    if not found:
        return f"Nothing in {_own(name)} portfolio can be compared like for like"
    first = max(found, key=lambda row: row["observed_share"])
    base = f"{shared('participations', denominator)} in {_own(name)} publications"
    if any((row.get("matched_share") or 0) < 1 for row in found if "matched_share" in row):
        base += " that can be compared"
    observed, expected = of_hundred(first["observed_share"]), of_hundred(first["expected_share"])
    return (
        f"Of every 100 {base}, {observed} are {described(first['group'])}; studies of the same "
        f"subjects elsewhere have {expected} of 100{_how_clear(first, same=observed == expected)}"
    )


def peers_finding(rows: Rows, *, name: str, denominator: str = "recorded") -> str:
    """The largest group in the newest year, and in how many years the difference is clear.

    A year is clearly above or below where its whole interval is.

    Args:
        rows: as `peers_chart` takes them.
        name: whose portfolio it is.
        denominator: what shares are of.

    Example:
        >>> row = lambda year, observed, low, high: {"year": year, "group": "European",
        ...     "is_class": False, "observed_share": observed, "expected_share": 0.8,
        ...     "observed_low": low, "observed_high": high}
        >>> peers_finding([row(2017, 0.7, 0.6, 0.9), row(2018, 0.9, 0.85, 0.95)], name="Kenya")
        "In 2018, 90 of every 100 clearly recorded participations in Kenya's publications were \
recorded as European, and 80 in studies of the same subjects elsewhere; over 2 years with an \
interval, the portfolio's share is clearly higher in 1 and not clearly different in 1"
        >>> peers_finding([row(2018, 0.9, None, None)], name="Kenya").partition("; ")[2]
        'no year has an interval'
        >>> peers_finding([], name="Kenya")
        'No record fits these choices'
    """
    data = listed(rows)
    found = [
        row
        for row in data
        if None not in (row["year"], row["observed_share"], row["expected_share"])
        and not row["is_class"]
    ]
    if not found:
        none = f"No year of {_own(name)} portfolio can be compared like for like"
        return none if data else NOTHING
    totals: dict[str, float] = {}
    for row in found:
        totals[row["group"]] = totals.get(row["group"], 0.0) + row["observed_share"]
    group = max(totals, key=lambda one: totals[one])
    if not totals[group]:
        return NONE_ALONE
    mine = [row for row in found if row["group"] == group]
    last = max(mine, key=lambda row: row["year"])
    return (
        f"In {last['year']}, {of_hundred(last['observed_share'])} of every 100 "
        f"{shared('participations', denominator)} in {_own(name)} publications were "
        f"{described(group)}, and {of_hundred(last['expected_share'])} in studies of the same "
        f"subjects elsewhere; {_years(mine)}"
    )


def _own(name: str) -> str:
    """The possessive of a name."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def _how_clear(row: Row, *, same: bool) -> str:
    low, high = row["ratio_low"], row["ratio_high"]
    if row["ratio"] is None:
        return ""
    if low is None or high is None:
        return "; how clear the difference is cannot be said"
    if low <= 1 <= high:
        return ", no clear difference"
    return ", a clear difference of less than 1 in 100" if same else ", a clear difference"


def _years(rows: Sequence[Row]) -> str:
    """In how many years the interval lies above, below, or around what is expected."""
    known = [row for row in rows if None not in (row["observed_low"], row["observed_high"])]
    if not known:
        return "no year has an interval"
    above = sum(row["observed_low"] > row["expected_share"] for row in known)
    below = sum(row["observed_high"] < row["expected_share"] for row in known)
    told = [
        f"{words} in {count}"
        for count, words in (
            (above, "clearly higher"),
            (below, "clearly lower"),
            (len(known) - above - below, "not clearly different"),
        )
        if count
    ]
    if len(known) == 1:
        how = told[0].removesuffix(" in 1")
        return f"in the one year with an interval the portfolio's share is {how}"
    return (
        f"over {len(known)} years with an interval, the portfolio's share is {listed_words(told)}"
    )

"""Findings of representation: against a reference, and by subject."""

from collections import Counter

from everygenome.charts.figures import listed_words, times
from everygenome.charts.findings.shares import NONE_ALONE
from everygenome.charts.rows import NOTHING, Row, Rows, listed

_UNMAPPED = "No mapped trait"


def ratio_finding(rows: Rows, *, unit: str = "participations") -> str:
    """Which groups have clearly more and clearly less than their share of the population.

    Clearly is said where the whole interval lies on one side of 1; a group without an
    interval is on neither side.

    Args:
        rows: as `ratio_chart` takes them.
        unit: what is counted.

    Example:
        >>> row = lambda group, ratio, low, high: {"group": group, "is_class": False,
        ...     "ratio": ratio, "ratio_low": low, "ratio_high": high}
        >>> ratio_finding([row("A", 7.4, 5.3, 8.8), row("B", 0.2, 0.1, 0.4), row("C", 1, 0.5, 2)])
        'A has 7.4 times as large a share of participations as of the population; 1 of 3 groups \
compared has a clearly smaller one'
        >>> ratio_finding([row("A", 0.9, 0.5, 2.0)])
        'No group has a clearly larger or smaller share of participations than of the population'
        >>> ratio_finding([])
        'No record fits these choices'
    """
    data = listed(rows)
    found = [row for row in data if row["ratio"] is not None and not row["is_class"]]
    if not found:
        return "No group can be compared with this population" if data else NOTHING
    more = [row for row in found if (row["ratio_low"] or 0) > 1]
    less = [row for row in found if row["ratio_high"] is not None and row["ratio_high"] < 1]
    if not more and not less:
        return f"No group has a clearly larger or smaller share of {unit} than of the population"
    has = "has" if len(less) == 1 else "have"
    below = f"{len(less) or 'none'} of {len(found)} groups compared {has} a clearly smaller one"
    if not more:
        return f"No group has a clearly larger share of {unit} than of the population; {below}"
    if len(more) == 1:
        told = (
            f"{more[0]['group']} has {times(more[0]['ratio'])} as large a share of {unit} as of "
            "the population"
        )
    else:
        names = listed_words([row["group"] for row in more])
        told = f"{names} have a clearly larger share of {unit} than of the population"
    return f"{told}; {below}"


def heat_finding(rows: Rows, *, stage: str = "discovery") -> str:
    """Which group leads in most subjects, and how often nobody is named.

    Args:
        rows: as `heat_chart` takes them; the first subject is the whole, and is not counted.
        stage: which studies were looked at.

    Example:
        >>> cell = lambda trait, group, share: {"trait": trait, "group": group,
        ...     "is_class": False, "share": share, "rows_with_others": int(share > 0)}
        >>> heat_finding([cell("All", "A", 0.9), cell("All", "B", 0.1),
        ...     cell("Cancer", "A", 1.0), cell("Cancer", "B", 0.0),
        ...     cell("Sleep", "A", 0.6), cell("Sleep", "B", 0.4)])
        'A is the largest group in all 2 subjects; in 1 of 4 pairs of subject and group no \
discovery study names the group'
        >>> heat_finding([])
        'No record fits these choices'
    """
    data = [row for row in listed(rows) if not row["is_class"]]
    whole = data[0]["trait"] if data else None
    subjects: dict[str, list[Row]] = {}
    for row in data:
        if row["trait"] not in (whole, _UNMAPPED):
            subjects.setdefault(row["trait"], []).append(row)
    firsts = Counter(
        max(found, key=lambda row: row["share"] or 0)["group"]
        for found in subjects.values()
        if any(row["share"] for row in found)
    )
    if not firsts:
        return NONE_ALONE if data else NOTHING
    largest, led = firsts.most_common(1)[0]
    cells = [row for found in subjects.values() for row in found]
    silent = sum(not row["rows_with_others"] for row in cells)
    many = f"all {led} subjects" if led == len(subjects) else f"{led} of {len(subjects)} subjects"
    many = "the one subject" if len(subjects) == 1 else many
    kind = "" if stage == "all" else f"{stage} "
    return (
        f"{largest} is the largest group in {many}; in {silent or 'none'} of "
        f"{len(cells):,} pairs of subject and group no {kind}study names the group"
        if silent
        else f"{largest} is the largest group in {many}; every group is named in each"
    )

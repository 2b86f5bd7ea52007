"""Findings of shares: over all, and by year."""

from collections import Counter

from everygenome.charts.figures import number, of_hundred
from everygenome.charts.rows import NOTHING, Rows, listed

_UNCLEAR_NAMES = {"Other": "recorded only as “other”"}
# What stands between a number of things counted, and a group: only participations are of people.
_VERBS = {
    "participations": "were",
    "studies": "include people",
    "publications": "include people",
    "associations": "come from studies of people",
}
NONE_ALONE = "No record that fits these choices names a group alone"


def described(group: str) -> str:
    """How a sentence names people in a group.

    Example:
        >>> described("East Asian"), described("Other")
        ('recorded as East Asian', 'recorded only as “other”')
    """
    return _UNCLEAR_NAMES.get(group, f"recorded as {group}")


def shared(unit: str, denominator: str) -> str:
    """What shares are of, in a sentence.

    Example:
        >>> shared("studies", "recorded"), shared("participations", "all")
        ('clearly recorded studies', 'participations, clear or not')
    """
    return f"{unit}, clear or not" if denominator == "all" else f"clearly recorded {unit}"


def trend_finding(
    rows: Rows,
    *,
    measure: str = "share",
    unit: str = "participations",
    denominator: str = "recorded",
) -> str:
    """What the trend shows, as a title: the largest group, and how its share moved.

    Args:
        rows: as `trend_chart` takes them.
        measure: `share`, or `value` for counts.
        unit: what is counted.
        denominator: what shares are of.

    Example:
        >>> year = lambda y, a, b: [
        ...     {"year": y, "group": "A", "is_class": False, "share": a, "value": a * 100},
        ...     {"year": y, "group": "B", "is_class": False, "share": b, "value": b * 100}]
        >>> trend_finding([*year(2001, 0.7, 0.3), *year(2002, 0.9, 0.1)])
        'A was the largest group in every year, with 70% to 90% of clearly recorded participations'
        >>> trend_finding([*year(2001, 0.4, 0.6), *year(2002, 0.9, 0.1)])
        'A was the largest group in 1 of 2 years, in 2002 too, with 90% of clearly recorded \
participations'
        >>> trend_finding(year(2001, 0.0, 0.0))
        'No record that fits these choices names a group alone'
        >>> trend_finding([*year(2001, 0.7, 0.3), *year(2002, 0.9, 0.1)], measure="value")
        'A was the largest group in every year, with 90 participations in 2002'
        >>> trend_finding([])
        'No record fits these choices'
    """
    years: dict[int, dict[str, float]] = {}
    values: dict[tuple[int, str], float] = {}
    data = listed(rows)
    for row in data:
        if row["share"] is not None and row["year"] is not None and not row["is_class"]:
            years.setdefault(row["year"], {})[row["group"]] = row["share"]
            values[row["year"], row["group"]] = row.get("value") or 0
    years = {year: shares for year, shares in years.items() if any(shares.values())}
    if not years:
        return NONE_ALONE if data else NOTHING
    firsts = {year: max(shares, key=lambda g: shares[g]) for year, shares in years.items()}
    last = max(years)
    led = Counter(firsts.values())
    largest = max(led, key=lambda group: (led[group], group == firsts[last]))
    base = shared(unit, denominator)
    told = f"{years[last][firsts[last]]:.0%} of {base}"
    if measure == "value":
        told = f"{number(values[last, firsts[last]])} {unit}"
    if len(years) == 1:
        return f"{largest} was the largest group in {last}, with {told}"
    if set(led) == {largest}:
        shares = [held[largest] for held in years.values()]
        if measure == "value":
            return f"{largest} was the largest group in every year, with {told} in {last}"
        return (
            f"{largest} was the largest group in every year, with {min(shares):.0%} to "
            f"{max(shares):.0%} of {base}"
        )
    mostly = f"{largest} was the largest group in {led[largest]} of {len(years)} years"
    if firsts[last] == largest:
        return f"{mostly}, in {last} too, with {told}"
    return f"{mostly}; in {last} it was {firsts[last]}, with {told}"


def composition_finding(
    rows: Rows, *, unit: str = "participations", denominator: str = "recorded"
) -> str:
    """What the composition shows, as a title: the two largest groups, each named alone.

    Args:
        rows: as `composition_chart` takes them.
        unit: what is counted.
        denominator: what shares are of.

    Example:
        >>> rows = [{"group": "A", "is_class": False, "share": 0.9},
        ...         {"group": "B", "is_class": False, "share": 0.1}]
        >>> composition_finding(rows)
        'Of every 100 clearly recorded participations, 90 were recorded as A, and 10 as B'
        >>> composition_finding(rows, unit="studies", denominator="all")
        'Of every 100 studies, clear or not, 90 include people recorded as A, and 10 as B'
        >>> composition_finding([{"group": "A", "is_class": False, "share": 0.0, "rows": 0},
        ...     {"group": "Not reported", "is_class": True, "share": None, "rows": 4}])
        'No record that fits these choices names a group alone'
    """
    data = listed(rows)
    named = [row for row in data if row["share"] and not row["is_class"]]
    ordered = sorted(named, key=lambda row: -row["share"])
    if not ordered:
        return NONE_ALONE if any(row.get("rows") for row in data) else NOTHING
    first, second = ordered[0], ordered[1] if len(ordered) > 1 else None
    told = (
        f"Of every 100 {shared(unit, denominator)}, {of_hundred(first['share'])} {_VERBS[unit]} "
        f"{described(first['group'])}"
    )
    if second is None:
        return told
    as_second = described(second["group"]).removeprefix("recorded ")
    return f"{told}, and {of_hundred(second['share'])} {as_second}"

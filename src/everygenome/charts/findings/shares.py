"""Findings of shares: over all, and by year."""

from collections import Counter

from everygenome.charts.figures import number, of_hundred
from everygenome.charts.rows import NOTHING, Rows, listed

_UNCLEAR_NAMES = {"Other": "recorded only as “other”"}


def described(group: str) -> str:
    """How a sentence names people in a group.

    Example:
        >>> described("East Asian"), described("Other")
        ('recorded as East Asian', 'recorded only as “other”')
    """
    return _UNCLEAR_NAMES.get(group, f"recorded as {group}")


def trend_finding(rows: Rows, *, measure: str = "share", unit: str = "participations") -> str:
    """What the trend shows, as a title: the largest group, and how its share moved.

    Args:
        rows: as `trend_chart` takes them.
        measure: `share`, or `value` for counts.
        unit: what is counted.

    Example:
        >>> year = lambda y, a, b: [
        ...     {"year": y, "group": "A", "is_class": False, "share": a, "value": a * 100},
        ...     {"year": y, "group": "B", "is_class": False, "share": b, "value": b * 100}]
        >>> trend_finding([*year(2001, 0.7, 0.3), *year(2002, 0.9, 0.1)])
        'A was the largest group in every year, with 70% to 90% of what was clearly recorded'
        >>> trend_finding([*year(2001, 0.4, 0.6), *year(2002, 0.9, 0.1)])
        'A was the largest group in 1 of 2 years; in 2002 it was A, with 90%'
        >>> trend_finding([*year(2001, 0.7, 0.3), *year(2002, 0.9, 0.1)], measure="value")
        'A was the largest group in every year, with 90 participations in 2002'
        >>> trend_finding([])
        'No record fits these choices'
    """
    years: dict[int, dict[str, float]] = {}
    values: dict[tuple[int, str], float] = {}
    for row in listed(rows):
        if row["share"] is not None and row["year"] is not None and not row["is_class"]:
            years.setdefault(row["year"], {})[row["group"]] = row["share"]
            values[row["year"], row["group"]] = row.get("value") or 0
    years = {year: shares for year, shares in years.items() if any(shares.values())}
    if not years:
        return NOTHING
    firsts = {year: max(shares, key=lambda g: shares[g]) for year, shares in years.items()}
    last = max(years)
    led = Counter(firsts.values())
    largest = max(led, key=lambda group: (led[group], group == firsts[last]))
    told = f"{years[last][firsts[last]]:.0%}"
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
            f"{max(shares):.0%} of what was clearly recorded"
        )
    return (
        f"{largest} was the largest group in {led[largest]} of {len(years)} years; in {last} it "
        f"was {firsts[last]}, with {told}"
    )


def composition_finding(rows: Rows) -> str:
    """What the composition shows, as a title.

    Example:
        >>> composition_finding([{"group": "A", "is_class": False, "share": 0.9, "rows": 4},
        ...                      {"group": "B", "is_class": False, "share": 0.1, "rows": 1}])
        'A holds 90 of every 100; B comes next with 10'
        >>> composition_finding([{"group": "A", "is_class": False, "share": 0.0, "rows": 0}])
        'No record names a group alone'
    """
    data = listed(rows)
    named = [row for row in data if row["share"] and not row["is_class"]]
    ordered = sorted(named, key=lambda row: -row["share"])
    if not ordered:
        return "No record names a group alone" if data else NOTHING
    told = f"{ordered[0]['group']} holds {of_hundred(ordered[0]['share'])} of every 100"
    if len(ordered) == 1:
        return told
    return f"{told}; {ordered[1]['group']} comes next with {of_hundred(ordered[1]['share'])}"

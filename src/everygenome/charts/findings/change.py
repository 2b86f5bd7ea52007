"""Findings of change: between two selections, and between releases."""

from everygenome.charts.figures import points
from everygenome.charts.findings.shares import NONE_ALONE, shared
from everygenome.charts.rows import NOTHING, Rows, listed, percent


def comparison_finding(rows: Rows, *, names: tuple[str, str] = ("A", "B")) -> str:
    """Which group's share differs most, and whether its interval leaves out zero.

    Example:
        >>> rows = [{"group": "X", "share_a": 0.8, "share_b": 0.9, "difference": 0.1,
        ...          "difference_low": 0.05, "difference_high": 0.12},
        ...         {"group": "Y", "share_a": 0.2, "share_b": 0.1, "difference": -0.05,
        ...          "difference_low": None, "difference_high": None}]
        >>> comparison_finding(rows, names=("then", "now"))
        'X differs most: 80.0% (then) and 90.0% (now), +10.0 points'
        >>> rows[0]["difference_low"] = -0.02
        >>> comparison_finding(rows)
        'X differs most: 80.0% (A) and 90.0% (B), +10.0 points, but its interval includes zero'
        >>> comparison_finding([])
        'No record fits these choices'
    """
    data = listed(rows)
    found = [row for row in data if row["difference"] is not None]
    if not found:
        return "The two selections cannot be compared" if data else NOTHING
    first = max(found, key=lambda row: abs(row["difference"]))
    if first["difference"] == 0:
        return "The two selections have the same shares"
    low, high = first.get("difference_low"), first.get("difference_high")
    told = (
        f"{first['group']} differs most: {percent(first['share_a'])} ({names[0]}) and "
        f"{percent(first['share_b'])} ({names[1]}), {points(first['difference'])} points"
    )
    if low is not None and high is not None and low <= 0 <= high:
        return f"{told}, but its interval includes zero"
    return told


def history_finding(
    released: Rows,
    reconstructed: Rows = (),
    *,
    unit: str = "participations",
    denominator: str = "recorded",
) -> str:
    """How the largest group's share went from the first release to the last.

    Args:
        released: as `history_chart` takes them.
        reconstructed: the same; read only where no release has a figure.
        unit: what is counted.
        denominator: what shares are of.

    Example:
        >>> rows = [{"release_date": "2019-07-12", "group": "A", "share": 0.9},
        ...         {"release_date": "2019-12-06", "group": "A", "share": 0.907}]
        >>> history_finding(rows)
        'A held 90.0% of clearly recorded participations in the release of 2019-07-12, and \
90.7% in that of 2019-12-06'
        >>> history_finding(rows[:1], unit="studies", denominator="all")
        'A held 90.0% of studies, clear or not, in the release of 2019-07-12; there is no other \
release to compare'
        >>> history_finding([])
        'No record fits these choices'
    """
    data = listed(released)
    found = [row for row in data if row["share"]]
    if not found:
        known = any(row["share"] for row in listed(reconstructed))
        if known:
            return "No release has a figure of its own yet"
        return NONE_ALONE if data else NOTHING
    dates = sorted({str(row["release_date"])[:10] for row in found})
    newest = [row for row in found if str(row["release_date"])[:10] == dates[-1]]
    largest = max(newest, key=lambda row: row["share"])
    mine = {
        str(row["release_date"])[:10]: row["share"]
        for row in found
        if row["group"] == largest["group"]
    }
    first, last = min(mine), max(mine)
    base = shared(unit, denominator)
    base = f"{base}," if "," in base else base
    told = f"{largest['group']} held {percent(mine[first])} of {base} in the release of {first}"
    if first == last:
        return f"{told}; there is no other release to compare"
    return f"{told}, and {percent(mine[last])} in that of {last}"

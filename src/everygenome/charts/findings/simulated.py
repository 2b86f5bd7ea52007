"""The finding of a calculation: what a change does to a portfolio, and to the whole field."""

from everygenome.charts.findings.shares import described
from everygenome.charts.rows import NOTHING, Row, Rows, listed, percent


def simulated_finding(rows: Rows) -> str:
    """Whose share of the portfolio changes most, and what that does to the whole field.

    Args:
        rows: as `simulated_chart` takes them.

    Example:
        >>> row = {"group": "African", "is_class": False, "portfolio_before": 0.02,
        ...     "portfolio_after": 0.12, "field_before": 0.024, "field_after": 0.025}
        >>> simulated_finding([row])
        'In this calculation the share recorded as African goes from 2.0% to 12.0% of the \
portfolio, the largest change, and from 2.4% to 2.5% of the whole field'
        >>> simulated_finding([row | {"portfolio_after": 0.02}])
        "In this calculation no group's share of the portfolio changes"
        >>> simulated_finding([])
        'No record fits these choices'
    """
    data = listed(rows)
    found = [
        row
        for row in data
        if None not in (row["portfolio_before"], row["portfolio_after"]) and not row["is_class"]
    ]
    if not found:
        return "This calculation gives no share before and after" if data else NOTHING
    first = max(found, key=_shift)
    if not _shift(first):
        return "In this calculation no group's share of the portfolio changes"
    before, after = percent(first["portfolio_before"]), percent(first["portfolio_after"])
    told = (
        f"In this calculation the share {described(first['group'])} goes from {before} to {after} "
        "of the portfolio, the largest change"
    )
    before, after = percent(first["field_before"]), percent(first["field_after"])
    if None in (first["field_before"], first["field_after"]):
        return f"{told}; what that does to the whole field is not known"
    if before == after:
        return f"{told}, and stays at about {after} of the whole field"
    return f"{told}, and from {before} to {after} of the whole field"


def _shift(row: Row) -> float:
    return float(abs(row["portfolio_after"] - row["portfolio_before"]))

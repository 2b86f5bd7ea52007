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
        >>> alone = row | {"portfolio_before": None, "portfolio_after": None}
        >>> simulated_finding([alone])
        'In this calculation the share recorded as African goes from 2.4% to 2.5% of the whole \
field, the largest change'
        >>> simulated_finding([row | {"portfolio_after": 0.02001, "field_after": 0.024}])
        'In this calculation the share recorded as African stays at about 2.0% of the portfolio, \
and no other changes more, and stays at about 2.4% of the whole field'
        >>> simulated_finding([])
        'No record fits these choices'
    """
    data = listed(rows)
    found = _both(data, "portfolio")
    if not found:
        return _of_field(data) if data else NOTHING
    first = max(found, key=_shift)
    if not _shift(first):
        return "In this calculation no group's share of the portfolio changes"
    before, after = percent(first["portfolio_before"]), percent(first["portfolio_after"])
    moved = f"goes from {before} to {after} of the portfolio, the largest change"
    if before == after:
        moved = f"stays at about {after} of the portfolio, and no other changes more"
    told = f"In this calculation the share {described(first['group'])} {moved}"
    before, after = percent(first["field_before"]), percent(first["field_after"])
    if None in (first["field_before"], first["field_after"]):
        return f"{told}; what that does to the whole field is not known"
    if before == after:
        return f"{told}, and stays at about {after} of the whole field"
    if moved.startswith("stays"):
        return f"{told}; it goes from {before} to {after} of the whole field"
    return f"{told}, and from {before} to {after} of the whole field"


def _of_field(data: list[Row]) -> str:
    """The same where there is no portfolio: of the whole field."""
    found = _both(data, "field")
    if not found or any(row["portfolio_after"] is not None for row in data):
        return "This calculation gives no share before and after"
    first = max(found, key=lambda row: _shift(row, "field"))
    before, after = percent(first["field_before"]), percent(first["field_after"])
    if not _shift(first, "field"):
        return "In this calculation no group's share of the whole field changes"
    who = f"In this calculation the share {described(first['group'])}"
    if before == after:
        return f"{who} stays at about {after} of the whole field, and no other changes more"
    return f"{who} goes from {before} to {after} of the whole field, the largest change"


def _both(data: list[Row], side: str) -> list[Row]:
    """The groups whose share is known before and after."""
    shares = (f"{side}_before", f"{side}_after")
    return [
        row for row in data if not row["is_class"] and None not in (row[name] for name in shares)
    ]


def _shift(row: Row, side: str = "portfolio") -> float:
    return float(abs(row[f"{side}_after"] - row[f"{side}_before"]))

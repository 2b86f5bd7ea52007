"""Findings of countries of recruitment."""

from everygenome.charts.figures import of_hundred
from everygenome.charts.rows import NOTHING, Rows, listed


def map_finding(rows: Rows, *, unit: str = "participations") -> str:
    """Which country is named most, and how many countries are named at all.

    Args:
        rows: as `map_chart` takes them.
        unit: what is counted.

    Example:
        >>> rows = [{"iso3": "GBR", "name": "United Kingdom", "value": 65.0, "share": 0.65},
        ...         {"iso3": "KEN", "name": "Kenya", "value": 35.0, "share": 0.35},
        ...         {"iso3": None, "name": "Not reported", "value": 9.0, "share": None}]
        >>> map_finding(rows)
        'United Kingdom has 65 of every 100 participations counted by country; 2 countries have any'
        >>> map_finding([])
        'No record fits these choices'
    """
    data = listed(rows)
    found = [row for row in data if row["iso3"] and row["value"]]
    if not found:
        return f"No {unit} are counted for any country" if data else NOTHING
    first = max(found, key=lambda row: row["value"])
    any_of_them = f"{len(found)} countries have any" if len(found) > 1 else "no other has any"
    if first["share"] is None:
        return f"{first['name']} has the most {unit} counted by country; {any_of_them}"
    return (
        f"{first['name']} has {of_hundred(first['share'])} of every 100 {unit} counted by "
        f"country; {any_of_them}"
    )


def countries_finding(rows: Rows, *, unit: str = "participations") -> str:
    """What the bars of countries show: the same as the map.

    Example:
        >>> countries_finding([{"iso3": "KEN", "name": "Kenya", "value": 5.0, "share": 1.0}])
        'Kenya has all 100 of every 100 participations counted by country; no other has any'
    """
    return map_finding(rows, unit=unit)

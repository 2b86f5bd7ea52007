"""Charts in words, for those who do not see them."""

from collections.abc import Callable
from typing import Any

from everygenome.charts import findings

_CHARTS: dict[str, tuple[str, Callable[..., str]]] = {
    "comparison": ("Chart of two selections, by group", findings.comparison_finding),
    "composition": ("Bar chart of shares by group", findings.composition_finding),
    "concentration": ("Bar chart of the largest sources", findings.concentration_finding),
    "countries": ("Bar chart of countries of recruitment", findings.countries_finding),
    "heat": ("Grid of subjects and groups", findings.heat_finding),
    "history": ("Line charts of shares by release and by year", findings.history_finding),
    "map": ("World map of countries of recruitment", findings.map_finding),
    "people": ("Chart of the fewest and the most people, by group", findings.people_finding),
    "ratio": ("Chart of shares against a population, by group", findings.ratio_finding),
    "studies": ("Density charts of studies by date and size", findings.studies_finding),
    "trend": ("Line charts by year, one for each group", findings.trend_finding),
}
CHARTS = tuple(_CHARTS)


def text_alternative(chart: str, *rows: Any, **options: Any) -> str:
    """One sentence that stands for a chart.

    Args:
        chart: one of `CHARTS`.
        rows: what the chart is drawn from.
        options: those of the chart's finding, such as `unit`, `names` or `stage`.

    Example:
        >>> text_alternative("people", [])
        'Chart of the fewest and the most people, by group: No record fits these choices; \
every number is in the table.'
    """
    kind, finding = _CHARTS[chart]
    return f"{kind}: {finding(*rows, **options)}; every number is in the table."

"""Findings: what a chart shows, in a sentence that is true whichever group leads.

Pure functions of the rows that are drawn. None says more than was counted: shares are of
what was clearly recorded, and participations are not people.
"""

from everygenome.charts.findings.change import comparison_finding, history_finding
from everygenome.charts.findings.places import countries_finding, map_finding
from everygenome.charts.findings.representation import heat_finding, ratio_finding
from everygenome.charts.findings.shares import composition_finding, described, trend_finding
from everygenome.charts.findings.sizes import (
    concentration_finding,
    people_finding,
    studies_finding,
)

__all__ = [
    "comparison_finding",
    "composition_finding",
    "concentration_finding",
    "countries_finding",
    "described",
    "heat_finding",
    "history_finding",
    "map_finding",
    "people_finding",
    "ratio_finding",
    "studies_finding",
    "trend_finding",
]

"""The trend: shares, or counts, by year of publication."""

from typing import Any

from everygenome.charts import findings
from everygenome.charts.rows import by_year, groups_with_shares, percent
from everygenome.charts.trend import trend_chart
from everygenome.queries.answer import Answer
from everygenome.queries.release import Release
from everygenome.web.dashboard.figures.figure import Figure, Table, cells, choices
from everygenome.web.dashboard.figures.text import count
from everygenome.web.site.state import View


def _ask(release: Release, view: View) -> Answer:
    return release.trend(**choices(view) | {"reference": None})


def _ask_drawn(release: Release, view: View) -> Answer:
    return release.trend(bands=True, **choices(view) | {"reference": None})


def _finding(answer: Answer, view: View) -> str:
    measure = "value" if view.get("show") == "count" else "share"
    return findings.trend_finding(
        answer.rows, measure=measure, unit=answer.unit, denominator=answer.denominator
    )


def _draw(answer: Answer, view: View, **look: Any) -> dict[str, Any]:
    measure = "value" if view.get("show") == "count" else "share"
    return trend_chart(answer.table, measure=measure, **look)


def _table(answer: Answer, view: View) -> Table:
    """Years downwards, groups across; a gap stays a gap."""
    rows = answer.rows
    groups = groups_with_shares(rows)
    counts = view.get("show") == "count"
    lines = {group: by_year(rows, group) for group in groups}
    values = {(row["year"], row["group"]): row["value"] for row in rows}
    base = {row["year"]: row["denominator_value"] for row in rows}
    years = [item["year"] for item in lines[groups[0]]] if groups else []

    def cell(group: str, place: int, year: int) -> str:
        if counts:
            return count(values[(year, group)]) if (year, group) in values else "no figure"
        item = lines[group][place]
        return "none" if item["named"] is False else percent(item["share"])

    made = tuple(
        cells(str(year), *(cell(group, place, year) for group in groups), count(base.get(year)))
        for place, year in enumerate(years)
    )
    what = answer.unit.capitalize() if counts else f"Share of {answer.unit}"
    return Table(
        caption=f"{what} by year of publication and group. “None”: no record of that year names "
        "the group alone. “No figure”: it cannot be said.",
        head=("Year", *groups, f"Shares are of ({answer.unit})"),
        rows=made,
        numbers=frozenset(range(1, len(groups) + 2)),
    )


TREND = Figure(
    name="trend",
    title="Year by year",
    ask=_ask,
    ask_drawn=_ask_drawn,
    drawn_notes=("clustering_by_publication",),
    finding=_finding,
    draw=_draw,
    table=_table,
    reading="Each panel is one group alone. The shaded band shows how much the figure hangs on a "
    "few publications; it is left out where fewer than ten contribute. A hollow mark is a year "
    "in which no record names that group alone; a gap is a year without a figure.",
    extra={"show": ("share", "count")},
)

"""Concentration: how much the largest publications, cohorts and countries hold."""

from typing import Any

from everygenome.charts import findings
from everygenome.charts.bars import concentration_chart
from everygenome.queries.answer import Answer
from everygenome.queries.release import Release
from everygenome.web.dashboard.figures.figure import Cell, Figure, Table, cells, choices
from everygenome.web.dashboard.figures.text import count, share
from everygenome.web.site.state import View

TOP = 10


def _ask(release: Release, view: View) -> Answer:
    asked = choices(view) | {"reference": None, "unit": "participations", "denominator": None}
    return release.concentration(top=TOP, **asked)


def _table(answer: Answer, view: View) -> Table:
    return Table(
        caption=f"The {TOP} largest of each kind. The running share of cohorts and countries can "
        "count one participation several times.",
        head=("Kind", "Rank", "Name", "Participations", "Share", "Running share"),
        rows=tuple(
            cells(
                row["kind"],
                str(row["rank"]),
                Cell(row["name"], _link(row, view)),
                count(row["value"]),
                share(row["share"]),
                share(row["cumulative_share"]),
            )
            for row in answer.rows
        ),
        numbers=frozenset({1, 3, 4, 5}),
    )


def _link(row: dict[str, Any], view: View) -> str:
    if row["kind"] == "publication" and row["id"]:
        return f"/studies/{view.address(search=row['id'])}"
    if row["kind"] == "country":
        return f"/composition/{view.address(country=row['id'])}"
    return ""


def _draw(answer: Answer, _view: View, **look: Any) -> dict[str, Any]:
    return concentration_chart(answer.table, **look)


CONCENTRATION = Figure(
    name="concentration",
    title="Who holds how much",
    ask=_ask,
    finding=lambda answer, _view: findings.concentration_finding(answer.rows),
    draw=_draw,
    table=_table,
    reading="Bars are shares of all participations that were selected, clear or not. A few very "
    "large publications decide much of every other figure.",
)

"""Composition: who takes part, group by group."""

from typing import Any

from everygenome.charts import findings
from everygenome.charts.composition import composition_chart
from everygenome.charts.rows import percent
from everygenome.queries.answer import Answer
from everygenome.queries.release import Release
from everygenome.web.dashboard.figures.figure import Cell, Figure, Table, cells, choices
from everygenome.web.dashboard.figures.text import count, group_link
from everygenome.web.site.state import View


def _ask(release: Release, view: View) -> Answer:
    return release.composition(**choices(view) | {"reference": None})


def _draw(answer: Answer, _view: View, **look: Any) -> dict[str, Any]:
    return composition_chart(answer.table, **look)


def table(answer: Answer, view: View) -> Table:
    """Alone, with others, lowest and highest, for each group."""
    rows, quiet = [], set()
    for row in answer.rows:
        if row["is_class"]:
            quiet.add(len(rows))
        rows.append(_row(row, view))
    return Table(
        caption=f"Share of {answer.unit} by group, shares of "
        f"{'all records' if answer.denominator == 'all' else 'clear records'}.",
        head=(
            "Group",
            "Alone",
            "With others",
            "Lowest",
            "Highest",
            f"{answer.unit.capitalize()}, alone",
            "Records, alone",
        ),
        rows=tuple(rows),
        numbers=frozenset(range(1, 7)),
        quiet=frozenset(quiet),
    )


def _row(row: dict[str, Any], view: View) -> tuple[Cell, ...]:
    name = Cell(row["group"], "" if row["is_class"] else group_link(view, row["group"]))
    counts = (count(row["value"]), count(row["rows"]))
    if not row["rows_with_others"]:
        return cells(name, "no record", "", "", "", *counts)
    if row["is_class"]:
        alone = "left out" if row["share"] is None else percent(row["share"])
        return cells(name, alone, "", "", "", *counts)
    alone = percent(row["share"]) if row["rows"] else "none"
    rest = (percent(row[key]) for key in ("share_with_others", "share_min", "share_max"))
    return cells(name, alone, *rest, *counts)


COMPOSITION = Figure(
    name="composition",
    title="Group by group",
    ask=_ask,
    finding=lambda answer, _view: findings.composition_finding(
        answer.rows, unit=answer.unit, denominator=answer.denominator
    ),
    draw=_draw,
    table=table,
    reading="The bar is the share of the records that name only this group. The thin line runs "
    "from the lowest to the highest share that is possible: unclear records, and records of "
    "several groups in one number, could hold more of it than is known. “With others”, in the "
    "table, adds records that name the group together with other groups.",
)

"""Subjects: trait parents by group, as a heat map."""

from typing import Any
from urllib.parse import quote

from everygenome.charts import findings
from everygenome.charts.heat import heat_chart
from everygenome.queries.answer import Answer
from everygenome.queries.release import Release
from everygenome.web.dashboard.figures.figure import Cell, Figure, Table, cells, choices
from everygenome.web.dashboard.figures.text import count, share
from everygenome.web.site.state import View

NONE = "no study names it"


def _ask(release: Release, view: View) -> Answer:
    return release.traits(**choices(view) | {"reference": None})


def _draw(answer: Answer, view: View, **look: Any) -> dict[str, Any]:
    measure = "value" if view.get("show") == "count" else "share"
    return heat_chart(answer.table, measure=measure, stage=answer.stage, **look)


def _table(answer: Answer, view: View) -> Table:
    rows = answer.rows
    shown = [row for row in rows if row["share"] is not None or not row["is_class"]]
    groups = list(dict.fromkeys(row["group"] for row in shown))
    subjects = list(dict.fromkeys((row["trait_id"], row["trait"]) for row in rows))
    at = {(row["trait_id"], row["trait"], row["group"]): row for row in rows}
    counts = view.get("show") == "count"

    def cell(subject: tuple[Any, Any], group: str) -> str:
        row = at.get((*subject, group))
        if row is None:
            return "no figure"
        if not row["rows_with_others"]:
            return NONE
        return count(row["value"]) if counts else share(row["share"])

    return Table(
        caption=f"{'Counts' if counts else 'Shares'} of {answer.unit} by subject and group, alone."
        f" “{NONE.capitalize()}”: no study in this selection names the group.",
        head=("Subject", *groups),
        rows=tuple(
            cells(Cell(subject[1], _link(view, subject)), *(cell(subject, g) for g in groups))
            for subject in subjects
        ),
        numbers=frozenset(range(1, len(groups) + 1)),
    )


def _link(view: View, subject: tuple[Any, Any]) -> str:
    identifier, name = subject
    if identifier:
        return f"/traits/{quote(identifier, safe='')}/{view.address(trait_parent=None, show=None)}"
    if name in ("All traits", "No mapped trait") or view.question.trait_parent:
        return ""
    return f"/subjects/{view.address(trait_parent=name)}"


SUBJECTS = Figure(
    name="subjects",
    title="By subject of study",
    ask=_ask,
    finding=lambda answer, _view: findings.heat_finding(answer.rows, stage=answer.stage),
    draw=_draw,
    table=_table,
    reading="Each cell is the share of one group within one subject; darker is more. A study of "
    "several subjects counts once under each.",
    extra={"show": ("share", "count")},
)

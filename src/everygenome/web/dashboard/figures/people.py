"""People: a floor, two estimates and a ceiling."""

from typing import Any

from everygenome.charts import findings
from everygenome.charts.people import people_chart
from everygenome.queries.answer import Answer
from everygenome.queries.release import Release
from everygenome.web.dashboard.figures.figure import Figure, Table, cells, choices
from everygenome.web.dashboard.figures.text import count
from everygenome.web.site.state import View

KINDS = ("floor", "publication_estimate", "cohort_estimate", "ceiling")


def _ask(release: Release, view: View) -> Answer:
    # People are reckoned from participations, whatever else is shown in another unit.
    asked = choices(view) | {"reference": None, "unit": "participations", "denominator": None}
    return release.people(**asked)


def _table(answer: Answer, _view: View) -> Table:
    return Table(
        caption="Numbers of people; nobody knows the true ones.",
        head=(
            "Group",
            "At least (can be proved)",
            "Estimate, from publications",
            "Estimate, from named cohorts",
            "At most",
        ),
        rows=tuple(
            cells(row["group"], *(count(row[kind]) for kind in KINDS)) for row in answer.rows
        ),
        numbers=frozenset(range(1, 5)),
    )


def _draw(answer: Answer, _view: View, **look: Any) -> dict[str, Any]:
    return people_chart(answer.table, **look)


PEOPLE = Figure(
    name="people",
    title="How many people is that?",
    ask=_ask,
    finding=lambda answer, _view: findings.people_finding(answer.rows),
    draw=_draw,
    table=_table,
    reading="The left end can be proved: it is the largest single study and group. The right end "
    "counts every participation as another person, which is too many. The marks between are "
    "estimates, with their assumptions stated below. The scale is one of tenfold steps.",
)

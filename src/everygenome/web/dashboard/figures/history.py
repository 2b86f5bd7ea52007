"""History as each release told it, beside history seen from today."""

from typing import Any

from django import conf

from everygenome.charts import findings
from everygenome.charts.history import history_chart
from everygenome.charts.rows import groups_with_shares
from everygenome.queries.answer import Answer
from everygenome.queries.history import as_released
from everygenome.queries.release import Release
from everygenome.web.dashboard.figures.figure import Figure, Table, cells, choices
from everygenome.web.dashboard.figures.text import share
from everygenome.web.site.releases import SHELF
from everygenome.web.site.state import View

# To open a release takes a second or two.
MOST = 8


def _ask(_release: Release, view: View) -> Answer:
    listed = SHELF.listed()
    dates = {item["id"]: item["date"] for item in reversed(listed.each)}
    # What was released after the one shown is not yet its history.
    until = [name for name in dates if dates[name] <= dates[view.release]]
    return as_released(
        view.question.but(reference=None),
        releases=_spread(until, MOST),
        store=conf.settings.STORE,
    )


def _spread(names: list[str], most: int) -> list[str]:
    """At most so many, evenly from the first to the last."""
    if len(names) <= most:
        return names
    return [names[round(place * (len(names) - 1) / (most - 1))] for place in range(most)]


def _draw(answer: Answer, view: View, **look: Any) -> dict[str, Any]:
    today = SHELF.open(view.release).trend(**choices(view) | {"reference": None})
    return history_chart(answer.table, today.table, **look)


def _table(answer: Answer, _view: View) -> Table:
    rows = answer.rows
    groups = groups_with_shares(rows)
    at = {(row["release"], row["group"]): row["share"] for row in rows}
    releases = dict.fromkeys((row["release"], row["release_date"]) for row in rows)
    left_out = answer.coverage["left_out"]
    return Table(
        caption=f"Share of {answer.unit} that each release gave for all years together, at the "
        "time it was published.",
        head=("Release", *groups),
        rows=tuple(
            cells(str(date), *(share(at.get((name, group))) for group in groups))
            for name, date in releases
        ),
        numbers=frozenset(range(1, len(groups) + 1)),
        more=" ".join(f"{item['release']}: {item['reason']}" for item in left_out),
    )


HISTORY = Figure(
    name="history",
    title="As each release told it",
    ask=_ask,
    finding=lambda answer, _view: findings.history_finding(
        answer.rows, unit=answer.unit, denominator=answer.denominator
    ),
    draw=_draw,
    table=_table,
    reading="Marks are what each release said at the time, over all years together. The line is "
    "what the release shown here says of each year of publication. They differ, because the "
    "catalogue goes on adding old studies.",
)

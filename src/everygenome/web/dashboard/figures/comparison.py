"""Two selections side by side, and the difference with its interval."""

from typing import Any

from everygenome.charts import findings
from everygenome.charts.comparison import comparison_chart
from everygenome.charts.figures import points
from everygenome.errors import UsageError
from everygenome.queries.answer import Answer
from everygenome.queries.outside import CHOICES, FILTERS
from everygenome.queries.release import Release
from everygenome.web.dashboard.figures.figure import Figure, Table, cells, choices
from everygenome.web.dashboard.figures.text import interval, share
from everygenome.web.site.state import OTHER, View, as_choices

# How the two are counted is one choice for both.
_SHARED = tuple(name for name in CHOICES if name not in FILTERS and name != "reference")


def _ask(release: Release, view: View) -> Answer:
    if view.other is None:
        raise UsageError("A comparison needs a second selection.", remedy="Choose one below.")
    one = choices(view) | {"reference": None}
    other = as_choices(view.other)
    second = {name: one.get(name) for name in _SHARED} | {name: other[name] for name in FILTERS}
    return release.compare(one, second)


def _draw(answer: Answer, _view: View, **look: Any) -> dict[str, Any]:
    return comparison_chart(answer.table, **look)


def _table(answer: Answer, _view: View) -> Table:
    rows = answer.rows
    return Table(
        caption="Shares of each selection, and how many percentage points B has more than A.",
        head=("Group", "A", "B", "B minus A, points", "Interval of the difference"),
        rows=tuple(
            cells(
                row["group"],
                share(row["share_a"]),
                share(row["share_b"]),
                points(row["difference"]),
                interval(row["difference_low"], row["difference_high"], points),
            )
            for row in rows
        ),
        numbers=frozenset(range(1, 5)),
        quiet=frozenset(place for place, row in enumerate(rows) if row["is_class"]),
    )


COMPARISON = Figure(
    name="comparison",
    title="Side by side",
    ask=_ask,
    finding=lambda answer, _view: findings.comparison_finding(answer.rows),
    draw=_draw,
    table=_table,
    reading="Each pair of marks is one group: its share in A and in B. To the right stands the "
    "difference, with the interval that comes of drawing publications again, the same ones for "
    "both. An interval that holds zero means that a few publications could turn it.",
    extra={OTHER + name: () for name in FILTERS},
)

"""Every study: date by size, group by group."""

from typing import Any

from everygenome.charts import findings
from everygenome.charts.studies import studies_chart
from everygenome.queries.answer import Answer
from everygenome.queries.release import Release
from everygenome.web.dashboard.figures.figure import Figure, Table, cells, choices
from everygenome.web.dashboard.figures.text import count
from everygenome.web.site.state import View


def _ask(release: Release, view: View) -> Answer:
    return release.densities(
        **choices(view) | {"reference": None, "unit": "participations", "denominator": None}
    )


def _draw(answer: Answer, _view: View, **look: Any) -> dict[str, Any]:
    return studies_chart(answer.table, **look)


def _table(answer: Answer, _view: View) -> Table:
    """Studies of each group by size; dates are in the picture and in the files."""
    sizes = sorted({(row["size_low"], row["size_high"]) for row in answer.rows})
    bands: dict[int, list[tuple[float, float]]] = {}
    for low, high in sizes:
        bands.setdefault(len(str(int(max(low, 1)))), []).append((low, high))
    groups = list(dict.fromkeys(row["group"] for row in answer.rows))
    total: dict[tuple[str, int], int] = {}
    for row in answer.rows:
        place = (row["group"], len(str(int(max(row["size_low"], 1)))))
        total[place] = total.get(place, 0) + row["studies"]
    return Table(
        caption="Number of studies by group and by how many participations they count. A study "
        "that names several groups apart counts once for each.",
        head=("Group", *(f"{10 ** (b - 1):,} to {10**b - 1:,}" for b in sorted(bands))),
        rows=tuple(
            cells(group, *(count(total.get((group, band), 0)) for band in sorted(bands)))
            for group in groups
        ),
        numbers=frozenset(range(1, len(bands) + 1)),
    )


STUDIES = Figure(
    name="studies",
    title="Every study",
    ask=_ask,
    finding=lambda answer, _view: findings.studies_finding(answer.rows),
    draw=_draw,
    table=_table,
    reading="Each panel is one group. To the right is later, up is larger; darker means more "
    "studies of that date and size.",
)

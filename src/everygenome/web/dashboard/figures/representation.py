"""Representation: shares beside those of a population, through a stated crosswalk."""

from typing import Any

from everygenome.charts import findings
from everygenome.charts.ratio import ratio_chart
from everygenome.queries.answer import Answer
from everygenome.queries.release import Release
from everygenome.web.dashboard.figures.figure import Figure, Table, cells, choices
from everygenome.web.dashboard.figures.text import count, interval, ratio, share
from everygenome.web.site.state import View

USUAL = "un_wpp2024_subregions"


def _ask(release: Release, view: View) -> Answer:
    return release.composition(**{"reference": USUAL} | choices(view))


def _draw(answer: Answer, _view: View, **look: Any) -> dict[str, Any]:
    return ratio_chart(answer.table, **look)


def _table(answer: Answer, _view: View) -> Table:
    rows = [row for row in answer.rows if not row["is_class"]]
    return Table(
        caption="A ratio of 1 means: as large a share of the records as of the population. "
        f"“Missing” is how many more {answer.unit} would be needed to reach that share, one group "
        "at a time; it is no target for a people that has declined research.",
        head=(
            "Group",
            "Share of records",
            "Share of population",
            "Ratio",
            "Interval of the ratio",
            "Missing",
        ),
        rows=tuple(
            cells(
                row["group"],
                share(row["share"]),
                share(row["reference_share"]) if row["reference_share"] is not None else "none",
                ratio(row["ratio"]) if row["ratio"] is not None else "cannot be compared",
                interval(row["ratio_low"], row["ratio_high"], ratio)
                if row["ratio"] is not None
                else "",
                count(row["shortfall"]) if row["shortfall"] is not None else "none stated",
            )
            for row in rows
        ),
        numbers=frozenset(range(1, 6)),
    )


REPRESENTATION = Figure(
    name="representation",
    title="Compared with a population",
    ask=_ask,
    finding=lambda answer, _view: findings.ratio_finding(answer.rows, unit=answer.unit),
    draw=_draw,
    table=_table,
    reading="The scale is one of doublings: each step to the right is twice as much. The mark is "
    "the ratio, the line what it could be, with the crosswalk’s low and high values and with "
    "publications drawn again. A population’s groups are not the catalogue’s groups: the bridge "
    "between them is our assumption, and it is stated.",
)

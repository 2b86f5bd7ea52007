"""Peers: a portfolio by year, beside the rest of the field in the same subjects."""

from typing import Any

from everygenome.charts.findings.portfolios import peers_finding
from everygenome.charts.peers import peers_chart
from everygenome.queries.answer import Answer
from everygenome.queries.release import Release
from everygenome.web.dashboard.figures.figure import Figure, Table, cells, choices
from everygenome.web.dashboard.figures.text import count, share
from everygenome.web.site.state import View


def _chosen(view: View) -> dict[str, Any]:
    return choices(view) | {"unit": None, "reference": None}


def _ask(release: Release, view: View) -> Answer:
    return release.peers(bands=False, **_chosen(view))


def _ask_drawn(release: Release, view: View) -> Answer:
    return release.peers(**_chosen(view))


def _name(answer: Answer) -> str:
    """Whose portfolio an answer is about, for a sentence."""
    told = (
        answer.names.get(str(answer.filters[owner]), str(answer.filters[owner]))
        for owner in ("funder", "cohort", "journal", "country")
        if owner in answer.filters
    )
    return ", ".join(told)


def _finding(answer: Answer, _view: View) -> str:
    told = peers_finding(answer.rows, name=_name(answer), denominator=answer.denominator)
    # On a page the intervals are not reckoned yet: the picture has them, and tells of them.
    return told.removesuffix("; no year has an interval")


def _draw(answer: Answer, _view: View, **look: Any) -> dict[str, Any]:
    return peers_chart(answer.table, **look)


def _table(answer: Answer, _view: View) -> Table:
    """A row for each year and group of which anything is known."""
    rows = [
        row
        for row in answer.rows
        if row["observed_share"] or row["expected_share"] or row["publications_of_group"]
    ]

    def part(value: float | None) -> str:
        return "no figure" if value is None else share(value)

    return Table(
        caption="Like for like: each year is compared with studies of the same subjects in that "
        "year. The plain share is of all of the portfolio’s participations. The files hold the "
        "intervals too.",
        head=(
            "Year",
            "Group",
            "Share",
            "Share elsewhere, like for like",
            "Plain share",
            "Publications of the group",
        ),
        rows=tuple(
            cells(
                str(row["year"]),
                row["group"],
                part(row["observed_share"]),
                part(row["expected_share"]),
                part(row["crude_share"]),
                count(row["publications_of_group"]),
            )
            for row in rows
        ),
        numbers=frozenset(range(2, 6)),
        quiet=frozenset(place for place, row in enumerate(rows) if row["is_class"]),
    )


PEERS = Figure(
    name="peers",
    title="Year by year, beside its peers",
    ask=_ask,
    ask_drawn=_ask_drawn,
    drawn_notes=("clustering_by_publication",),
    finding=_finding,
    draw=_draw,
    table=_table,
    reading="Each panel is one group. The solid line is the portfolio, the broken line what the "
    "rest of the field has in the same subjects, years and stages. A year in which nothing else "
    "was done on its subjects has no figure.",
)

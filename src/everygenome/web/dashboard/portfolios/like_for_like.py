"""Like for like: a portfolio's groups beside those of the rest of the field in its subjects."""

from typing import Any

from everygenome.charts.findings.portfolios import like_for_like_finding
from everygenome.charts.like_for_like import like_for_like_chart
from everygenome.charts.rows import percent
from everygenome.queries.answer import Answer
from everygenome.queries.measures.compared_portfolios import MINIMUM
from everygenome.queries.release import Release
from everygenome.web.dashboard.figures.figure import Figure, Table, cells, choices
from everygenome.web.dashboard.figures.text import count, interval, ratio, share
from everygenome.web.site.state import View

_NOTHING = "none"


def _ask(release: Release, view: View) -> Answer:
    # Never without its intervals: a ratio alone would say more than is known.
    return release.standardised(**choices(view) | {"unit": None, "reference": None})


def balanced(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with the balanced figures as those that are drawn and told.

    The plain weighting drifts from 1 where a few publications are huge; see the measure.
    """
    return [
        row
        | {
            "ratio": row["balanced_ratio"],
            "ratio_low": row["balanced_low"],
            "ratio_high": row["balanced_high"],
            "observed_share": row["balanced_observed_share"],
            "expected_share": row["balanced_expected_share"],
        }
        for row in rows
    ]


def name_of(answer: Answer) -> str:
    """Whose portfolio an answer is about, for a sentence."""
    rows = answer.rows
    return str(rows[0]["name"]) if rows else ""


def _finding(answer: Answer, _view: View) -> str:
    return like_for_like_finding(
        balanced(answer.rows),
        name=name_of(answer),
        minimum=answer.filters.get("min_publications", MINIMUM),
        denominator=answer.denominator,
    )


def _draw(answer: Answer, _view: View, **look: Any) -> dict[str, Any]:
    return like_for_like_chart(balanced(answer.rows), **look)


def _matched(answer: Answer) -> str:
    """How much has something to compare with: in sight, always."""
    matched = next((row["matched_share"] for row in answer.rows), None)
    if matched is None:
        return ""
    return f"{percent(matched)} of the participations have something to compare with."


def _table(answer: Answer, _view: View) -> Table:
    rows = answer.rows

    def number(value: float | None) -> str:
        return _NOTHING if value is None else ratio(value)

    def part(value: float | None) -> str:
        return _NOTHING if value is None else share(value)

    return Table(
        caption="Like for like: the same subjects, years and stages on both sides, each counting "
        "for how much both did in it. Plain: everything, whatever was studied. “None” means that "
        "it cannot be reckoned.",
        head=(
            "Group",
            "Ratio, like for like",
            "Interval",
            "Share",
            "Share elsewhere, like for like",
            "Plain share",
            "Plain share elsewhere",
            "Plain ratio",
            "Interval of the plain ratio",
            "Ratio with the portfolio’s own weights",
            "Interval of that",
            "Publications of the group",
        ),
        rows=tuple(
            cells(
                row["group"],
                number(row["balanced_ratio"]),
                _interval(row, "balanced_ratio", "balanced"),
                part(row["balanced_observed_share"]),
                part(row["balanced_expected_share"]),
                part(row["crude_share"]),
                part(row["field_share"]),
                number(row["crude_ratio"]),
                _interval(row, "crude_ratio", "crude_ratio"),
                number(row["ratio"]),
                _interval(row, "ratio", "ratio"),
                count(row["publications_of_group"]),
            )
            for row in rows
        ),
        numbers=frozenset(range(1, 12)),
        quiet=frozenset(place for place, row in enumerate(rows) if row["is_class"]),
    )


def _interval(row: dict[str, Any], of: str, name: str) -> str:
    if row[of] is None:
        return ""
    return interval(row[f"{name}_low"], row[f"{name}_high"], ratio)


LIKE_FOR_LIKE = Figure(
    name="like-for-like",
    title="Compared like for like",
    ask=_ask,
    finding=_finding,
    draw=_draw,
    table=_table,
    reading="A portfolio of studies of one disease cannot be compared with all studies of "
    "everything. So each group’s share is set beside its share in other studies of the same "
    "subjects, years and stages: 1 means as much as elsewhere. To choose the subject is a decision "
    "too, so the plain ratio stands beside it. The line is the interval that comes of drawing "
    "publications again; where it holds 1, a few publications could turn it.",
    beside=_matched,
)

"""The figure of a call: shares before and after, in a portfolio and in the whole field."""

from typing import Any

from everygenome.charts.figures import points
from everygenome.charts.findings.simulated import simulated_finding
from everygenome.charts.rows import percent
from everygenome.charts.simulated import simulated_chart
from everygenome.errors import InputError, UsageError
from everygenome.queries.answer import Answer
from everygenome.queries.release import Release
from everygenome.web.dashboard.figures.figure import Figure, Table, cells, choices
from everygenome.web.dashboard.figures.text import count
from everygenome.web.dashboard.planning.plan_form import EXTRA, plan_in
from everygenome.web.site.state import View
from everygenome.web.site.turns import drawing

# A plan adds participations to all subjects; what another view chose of these is told, and left.
UNUSED = ("unit", "trait", "trait_parent")
_SIDES = {"portfolio": "Portfolio", "field": "Whole field"}


def _ask(release: Release, view: View) -> Answer:
    asked = {name: value for name, value in choices(view).items() if name not in UNUSED}
    try:
        samples = plan_in(view)
        # Strangers can think of plans without end, and a new one takes a second.
        with drawing():
            return release.simulate(samples, **asked)
    except InputError as error:
        raise UsageError(error.what, remedy=error.remedy) from None


def has_portfolio(answer: Answer) -> bool:
    """Whether the plan joins a portfolio, and not the field alone."""
    return any(row["portfolio_value_after"] is not None for row in answer.rows)


def _draw(answer: Answer, _view: View, **look: Any) -> dict[str, Any]:
    return simulated_chart(answer.table, **look)


def _table(answer: Answer, _view: View) -> Table:
    """Shares and participations, before and after."""
    sides = [side for side in _SIDES if side == "field" or has_portfolio(answer)]
    rows = answer.rows
    return Table(
        caption="Shares are of "
        + ("all records" if answer.denominator == "all" else "clear records")
        + "; a change is in percentage points. The last columns are participations.",
        head=(
            "Group",
            "Planned",
            *(
                f"{_SIDES[side]}{text}"
                for side in sides
                for text in (" before", " after", ": change", ", number before", ", number after")
            ),
        ),
        rows=tuple(
            cells(
                row["group"],
                count(row["planned"]) if row["planned"] else "none",
                *(
                    text
                    for side in sides
                    for text in (
                        percent(row[f"{side}_before"]),
                        percent(row[f"{side}_after"]),
                        points(row[f"{side}_change"]),
                        count(row[f"{side}_value_before"]),
                        count(row[f"{side}_value_after"]),
                    )
                ),
            )
            for row in rows
        ),
        numbers=frozenset(range(1, 2 + 5 * len(sides))),
        quiet=frozenset(place for place, row in enumerate(rows) if row["is_class"]),
    )


SIMULATE = Figure(
    name="simulate",
    title="Before and after",
    ask=_ask,
    finding=lambda answer, _view: simulated_finding(answer.rows),
    draw=_draw,
    table=_table,
    reading="A ring is the share before, a filled diamond the share after. Where little changes, "
    "the diamond stands in the ring: a call is small beside all that was ever published, so look "
    "at the portfolio, and at the traits below, before you judge a plan by the whole field.",
    extra=EXTRA,
    beside=lambda _answer: "This adds up what the plan says. It is no forecast.",
)

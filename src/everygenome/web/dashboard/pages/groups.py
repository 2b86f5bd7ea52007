"""What lies beneath a group: categories, stated populations, countries."""

from typing import Any

from everygenome.errors import NotFoundError
from everygenome.queries.answer import Answer
from everygenome.web.dashboard.controls import EVERY
from everygenome.web.dashboard.figures.figure import Table, cells, choices
from everygenome.web.dashboard.figures.text import count, share
from everygenome.web.dashboard.pages.page import Asked, Page
from everygenome.web.dashboard.shown import counted, notes

_KINDS = {
    "category": "Categories of the catalogue",
    "population": "Populations, in the words of the records",
    "country": "Countries of recruitment",
}
_SHOWN = 200


def _more(asked: Asked) -> dict[str, Any]:
    group = dict(asked.named)["group"]
    known = asked.view.question.grouping.groups
    if group not in known:
        raise NotFoundError(
            f"There is no group {group[:60]!r} in the grouping “{asked.view.question.scheme}”.",
            remedy=f"There are {', '.join(known)}.",
        )
    chosen = choices(asked.view) | {"reference": None, "unit": None, "denominator": None}
    answer = asked.release.beneath(group, **chosen)
    return {
        "title": f"Beneath “{group}”",
        "group": group,
        "tables": [(label, _table(answer, kind, label)) for kind, label in _KINDS.items()],
        "list_counted": counted(answer),
        "list_notes": notes(answer),
    }


def _table(answer: Answer, kind: str, label: str) -> Table:
    rows = [row for row in answer.rows if row["kind"] == kind]
    return Table(
        caption=f"{label}, with their share of the group’s own participations.",
        head=("Name", "Participations", "Share of the group", "Records"),
        rows=tuple(
            cells(row["name"], count(row["value"]), share(row["share"]), count(row["rows"]))
            for row in rows[:_SHOWN]
        ),
        numbers=frozenset({1, 2, 3}),
        more=f"And {len(rows) - _SHOWN:,} more, which the API has." if len(rows) > _SHOWN else "",
    )


GROUP = Page(
    name="group",
    path="/groups/{group}/",
    title="One group",
    lead="A broad label hides much. Here is what the records say beneath this label.",
    controls=tuple(name for name in EVERY if name not in ("unit", "denominator", "reference")),
    more=_more,
    template="dashboard/group",
)

"""The gap finder: subjects and groups that no discovery study names, or few."""

from typing import Any

from everygenome.queries.answer import Answer
from everygenome.queries.measures.gap_choices import Order, State
from everygenome.queries.measures.gap_matrix import gap_groups
from everygenome.vocabulary.governance import NOT_COMPLETE, statements
from everygenome.web.dashboard.controls import EVERY, own_control
from everygenome.web.dashboard.figures.figure import Cell, Table, cells, choices
from everygenome.web.dashboard.figures.text import count, share, trait_link
from everygenome.web.dashboard.pages.listing import (
    asked_list,
    first_page,
    next_page,
)
from everygenome.web.dashboard.pages.page import Asked, Page
from everygenome.web.dashboard.shown import counted, notes

PATH = "/gaps/"
SHOWN = 50
STATES = {
    "gaps": "none or few",
    "none": "no discovery study names the group",
    "few": "few discovery studies name it",
    "some": "some discovery studies name it",
    "governed": "peoples in it govern research, or have declined it",
    "all": "everything",
}
ORDERS = {
    Order.STUDIES_OF_TRAIT.value: "most studied traits first",
    Order.LAST_YEAR.value: "longest not named first",
    Order.SHORTFALL.value: "largest shortfall first (needs a population)",
    Order.TRAIT.value: "by name of the trait",
    Order.SHARE.value: "smallest share first",
}
LEAST = {"5": "5 or more studies", "1": "any", "20": "20 or more studies", "100": "100 or more"}


def _more(asked: Asked) -> dict[str, Any]:
    view = asked.view
    groups = gap_groups(view.question.grouping)
    answer, refused = asked_list(
        asked.release.gaps,
        # Gaps are about discovery, whatever another view was about.
        **choices(view) | {"unit": None, "stage": None},
        group=view.get("group"),
        state=view.get("state"),
        order=view.get("order"),
        at_least_studies=int(view.get("at_least_studies") or 5),
        after=view.get("after"),
        limit=SHOWN,
    )
    context: dict[str, Any] = {
        "own_controls": [
            own_control(asked.view, "group", "Group", {"": "any group", **{g: g for g in groups}}),
            own_control(asked.view, "state", "Show", STATES),
            own_control(asked.view, "at_least_studies", "Traits with", LEAST),
            own_control(asked.view, "order", "Order", ORDERS),
        ],
        "states": [(STATES[state.value], state.meaning) for state in State],
        "statements": statements(),
        "not_complete": NOT_COMPLETE,
        "refused": refused,
    }
    if answer is None:
        return context
    return context | {
        "found": answer.coverage["found"],
        "table": gap_table(answer, asked, compared=view.question.reference is not None),
        "next": next_page(asked, answer, PATH),
        "first": first_page(asked, PATH),
        "list_counted": counted(answer),
        "list_notes": notes(answer),
    }


def gap_table(answer: Answer, asked: Asked, *, compared: bool = False) -> Table:
    """Pairs of trait and group; `compared` with what a population would let expect."""
    return Table(
        caption="Each row is one trait and one group. Unclear studies do not say who took "
        "part, so the group may be among them.",
        head=(
            "Trait",
            "Group",
            "What can be said",
            "Discovery studies of the trait",
            "naming the group alone",
            "or with others",
            "Unclear studies",
            "Last named in",
            "Share",
            *(("Shortfall",) if compared else ()),
        ),
        rows=tuple(cells(*_row(row, asked, compared=compared)) for row in answer.rows),
        numbers=frozenset(range(3, 10)),
    )


def _row(row: dict[str, Any], asked: Asked, *, compared: bool) -> list[Any]:
    shortfall = row["shortfall"]
    return [
        Cell(row["trait"], trait_link(asked.view, row["trait_id"])),
        row["group"],
        STATES[row["state"]],
        count(row["studies_of_trait"]),
        count(row["studies_naming"]),
        count(row["studies_naming_with_others"]),
        count(row["unclear_studies"]),
        str(row["last_year"]) if row["last_year"] else "no study",
        share(row["share"]) if row["studies_naming"] else "none alone",
        *(("none stated" if shortfall is None else count(shortfall),) if compared else ()),
    ]


GAPS = Page(
    name="gaps",
    path=PATH,
    link="Gaps",
    title="Where are the gaps?",
    lead="Traits and groups that no discovery study in the catalogue names, or only few. A study "
    "that does not say who took part may have included anyone, so those stand beside.",
    controls=tuple(name for name in EVERY if name not in ("unit", "stage", "denominator")),
    extra={
        "group": (),
        "state": tuple(STATES),
        "order": tuple(ORDERS),
        "at_least_studies": tuple(LEAST),
        "after": (),
    },
    more=_more,
    template="dashboard/gaps",
)

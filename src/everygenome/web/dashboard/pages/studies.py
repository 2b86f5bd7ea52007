"""Every study: the picture of all of them, and the list that can be searched."""

from typing import Any

from everygenome.queries.answer import Answer
from everygenome.queries.measures.studies import Order
from everygenome.vocabulary.schemes import CLASS_GROUPS
from everygenome.web.dashboard.controls import EVERY, own_control
from everygenome.web.dashboard.figures.figure import Cell, Table, cells, choices
from everygenome.web.dashboard.figures.studies import STUDIES
from everygenome.web.dashboard.figures.text import count, study_link
from everygenome.web.dashboard.pages.listing import (
    asked_list,
    first_page,
    next_page,
    text_control,
)
from everygenome.web.dashboard.pages.page import Asked, Page
from everygenome.web.dashboard.shown import counted, notes
from everygenome.web.site.state import View

PATH = "/studies/"
SHOWN = 50
ORDERS = {
    Order.NEWEST.value: "newest first",
    Order.OLDEST.value: "oldest first",
    Order.LARGEST.value: "largest first",
    Order.SMALLEST.value: "smallest first",
    Order.MOST_ASSOCIATIONS.value: "most associations first",
}


def _more(asked: Asked) -> dict[str, Any]:
    view = asked.view
    groups = (*view.question.grouping.groups, *CLASS_GROUPS)
    answer, refused = asked_list(
        asked.release.studies,
        **choices(view) | {"reference": None},
        group=view.get("group"),
        search=view.get("search"),
        order=view.get("order"),
        after=view.get("after"),
        limit=SHOWN,
    )
    context: dict[str, Any] = {
        "own_controls": [
            text_control(asked, "search", "Words, or a number"),
            own_control(asked.view, "group", "Group", {"": "any group", **{g: g for g in groups}}),
            own_control(asked.view, "order", "Order", ORDERS),
        ],
        "refused": refused,
        "points": f"/studies/points.bin{view.only(()).pinned()}",
        "study_base": PATH,
        "study_query": view.release_only(),
    }
    if answer is None:
        return context
    return context | {
        "found": answer.coverage["studies"],
        "table": study_table(answer, view),
        "next": next_page(asked, answer, PATH),
        "first": first_page(asked, PATH),
        "list_counted": counted(answer),
        "list_notes": notes(answer),
    }


def study_table(answer: Answer, view: View) -> Table:
    """Studies, each with its groups, its size and its paper."""
    return Table(
        caption="Studies with at least one record that fits. Choose one to see all that the "
        "catalogue says of it.",
        head=(
            "Study",
            "Published",
            "Title",
            "Trait as reported",
            "Groups",
            "Participations",
            "Associations",
        ),
        rows=tuple(
            cells(
                Cell(row["study_accession"], study_link(view, row["study_accession"])),
                str(row["publication_date"] or "no date"),
                f"{row['first_author']}: {row['title']} ({row['journal']})",
                row["trait_reported"] or "none stated",
                "; ".join(
                    [*row["groups"], *(f"{g} (with others)" for g in row["groups_with_others"])]
                ),
                count(row["participations"]),
                count(row["association_count"]),
            )
            for row in answer.rows
        ),
        numbers=frozenset({5, 6}),
    )


STUDY_LIST = Page(
    name="studies",
    path=PATH,
    link="Every study",
    title="Every study",
    lead="Each study in the catalogue that fits, with its groups, its size, and its paper.",
    figures=(STUDIES,),
    controls=tuple(name for name in EVERY if name not in ("unit", "denominator", "reference")),
    extra={"group": (), "search": (), "order": tuple(ORDERS), "after": ()},
    more=_more,
    template="dashboard/studies",
)


def _study(asked: Asked) -> dict[str, Any]:
    answer = asked.release.study(dict(asked.named)["accession"], scheme=asked.view.question.scheme)
    return {"study": answer.rows[0], "study_notes": notes(answer)}


STUDY = Page(
    name="study",
    path="/studies/{accession}/",
    title="One study",
    controls=(),
    more=_study,
    template="dashboard/study",
)

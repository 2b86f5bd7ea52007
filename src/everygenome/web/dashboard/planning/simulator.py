"""The page of the call simulator: who would take part if a call funded a plan."""

from dataclasses import replace
from typing import Any

from everygenome.errors import UsageError
from everygenome.queries.measures.simulated_traits import FEW
from everygenome.queries.plan_cells import MAX_PARTICIPANTS
from everygenome.web.dashboard import controls
from everygenome.web.dashboard.pages.page import Asked, Page
from everygenome.web.dashboard.planning import tables
from everygenome.web.dashboard.planning.figure import SIMULATE, UNUSED, has_portfolio
from everygenome.web.dashboard.planning.plan_form import (
    EXTRA,
    MOST_LETTERS,
    example,
    has_plan,
    place_of,
    rows_of,
    seen,
)
from everygenome.web.dashboard.shown import notes, shown
from everygenome.web.site.state import View

PATH = "/simulate/"
WHOSE = ("funder", "journal", "cohort", "country")
_HOW = ("stage", "from_year", "to_year", "denominator", "scheme", "country_rule", "reference")
# Beyond the limit, so that what was pasted is told to be too long, and not cut in silence.
_FIELD_LETTERS = MOST_LETTERS + 1_000


def _more(asked: Asked) -> dict[str, Any]:
    release, view = asked.release, asked.view
    text = example(release, view.question.grouping)
    context: dict[str, Any] = {
        "whose": controls.controls(release, view, WHOSE),
        "how": [
            *controls.controls(release, view, _HOW),
            controls.release_control(asked.listed, view),
        ],
        "open_more": any(view.get(name) for name in _HOW) or view.chosen,
        "plan_text": seen(view.get("plan")),
        "rows": rows_of(view),
        "most_letters": MOST_LETTERS,
        "field_letters": _FIELD_LETTERS,
        "most_participants": MAX_PARTICIPANTS,
        "suggest": f"/traits/suggest.json{view.release_only()}",
        "groups": view.question.grouping.groups,
        "example": text,
        "example_link": f"{PATH}{view.address(plan=text, **_empty_rows())}",
        "clear": view.address(**{name: None for name, _ in view.said}),
        "without_plan": f"{PATH}{view.address(**dict.fromkeys(EXTRA))}",
        "unused": [
            f"{controls.chips(release, view, (name,))[0].label}"
            for name, _ in view.said
            if name in UNUSED
        ],
        "award_link": f"/award/{view.release_only()}",
    }
    return context | (_result(asked) if has_plan(view) else {})


def _empty_rows() -> dict[str, None]:
    return dict.fromkeys(name for name in EXTRA if name != "plan")


def _result(asked: Asked) -> dict[str, Any]:
    """What the plan would change, or why that cannot be said and where to mend it."""
    release, view = asked.release, asked.view
    try:
        answer = SIMULATE.ask(release, view)
    except UsageError as error:
        place = place_of(error.what)
        return {
            "refused": error.what,
            "remedy": error.remedy,
            "wrong": place,
            "rows": rows_of(view, wrong=place),
        }
    # The question was answered just now: the figure need not ask again.
    figure = replace(SIMULATE, ask=lambda _release, _view: answer)
    covered = answer.coverage
    return {
        "figure": shown(figure, release, view, origin=asked.origin, page=PATH),
        "plan": covered["plan"],
        "joins": _joins(asked, view) if has_portfolio(answer) else "",
        "governed": covered["governed"],
        "leftovers": covered["groups_without_gaps"],
        "gaps": tables.gaps_table(answer, view),
        "few": FEW,
        "traits": tables.traits_table(answer, view),
        "reference": tables.reference_table(answer),
        "know": notes(answer),
    }


def _joins(asked: Asked, view: View) -> str:
    """Whose portfolio it is, in words."""
    return ", ".join(
        controls.words_of(asked.release, name, view.get(name)) for name in WHOSE if view.get(name)
    )


SIMULATOR = Page(
    name="simulate",
    path=PATH,
    link="Simulate a call",
    title="What would a call change?",
    lead="You plan studies, or a call that funds them. Write down who is to take part, and see the "
    "shares before and after: in a portfolio, in the whole field, and in each trait.",
    controls=(*WHOSE, *_HOW),
    extra=EXTRA,
    more=_more,
    template="dashboard/simulate",
)

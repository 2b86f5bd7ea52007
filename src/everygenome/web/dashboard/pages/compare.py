"""Compare any two selections of a release."""

from typing import Any

from everygenome.queries.outside import FILTERS
from everygenome.web.dashboard import controls
from everygenome.web.dashboard.figures.comparison import COMPARISON
from everygenome.web.dashboard.pages.page import Asked, Page
from everygenome.web.site.state import OTHER, View


def _more(asked: Asked) -> dict[str, Any]:
    release, view = asked.release, asked.view
    context: dict[str, Any] = {
        "other_controls": controls.controls(release, view, FILTERS, prefix=OTHER),
        "first_words": _in_words(asked, ""),
        "other_words": _in_words(asked, OTHER),
        "chosen": any(name.startswith(OTHER) for name, _ in view.extra),
    }
    if context["chosen"]:
        answer = COMPARISON.ask(release, view)
        context["overlap"] = answer.coverage["overlap"]
    else:
        context["figures"] = []
    return context


_YEARS = {"from_year": "from ", "to_year": "to "}


def _in_words(asked: Asked, prefix: str) -> str:
    """One side in words."""
    said = dict(asked.view.said) | dict(asked.view.extra)
    parts = [
        _YEARS.get(name, "") + controls.words_of(asked.release, name, said[prefix + name])
        for name in FILTERS
        if prefix + name in said
    ]
    return ", ".join(parts) or "everything in the discovery stage"


def swapped(view: View) -> dict[str, str | None]:
    """The choices of a view with its two sides exchanged."""
    said = dict(view.said) | dict(view.extra)
    return {
        **{name: said.get(OTHER + name) for name in FILTERS},
        **{OTHER + name: said.get(name) for name in FILTERS},
    }


def _all(asked: Asked) -> dict[str, Any]:
    return _more(asked) | {"swapped": f"/compare/{asked.view.address(**swapped(asked.view))}"}


COMPARE = Page(
    name="compare",
    path="/compare/",
    link="Compare",
    title="Compare two selections",
    lead="Put any two side by side: two subjects, two times, two countries. What they share is "
    "counted exactly, study by study.",
    figures=(COMPARISON,),
    controls=tuple(name for name in controls.EVERY if name != "reference"),
    more=_all,
    template="dashboard/compare",
)

"""The four kinds of portfolio, and by which rules they are shown."""

from dataclasses import dataclass
from typing import Any

from everygenome.queries.measures.compared_portfolios import MINIMUM
from everygenome.web.dashboard.pages.page import Asked, Page
from everygenome.web.dashboard.portfolios.kinds import KINDS, Kind, home
from everygenome.web.site.several import knows


@dataclass(frozen=True, slots=True)
class Tab:
    """A kind as a way to go.

    Attributes:
        kind: the kind.
        href: its list, or nothing where the release knows none of the kind.
        current: it is the list that is shown.
    """

    kind: Kind
    href: str
    current: bool


def tabs(asked: Asked, current: str = "") -> list[Tab]:
    """Every kind; the choices of the view go along, but not those of one list."""
    query = asked.view.only(()).address()
    return [
        Tab(words, f"{home(kind)}{query}" if knows(asked.release, kind) else "", kind == current)
        for kind, words in KINDS.items()
    ]


def _more(asked: Asked) -> dict[str, Any]:
    return {"tabs": tabs(asked), "minimum": MINIMUM}


OVERVIEW = Page(
    name="portfolios",
    path="/portfolios/",
    link="Portfolios",
    title="Who pays, who publishes, whose data, where?",
    lead="A portfolio is the published genetic studies of one funder, cohort, journal or country. "
    "Look one up, see who takes part in it, and how that compares with other studies of the same "
    "subjects.",
    controls=(),
    more=_more,
    template="dashboard/portfolios",
)

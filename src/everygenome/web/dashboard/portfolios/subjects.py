"""What a portfolio is about: its subjects, by the number of its publications."""

from everygenome.queries.release import Release
from everygenome.vocabulary.terms import CountryRule
from everygenome.web.dashboard.figures.figure import Cell, Table, cells, choices
from everygenome.web.dashboard.figures.text import count
from everygenome.web.site.state import View

_WHOLE = "All traits"


def subject_table(release: Release, view: View) -> Table | None:
    """The subjects, most publications first, or None where there are none.

    A publication with studies of several subjects counts once under each.
    """
    asked = choices(view) | {"unit": "publications", "denominator": "all", "reference": None}
    if view.question.country_rule is CountryRule.SPLIT:
        # Participations can be divided, publications cannot: those that name the country count.
        asked["country_rule"] = CountryRule.ANY
    answer = release.traits(**asked)
    totals = {
        (row["trait_id"], row["trait"]): row["all_value"]
        for row in answer.rows
        if row["trait"] != _WHOLE
    }
    if not totals:
        return None
    inside = view.question.trait_parent is not None
    return Table(
        caption="Publications by subject. One that is about several subjects counts once under "
        "each, so these cannot be added up.",
        head=("Subject", "Publications"),
        rows=tuple(
            cells(Cell(name, _link(view, identifier, name, inside=inside)), count(value))
            for (identifier, name), value in sorted(
                totals.items(), key=lambda item: (-(item[1] or 0), item[0][1])
            )
            if value
        ),
        numbers=frozenset({1}),
    )


def _link(view: View, identifier: str | None, name: str, *, inside: bool) -> str:
    """The groups of the same portfolio in one subject."""
    if identifier:
        return f"/composition/{view.address(trait=identifier, trait_parent=None, show=None)}"
    if inside or name == "No mapped trait":
        return ""
    return f"/subjects/{view.address(trait_parent=name, show=None)}"

"""The trait explorer: find any trait, and who takes part in its studies."""

from typing import Any

from everygenome.errors import NotFoundError
from everygenome.web.dashboard.controls import EVERY
from everygenome.web.dashboard.figures.composition import COMPOSITION
from everygenome.web.dashboard.figures.figure import Cell, Table, cells
from everygenome.web.dashboard.figures.places import MAP
from everygenome.web.dashboard.figures.text import count, trait_link
from everygenome.web.dashboard.figures.trend import TREND
from everygenome.web.dashboard.pages.listing import text_control
from everygenome.web.dashboard.pages.page import Asked, Page

FOUND = 100


def _search(asked: Asked) -> dict[str, Any]:
    wanted = asked.view.get("search")
    release = asked.release
    context: dict[str, Any] = {
        "own_controls": [text_control(asked, "search", "Name, synonym or identifier of a trait")],
        "wanted": wanted,
        "subjects": release.tables.parents,
        "count": len(release.tables.traits),
    }
    if not wanted:
        return context
    rows = release.trait_search(wanted, limit=FOUND).rows
    return context | {
        "table": Table(
            caption=f"Traits that fit “{wanted}”, best first.",
            head=("Trait", "Identifier", "Subject", "Studies", "Found by"),
            rows=tuple(
                cells(
                    Cell(row["trait"], trait_link(asked.view, row["trait_id"])),
                    row["trait_id"],
                    "; ".join(_listed(row["trait_parents"])) or "none",
                    count(row["studies"]),
                    row["matched_by"]
                    + ("" if row["matched_by"] == "label" else f": {row['matched_text']}"),
                )
                for row in rows
            ),
            numbers=frozenset({3}),
        )
        if rows
        else None,
    }


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value or [])


TRAITS = Page(
    name="traits",
    path="/traits/",
    link="Traits",
    title="Who takes part in studies of one trait?",
    lead="Find a trait or disease by its name, by another name that studies used, or by its "
    "identifier in the ontology.",
    controls=(),
    extra={"search": ()},
    more=_search,
    template="dashboard/traits",
)


def _trait(asked: Asked) -> dict[str, Any]:
    identifier = dict(asked.named)["trait"]
    label = asked.release.tables.traits.get(identifier)
    if identifier not in asked.release.tables.traits:
        raise NotFoundError(
            f"This release has no trait {identifier[:60]!r}.", remedy="Search for it by name."
        )
    parents = asked.release.tables.parents_of(identifier)
    return {
        "title": f"Who takes part in studies of {label or identifier}?",
        "trait_id": identifier,
        "parents": parents,
        "studies_link": f"/studies/{asked.view.address(show=None)}",
        # All of them, however few studies the trait has.
        "gaps_link": "/gaps/"
        + asked.view.address(show=None, stage=None, unit=None, at_least_studies=1),
    }


TRAIT = Page(
    name="trait",
    path="/traits/{trait}/",
    title="One trait",
    figures=(COMPOSITION, TREND, MAP),
    controls=tuple(name for name in EVERY if name not in ("trait", "trait_parent", "reference")),
    more=_trait,
    template="dashboard/trait",
)

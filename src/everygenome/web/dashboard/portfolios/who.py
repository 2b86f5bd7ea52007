"""Who an entity is: level, parents and parts, country, identifiers, and who reviewed its name."""

from dataclasses import dataclass
from typing import Any

from everygenome.queries.entities import Entity
from everygenome.queries.release import Release
from everygenome.vocabulary.countries import COUNTRIES
from everygenome.web.dashboard.portfolios.kinds import LEVELS, page_of
from everygenome.web.site.state import View

# A country has more funders than fit into a sentence; the list has them all.
_PARTS = 40


@dataclass(frozen=True, slots=True)
class Link:
    """A name, and where it leads."""

    text: str
    href: str


def who(release: Release, view: View, entity: Entity) -> dict[str, Any]:
    """What a page says of an entity before any number."""
    entities = release.tables.entities
    parts = entities.beneath(entity) if entity.kind == "funder" else []

    def linked(found: list[Entity]) -> list[Link]:
        return [Link(one.name, page_of(one, view)) for one in found]

    place = COUNTRIES.get(entity.country_iso3 or "")
    return {
        "level": LEVELS.get(entity.level, ""),
        "above": linked(entities.above(entity)),
        "parts": linked(parts[:_PARTS]),
        "more_parts": max(0, len(parts) - _PARTS),
        "country": Link(place.name, f"/countries/{place.iso3}/{view.release_only()}")
        if place and entity.kind != "country"
        else None,
        "identifiers": _identifiers(entity),
        "reviewed": _reviewed(entity),
    }


def _identifiers(entity: Entity) -> list[tuple[str, Link]]:
    """Where others describe the same body."""
    found = []
    if entity.ror:
        found.append(
            (
                "Research Organization Registry",
                Link(f"ror.org/{entity.ror}", f"https://ror.org/{entity.ror}"),
            )
        )
    if entity.crossref:
        found.append(
            (
                "Crossref Funder Registry",
                Link(f"10.13039/{entity.crossref}", f"https://doi.org/10.13039/{entity.crossref}"),
            )
        )
    return found


def _reviewed(entity: Entity) -> str:
    """Whether somebody has looked at which names mean it."""
    if entity.kind == "country":
        return ""
    if entity.level == "country":
        return "This is no body of its own: it stands for all funders of the country, together."
    if entity.kind == "journal":
        return "The name is as the catalogue writes it. A journal that changed its name is two."
    if entity.reviewed:
        return f"Which names mean this {entity.kind} has been reviewed."
    return (
        "Nobody has reviewed this name yet, so it stands for itself: the same body can appear "
        "under other names too."
    )

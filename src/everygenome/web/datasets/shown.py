"""What the page of a dataset shows beside its plain fields."""

from typing import TYPE_CHECKING, Any

from everygenome.errors import EverygenomeError
from everygenome.vocabulary.countries import COUNTRIES
from everygenome.web.collections import shown
from everygenome.web.collections.registry import collection_of
from everygenome.web.datasets import composition, words
from everygenome.web.datasets.places import countries_of, regions_of
from everygenome.web.datasets.references import whole
from everygenome.web.site.releases import SHELF

if TYPE_CHECKING:
    from everygenome.web.collections.models import Item

# Fields that the page draws itself; the others follow in their usual form.
_OWN = (
    "kind",
    "countries",
    "region",
    "participants",
    "composition_published",
    "composition",
    "access",
    "consent",
    "governance",
    "communities_decide",
    "publications",
    "gwas_catalog_cohort",
)


def context(item: "Item") -> dict[str, Any]:
    """What the page's template needs besides what every entry's page has."""
    collection, data = collection_of("datasets"), item.data
    cells = shown.cells(item, collection)
    known = {cell.field.name: cell for cell in cells}
    lead = shown.in_lead(item, collection)
    said = data.get("composition", {})
    return {
        "data": data,
        "known": known,
        "cells": [cell for cell in cells if cell.field.name not in (*_OWN, *lead)],
        "kind": words.KINDS.get(data.get("kind", ""), ""),
        "regions": regions_of(data),
        "countries": [(iso3, COUNTRIES[iso3].name) for iso3 in countries_of(data)],
        "people": [
            row | {"words": words.COUNTED.get(row["what"], row["what"])}
            for row in data.get("participants", ())
        ],
        "parts": composition.parts_of(said),
        "with_groups": any("group" in part for part in said.get("parts", ())),
        "shares_ours": composition.shares_are_ours(said),
        "left_out": composition.left_out(said),
        "is_reference": bool(whole(said)),
        "bar": composition.BAR,
        "unpublished": data.get("composition_published") is False,
        "route": words.ROUTES.get(data.get("access", {}).get("route", ""), ""),
        "seat": words.SEATS.get(data.get("communities_decide")),
        "publications": _publications(known["publications"]) if "publications" in known else [],
        "cohort_address": _cohort_address(data.get("gwas_catalog_cohort", "")),
    }


def _publications(cell: shown.Cell) -> list[tuple[str, str, str]]:
    """Title, DOI as it was written, and its address; empty where it is none."""
    found = []
    for row in cell.rows:
        held = {one.field.name: one for one in row}
        doi = held.get("doi")
        stated = doi is not None and doi.value is not None
        found.append((held["title"].words, doi.words if stated else "", doi.doi if stated else ""))
    return found


def _cohort_address(label: str) -> str:
    """Where the monitor shows the studies of a cohort; empty where the release has none."""
    if not label:
        return ""
    try:
        current = SHELF.listed().current
        if current is None:
            return ""
        entity = SHELF.open(current).tables.entities.named("cohort", label)
    except EverygenomeError:
        return ""
    return f"/cohorts/{entity.id}/"

"""The datasets as a collection."""

from collections.abc import Mapping
from typing import Any

from everygenome.vocabulary.countries import COUNTRIES
from everygenome.web.collections.registry import Collection, FacetOf, facets_of
from everygenome.web.datasets import json_ld, places, shown, words
from everygenome.web.datasets.schema import SCHEMA

_PUBLISHED = {"published": "published", "not-published": "not published"}


def _route(data: Mapping[str, Any]) -> list[str]:
    route = data.get("access", {}).get("route")
    return [route] if route else []


def _composition(data: Mapping[str, Any]) -> list[str]:
    if "composition" in data:
        return ["published"]
    return ["not-published"] if data.get("composition_published") is False else []


def _seat(data: Mapping[str, Any]) -> list[str]:
    seat = data.get("communities_decide")
    return [] if seat is None else ["yes" if seat else "no"]


COLLECTION = Collection(
    name="datasets",
    title="Datasets",
    lead="Genomic datasets and biobanks: who is in them, who may use them, and who decides.",
    one="a dataset",
    many="datasets",
    schema=SCHEMA,
    title_of=lambda data: str(data.get("name", "")),
    summary_of=lambda data: str(data.get("about", "")),
    json_ld=json_ld.described,
    facets=(
        # The region follows from the countries, so that a panel of the world is in each.
        *(facet for facet in facets_of(SCHEMA) if facet.name != "region"),
        FacetOf(name="region", label="Region", values=places.region_facet, labels=words.REGIONS),
        FacetOf(
            name="country",
            label="Country of recruitment",
            values=places.countries_of,
            labels={country.iso3: country.name for country in COUNTRIES.values()},
        ),
        FacetOf(name="access", label="Access", values=_route, labels=words.ROUTES),
        FacetOf(name="composition", label="Who is in it", values=_composition, labels=_PUBLISHED),
        FacetOf(
            name="communities_decide",
            label="Communities concerned have a seat",
            values=_seat,
            labels={"yes": "yes", "no": "no"},
        ),
    ),
    page="datasets/item.html",
    context=shown.context,
    links=(
        ("/datasets/map/", "Map: where people were recruited, and where people live"),
        ("/datasets/references/", "Compositions to compare with"),
        ("/audit/", "Audit a dataset of your own, from counts"),
        ("/variants/", "Is a variant rare? What frequencies say, group by group"),
    ),
    matters=("participants", "composition", "access", "consent", "governance"),
)

"""The datasets as a collection."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from everygenome.web.collections.registry import Collection, FacetOf, facets_of
from everygenome.web.datasets import words
from everygenome.web.datasets.schema import SCHEMA

if TYPE_CHECKING:
    from everygenome.web.collections.models import Item

_PUBLISHED = {"published": "published", "not-published": "not published"}


def _route(data: Mapping[str, Any]) -> list[str]:
    route = data.get("access", {}).get("route")
    return [route] if route else []


def _composition(data: Mapping[str, Any]) -> list[str]:
    if "composition" in data:
        return ["published"]
    return ["not-published"] if data.get("composition_published") is False else []


def _json_ld(item: "Item", base: str) -> Mapping[str, Any]:
    return {
        "@type": "Dataset",
        "name": item.title,
        "description": item.data.get("about", ""),
        "url": base + item.address,
    }


COLLECTION = Collection(
    name="datasets",
    title="Datasets",
    lead="Genomic datasets and biobanks: who is in them, who may use them, and who decides.",
    one="a dataset",
    many="datasets",
    schema=SCHEMA,
    title_of=lambda data: str(data.get("name", "")),
    summary_of=lambda data: str(data.get("about", "")),
    json_ld=_json_ld,
    facets=(
        *facets_of(SCHEMA),
        FacetOf(name="access", label="Access", values=_route, labels=words.ROUTES),
        FacetOf(name="composition", label="Who is in it", values=_composition, labels=_PUBLISHED),
    ),
    matters=("participants", "composition", "access", "consent", "governance"),
)

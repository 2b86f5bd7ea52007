"""The toolbox as a collection."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from everygenome.web.collections.registry import Collection, facets_of
from everygenome.web.toolbox import exchange, shown
from everygenome.web.toolbox.schema import SCHEMA
from everygenome.web.toolbox.words import AUDIENCES

if TYPE_CHECKING:
    from everygenome.web.collections.models import Item


# Kind -> its type at schema.org; the others are works.
_TYPES = {
    "software": "SoftwareApplication",
    "dashboard": "WebApplication",
    "dataset": "Dataset",
    "training": "LearningResource",
    "guidance": "LearningResource",
    "community": "Organization",
    "service": "Service",
    "ontology": "DefinedTermSet",
}


def _json_ld(item: "Item", base: str) -> Mapping[str, Any]:
    said = {
        "@type": _TYPES.get(item.data.get("kind", ""), "CreativeWork"),
        "name": item.title,
        "description": item.data.get("purpose", ""),
        "url": base + item.address,
    }
    return said | ({"sameAs": item.data["url"]} if "url" in item.data else {})


COLLECTION = Collection(
    name="toolbox",
    title="Toolbox",
    lead="Tools, methods and guidance that make genomics work for more people.",
    one="a tool",
    many="tools",
    schema=SCHEMA,
    title_of=lambda data: str(data.get("name", "")),
    summary_of=lambda data: str(data.get("purpose", "")),
    json_ld=_json_ld,
    facets=facets_of(SCHEMA),
    page="toolbox/item.html",
    context=shown.context,
    list_page="toolbox/list.html",
    list_context=lambda *_: {
        "audiences": [
            (f"/toolbox/find/?audience={word}", label) for word, label in AUDIENCES.items()
        ]
    },
    links=(
        ("/toolbox/find/", "Find a tool by need, in three clicks"),
        ("/toolbox/gaps/", "See where tools are missing"),
        ("/audit/", "Audit a dataset: who is in it, and what it can show"),
        ("/variants/", "Is a variant rare? What frequencies say, group by group"),
    ),
    matters=("populations_tested", "licence", "maintainer", "adoption"),
    exports={
        "CITATION.cff": exchange.to_cff,
        "codemeta.json": exchange.to_codemeta,
        "biotools.json": exchange.to_biotools,
    },
    imports={
        "citation-cff": exchange.from_cff,
        "codemeta": exchange.from_codemeta,
        "biotools": exchange.from_biotools,
    },
)

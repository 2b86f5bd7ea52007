"""The toolbox as a collection."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from everygenome.web.collections.registry import Collection, facets_of
from everygenome.web.toolbox.schema import SCHEMA

if TYPE_CHECKING:
    from everygenome.web.collections.models import Item


def _json_ld(item: "Item", base: str) -> Mapping[str, Any]:
    return {"@type": "SoftwareApplication", "name": item.title, "url": base + item.address}


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
)

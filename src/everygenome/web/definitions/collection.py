"""The collection."""

from everygenome.web.collections.registry import Collection, facets_of
from everygenome.web.definitions.schema import SCHEMA

COLLECTION = Collection(
    name="definitions",
    title="Definitions",
    lead="",
    one="a definition",
    many="definitions",
    schema=SCHEMA,
    title_of=lambda data: str(data.get("term", "")),
    summary_of=lambda data: str(data.get("simple", "")),
    json_ld=lambda item, base: {"@type": "Thing", "name": item.title, "url": base + item.address},
    facets=facets_of(SCHEMA),
)

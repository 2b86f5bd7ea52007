"""The collection."""

from everygenome.web.collections.registry import Collection, facets_of
from everygenome.web.evidence.schema import SCHEMA

COLLECTION = Collection(
    name="evidence",
    title="Evidence",
    lead="",
    one="an evidence card",
    many="evidence cards",
    schema=SCHEMA,
    title_of=lambda data: str(data.get("claim", "")),
    summary_of=lambda data: str(data.get("claim", "")),
    json_ld=lambda item, base: {"@type": "Thing", "name": item.title, "url": base + item.address},
    facets=facets_of(SCHEMA),
)

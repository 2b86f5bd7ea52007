"""The collection."""

from everygenome.web.collections.registry import Collection, facets_of
from everygenome.web.datasets.schema import SCHEMA

COLLECTION = Collection(
    name="datasets",
    title="Datasets",
    lead="",
    one="a dataset",
    many="datasets",
    schema=SCHEMA,
    title_of=lambda data: str(data.get("name", "")),
    summary_of=lambda data: str(data.get("about", "")),
    json_ld=lambda item, base: {"@type": "Thing", "name": item.title, "url": base + item.address},
    facets=facets_of(SCHEMA),
)

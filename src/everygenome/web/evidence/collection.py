"""The evidence as a collection."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from everygenome.web.collections.registry import Collection, facets_of
from everygenome.web.evidence.schema import SCHEMA

if TYPE_CHECKING:
    from everygenome.web.collections.models import Item


def _title(data: Mapping[str, Any]) -> str:
    return str(data.get("title") or data.get("claim") or "")


def _summary(data: Mapping[str, Any]) -> str:
    return str(data.get("claim") or data.get("tried") or "")


def _json_ld(item: "Item", base: str) -> Mapping[str, Any]:
    return {
        "@type": "Article",
        "headline": item.title[:110],
        "name": item.title,
        "description": _summary(item.data),
        "url": base + item.address,
        "dateModified": item.changed_at.isoformat(),
        "isBasedOn": [
            {"@type": "CreativeWork", "name": source["title"], "url": source["url"]}
            for source in item.data.get("sources", [])
        ],
    }


def _context(item: "Item") -> Mapping[str, Any]:
    # Needs models, which are not loaded yet while collections are made known.
    from everygenome.web.evidence.card import context

    return context(item)


COLLECTION = Collection(
    name="evidence",
    title="Evidence",
    lead="Claims about genomics and equity, each with its numbers, how sure we can be, and what it "
    "does not say. Where we can count it too, today's figure stands beside the published one.",
    one="an evidence card",
    many="evidence cards",
    schema=SCHEMA,
    title_of=_title,
    summary_of=_summary,
    json_ld=_json_ld,
    facets=facets_of(SCHEMA),
    page="evidence/item.html",
    list_page="evidence/list.html",
    context=_context,
    links=(("/evidence/live/", "Published figures beside those of today"),),
)

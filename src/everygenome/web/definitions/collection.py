"""The definitions as a collection."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from everygenome.web.collections.registry import Collection, FacetOf
from everygenome.web.definitions import listed, shown, words
from everygenome.web.definitions.schema import SCHEMA

if TYPE_CHECKING:
    from everygenome.web.collections.models import Item


def _of_senses(name: str) -> Any:
    def values(data: Mapping[str, Any]) -> list[str]:
        return [sense[name] for sense in data.get("senses", ()) if name in sense]

    return values


def _json_ld(item: "Item", base: str) -> Mapping[str, Any]:
    terms = f"{base}/definitions/"
    others = item.data.get("aliases")
    return {
        "@type": "DefinedTerm",
        "name": item.title,
        **({"alternateName": others} if others else {}),
        "description": item.data.get("simple", ""),
        "termCode": item.slug,
        "url": base + item.address,
        "inDefinedTermSet": {
            "@type": "DefinedTermSet",
            "@id": terms,
            "name": "Words about people and their genomes",
            "url": terms,
        },
    }


COLLECTION = Collection(
    name="definitions",
    title="Definitions",
    lead="Words about people and their genomes: what they mean, whose meaning that is, and which "
    "of them do harm.",
    one="a definition",
    many="terms",
    schema=SCHEMA,
    title_of=lambda data: str(data.get("term", "")),
    summary_of=lambda data: str(data.get("simple", "")),
    json_ld=_json_ld,
    page="definitions/item.html",
    context=shown.context,
    list_page="definitions/list.html",
    list_context=listed.context,
    # The whole list on one page, so that it can be printed.
    per_page=1000,
    links=(("/definitions/statement/", "Write a diverse data statement"),),
    facets=(
        FacetOf(name="status", label="Advice", values=_of_senses("status"), labels=words.STATUSES),
        FacetOf(
            name="context", label="Context", values=_of_senses("context"), labels=words.CONTEXTS
        ),
        FacetOf(name="where", label="Where", values=_of_senses("where"), labels={}),
    ),
)

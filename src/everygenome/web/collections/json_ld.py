"""What search engines are told of entries and lists: schema.org as JSON-LD, in each page.

A collection describes its entries (`Collection.json_ld`); what all of them have is added here.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from everygenome.web.collections.models import Item
from everygenome.web.collections.registry import Collection

CONTEXT = "https://schema.org"
_LICENCES = {"CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/"}
# What may stand in a script element without ending it, or being read as a comment there.
_ESCAPED = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


def entry(item: Item, collection: Collection, base: str) -> str:
    """An entry and the way to it, as the text of a script element."""
    said = {
        "@context": CONTEXT,
        **collection.json_ld(item, base),
        "@id": base + item.address,
        "dateModified": item.changed_at.isoformat(timespec="seconds"),
    }
    way = [(collection.title, f"/{collection.name}/"), (item.title, item.address)]
    return written(said, _breadcrumbs(way, base))


def listing(collection: Collection, items: Iterable[Item], base: str, *, first: int) -> str:
    """A page of a list, and the way to it.

    Args:
        collection: the collection.
        items: those on the page.
        base: the site's address.
        first: the place of the first of them in the whole list, from 1.
    """
    said = {
        "@context": CONTEXT,
        "@type": "ItemList",
        "name": collection.title,
        "description": collection.lead,
        "url": f"{base}/{collection.name}/",
        "license": _LICENCES.get(collection.licence, collection.licence),
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": place,
                "name": item.title,
                "url": base + item.address,
            }
            for place, item in enumerate(items, first)
        ],
    }
    return written(said, _breadcrumbs([(collection.title, f"/{collection.name}/")], base))


def written(*described: Mapping[str, Any]) -> str:
    """Descriptions as JSON that is safe within a script element."""
    return json.dumps(described, ensure_ascii=False).translate(_ESCAPED)


def _breadcrumbs(way: list[tuple[str, str]], base: str) -> dict[str, Any]:
    return {
        "@context": CONTEXT,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": base + address}
            for place, (name, address) in enumerate([("everygenome", "/"), *way], 1)
        ],
    }

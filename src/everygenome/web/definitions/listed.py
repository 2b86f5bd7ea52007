"""The list of terms: all of them on one page, searched and narrowed as every list is."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from everygenome.web.collections import json_ld
from everygenome.web.collections.listing import SORTS, Asked
from everygenome.web.collections.models import SHOWN, Item
from everygenome.web.collections.registry import collection_of
from everygenome.web.collections.views.lists import asked
from everygenome.web.definitions.shown import advice, from_toolkit, letter_of
from everygenome.web.definitions.words import SHAPES, STATUSES
from everygenome.web.site import absolute
from everygenome.web.site.pages import page


@require_safe
def entries(request: HttpRequest) -> HttpResponse:
    """Every term that fits, with its simple definition and the advice that is given about it."""
    collection = collection_of("definitions")
    wanted = asked(request, collection)
    items: list[Any] = list(wanted.ordered())
    for item in items:
        item.summary = collection.summary_of(item.data)
        item.advice = advice(item.data)
    letters = _letters(items) if wanted.sort == "title" and not wanted.query else []
    base = absolute.base(request)
    context = {
        "here": "definitions",
        "at_list": True,
        "collection": collection,
        "asked": wanted,
        "messages": [*wanted.messages, *(["All terms are on one page."] * (wanted.page > 1))],
        "items": items,
        "first": 1,
        "count": len(items),
        "whole": Item.objects.filter(collection=collection.name, standing__in=SHOWN).count(),
        "facets": [(facet, wanted.values_of(facet)) for facet in collection.facets],
        "chosen": _chosen(wanted),
        "sorts": [
            (label, wanted.address(sort="" if word == "title" else word), word == wanted.sort)
            for word, label in SORTS.items()
        ],
        "without_query": wanted.address(q=""),
        "query": wanted.address(),
        "number": 1,
        "pages": 1,
        "letters": letters,
        "advices": [(word, SHAPES[word], label) for word, label in STATUSES.items()],
        "from_toolkit": any(from_toolkit(item.data) for item in items),
        "ld": json_ld.listing(collection, items, base, first=1),
        "term_set": json_ld.written(_set(items, base)),
    }
    return page(request, "definitions/list", context)


def _letters(items: list[Any]) -> list[str]:
    """The letters that there are; the first term of each is marked with it."""
    found: list[str] = []
    for item in items:
        letter = letter_of(item)
        if letter not in found:
            found.append(letter)
            item.letter = letter
    return found


def _chosen(wanted: Asked) -> list[dict[str, str]]:
    """Each chosen value, with the address of the list without it."""
    home = f"/{wanted.collection.name}/"
    return [
        {
            "label": facet.label,
            "value": facet.shown(value),
            "link": home
            + wanted.address(**{facet.name: [v for v in wanted.chosen[facet.name] if v != value]}),
        }
        for facet in wanted.collection.facets
        for value in wanted.chosen.get(facet.name, ())
    ]


def _set(items: list[Any], base: str) -> dict[str, Any]:
    """The terms as a set, as schema.org describes it."""
    address = f"{base}/definitions/"
    return {
        "@context": json_ld.CONTEXT,
        "@type": "DefinedTermSet",
        "@id": address,
        "name": "Words about people and their genomes",
        "url": address,
        "hasDefinedTerm": [
            {
                "@type": "DefinedTerm",
                "name": item.title,
                "description": item.summary,
                "url": base + item.address,
            }
            for item in items
        ],
    }

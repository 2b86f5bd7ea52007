"""Terms as their pages show them: advice as a word, a shape and a colour."""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, Any

from everygenome.web.definitions.words import CONTEXTS, SHAPES, STATUSES

if TYPE_CHECKING:
    from everygenome.web.collections.models import Item

_ELSEWHERE = ("term", "simple", "senses", "named_by_it", "related")
TOOLKIT = "https://doi.org/10.5281/zenodo.10013320"


def context(item: "Item") -> Mapping[str, Any]:
    """What the page of a term needs besides."""
    senses = [
        sense
        | {
            "advice": STATUSES.get(sense["status"], sense["status"]),
            "shape": SHAPES.get(sense["status"], ""),
            "setting": CONTEXTS.get(sense["context"], sense["context"]),
        }
        for sense in item.data.get("senses", ())
    ]
    # Models can be imported only when all apps are there.
    from everygenome.web.collections.models import SHOWN, Item
    from everygenome.web.collections.registry import collection_of
    from everygenome.web.collections.shown import cells

    related = Item.objects.filter(
        collection="definitions", slug__in=item.data.get("related", ()), standing__in=SHOWN
    )
    return {
        "cells": cells(item, collection_of("definitions"), without=_ELSEWHERE),
        "related": list(related.order_by("sort", "pk")),
        "senses": senses,
        "from_toolkit": any(sense.get("source") == TOOLKIT for sense in senses),
    }


def advice(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The different advice that is given about a term, each with by how many, most first.

    Example:
        >>> advice({"senses": [{"status": "avoid"}, {"status": "avoid"}]})
        [{'word': 'avoid', 'label': 'Avoid', 'shape': '■', 'count': 2}]
    """
    found = Counter(sense["status"] for sense in data.get("senses", ()))
    order = list(STATUSES)
    return [
        {"word": word, "label": STATUSES[word], "shape": SHAPES[word], "count": count}
        for word, count in sorted(found.items(), key=lambda one: (-one[1], order.index(one[0])))
    ]


def by_letter(items: Iterable["Item"]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Terms in the order of the alphabet, under their letters."""
    terms = [
        {
            "address": item.address,
            "title": item.title,
            "simple": item.data.get("simple", ""),
            "advice": advice(item.data),
            "letter": item.sort[:1].upper() if item.sort[:1].isalpha() else "#",
        }
        for item in items
    ]
    return [
        (letter, list(found))
        for letter, found in groupby(terms, key=lambda term: str(term["letter"]))
    ]

"""What the page of a tool shows besides: is it there, how open is it, what does it relate to."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from everygenome.web.toolbox.openness import assessed
from everygenome.web.toolbox.words import RELATIONS

if TYPE_CHECKING:
    from everygenome.web.collections.models import Item

# Fields that sections of their own show; where nothing is known, the table says so.
_ELSEWHERE = ("openness", "relations", "evidence", "adoption", "archived_on")


def context(item: "Item") -> Mapping[str, Any]:
    """What its template needs."""
    # Models can be imported only when all apps are there.
    from everygenome.web.collections import shown
    from everygenome.web.collections.models import SHOWN, Item
    from everygenome.web.collections.registry import collection_of
    from everygenome.web.toolbox.models import Link

    collection = collection_of("toolbox")
    entries = Item.objects.filter(standing__in=SHOWN).order_by("sort", "pk")
    tools = entries.filter(collection="toolbox")
    said = {row["to"]: RELATIONS[row["kind"]] for row in item.data.get("relations", ())}
    addresses = {item.data.get("url"), item.data.get("repository")} - {None}
    # A collection holds hundreds of tools; few of them name another.
    back = [
        (RELATIONS[row["kind"]], other)
        for other in tools
        for row in other.data.get("relations", ())
        if row["to"] == item.slug
    ]
    elsewhere = [name for name in _ELSEWHERE if name in item.data]
    without = (*shown.in_lead(item, collection), *elsewhere)
    evidence = item.data.get("evidence", ())
    return {
        "cells": shown.cells(item, collection, without=without),
        "links": list(Link.objects.filter(url__in=addresses).order_by("url")),
        "archived": item.data.get("archived_on"),
        "unchecked": item.data.get("checked") == "catalogue",
        "openness": assessed(item.data, today=timezone.now().date()),
        "relations": [(said[other.slug], other) for other in tools.filter(slug__in=said)],
        "successors": back,
        "evidence": list(entries.filter(collection="evidence", slug__in=evidence)),
    }

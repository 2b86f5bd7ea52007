"""The page of an entry, and the entry as files."""

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from everygenome.web.collections import files, json_ld, shown
from everygenome.web.collections.models import SHOWN, Item, Standing
from everygenome.web.collections.registry import Collection
from everygenome.web.collections.shelf import items_of
from everygenome.web.collections.storing import LOOKED_AFTER
from everygenome.web.site import absolute
from everygenome.web.site.pages import page
from everygenome.web.site.prepared import Prepared

JSON = "entry.json"
_TYPES = {
    "json": "application/json",
    "cff": "application/yaml; charset=utf-8",
}


def found(collection: Collection, slug: str) -> Item:
    """The entry of a name, also a withdrawn one.

    Raises:
        Http404: there never was one.
    """
    item = items_of(collection).filter(slug=slug).first()
    if item is None:
        raise Http404
    return item


def gone(request: HttpRequest, collection: Collection) -> HttpResponse:
    """What is left of a withdrawn entry: that there was one."""
    context = {"here": collection.name, "collection": collection}
    headers = {"X-Robots-Tag": "noindex"}
    return page(request, "collections/gone", context, status=410, headers=headers)


@require_safe
def entry(request: HttpRequest, collection: Collection, slug: str) -> HttpResponse:
    """The page of an entry; of a withdrawn one, that it was withdrawn."""
    item = found(collection, slug)
    if item.standing == Standing.WITHDRAWN:
        return gone(request, collection)
    successor = item.successor
    context = {
        "here": collection.name,
        "collection": collection,
        "item": item,
        "summary": collection.summary_of(item.data),
        "home": shown.home(item, collection),
        "cells": shown.cells(item, collection, without=shown.in_lead(item, collection)),
        "told": shown.told(item, collection),
        "holds": [hold for hold in shown.holds(item, collection) if not hold.lifted_at],
        "successor": successor if successor and successor.standing in SHOWN else None,
        "looked_after": item.facts.filter(field=LOOKED_AFTER).first(),
        "files": [JSON, *collection.exports],
        "ld": json_ld.entry(item, collection, absolute.base(request)),
        **collection.context(item),
    }
    response = page(request, collection.page.removesuffix(".html"), context)
    if not collection.kept:
        response["Cache-Control"] = "no-store"
        del response["ETag"]
    return response


@require_safe
def file(request: HttpRequest, collection: Collection, slug: str, name: str) -> HttpResponse:
    """An entry as a file: as JSON of ours, or in a format that its collection knows."""
    if name != JSON and name not in collection.exports:
        raise Http404
    item = found(collection, slug)
    if item.standing == Standing.WITHDRAWN:
        return gone(request, collection)
    base = absolute.base(request)
    if name == JSON:
        text = json.dumps(files.one(item, collection, base), ensure_ascii=False, indent=2) + "\n"
    else:
        text = collection.exports[name](item, base)
    kind = _TYPES.get(name.rpartition(".")[2], "text/plain; charset=utf-8")
    made = Prepared.of(text.encode(), kind, headers=files.OPEN)
    return made.respond(request, dated=False)

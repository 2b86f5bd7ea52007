"""The list of a collection: searched, narrowed, in pages; and everything on one page."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_safe

from everygenome.web.collections import json_ld
from everygenome.web.collections.listing import SORTS, Asked, read
from everygenome.web.collections.models import Item
from everygenome.web.collections.registry import Collection
from everygenome.web.collections.shelf import shown_of
from everygenome.web.site import absolute
from everygenome.web.site.pages import page

# A copy of the site says of a file which release it is from; entries are of none.
_NOT_OURS = ("release", "view")


def asked(request: HttpRequest, collection: Collection) -> Asked:
    """What an address asks of a list."""
    given = QueryDict(mutable=True)
    for name, values in request.GET.lists():
        if name not in _NOT_OURS:
            given.setlist(name, values)
    return read(given, collection)


@require_safe
def entries(request: HttpRequest, collection: Collection) -> HttpResponse:
    """A page of the list."""
    wanted = asked(request, collection)
    count = wanted.items().count()
    pages = max(1, -(-count // collection.per_page))
    number = min(wanted.page, pages)
    first = (number - 1) * collection.per_page
    items = list(wanted.ordered()[first : first + collection.per_page])
    base = absolute.base(request)
    for item in items:
        item.summary = collection.summary_of(item.data)
        item.tags = _tags(collection, item)
    query = wanted.address()
    context = {
        "here": collection.name,
        "at_list": True,
        "collection": collection,
        "asked": wanted,
        "messages": [*wanted.messages, *_beyond(wanted.page, pages)],
        "items": items,
        "first": first + 1,
        "count": count,
        "whole": shown_of(collection).count(),
        "facets": [(facet, wanted.values_of(facet)) for facet in collection.facets],
        "chosen": _chosen(wanted),
        "sorts": [
            (label, wanted.address(sort="" if word == "title" else word), word == wanted.sort)
            for word, label in SORTS.items()
        ],
        "without_query": wanted.address(q=""),
        "query": query,
        "number": number,
        "pages": pages,
        "before": _page_link(wanted, number - 1) if number > 1 else None,
        "after": _page_link(wanted, number + 1) if number < pages else None,
        "ld": json_ld.listing(collection, items, base, first=first + 1),
        **collection.list_context(items, wanted, base),
    }
    return page(request, collection.list_page.removesuffix(".html"), context)


@require_safe
def everything(request: HttpRequest, collection: Collection) -> HttpResponse:
    """Every entry from A to Z, and the files that hold all of them."""
    items = shown_of(collection)
    context = {
        "here": collection.name,
        "collection": collection,
        "items": items.order_by("sort", "pk"),
    }
    return page(request, "collections/everything", context)


def _page_link(wanted: Asked, number: int) -> str:
    return wanted.address(page=number if number > 1 else "") or f"/{wanted.collection.name}/"


def _beyond(number: int, pages: int) -> list[str]:
    if number <= pages:
        return []
    there = "There is one page" if pages == 1 else f"There are {pages} pages"
    return [f"{there}; this is the last."]


def _chosen(wanted: Asked) -> list[dict[str, Any]]:
    """Each chosen value, with the address of the list without it."""
    facets = {facet.name: facet for facet in wanted.collection.facets}
    return [
        {
            "label": facets[name].label,
            "value": facets[name].shown(value),
            "link": wanted.address(**{name: [other for other in values if other != value]})
            or f"/{wanted.collection.name}/",
        }
        for name, values in wanted.chosen.items()
        for value in values
    ]


def _tags(collection: Collection, item: Item) -> list[str]:
    """What a list says of an entry in a line: the values of its first facets."""
    return [
        ", ".join(facet.shown(value) for value in facet.values(item.data))
        for facet in collection.facets[:2]
        if any(True for _ in facet.values(item.data))
    ]

"""What the page of a tool shows besides: is it there, how open is it, what does it relate to."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from everygenome.web.toolbox.openness import assessed
from everygenome.web.toolbox.words import RELATIONS

if TYPE_CHECKING:
    from everygenome.web.collections.models import Item


def context(item: "Item") -> Mapping[str, Any]:
    """What its template needs."""
    # Models can be imported only when all apps are there.
    from everygenome.web.collections.models import SHOWN, Item
    from everygenome.web.toolbox.models import Link

    shown = Item.objects.filter(collection="toolbox", standing__in=SHOWN)
    said = {row["to"]: RELATIONS[row["kind"]] for row in item.data.get("relations", ())}
    addresses = {item.data.get("url"), item.data.get("repository")} - {None}
    # A collection holds hundreds of tools; few of them name another.
    back = [
        (RELATIONS[row["kind"]], other)
        for other in shown.order_by("sort", "pk")
        for row in other.data.get("relations", ())
        if row["to"] == item.slug
    ]
    return {
        "links": list(Link.objects.filter(url__in=addresses).order_by("url")),
        "unchecked": item.data.get("checked") == "catalogue",
        "openness": assessed(item.data, today=timezone.now().date()),
        "relations": [
            (said[other.slug], other)
            for other in shown.filter(slug__in=said).order_by("sort", "pk")
        ],
        "successors": back,
    }

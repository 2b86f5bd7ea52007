"""The public history of an entry: every version, who made it, why, and what it changed."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from everygenome.web.collections import shown
from everygenome.web.collections.models import Standing
from everygenome.web.collections.registry import Collection
from everygenome.web.collections.said import by_whom
from everygenome.web.collections.views.item import found, gone
from everygenome.web.moderation.fields import Change
from everygenome.web.site.pages import page

_ON_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class Version:
    """A version of an entry.

    Attributes:
        row: as it was stored.
        by: who made it, in public words.
        changes: what it changed.
        became: what the entry became to readers, where that changed.
        is_first: nothing came before it.
    """

    row: Any
    by: str
    changes: list[Change]
    became: str
    is_first: bool


@require_safe
def versions(request: HttpRequest, collection: Collection, slug: str) -> HttpResponse:
    """The versions of an entry, the newest first; gone where the entry is withdrawn."""
    item = found(collection, slug)
    if item.standing == Standing.WITHDRAWN:
        return gone(request, collection)
    rows = item.history.order_by("-version", "-history_date", "-pk")
    count = rows.count()
    pages = max(1, -(-count // _ON_A_PAGE))
    given = request.GET.get("page", "")
    number = int(given) if given.isdecimal() and len(given) < 6 else 1
    number = min(max(1, number), pages)
    first = (number - 1) * _ON_A_PAGE
    # One more than is shown, to tell what the last of them changed.
    some = list(rows[first : first + _ON_A_PAGE + 1])
    pairs = zip(some, [*some[1:], None], strict=True)
    context = {
        "here": collection.name,
        "collection": collection,
        "item": item,
        "versions": [_version(collection, *pair) for pair in pairs][:_ON_A_PAGE],
        "count": count,
        "holds": shown.holds(item, collection),
        "newer": number - 1,
        "older": number + 1 if number < pages else 0,
    }
    return page(request, "collections/history", context)


def _version(collection: Collection, row: Any, before: Any | None) -> Version:
    changes = collection.schema.changes(before.data, row.data) if before else []
    turned = before is not None and before.standing != row.standing
    became = Standing(row.standing).label if turned else ""
    return Version(row, by_whom(row), changes, became, before is None)

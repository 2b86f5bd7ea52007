"""The terms that are defined here, as pages link them: read once, and looked at each minute."""

import time
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError
from django.db.models import Count, Max

from everygenome.web.collections.linking import Terms, terms_of
from everygenome.web.collections.models import Item, Standing
from everygenome.web.collections.registry import collection_of

COLLECTION = "definitions"
_FRESH_SECONDS = 60.0


@dataclass(slots=True)
class _Kept:
    terms: Terms
    state: tuple[Any, int]
    looked_at: float


_kept: _Kept | None = None


def known() -> Terms:
    """The terms that are published; a change is seen within a minute."""
    global _kept  # noqa: PLW0603 - one for the process, replaced as a whole
    now = time.monotonic()
    if _kept is not None and now - _kept.looked_at < _FRESH_SECONDS:
        return _kept.terms
    try:
        found = _read()
    except DatabaseError:
        # Pages of the monitor need no database; they are the same without links.
        return Terms()
    _kept = found
    return found.terms


def version() -> tuple[Any, int]:
    """What changes when the terms do, for pages that are kept."""
    known()
    return _kept.state if _kept is not None else (None, 0)


def forget() -> None:
    """Look again at the next page."""
    global _kept  # noqa: PLW0603
    _kept = None


def _read() -> _Kept:
    try:
        collection_of(COLLECTION)
    except KeyError:
        return _Kept(Terms(), (None, 0), time.monotonic())
    items = Item.objects.filter(collection=COLLECTION, standing=Standing.PUBLISHED)
    newest = items.aggregate(at=Max("changed_at"), many=Count("pk"))
    state = (newest["at"], newest["many"])
    if _kept is not None and _kept.state == state:
        return _Kept(_kept.terms, state, time.monotonic())
    rows = (
        (item.address, item.title, item.data.get("aliases", ()))
        for item in items.order_by("sort", "pk")
    )
    return _Kept(terms_of(rows), state, time.monotonic())

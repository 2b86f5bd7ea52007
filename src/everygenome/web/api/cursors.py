"""Where a page of a list of entries begins: after a place in its order, not after a number.

A cursor holds the place of the last entry of the page before, so an entry that is added or taken
away meanwhile moves no other one. It is opaque to whoever asks.
"""

import base64
import binascii
import json
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Q

from everygenome.web.api.problems import ProblemError
from everygenome.web.collections.listing import Asked
from everygenome.web.collections.models import Item

LONGEST = 2000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_LONGEST_SORT = 200
_LARGEST = 2**53


def written(order: str, *place: Any) -> str:
    """The cursor of a place in an order."""
    text = json.dumps([order, *place], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read(cursor: str, order: str, *kinds: type) -> list[Any]:
    """The place that a cursor of an order holds.

    Args:
        cursor: as it was given.
        order: the order that is asked for now.
        kinds: of the parts of a place: `int` from 0, or `str`.

    Raises:
        ProblemError: it is none of that order (422).
    """
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        found = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (UnicodeError, binascii.Error, ValueError, RecursionError):
        found = None
    if not isinstance(found, list) or len(found) != len(kinds) + 1 or found[0] != order:
        raise _unknown()
    place = found[1:]
    if not all(_is(part, kind) for part, kind in zip(place, kinds, strict=True)):
        raise _unknown()
    return place


def order_of(asked: Asked) -> str:
    """The name of a list's order: what is found by words has one of its own."""
    return "found" if asked.query and asked.sort == "title" else asked.sort


def beyond(asked: Asked, cursor: str) -> Q:
    """The entries of a list that come after a cursor.

    Raises:
        ProblemError: it is no cursor of this list's order (422).
    """
    order = order_of(asked)
    if order == "changed":
        since, key = read(cursor, order, int, int)
        at = _EPOCH + timedelta(microseconds=since)
        return Q(changed_at__lt=at) | Q(changed_at=at, pk__lt=key)
    if order == "found":
        behind, sort, key = read(cursor, order, int, str, int)
        later = Q(sort__gt=sort) | Q(sort=sort, pk__gt=key)
        return Q(behind__gt=min(behind, 1)) | (Q(behind=min(behind, 1)) & later)
    sort, key = read(cursor, order, str, int)
    return Q(sort__gt=sort) | Q(sort=sort, pk__gt=key)


def after(asked: Asked, item: Item) -> str:
    """The cursor of what comes after an entry of a list."""
    order = order_of(asked)
    if order == "changed":
        return written(order, (item.changed_at - _EPOCH) // _MICROSECOND, item.pk)
    first = (item.behind,) if order == "found" else ()  # type: ignore[attr-defined]
    return written(order, *first, item.sort, item.pk)


def _is(part: Any, kind: type) -> bool:
    if kind is str:
        # What a database would not take is no place of an entry either.
        return isinstance(part, str) and len(part) <= _LONGEST_SORT and part.isprintable()
    return isinstance(part, int) and not isinstance(part, bool) and 0 <= part < _LARGEST


def _unknown() -> ProblemError:
    return ProblemError(
        422,
        "This is no cursor of this list in this order. Take it from `next` of the page before, "
        "with the same words, choices and order; or leave it out to begin.",
        parameter="cursor",
    )

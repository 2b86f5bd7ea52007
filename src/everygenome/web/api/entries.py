"""Entries of collections as the API tells them, and the JSON Schema of each answer."""

from collections.abc import Iterable
from typing import Any

from django import conf

from everygenome.web.api.fields import object_of
from everygenome.web.collections.models import SHOWN, Fact, Item, Speaker
from everygenome.web.collections.registry import Collection
from everygenome.web.collections.said import by_whom

_TEXT = {"type": "string"}
_TIME = {"type": "string", "format": "date-time"}
_COUNT = {"type": "integer", "minimum": 0}
_NAME = {"type": ["string", "null"]}
_NEXT = {
    "type": ["string", "null"],
    "description": "The `cursor` of the next page; null on the last one.",
}
_STANDING = {
    "type": "string",
    "enum": [str(value) for value in SHOWN],
    "description": "Retired entries are kept for the record; superseded ones name a successor.",
}


def told(item: Item) -> dict[str, Any]:
    """An entry as it is now, with who said what."""
    successor = item.successor
    facts: Iterable[Fact] = sorted(item.facts.all(), key=lambda fact: fact.field)
    return {
        "id": item.slug,
        "title": item.title,
        "url": conf.settings.LINK_BASE + item.address,
        "standing": item.standing,
        "successor": successor.slug if successor and successor.standing in SHOWN else None,
        "made_at": item.made_at.isoformat(timespec="seconds"),
        "changed_at": item.changed_at.isoformat(timespec="seconds"),
        "version": item.version,
        "data": item.data,
        "facts": [
            {
                "field": fact.field,
                "said_by": fact.said_by,
                "source": fact.source or None,
                "at": fact.at.isoformat(timespec="seconds"),
                "locked": fact.locked,
            }
            for fact in facts
            if fact.field in item.data
        ],
    }


def told_version(row: Any) -> dict[str, Any]:
    """A version of an entry; `row` is one of its history."""
    return {
        "version": row.version,
        "at": row.history_date.isoformat(timespec="seconds"),
        "by": by_whom(row),
        "why": row.history_change_reason or "",
        "standing": row.standing,
        "title": row.title,
        "data": row.data,
    }


def definitions(collection: Collection) -> dict[str, Any]:
    """The schemas that the answers of a collection are described with, by name."""
    name = collection.name.capitalize()
    data = object_of(
        collection.schema,
        f"The fields of {collection.one}. One that is absent is unknown, never empty.",
    )
    entry = {"id": _TEXT, "title": _TEXT, "url": _TEXT, "standing": _STANDING}
    entry |= {"successor": _NAME, "made_at": _TIME, "changed_at": _TIME, "version": _COUNT}
    entry |= {"data": _ref(f"{name}Data")}
    entry |= {"facts": {"type": "array", "items": _ref("Fact")}}
    head = {"collection": {"type": "string", "const": collection.name}, "licence": _TEXT}
    version = {"version": _COUNT, "at": _TIME, "by": _TEXT, "why": _TEXT, "standing": _TEXT}
    # An old version may lack what was made a duty later, so its fields are not held to it.
    version |= {"title": _TEXT, "data": {"type": "object"}}
    facets = {"type": "array", "items": _ref("FacetValue")}
    return {
        f"{name}Data": data,
        f"{name}Entry": _whole(entry),
        f"{name}One": _whole(head | entry),
        f"{name}List": _whole(
            head
            | {
                "count": _COUNT | {"description": "All entries found, not only those of a page."},
                "items": {"type": "array", "items": _ref(f"{name}Entry")},
                "next": _NEXT,
                "facets": _whole({facet.name: facets for facet in collection.facets}),
            }
        ),
        f"{name}History": _whole(
            head
            | {"id": _TEXT, "count": _COUNT}
            | {"versions": {"type": "array", "items": _whole(version)}, "next": _NEXT}
        ),
        "Fact": _whole(
            {
                "field": _TEXT,
                "said_by": {"type": "string", "enum": [str(value) for value in Speaker]},
                "source": _NAME,
                "at": _TIME,
                "locked": {"type": "boolean", "description": "Imports leave it alone."},
            }
        ),
        "FacetValue": _whole({"value": _TEXT, "label": _TEXT, "count": _COUNT}),
    }


def answer(collection: Collection, what: str) -> dict[str, Any]:
    """A pointer to the schema of an answer: `List`, `One` or `History`."""
    return _ref(f"{collection.name.capitalize()}{what}")


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _whole(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": properties}

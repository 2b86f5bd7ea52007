"""Entries as files: JSON whole, CSV a row each; all with licence, dates, and who said what."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

from everygenome.reports.exports import safe
from everygenome.web.collections.listing import Asked
from everygenome.web.collections.models import SHOWN, Fact, Item, Speaker
from everygenome.web.collections.registry import Collection
from everygenome.web.site.prepared import Prepared

OPEN = {"Cross-Origin-Resource-Policy": "cross-origin", "Access-Control-Allow-Origin": "*"}
# A column for each field comes between these.
_FIRST = ("id", "address", "standing", "successor", "made", "changed", "version")
_LAST = ("said_by", "licence_of_entry")


def to_json(asked: Asked, base: str) -> Prepared:
    """The entries of a list."""
    return Prepared.of(
        written(document(asked.collection, _items(asked), base, chosen=chosen(asked))),
        "application/json",
        headers=OPEN | _attached(asked, "json"),
    )


def to_csv(asked: Asked, base: str) -> Prepared:
    """The entries of a list (RFC 4180)."""
    return Prepared.of(
        table(asked.collection, _items(asked), base),
        "text/csv; charset=utf-8; header=present",
        headers=OPEN | _attached(asked, "csv"),
    )


def document(
    collection: Collection, items: Iterable[Item], base: str, *, chosen: Mapping[str, Any]
) -> dict[str, Any]:
    """Entries as one object: {collection, licence, filter, count, items}."""
    made = [_whole(item, collection, base) for item in items]
    return {
        "collection": collection.name,
        "title": collection.title,
        "licence": collection.licence,
        "filter": dict(chosen),
        "count": len(made),
        "items": made,
    }


def one(item: Item, collection: Collection, base: str) -> dict[str, Any]:
    """One entry as an object of its own."""
    said = {"collection": collection.name, "licence": collection.licence}
    return said | _whole(item, collection, base)


def table(collection: Collection, items: Iterable[Item], base: str) -> bytes:
    """Entries as CSV: a column for each field, in words."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([*_FIRST, *(field.name for field in collection.schema), *_LAST])
    for item in items:
        data = collection.portable(item.data)
        told = "; ".join(
            f"{fact.field}: {fact.said_by} {fact.at.date()}" for fact in _facts(item, collection)
        )
        row = [
            *_head(item, base).values(),
            *(
                field.words(data[field.name]) if field.name in data else None
                for field in collection.schema
            ),
            told,
            collection.licence,
        ]
        writer.writerow([safe(value) for value in row])
    return text.getvalue().encode()


def written(said: Mapping[str, Any]) -> bytes:
    """As JSON that people can read too."""
    return (json.dumps(said, ensure_ascii=False, indent=2) + "\n").encode()


def chosen(asked: Asked) -> dict[str, Any]:
    """What a list is narrowed to."""
    said: dict[str, Any] = {"q": asked.query} if asked.query else {}
    return said | {name: list(values) for name, values in asked.chosen.items()}


def _whole(item: Item, collection: Collection, base: str) -> dict[str, Any]:
    return {
        **_head(item, base),
        "fields": collection.portable(item.data),
        "said": {
            fact.field: {
                "by": fact.said_by,
                "by_words": Speaker(fact.said_by).label,
                "at": fact.at.isoformat(timespec="seconds"),
                "source": fact.source or None,
                "locked": fact.locked,
            }
            for fact in _facts(item, collection)
        },
    }


def _head(item: Item, base: str) -> dict[str, Any]:
    successor = item.successor
    return {
        "id": item.slug,
        "address": base + item.address,
        "standing": item.standing,
        "successor": successor.slug if successor and successor.standing in SHOWN else None,
        "made": item.made_at.isoformat(timespec="seconds"),
        "changed": item.changed_at.isoformat(timespec="seconds"),
        "version": item.version,
    }


def _facts(item: Item, collection: Collection) -> list[Fact]:
    """Who said what the entry holds now, in the order of its fields."""
    order = {field.name: place for place, field in enumerate(collection.schema)}
    facts = [fact for fact in item.facts.all() if fact.field in item.data and fact.field in order]
    return sorted(facts, key=lambda fact: order[fact.field])


def _items(asked: Asked) -> Iterable[Item]:
    return asked.ordered().select_related("successor").prefetch_related("facts")


def _attached(asked: Asked, kind: str) -> dict[str, str]:
    part = "-part" if asked.is_narrowed else ""
    name = f"everygenome-{asked.collection.name}{part}.{kind}"
    return {"Content-Disposition": f'attachment; filename="{name}"'}

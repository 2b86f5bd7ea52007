"""Everything public of all collections as files in a folder, with its history."""

import csv
import io
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from everygenome.errors import StoreError, UsageError
from everygenome.reports.exports import safe
from everygenome.web.collections import files
from everygenome.web.collections.models import Item
from everygenome.web.collections.registry import Collection, collections
from everygenome.web.collections.said import by_whom
from everygenome.web.collections.shelf import shown_of

INDEX = "collections.json"
_HISTORY = ("id", "version", "at", "by", "why", "standing", "title", "fields")


def export(
    folder: Path, base: str, progress: Callable[[str, int, int], None] = lambda *_: None
) -> dict[str, int]:
    """Write entries and history of every collection; what is withdrawn is in none of it.

    Args:
        folder: empty, new, or one that was written by this before.
        base: the site's address, for links to entries.
        progress: called with the collection, files written, and of how many.

    Returns:
        Collection -> how many entries.

    Raises:
        UsageError: the folder holds other files.
        StoreError: it cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if os.listdir(folder) and not (folder / INDEX).exists():
            raise UsageError(
                f"{folder} holds other files.",
                remedy="Name an empty folder, a new one, or one that holds a former export.",
            )
        counts = {}
        for collection in collections():
            counts[collection.name] = _write(folder, collection, base, progress)
        said = [
            {
                "collection": collection.name,
                "title": collection.title,
                "licence": collection.licence,
                "count": counts[collection.name],
                "files": sorted(_names(collection)),
            }
            for collection in collections()
        ]
        (folder / INDEX).write_bytes(files.written({"collections": said}))
    except OSError as error:
        raise StoreError(
            f"The export cannot be written to {error.filename or folder} ({error.strerror}).",
            remedy="Give yourself permission, free some space, or name another folder.",
        ) from error
    return counts


def _names(collection: Collection) -> dict[str, str]:
    name = collection.name
    now = {f"{name}.json": "json", f"{name}.csv": "csv"}
    if collection.apart:
        # Of what can be withdrawn for ever, no version is kept.
        return now
    return now | {
        f"{name}-history.json": "history json",
        f"{name}-history.csv": "history csv",
    }


def _write(
    folder: Path, collection: Collection, base: str, progress: Callable[[str, int, int], None]
) -> int:
    found = shown_of(collection)
    items = list(found.order_by("sort", "pk").select_related("successor").prefetch_related("facts"))
    history = [] if collection.apart else list(_history(items))
    makers = {
        "json": lambda: files.written(files.document(collection, items, base, chosen={})),
        "csv": lambda: files.table(collection, items, base),
        "history json": lambda: files.written(
            {"collection": collection.name, "licence": collection.licence, "versions": history}
        ),
        "history csv": lambda: _table(history),
    }
    names = _names(collection)
    for count, (name, kind) in enumerate(names.items()):
        progress(collection.name, count, len(names))
        (folder / name).write_bytes(makers[kind]())
    progress(collection.name, len(names), len(names))
    return len(items)


def _history(items: list[Item]) -> Iterator[dict[str, Any]]:
    rows = Item.history.filter(id__in=[item.pk for item in items])
    for row in rows.order_by("slug", "version", "history_date"):
        yield {
            "id": row.slug,
            "version": row.version,
            "at": row.history_date.isoformat(timespec="seconds"),
            "by": by_whom(row),
            "why": row.history_change_reason or "",
            "standing": row.standing,
            "title": row.title,
            "fields": row.data,
        }


def _table(history: list[dict[str, Any]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_HISTORY)
    for row in history:
        fields = json.dumps(row["fields"], ensure_ascii=False)
        writer.writerow([safe(value) for value in (row | {"fields": fields}).values()])
    return text.getvalue().encode()

"""Import entries from a file: matched with those that are there, with locked facts left alone."""

from collections.abc import Mapping
from typing import Any

from everygenome.errors import InputError
from everygenome.web.collections import reading
from everygenome.web.collections.alike import bare
from everygenome.web.collections.models import Item, Speaker, Standing
from everygenome.web.collections.registry import Collection
from everygenome.web.collections.search.words import words_of
from everygenome.web.collections.seeds import Loaded
from everygenome.web.collections.shelf import items_of, together
from everygenome.web.collections.storing import Saying, free_slug, store

JSON = "json"


def formats(collection: Collection) -> tuple[str, ...]:
    """The formats that a collection can import."""
    return (JSON, *collection.imports)


def told(text: str, collection: Collection, form: str) -> list[Mapping[str, Any]]:
    """What a file tells of entries: each as fields, with `id` where it names one.

    Raises:
        InputError: it is not in that format.
    """
    if form != JSON:
        return collection.imports[form](text)
    whole = reading.from_json(text)
    rows = whole.get("items", [whole]) if isinstance(whole, Mapping) else whole
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise InputError("The file holds no list of entries.")
    return [_own(row) for row in rows]


def _own(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """An entry of our own files holds its fields under `fields`."""
    fields = row.get("fields")
    return {"id": row.get("id"), **fields} if isinstance(fields, Mapping) else row


def load(
    rows: list[Mapping[str, Any]],
    collection: Collection,
    *,
    name: str,
    also: Mapping[str, Any] | None = None,
) -> Loaded:
    """Store what a file tells; all of it, or nothing.

    Args:
        rows: entries, as far as the file tells.
        collection: where they belong.
        name: of the file, for messages and as the source.
        also: fields that new entries get where the file says nothing of them.

    Raises:
        InputError: a value cannot be stored, a new entry lacks a field, or an entry could be
            several of those that are there. The message names file, entry and field.
    """
    with together(collection):
        return _loaded(rows, collection, name, also)


def _loaded(
    rows: list[Mapping[str, Any]],
    collection: Collection,
    name: str,
    also: Mapping[str, Any] | None,
) -> Loaded:
    done = Loaded(name)
    for place, row in enumerate(rows, 1):
        said = {key: value for key, value in row.items() if key != "id" and value is not None}
        title = collection.title_of(said)
        where = f"{name}, entry {place}" + (f" ({title[:60]})" if title else "")
        known = _match(row.get("id"), said, collection, where)
        start: Mapping[str, Any] = known.data if known else also or {}
        named = row.get("id") if isinstance(row.get("id"), str) else title
        if collection.is_closed(known.slug if known else str(named), {**start, **said}):
            done.closed.append(known.slug if known else str(named))
            continue
        if known is not None and known.standing == Standing.WITHDRAWN:
            done.withdrawn.append(known.slug)
            continue
        cleaned, errors = collection.schema.clean({**start, **said})
        if errors:
            raise InputError(
                f"{where}: " + "; ".join(f"{at}: {' '.join(what)}" for at, what in errors.items()),
                remedy="" if known else "Fields of new entries can be given with --set NAME=VALUE.",
            )
        saying = Saying(
            speaker=Speaker.IMPORT,
            why=f"Imported from {name}.",
            source=str(said.get("repository") or said.get("url") or name),
        )
        before = known.version if known else 0
        wanted = row.get("id") if isinstance(row.get("id"), str) else collection.title_of(cleaned)
        slug = known.slug if known else free_slug(collection, wanted)
        item, kept = store(collection, cleaned, slug=slug, saying=saying)
        done.kept += [f"{slug}: {field}" for field in kept]
        if known is None:
            done.new += 1
        elif item.version != before:
            done.changed += 1
        else:
            done.same += 1
    return done


def _match(slug: Any, said: Mapping[str, Any], collection: Collection, where: str) -> Item | None:
    """The entry that is meant: by its name in addresses, repository, address, DOI or title.

    The first of these by which anything is found decides.
    """
    entries = list(items_of(collection).order_by("pk"))
    title, doi = words_of(collection.title_of(said)), _doi(said.get("doi"))
    tests = (
        lambda item: bool(slug) and item.slug == slug,
        lambda item: _same(item, said, "repository"),
        lambda item: _same(item, said, "url"),
        lambda item: bool(doi) and _doi(item.data.get("doi")) == doi,
        lambda item: bool(title) and words_of(item.title) == title,
    )
    for test in tests:
        found = [item for item in entries if test(item)]
        if len(found) > 1:
            names = ", ".join(item.slug for item in found[:5])
            raise InputError(
                f"{where} could be any of these entries: {names}.",
                remedy="Use --format json, and name the right one as its `id`.",
            )
        if found:
            return found[0]
    return None


def _same(item: Item, said: Mapping[str, Any], field: str) -> bool:
    given = bare(said.get(field))
    return bool(given) and given == bare(item.data.get(field))


def _doi(value: Any) -> str:
    return str(value or "").lower().rpartition("doi.org/")[2].removeprefix("doi:").strip()

"""The project's own first entries: a file in each collection's package, loaded again and again.

Loading changes only what the seeds themselves said before: whatever somebody else said since
stays, and so does an entry that was withdrawn.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection

from everygenome.errors import InputError
from everygenome.web.collections import reading
from everygenome.web.collections.models import Facet, Fact, Item, Searched, Speaker, Standing
from everygenome.web.collections.registry import Collection, collections
from everygenome.web.collections.shelf import items_of, together
from everygenome.web.collections.storing import Saying, store

_TOLD = 8  # mistakes of one file
_WHY = "From the first collection of this site."
Progress = Callable[[str, int, int], None]


@dataclass(slots=True)
class Loaded:
    """What loading a file came to.

    Attributes:
        name: of the collection, or the file.
        new, changed, same: how many entries.
        kept: fields that were left alone, as `slug: field`, because somebody else said them.
        withdrawn: entries that were left alone, because they are withdrawn.
        closed: entries that were left alone, because no file may bring them back or change them.
    """

    name: str
    new: int = 0
    changed: int = 0
    same: int = 0
    kept: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)


def seed(progress: Progress = lambda *_: None) -> list[Loaded]:
    """Load the seeds of every collection that has any.

    Raises:
        InputError: a file cannot be used; it names file, entry and field. Nothing of that file is
            stored; the others are.
    """
    done, wrong = [], []
    for collection in collections():
        app = apps.get_app_config(collection.app or collection.name)
        path = Path(app.path) / collection.seeds
        if path.is_file():
            try:
                items = read(path, collection)
            except InputError as error:
                wrong.append(str(error))
                continue
            done.append(load(items, collection, progress))
    if any(loaded.new for loaded in done):
        look_again()
    if wrong:
        raise InputError(" ".join(wrong), remedy="Mend them, and run `seed` again.")
    return done


def read(path: Path, collection: Collection) -> dict[str, dict[str, Any]]:
    """The entries of a file: slug -> fields, all checked.

    Raises:
        InputError: the message names file, entry and field.
    """
    name = f"{path.parent.name}/{path.name}"
    whole = reading.from_yaml(reading.text_of(path), typed=True)
    if not isinstance(whole, Mapping) or not isinstance(whole.get("items"), list):
        raise InputError(
            f"{name} is no list of entries.", remedy="At its top stand `licence` and `items`."
        )
    if whole.get("licence") != collection.licence:
        raise InputError(f"{name}: the licence of the entries is to be {collection.licence}.")
    found: dict[str, dict[str, Any]] = {}
    wrong: list[str] = []
    for place, row in enumerate(whole["items"], 1):
        slug = row.get("id") if isinstance(row, Mapping) else None
        if not isinstance(slug, str) or not slug:
            raise InputError(f"{name}: entry {place} has no `id`.")
        if slug in found:
            raise InputError(f"{name}: two entries have the id {slug}.")
        fields = {str(key): _plain(value) for key, value in row.items() if key != "id"}
        cleaned, errors = collection.schema.clean(fields)
        wrong += [f"{name}, entry {slug}, {at}: {' '.join(said)}" for at, said in errors.items()]
        found[slug] = cleaned
    if wrong:
        more = f" And {len(wrong) - _TOLD} more." if len(wrong) > _TOLD else ""
        raise InputError(" ".join(wrong[:_TOLD]) + more)
    return found


def load(
    items: Mapping[str, Mapping[str, Any]],
    collection: Collection,
    progress: Progress = lambda *_: None,
) -> Loaded:
    """Store the entries of a file, leaving alone what somebody else said."""
    with together(collection):
        return _loaded(items, collection, progress)


def _loaded(
    items: Mapping[str, Mapping[str, Any]], collection: Collection, progress: Progress
) -> Loaded:
    done = Loaded(collection.name)
    for count, (slug, data) in enumerate(items.items()):
        progress(collection.name, count, len(items))
        known = items_of(collection).filter(slug=slug).first()
        if collection.is_closed(slug, data):
            done.closed.append(slug)
            continue
        if known and known.standing == Standing.WITHDRAWN:
            done.withdrawn.append(slug)
            continue
        wanted = dict(data)
        if known is not None:
            others = known.facts.exclude(said_by=Speaker.SEED).values_list("field", flat=True)
            for name in others:
                if known.data.get(name) != wanted.get(name):
                    done.kept.append(f"{slug}: {name}")
                wanted.pop(name, None)
                if name in known.data:
                    wanted[name] = known.data[name]
        saying = Saying(speaker=Speaker.SEED, why=_WHY, source=_first_source(data))
        before = known.version if known else 0
        item, kept = store(collection, wanted, slug=slug, saying=saying)
        done.kept += [f"{slug}: {name}" for name in kept]
        if known is None:
            done.new += 1
        elif item.version != before:
            done.changed += 1
        else:
            done.same += 1
    progress(collection.name, len(items), len(items))
    return done


def look_again() -> None:
    """Let the database count what its tables hold, by which it plans how to read them.

    It does so by itself after a while. Until then PostgreSQL takes a filled table for an empty one,
    and reads it a hundred times more slowly than it could.
    """
    with connection.cursor() as cursor:
        for model in (Item, Facet, Fact, Searched):
            cursor.execute(f"ANALYZE {model._meta.db_table}")


def _first_source(data: Mapping[str, Any]) -> str:
    sources = data.get("sources") or [{}]
    return str(sources[0].get("url", ""))


def _plain(value: Any) -> Any:
    """Dates that YAML recognised, as they were written."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value

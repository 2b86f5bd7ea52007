"""Carry what is public of the collections from the site's database into that of a fixed copy."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction
from django.db.models import QuerySet

from everygenome.errors import StoreError
from everygenome.web.collections.models import SHOWN, Fact, Item, Speaker
from everygenome.web.collections.registry import collections
from everygenome.web.collections.seeds import seed
from everygenome.web.collections.storing import Saying, index, store

_LIVE = "live"
_AT_ONCE = 500


def carry(live: Mapping[str, Any], shelf: Mapping[str, Any] | None = None) -> int:
    """Fill the default database with the entries that readers of the live site see.

    Entries with their versions and who said what; nothing of contributions, accounts or contact
    details, and nothing of withdrawn entries. A live database that is not there yet has seeds at
    its first start: the copy then shows those.

    Args:
        live: Django's settings of the live database, which is only read.
        shelf: those of the file apart from it, which is only read. Of what stands there, a copy
            holds what may be copied whole: a copy cannot be called back.

    Returns:
        How many entries there are.

    Raises:
        StoreError: the live database cannot be read, or was made by an earlier version.
    """
    if live["ENGINE"].endswith("sqlite3") and not Path(live["NAME"]).exists():
        seed()
        return Item.objects.count()
    try:
        with _opened(live), transaction.atomic():
            count = _carried()
        if shelf is not None and Path(shelf["NAME"]).exists():
            with _opened(shelf):
                count += _taken_down()
    except DatabaseError as error:
        raise StoreError(
            f"The site's database cannot be read ({str(error).strip().splitlines()[0]}).",
            remedy="Run `everygenome admin migrate` once, and check DATABASE_URL.",
        ) from error
    return count


@contextmanager
def _opened(live: Mapping[str, Any]) -> Iterator[None]:
    # Without what only who writes needs: a copy must not begin a journal beside the file.
    read_only = {key: live[key] for key in live if key not in ("OPTIONS", "CONN_MAX_AGE")}
    made = connections.configure_settings({DEFAULT_DB_ALIAS: read_only})
    connections.settings[_LIVE] = made[DEFAULT_DB_ALIAS]
    try:
        yield
    finally:
        connections[_LIVE].close()
        del connections[_LIVE]
        del connections.settings[_LIVE]


def _taken_down() -> int:
    """What stands apart and may be copied whole."""
    count = 0
    for collection in collections():
        shown = Item.objects.using(_LIVE).filter(collection=collection.name, standing__in=SHOWN)
        for item in shown.order_by("pk") if collection.apart else ():
            if collection.portable(item.data) == item.data:
                saying = Saying(speaker=Speaker.SEED, why="")
                store(collection, item.data, slug=item.slug, saying=saying)
                count += 1
    return count


def _carried() -> int:
    known = {collection.name: collection for collection in collections()}
    shown = Item.objects.using(_LIVE).filter(collection__in=known, standing__in=SHOWN)
    names = list(shown.values_list("pk", flat=True))
    # What replaced an entry may have been withdrawn since: the entry is then only retired.
    for item in shown.order_by("pk").iterator(chunk_size=_AT_ONCE):
        if item.successor_id not in names:
            item.successor_id = None
            item.standing = "retired" if item.standing == "superseded" else item.standing
        Item.objects.using(DEFAULT_DB_ALIAS).bulk_create([item])
    _copy(Fact.objects.using(_LIVE).filter(item__in=names))
    versions = Item.history.using(_LIVE).filter(id__in=names)
    # Who stored a version has an account, and no copy holds accounts.
    for version in versions.order_by("pk").iterator(chunk_size=_AT_ONCE):
        version.history_user_id = None
        version.contribution = None
        version.save(using=DEFAULT_DB_ALIAS, force_insert=True)
    for item in Item.objects.order_by("pk"):
        index(item, known[item.collection])
    return len(names)


def _copy(rows: QuerySet[Any]) -> None:
    kept = list(rows.order_by("pk"))
    for row in kept:
        row.contribution = None
    rows.model.objects.using(DEFAULT_DB_ALIAS).bulk_create(kept, batch_size=_AT_ONCE)

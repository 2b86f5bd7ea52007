"""Carry what is public of the collections from the site's database into that of a fixed copy."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction
from django.db.models import QuerySet

from everygenome.errors import StoreError
from everygenome.web.collections.models import SHOWN, Fact, Item
from everygenome.web.collections.registry import collections
from everygenome.web.collections.seeds import seed
from everygenome.web.collections.storing import index

_LIVE = "live"
_AT_ONCE = 500


def carry(live: Mapping[str, Any]) -> int:
    """Fill the default database with the entries that readers of the live site see.

    Entries with their versions and who said what; nothing of contributions, accounts or contact
    details, and nothing of withdrawn entries. A live database that is not there yet has seeds at
    its first start: the copy then shows those.

    Args:
        live: Django's settings of the live database, which is only read.

    Returns:
        How many entries there are.

    Raises:
        StoreError: the live database cannot be read, or was made by an earlier version.
    """
    if live["ENGINE"].endswith("sqlite3") and not Path(live["NAME"]).exists():
        seed()
        return Item.objects.count()
    # Without what only who writes needs: a copy must not begin a journal beside the file.
    read_only = {key: live[key] for key in live if key not in ("OPTIONS", "CONN_MAX_AGE")}
    made = connections.configure_settings({DEFAULT_DB_ALIAS: read_only})
    connections.settings[_LIVE] = made[DEFAULT_DB_ALIAS]
    try:
        with transaction.atomic():
            return _carried()
    except DatabaseError as error:
        raise StoreError(
            f"The site's database cannot be read ({str(error).strip().splitlines()[0]}).",
            remedy="Run `everygenome admin migrate` once, and check DATABASE_URL.",
        ) from error
    finally:
        connections[_LIVE].close()
        del connections[_LIVE]
        del connections.settings[_LIVE]


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

"""Where entries stand: in the site's database, or apart, in a file that no backup holds.

Of what its teller may withdraw, such as a story, the words are sealed in the site's database. What
readers search and narrow stands apart, and can be made again from there (`reindex`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import QuerySet

from everygenome.web.collections.models import SHOWN, Item
from everygenome.web.collections.registry import Collection

APART = "apart"
_TABLES = ("item", "facet", "fact", "searched")


class Router:
    """Only entries, and what they are found by, have tables apart; versions have none there."""

    def allow_migrate(
        self, db: str, app_label: str, model_name: str | None = None, **_hints: Any
    ) -> bool | None:
        """Whether a table is made in a database."""
        if db != APART:
            return None
        return app_label == "collections" and (model_name is None or model_name in _TABLES)


def database_of(collection: Collection) -> str:
    """The database of a collection's entries."""
    return APART if collection.apart else DEFAULT_DB_ALIAS


@contextmanager
def together(collection: Collection) -> Iterator[None]:
    """All or nothing, in the site's database and in that of the collection's entries."""
    with transaction.atomic():
        if not collection.apart:
            yield
            return
        with transaction.atomic(using=APART):
            yield


def items_of(collection: Collection) -> QuerySet[Item]:
    """All entries of a collection, whatever they are to readers."""
    return Item.objects.using(database_of(collection)).filter(collection=collection.name)


def shown_of(collection: Collection) -> QuerySet[Item]:
    """The entries of a collection that readers see."""
    return items_of(collection).filter(standing__in=SHOWN)

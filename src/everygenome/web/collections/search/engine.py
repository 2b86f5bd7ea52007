"""The two engines. Both hold words that `words_of` made, so that neither splits or changes them."""

from django.db import connections
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.db.models.expressions import RawSQL

from everygenome.web.collections.models import Item, Searched
from everygenome.web.collections.search.words import asked, words_of


def put(item: Item, *, title: str, text: str) -> None:
    """Store by which words an entry is found."""
    titled, all_words = " ".join(words_of(title)), " ".join(words_of(f"{title} {text}"))
    Searched.objects.using(item._state.db).bulk_create(
        [Searched(item=item, title=titled, words=all_words)],
        update_conflicts=True,
        unique_fields=["item"],
        update_fields=["title", "words"],
    )
    if (connection := connections[item._state.db]).vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM collections_fts WHERE rowid = %s", [item.pk])
            cursor.execute(
                "INSERT INTO collections_fts (rowid, title, words) VALUES (%s, %s, %s)",
                [item.pk, titled, all_words],
            )


def drop(item: Item) -> None:
    """An entry is found no more."""
    Searched.objects.using(item._state.db).filter(item=item).delete()
    if (connection := connections[item._state.db]).vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM collections_fts WHERE rowid = %s", [item.pk])


def tidy(database: str) -> None:
    """Leave nothing in the index of words that no entry holds any more.

    FTS5 marks words as deleted, and takes them out when it puts its parts together.
    """
    if (connection := connections[database]).vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO collections_fts (collections_fts) VALUES ('optimize')")


def matching(items: QuerySet[Item], query: str) -> QuerySet[Item]:
    """The entries that hold every word of a query, those with all of them in the title first.

    A query without words finds nothing.
    """
    words = asked(query)
    if not words:
        # Whoever puts them in order counts on the mark being there.
        return items.none().annotate(behind=Value(1, output_field=IntegerField()))
    found, titled = (_sqlite if connections[items.db].vendor == "sqlite" else _postgresql)(words)
    return items.filter(pk__in=found).annotate(
        behind=Case(
            When(pk__in=titled, then=Value(0)), default=Value(1), output_field=IntegerField()
        )
    )


def _sqlite(words: list[str]) -> tuple[RawSQL, RawSQL]:
    # Words hold letters and digits alone, so nothing in them can end the quotation.
    every = " AND ".join(f'"{word}"*' for word in words)
    sql = "SELECT rowid FROM collections_fts WHERE collections_fts MATCH %s"
    return RawSQL(sql, [every]), RawSQL(sql, [f"title : ({every})"])  # noqa: S611 - bound


def _postgresql(words: list[str]) -> tuple[RawSQL, RawSQL]:
    every = " & ".join(f"'{word}':*" for word in words)
    sql = "SELECT item_id FROM collections_searched WHERE {} @@ CAST(%s AS tsquery)"
    found, titled = sql.format("words_vector"), sql.format("title_vector")
    return RawSQL(found, [every]), RawSQL(titled, [every])  # noqa: S611 - bound

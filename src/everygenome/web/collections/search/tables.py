"""What each engine needs besides the table `Searched`: made by a migration."""

from typing import Any

_POSTGRESQL = (
    "ALTER TABLE collections_searched ADD COLUMN title_vector tsvector "
    "GENERATED ALWAYS AS (array_to_tsvector(string_to_array(title, ' '))) STORED",
    "ALTER TABLE collections_searched ADD COLUMN words_vector tsvector "
    "GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED",
    "CREATE INDEX collections_searched_title ON collections_searched USING gin (title_vector)",
    "CREATE INDEX collections_searched_words ON collections_searched USING gin (words_vector)",
)
_SQLITE = (
    "CREATE VIRTUAL TABLE collections_fts USING fts5 "
    "(title, words, tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3')",
)


def make(_apps: Any, editor: Any) -> None:
    """Make them."""
    for sql in _SQLITE if editor.connection.vendor == "sqlite" else _POSTGRESQL:
        editor.execute(sql)


def unmake(_apps: Any, editor: Any) -> None:
    """Take them away; those of PostgreSQL go with the table."""
    if editor.connection.vendor == "sqlite":
        editor.execute("DROP TABLE collections_fts")

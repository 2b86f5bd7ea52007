"""Searching: SQLite FTS5 or PostgreSQL full text, behind the same few functions and results.

The contract, on both: an entry is found if each word of the query begins a word of the entry;
case and accents make no difference. Entries that hold all of them in their title come first,
then all by title.
"""

from everygenome.web.collections.search.engine import drop, matching, put, tidy
from everygenome.web.collections.search.words import words_of

__all__ = ["drop", "matching", "put", "tidy", "words_of"]

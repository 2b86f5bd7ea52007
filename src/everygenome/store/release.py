"""Open a release: its tables as expressions, and a way to run them fast.

Narrow tables that every question touches are held in memory; wide ones stay in their
Parquet files. A compiled statement is kept for the life of the release, since a release
never changes. Each thread has a cursor of its own: starting anew would cost more than
the question.
"""

import hashlib
import threading
from collections.abc import Callable, Hashable
from pathlib import Path

import duckdb
import ibis.expr.types as ir
import pyarrow as pa

from everygenome.errors import StoreError
from everygenome.store.engine import start
from everygenome.store.manifest import Manifest, read_manifest

_IN_MEMORY: dict[str, tuple[str, ...]] = {
    "ancestry": (
        "ancestry_row",
        "study_accession",
        "pubmed_id",
        "publication_year",
        "stage",
        "participations",
        "category_set",
        "country_set",
        "countries_named",
        "country_partly_reported",
        "broad_ancestral_category_stated",
    ),
    "study_country": ("*",),
    "study_trait": ("study_accession", "trait_uri", "trait_id"),
    "trait_parent": ("*",),
    "trait_mapping": ("*",),
    "cohorts": ("*",),
    "studies": ("study_accession", "pubmed_id", "association_count", "trait_reported"),
    "publications": ("*",),
}


class OpenRelease:
    """A release that is open for questions.

    Attributes:
        folder: where its files are.
        manifest: what it says of itself.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest: Manifest = read_manifest(folder)
        self._backend = start()
        self._local = threading.local()
        self._compiling = threading.RLock()
        self._tables: dict[str, ir.Table] = {}
        self._added: set[str] = set()
        self._statements: dict[Hashable, str] = {}
        for name, columns in _IN_MEMORY.items():
            path = str(folder / f"{name}.parquet").replace("'", "''")
            try:
                self._backend.con.execute(
                    f"CREATE TABLE {name} AS SELECT {', '.join(columns)} "
                    f"FROM read_parquet('{path}')"
                )
            except duckdb.Error as error:
                raise StoreError(
                    f"{folder / name}.parquet cannot be read: {str(error).splitlines()[0]}",
                    remedy="Remove that release folder and run `everygenome sync` again.",
                ) from error

    def table(self, name: str) -> ir.Table:
        """A core table, or one that was added, as an expression."""
        # Looking a table up asks the engine for its columns: once is enough.
        if name not in self._tables:
            with self._compiling:
                self._tables[name] = self._backend.table(name)
        return self._tables[name]

    def file(self, name: str) -> Path:
        """The Parquet file of a core table."""
        return self.folder / f"{name}.parquet"

    def whole(self, name: str) -> ir.Table:
        """A core table with all its columns, read from its file."""
        return self.read(self.file(name))

    def read(self, path: Path) -> ir.Table:
        """Any Parquet file, to be compared with this release."""
        with self._compiling:
            name = f"file_{hashlib.sha256(str(path).encode()).hexdigest()[:16]}"
            # A view, not Ibis' read_parquet: that one only its own connection would see.
            quoted = str(path).replace("'", "''")
            self._backend.con.execute(
                f"CREATE VIEW IF NOT EXISTS {name} AS FROM read_parquet('{quoted}')"
            )
        return self.table(name)

    def add(self, name: str, table: pa.Table) -> ir.Table:
        """Add a small table (a scheme, a dictionary) unless one of that name is there."""
        with self._compiling:
            if name not in self._added:
                # Not Ibis' create_table: with DuckDB 2 it trips over its own cleaning up.
                self._backend.con.register("arriving", table)
                self._backend.con.execute(f'CREATE TABLE "{name}" AS FROM arriving')
                self._backend.con.unregister("arriving")
                self._added.add(name)
        return self.table(name)

    def run(self, key: Hashable, build: Callable[[], ir.Table]) -> pa.Table:
        """Run an expression; compile it only the first time that its key is asked.

        Args:
            key: names the expression wholly: equal keys, equal expressions.
            build: makes the expression.
        """
        statement = self._statements.get(key)
        if statement is None:
            with self._compiling:
                statement = str(self._backend.compile(build()))
            self._statements[key] = statement
        return _narrowed(self._cursor().sql(statement).to_arrow_table())

    def close(self) -> None:
        """Let go of the engine's memory."""
        self._backend.disconnect()

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        if not hasattr(self._local, "cursor"):
            self._local.cursor = self._backend.con.cursor()
        cursor: duckdb.DuckDBPyConnection = self._local.cursor
        return cursor


def _narrowed(table: pa.Table) -> pa.Table:
    """Sums of whole numbers come back 128 bits wide; no count of ours needs more than 64."""
    for index, field in enumerate(table.schema):
        if pa.types.is_decimal(field.type):
            column = table.column(index).cast(pa.int64())
            table = table.set_column(index, field.name, column)
    return table

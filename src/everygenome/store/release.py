"""Open a release: its tables as expressions, and a way to run them fast.

Narrow tables that every question touches are held in memory; wide ones stay in their
Parquet files. A compiled statement is kept for the life of the release, since a release
never changes. Each thread has a cursor of its own: starting anew would cost more than
the question.
"""

import hashlib
import re
import threading
import warnings
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import duckdb
import ibis.expr.types as ir
import pyarrow as pa

from everygenome.errors import StoreError
from everygenome.store import engine
from everygenome.store.limits import Watch, confine
from everygenome.store.manifest import (
    READABLE_VERSIONS,
    Manifest,
    read_manifest,
)

# The engine would rather be asked another way for large results; ours are small.
warnings.filterwarnings("ignore", message="Arrow output on a DB-API result")

# Columns that every question touches; each table's others stay in its file.
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
    "study_trait": ("study_accession", "trait_uri", "trait_id"),
    "trait_parent": ("trait_uri", "trait_id", "trait_label", "trait_parent"),
    "trait_mapping": ("trait_reported", "trait_parent"),
    "cohorts": ("study_accession", "cohort", "cohort_status"),
    "studies": ("study_accession", "pubmed_id", "association_count", "trait_reported"),
    "publications": ("pubmed_id", "pubmed_number", "first_author", "publication_year", "journal"),
    "publication_journal": ("pubmed_id", "journal_id"),
    "study_cohort": ("study_accession", "cohort_id"),
    "publication_funder": ("pubmed_id", "funder_id", "level", "direct", "fraction"),
    "grant_status": ("pubmed_id", "grant_status", "grants"),
}
# Tables that a release may lack: those of grants, and all of these in releases of version 1.
_MAY_LACK: dict[str, dict[str, str]] = {
    "publication_journal": {"pubmed_id": "INTEGER", "journal_id": "VARCHAR"},
    "study_cohort": {"study_accession": "INTEGER", "cohort_id": "VARCHAR"},
    "publication_funder": {
        "pubmed_id": "INTEGER",
        "funder_id": "VARCHAR",
        "level": "VARCHAR",
        "direct": "BOOLEAN",
        "fraction": "DOUBLE",
    },
    "grant_status": {"pubmed_id": "INTEGER", "grant_status": "VARCHAR", "grants": "BIGINT"},
}
# What there is a quarter of a million of is held as whole numbers, in the order of the text;
# studies count down from -1, so that the number of a study is never that of a publication.
_KEYED: dict[str, tuple[str, ...]] = {
    "study_accession": ("studies", "ancestry"),
    "pubmed_id": ("studies", "ancestry"),
}
# Text with few different values is held as codes. For the questions it is text as before.
_CODED: dict[str, tuple[str, ...]] = {
    "category_set": ("ancestry",),
    "stage": ("ancestry",),
    "country_set": ("ancestry",),
    "trait_uri": ("trait_parent", "study_trait"),
    "trait_id": ("trait_parent", "study_trait"),
    "trait_parent": ("trait_parent", "trait_mapping"),
}
# Questions can be asked in endless combinations: what is kept for them has bounds.
_RESULTS_KEPT = 512
_RESULTS_BYTES = 64_000_000
_LARGEST_RESULT_KEPT = 2 * 1024 * 1024  # bytes
_STATEMENTS_KEPT = 2048
# Begins every token of text (a private-use letter); tokens of numbers are far below any year.
MARK = "\ue000"
_NUMBER_TOKEN = re.compile(r"-9000000\d\d")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a statement takes a value when it runs.

    Attributes:
        name: of the parameter.
        token: stands for the value in the expression; no record holds it.
    """

    name: str
    token: str | int

    @property
    def written(self) -> str:
        """The token as it stands in a statement."""
        return str(duckdb.ConstantExpression(self.token))


class OpenRelease:
    """A release that is open for questions.

    Attributes:
        folder: where its files are.
        manifest: what it says of itself.
        keep_results: keep the newest results; benchmarks turn it off.
        coded: columns that are held as codes, and the tables that their values come from.
        keyed: columns that are held as whole numbers, and the tables they come from.
        budget_seconds: how long one statement may run; None bounds nothing.
    """

    coded: ClassVar[Mapping[str, tuple[str, ...]]] = _CODED
    keyed: ClassVar[Mapping[str, tuple[str, ...]]] = _KEYED

    def __init__(self, folder: Path, *, threads: int | None = None) -> None:
        self.folder = folder
        self.manifest: Manifest = read_manifest(folder)
        if self.manifest.tables_version not in READABLE_VERSIONS:
            raise StoreError(
                f"The release {self.manifest.id} was built by everygenome "
                f"{self.manifest.software} with tables of version {self.manifest.tables_version}; "
                f"this everygenome reads version {READABLE_VERSIONS[-1]}.",
                remedy="Build it again from its files with `everygenome sync --from FOLDER`.",
            )
        self.budget_seconds: float | None = None
        self._backend = engine.start(threads=threads)
        self._watch = Watch()
        self._local = threading.local()
        self._compiling = threading.RLock()
        self._tables: dict[str, ir.Table] = {}
        self._added: set[str] = set()
        self._statements: dict[Hashable, str] = {}
        self._results: OrderedDict[Hashable, pa.Table] = OrderedDict()
        self._results_bytes = 0
        self.keep_results = True
        try:
            self._hold_in_memory()
            self._confine()
        except duckdb.Error as error:
            raise StoreError(
                f"The release in {folder} cannot be read: {str(error).splitlines()[0]}",
                remedy="Remove that folder and run `everygenome sync` again.",
            ) from error

    def _confine(self) -> None:
        confine(self._backend.con, self.folder)

    def _hold_in_memory(self) -> None:
        run = self._backend.con.execute
        for column in self.keyed:
            sign = -1 if column == "study_accession" else 1
            run(
                f"CREATE TEMP TABLE key_{column} AS SELECT value, "
                f"({sign} * row_number() OVER (ORDER BY value))::INTEGER AS key "
                f"FROM ({self._values(column, self.keyed[column])})"
            )
        for column, names in self.coded.items():
            # The empty text keeps the type from having no value at all.
            every = f"{self._values(column, names)} UNION SELECT ''"
            run(f"CREATE TYPE code_{column} AS ENUM (SELECT value FROM ({every}) ORDER BY value)")
        for name, columns in _IN_MEMORY.items():
            if name in _MAY_LACK and name not in self.manifest.tables:
                kinds = ", ".join(f"{column} {kind}" for column, kind in _MAY_LACK[name].items())
                run(f"CREATE TABLE {name} ({kinds})")
                continue
            run(f"CREATE TABLE {name} AS {self._held(name, columns)}")
        for column in self.keyed:
            run(f"DROP TABLE key_{column}")

    def _values(self, column: str, names: tuple[str, ...]) -> str:
        """A SELECT of the different values of a column in some tables, as `value`."""
        return " UNION ".join(
            f"SELECT {column} AS value FROM read_parquet({self._quoted(name)}) "
            f"WHERE {column} IS NOT NULL"
            for name in names
        )

    def _held(self, name: str, columns: tuple[str, ...]) -> str:
        """A SELECT of the columns of a table that are held in memory, as they are held."""
        picked, joins = [], []
        for column in columns:
            if column in self.keyed:
                picked.append(f"key_{column}.key AS {column}")
                joins.append(f"LEFT JOIN key_{column} ON held.{column} = key_{column}.value")
            elif column in self.coded:
                picked.append(f"held.{column}::code_{column} AS {column}")
            elif column == "pubmed_number":
                picked.append("held.pubmed_id AS pubmed_number")
            else:
                picked.append(f"held.{column}")
        source = f"read_parquet({self._quoted(name)}) AS held"
        return f"SELECT {', '.join(picked)} FROM {source} {' '.join(joins)}"

    def _quoted(self, name: str) -> str:
        path = str(self.file(name)).replace("'", "''")
        return f"'{path}'"

    def table(self, name: str) -> ir.Table:
        """A core table, or one that was added, as an expression."""
        # Looking a table up asks the engine for its columns: once is enough.
        if name not in self._tables:
            with self._compiling:
                self._tables[name] = engine.table(self._backend, name)
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

    def keep(self, name: str, build: Callable[[], ir.Table]) -> ir.Table:
        """Hold the rows of an expression in memory under a name, made once."""
        with self._compiling:
            if name not in self._added:
                statement = self._compiled(build())
                self._backend.con.execute(f'CREATE TABLE "{name}" AS {statement}')
                self._added.add(name)
        return self.table(name)

    def run(
        self,
        key: Hashable,
        build: Callable[[], ir.Table],
        *,
        shape: Hashable = None,
        values: Mapping[Place, Any] | None = None,
    ) -> pa.Table:
        """Run an expression; compile it only the first time that its shape is asked.

        A release never changes, so the newest results are kept too.

        Args:
            key: names the expression and its values wholly: equal keys, equal results.
            build: makes the expression, with the tokens of `values` in it.
            shape: the key without the values; None where it has none.
            values: what the tokens stand for.

        Raises:
            TooLongError: it took longer than `budget_seconds`.
        """
        # One look: another thread may let the result go between two.
        kept = self._results.get(key) if self.keep_results else None
        if kept is not None:
            return kept
        named = key if shape is None else shape
        statement = self._statements.get(named)
        if statement is None:
            with self._compiling:
                statement = self._compiled(build(), tuple(values or ()))
                if len(self._statements) >= _STATEMENTS_KEPT:
                    self._statements.clear()
                self._statements[named] = statement
        given = {place.name: value for place, value in (values or {}).items()}
        cursor = self._cursor()
        with self._watch.over(cursor, self.budget_seconds):
            result = _plain(self._prepared(cursor, statement, given).to_arrow_table())
        if result.nbytes > _LARGEST_RESULT_KEPT:
            return result
        with self._compiling:
            before = self._results.pop(key, None)
            self._results[key] = result
            self._results_bytes += result.nbytes - (0 if before is None else before.nbytes)
            while len(self._results) > _RESULTS_KEPT or self._results_bytes > _RESULTS_BYTES:
                self._results_bytes -= self._results.popitem(last=False)[1].nbytes
        return result

    def _compiled(self, expression: ir.Table, places: tuple[Place, ...] = ()) -> str:
        """SQL with a parameter for each token.

        Raises:
            ValueError: a token is left for which no value comes.
        """
        statement = str(self._backend.compile(expression))
        for place in places:
            statement = statement.replace(place.written, f"${place.name}")
        if MARK in statement or _NUMBER_TOKEN.search(statement):
            raise ValueError(
                "a statement holds a place without a value: its key must hold the selection, "
                "see queries/places.py"
            )
        return statement

    def close(self) -> None:
        """Let go of the engine's memory."""
        self._backend.disconnect()

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        """This thread's own cursor; a new one where it has planned too much."""
        if len(getattr(self._local, "planned", ())) >= _STATEMENTS_KEPT:
            self._local.cursor.close()
            del self._local.cursor
        if not hasattr(self._local, "cursor"):
            self._local.cursor = self._backend.con.cursor()
            self._local.planned = {}
        cursor: duckdb.DuckDBPyConnection = self._local.cursor
        return cursor

    def _prepared(
        self, cursor: duckdb.DuckDBPyConnection, statement: str, given: Mapping[str, Any]
    ) -> duckdb.DuckDBPyConnection:
        """Run a statement on this thread's cursor, which plans it only the first time."""
        planned: dict[str, str] = self._local.planned
        if statement not in planned:
            planned[statement] = f"statement_{len(planned)}"
            cursor.execute(f"PREPARE {planned[statement]} AS {statement}")
        # The engine binds no values in EXECUTE; it writes them itself as constants.
        written = ", ".join(
            f"{name} := {duckdb.ConstantExpression(value)}"
            for name, value in given.items()
            if re.search(rf"\${name}\b", statement)
        )
        return cursor.execute(f"EXECUTE {planned[statement]}{f'({written})' if written else ''}")


def _plain(table: pa.Table) -> pa.Table:
    """Codes as text, and sums as 64-bit numbers (they come 128 bits wide)."""
    for index, field in enumerate(table.schema):
        if pa.types.is_decimal(field.type):
            kind = pa.int64()
        elif pa.types.is_dictionary(field.type):
            kind = pa.string()
        else:
            continue
        table = table.set_column(index, field.name, table.column(index).cast(kind))
    return table

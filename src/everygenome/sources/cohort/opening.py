"""Open a cohort file in an engine of its own, which is gone afterwards with all that it kept."""

import os
import tempfile
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import ibis.backends.duckdb
import ibis.expr.types as ir

from everygenome.errors import InputError, StoreError
from everygenome.sources.cohort.careful import WHOLE, count_error, no_count, rewritten
from everygenome.sources.cohort.encodings import encoding_named
from everygenome.sources.cohort.files import CohortFile, Packing, find
from everygenome.sources.cohort.header import Header, read_header
from everygenome.sources.cohort.looking import as_utf_8
from everygenome.sources.cohort.records import records
from everygenome.sources.cohort.relations import parquet_columns, relation
from everygenome.store.engine import start

# With Python, Ibis and Arrow the process stays below 1 GB; what is more goes to the folder.
MEMORY_LIMIT = "500MB"
# Each thread keeps buffers of its own.
MOST_THREADS = 8


@dataclass(frozen=True, slots=True)
class Cohort:
    """A cohort file in the engine.

    Attributes:
        table: one row per row of the file, every cell as the text that is stated; an empty
            cell is an empty text. Columns are those that were asked for, by their names; of
            `scanned`, all of them as `c0`, `c1`, and so on.
        name: the name of the file.
        columns: all columns of the file.
        rows: rows under the header; at least one.
        delimiter: the letter between cells; empty for Parquet.
        encoding: as stated.
    """

    table: ir.Table
    name: str
    columns: tuple[str, ...]
    rows: int
    delimiter: str
    encoding: str


@dataclass(slots=True)
class Opened:
    """A file with its layout and the engine that reads it."""

    file: CohortFile
    header: Header
    encoding: str
    engine: ibis.backends.duckdb.Backend
    work: Path

    def cohort(self, kind: str, names: dict[int, str], whole: str | None) -> Cohort:
        """Read the file, with care where the engine cannot.

        Args:
            kind: TABLE keeps what is read; VIEW reads it anew for each question.
            names: place of a column -> what to call it.
            whole: a column that must hold whole numbers of 0 or more.

        Raises:
            InputError: it cannot be read, or holds no rows.
        """
        try:
            rows = self._made(kind, names)
        except duckdb.OutOfMemoryException:
            raise
        except duckdb.Error:
            rows = None
        # Outside `except`: what the engine said quotes the row.
        if rows is None:
            rows = self._again(kind, names)
        if not rows:
            raise InputError(f"{self.file.name} holds no rows under its column names.")
        if whole is not None:
            self._check_whole(whole)
        return Cohort(
            self.engine.table("cohort"),
            self.file.name,
            self.header.columns,
            rows,
            self.header.delimiter,
            self.encoding,
        )

    def _made(self, kind: str, names: dict[int, str]) -> int:
        sql = relation(self.file, self.header, names, work=self.work)
        self.engine.con.execute(f"CREATE OR REPLACE TEMP {kind} cohort AS {sql}")
        # Through a column, so that every row is taken apart.
        first = next(iter(names.values()), None)
        counted = "*" if first is None else '"' + first.replace('"', '""') + '"'
        return int(self.engine.con.execute(f"SELECT count({counted}) FROM cohort").fetchall()[0][0])

    def _again(self, kind: str, names: dict[int, str]) -> int:
        if self.file.packing is not Packing.PARQUET:
            self.file = rewritten(self.file, self.header, work=self.work)
            try:
                return self._made(kind, names)
            except duckdb.OutOfMemoryException:
                raise
            except duckdb.Error:
                pass
        raise InputError(
            f"{self.file.name} is damaged, or is laid out in a way that is not read.",
            remedy="Export it again, as CSV (UTF-8) or Parquet.",
        )

    def _check_whole(self, column: str) -> None:
        quoted = '"' + column.replace('"', '""') + '"'
        found = self.engine.con.execute(
            f"SELECT count(*) FROM cohort WHERE NOT regexp_full_match(trim({quoted}), '{WHOLE}')"
        ).fetchall()[0][0]
        if found:
            if self.file.packing is Packing.PARQUET:
                raise count_error(f"{self.file.name}, at least one row", column=column)
            raise no_count(self.file, self.header, column=column)


@contextmanager
def opened(path: Path, *, encoding: str, delimiter: str | None) -> Iterator[Opened]:
    """Look at a file, and start an engine for it.

    Raises:
        InputError: it cannot be read as it is.
        StoreError: neither memory nor the temporary folder can hold what is asked.
    """
    file = find(Path(path))
    encoding = encoding_named(encoding)
    # Private to the user (mode 0700), and removed with all that was spilled into it.
    with tempfile.TemporaryDirectory(prefix="everygenome-") as folder:
        work = Path(folder)
        threads = min(_cores(), MOST_THREADS)
        engine = start(temporary=work / "spill", threads=threads, memory_limit=MEMORY_LIMIT)
        try:
            # Rows are counted, so their order is nothing to spend memory on.
            engine.con.execute("SET preserve_insertion_order = false")
            if file.packing is Packing.PARQUET:
                header = parquet_columns(engine, file, work=work)
            else:
                file = as_utf_8(file, encoding=encoding, work=work)
                header = read_header(file, delimiter=delimiter)
                if header.width == 1:
                    # The engine passes over blank lines, which here could be people.
                    deque(records(file, delimiter=header.delimiter), maxlen=0)
            yield Opened(file, header, encoding, engine, work)
        except duckdb.Error as error:
            # Whoever walks up from our error must not find the engine's words either.
            error.args = ()
            raise _failed(file.name, error) from None
        finally:
            engine.disconnect()


def _cores() -> int:
    # What this process may use; not every system tells.
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _failed(name: str, error: duckdb.Error) -> InputError | StoreError:
    if isinstance(error, (duckdb.OutOfMemoryException, duckdb.IOException)):
        return StoreError(
            f"{name} cannot be counted: neither memory nor the temporary folder has room for it.",
            remedy="Make room, or name another folder for temporary files in TMPDIR.",
        )
    return InputError(
        f"{name} could not be read to its end.",
        remedy="If another program is writing it, wait and run the command again.",
    )

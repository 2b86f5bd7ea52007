"""A store of frequencies, open for questions."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import ibis
import ibis.backends.duckdb
import ibis.expr.types as ir
import pyarrow as pa

from everygenome.errors import StoreError
from everygenome.sources.variation.preparing.columns import folder_of
from everygenome.sources.variation.preparing.manifest import FrequencyManifest, read_frequencies
from everygenome.store.engine import literal, start, table

# With Python, Ibis and Arrow the process stays below 1 GB; what is more goes to the folder.
_MEGABYTES = 450


@dataclass(frozen=True, slots=True)
class Prepared:
    """An expression made into words of the engine once, since that takes longer than an answer."""

    engine: ibis.backends.duckdb.Backend
    words: str
    kept: str = ""

    def rows(self) -> pa.Table:
        """Run it."""
        return self.engine.con.sql(self.words).to_arrow_table()

    def keep(self) -> ir.Table:
        """Run it, and keep its rows in memory under its name."""
        self.engine.con.execute(f"CREATE OR REPLACE TEMP TABLE {self.kept} AS {self.words}")
        return table(self.engine, self.kept)

    def view(self) -> ir.Table:
        """Give it its name, to be run where the name is used, and only for the columns asked."""
        self.engine.con.execute(f"CREATE OR REPLACE TEMP VIEW {self.kept} AS {self.words}")
        return table(self.engine, self.kept)


class Frequencies:
    """An open store.

    Attributes:
        manifest: what it says of itself.
        folder: of the store; work: a private folder, gone afterwards.
        engine: that runs expressions over it.
    """

    def __init__(
        self,
        folder: Path,
        manifest: FrequencyManifest,
        engine: ibis.backends.duckdb.Backend,
        work: Path,
    ) -> None:
        self.folder, self.manifest, self.engine, self.work = folder, manifest, engine, work

    def sites(self, contig: str, first: int, last: int) -> ir.Table | None:
        """Rows of the source between two positions of a chromosome, each variant once.

        Returns:
            `pos, ref, alt, filters`, counts by group, `marks`; None: no row of this chromosome.

        Raises:
            StoreError: the store says that it has rows, and their file is gone.
        """
        return self._part("sites", contig, first, last, self.manifest.contigs)

    def allele_numbers(self, contig: str, first: int, last: int) -> ir.Table | None:
        """`pos` and `an_<group>` of places for all sites; None where no table was given."""
        return self._part("allele_numbers", contig, first, last, self.manifest.allele_numbers)

    def quantiles(self) -> ir.Table:
        """`copies`, `at_05`, `at_01`, `above_95`: for each count that occurs."""
        return self.keep("quantiles", self._read(self.folder / "quantiles.parquet"))

    def keep(self, name: str, expression: ir.Table) -> ir.Table:
        """Run an expression, and keep its rows in memory under a name."""
        return self.prepared(expression, kept=name).keep()

    def add(self, name: str, rows: pa.Table) -> ir.Table:
        """A table of ours."""
        self.engine.con.register("added", rows)
        self.engine.con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM added")
        self.engine.con.unregister("added")
        return table(self.engine, name)

    def show(self, name: str, rows: pa.Table) -> None:
        """Let a table of ours be asked under a name, without a copy; in place of the last one."""
        self.engine.con.register(name, rows)

    def table(self, name: str) -> ir.Table:
        """What is kept, shown or viewed under a name."""
        return table(self.engine, name)

    def prepared(self, expression: ir.Table, *, kept: str = "") -> Prepared:
        """An expression to be run again and again while tables that it names are changed.

        Args:
            expression: what is run.
            kept: the name that its rows are kept under, if they are.
        """
        return Prepared(self.engine, _words(expression), kept)

    def _part(
        self, kind: str, contig: str, first: int, last: int, held: Mapping[str, int]
    ) -> ir.Table | None:
        """A stretch of a chromosome under one name, so that words made for one serve for all."""
        path = self.folder / kind / folder_of(contig) / "part.parquet"
        if contig not in held:
            return None
        if not path.is_file():
            # Without it, what is common would be said to be unknown.
            raise StoreError(
                f"The frequencies in {self.folder} have lost a file: {path} is not there.",
                remedy="Copy the store anew, or prepare it again.",
            )
        self.engine.con.execute(
            f"CREATE OR REPLACE TEMP VIEW {kind}_here AS SELECT * FROM "
            f"read_parquet({literal(path)}, hive_partitioning=false) "
            f"WHERE pos BETWEEN {int(first)} AND {int(last)}"
        )
        return table(self.engine, f"{kind}_here")

    def _read(self, path: Path) -> ir.Table:
        return self.engine.read_parquet(str(path), hive_partitioning=False)


def _words(expression: ir.Table) -> str:
    """SQL in which each step stays a step: put into one, a column that others use is written out
    for each of them, and half a megabyte of words takes longer to read than the answer."""
    fused = ibis.options.sql.fuse_selects
    ibis.options.sql.fuse_selects = False
    try:
        return str(ibis.to_sql(expression, dialect="duckdb", pretty=False))
    finally:
        ibis.options.sql.fuse_selects = fused


@contextmanager
def opened_frequencies(folder: Path, *, threads: int = 2, share: int = 1) -> Iterator[Frequencies]:
    """Open a store of frequencies.

    Args:
        folder: of the store.
        threads: of the engine.
        share: how many are open at the same time, and share the memory.

    Raises:
        InputError: the folder is no store.
        StoreError: it is of another version, or damaged.
    """
    folder = Path(folder)
    manifest = read_frequencies(folder)
    with tempfile.TemporaryDirectory(prefix="everygenome-") as work:
        engine = start(
            temporary=Path(work) / "spill", threads=threads, memory_limit=f"{_MEGABYTES // share}MB"
        )
        try:
            with readable(folder):
                yield Frequencies(folder.resolve(), manifest, engine, Path(work))
        finally:
            engine.disconnect()


@contextmanager
def readable(folder: Path) -> Iterator[None]:
    """What the engine says of files that it cannot read, in our words; in any thread.

    Raises:
        StoreError: they are damaged, or there is no room.
    """
    try:
        yield
    except (
        duckdb.IOException,
        duckdb.OutOfMemoryException,
        duckdb.InvalidInputException,
    ) as error:
        raise StoreError(
            f"The frequencies in {folder} cannot be read: {str(error).splitlines()[0][:200]}",
            remedy="Make room in memory or on the disk; if it stays, prepare them again.",
        ) from None

"""The core tables in the making, in one folder."""

from collections.abc import Callable
from pathlib import Path

import ibis.backends.duckdb
import ibis.expr.types as ir

from everygenome.sources.gwas_catalog.layout import Kind
from everygenome.sources.gwas_catalog.read import RawFile
from everygenome.store.tsv_careful import SetAside

Progress = Callable[..., None]
DEMONSTRATION_LICENCE = "made by this software; CC0 1.0"


class Core:
    """The core tables in the making, in one folder.

    Attributes:
        rows: rows of each table written so far.
        quarantined: what was set aside, by kind of file.
    """

    def __init__(
        self, backend: ibis.backends.duckdb.Backend, folder: Path, work: Path, progress: Progress
    ) -> None:
        self.backend = backend
        self.folder = folder
        self.work = work
        self.progress = progress
        self.rows: dict[str, int] = {}
        self.quarantined: dict[Kind, list[SetAside]] = {}

    def write(self, name: str, table: ir.Table) -> ir.Table:
        """Write one table, and return it as the file holds it."""
        self.progress(f"writing {name}", len(self.rows), None)
        path = self.folder / f"{name}.parquet"
        self.backend.to_parquet(table, path, compression="zstd")
        written = self.backend.read_parquet(path, table_name=f"core_{name}")
        self.rows[name] = written.count().to_pyarrow().as_py()
        return written

    def set_aside(self, raw: RawFile, flagged: ir.Table) -> ir.Table:
        """Note the rows that a quarantine expression names; return it as a table."""
        kept = self.backend.create_table(f"quarantine_{raw.found.kind.value}", flagged, temp=True)
        rows = kept.order_by("source_line").to_pyarrow().to_pylist()
        texts = lines(raw.found.plain, {row["source_line"] for row in rows})
        self.quarantined[raw.found.kind] = [
            *raw.tsv.set_aside,
            *(SetAside(row["source_line"], row["flag"], texts[row["source_line"]]) for row in rows),
        ]
        return kept


def lines(path: Path, wanted: set[int]) -> dict[int, str]:
    """The text of some lines of a file."""
    if not wanted:
        return {}
    with path.open("rb") as file:
        return {
            number: line.decode(errors="replace").rstrip("\r\n")
            for number, line in enumerate(file, start=1)
            if number in wanted
        }

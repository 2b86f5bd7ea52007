"""Evidence as a table that programs read: CSV or Parquet, written while it is made."""

import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import IO, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from everygenome.errors import StoreError, UsageError
from everygenome.sources.variation.calls.letters import letters_of

FORMATS = ("csv", "parquet")
_FROM_OUTSIDE = ("chrom", "ref", "alt", "group", "filters", "grpmax", "fafmax95_group")
_FORMULA = np.frombuffer(b"=+-@\t\r", dtype=np.uint8)
_TEXTS = ("chrom", "ref", "alt", "group", "verdict", "criterion", "flags", "status", "filters")


class RowWriter:
    """Takes rows window by window; the first one tells the columns.

    Args:
        sink: an open file.
        form: csv or parquet.
        about: what a reader of the file must know; Parquet keeps it in its metadata.
    """

    def __init__(self, sink: IO[bytes], form: str, about: dict[str, Any]) -> None:
        self._sink, self._form, self._about = sink, form, about
        self._writer: pa.csv.CSVWriter | pq.ParquetWriter | None = None
        self.rows = 0

    def write(self, rows: pa.Table) -> None:
        """Write some rows."""
        if self._writer is None:
            self._writer = self._begun(rows.schema)
        self._writer.write_table(_as_text(rows) if self._form == "csv" else rows)
        self.rows += rows.num_rows

    def close(self) -> None:
        """End the file."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    def _begun(self, schema: pa.Schema) -> "pa.csv.CSVWriter | pq.ParquetWriter":
        if self._form == "csv":
            options = pa.csv.WriteOptions(quoting_style="needed", quoting_header="none")
            return pa.csv.CSVWriter(self._sink, schema, write_options=options)
        told = json.dumps(self._about, ensure_ascii=False).encode()
        return pq.ParquetWriter(
            self._sink,
            schema.with_metadata({"everygenome": told}),
            compression="zstd",
            compression_level=1,
            use_dictionary=[name for name in _TEXTS if name in schema.names],
        )


def _as_text(rows: pa.Table) -> pa.Table:
    """The rows, where text from outside that a spreadsheet would run is marked with a "'".

    >>> _as_text(pa.table({"chrom": ["=1+1", "chr1"], "pos": [1, 2]}))["chrom"].to_pylist()
    ["'=1+1", 'chr1']
    """
    for name in _FROM_OUTSIDE:
        if name not in rows.column_names:
            continue
        column = rows[name].cast(pa.string())
        # Only the first letters are looked at: a table can have millions of rows.
        if np.isin(letters_of(column.fill_null("")).first(), _FORMULA).any():
            marked = pc.replace_substring_regex(column, r"\A([=+\-@\t\r])", r"'\1")
            rows = rows.set_column(rows.column_names.index(name), name, marked)
    return rows


@contextmanager
def row_writer(out: Path | None, form: str, about: dict[str, Any]) -> Iterator[RowWriter]:
    """Open a table for writing; nobody ever finds half of it in its place.

    Args:
        out: the file; None: standard output.
        form: csv or parquet.
        about: see `RowWriter`.

    Raises:
        UsageError: Parquet for a screen.
        StoreError: it cannot be written.
    """
    if out is None:
        if form == "parquet" and sys.stdout.isatty():
            raise UsageError("Parquet is nothing to look at.", remedy="Name a file with --out.")
        with closing(RowWriter(sys.stdout.buffer, form, about)) as writer:
            yield writer
        sys.stdout.flush()
        return
    half = out.with_name(f".{out.name}.part")
    try:
        with ExitStack() as stack:
            sink = stack.enter_context(half.open("wb"))
            stack.callback(half.unlink, missing_ok=True)
            writer = stack.enter_context(closing(RowWriter(sink, form, about)))
            yield writer
            writer.close()
            sink.flush()
            half.replace(out)
    except OSError as error:
        raise StoreError(
            f"{out} cannot be written: {error.strerror}.", remedy="Make room, or name another file."
        ) from None

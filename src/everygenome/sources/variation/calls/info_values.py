"""Values of INFO fields that are to be added, given record by record in the order of the file."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from everygenome.errors import InputError, UsageError
from everygenome.sources.variation.calls.info_text import Field, record_texts, values_as_text
from everygenome.sources.variation.calls.vcf_records import Records

_SITE = ("chrom", "pos", "ref", "alt")
_ROWS = 200_000


class Values:
    """The values of the fields, by ordinal.

    Attributes:
        fields: of which they are; last: the largest ordinal, -1 where there is none.
    """

    def __init__(self, path: Path, fields: Sequence[Field], *, work: Path) -> None:
        """Open them.

        Args:
            path: a Parquet file in any order; see `annotate`.
            fields: each has a column.
            work: a folder, for the rows in order.

        Raises:
            UsageError: a field has no column, there is none, or an ordinal is there twice.
        """
        self.fields = tuple(fields)
        self._made: Path | None = None
        self._file = pq.ParquetFile(path)
        lacking = [
            one
            for one in ("ordinal", *_SITE, *(field.id for field in fields))
            if one not in self._file.schema_arrow.names
        ]
        if lacking or not fields:
            self._file.close()
            raise UsageError(
                f"{path.name} has no column {', '.join(lacking)}." if lacking else "No field.",
                remedy="Name the columns as the fields, and at least one.",
            )
        ordinals = self._file.read(["ordinal"])["ordinal"].to_numpy()
        self.last = int(ordinals.max()) if len(ordinals) else -1
        if len(ordinals) > 1 and not (np.diff(ordinals) > 0).all():
            if len(np.unique(ordinals)) < len(ordinals):
                self._file.close()
                raise UsageError(f"{path.name} has an ordinal twice.", remedy="Give one row each.")
            self._file.close()
            self._made = work / f".{path.name}.sorted"
            _sort(path, self._made)
            self._file = pq.ParquetFile(self._made)
        self._batches = self._rows()
        self._held: pa.Table | None = None

    def close(self) -> None:
        """Leave nothing behind."""
        self._file.close()
        if self._made is not None:
            self._made.unlink(missing_ok=True)

    def texts(self, first: int, records: Records, name: str) -> list[bytes]:
        """What is added to each record; `first` is the ordinal of their first allele.

        Raises:
            InputError: they are records of another file.
        """
        alleles = int(records.alleles.sum())
        rows = self._until(first + alleles)
        at = rows["ordinal"].to_numpy() - first
        _check(rows, at, records, name)
        places = np.full(alleles, -1, dtype=np.int64)
        places[at] = np.arange(len(at))
        taken = rows.select([field.id for field in self.fields]).take(
            pa.array(places, mask=places < 0)
        )
        columns = [
            (field, values_as_text(taken[field.id].combine_chunks(), field))
            for field in self.fields
        ]
        return record_texts(columns, records.alleles)

    def _until(self, end: int) -> pa.Table:
        """The rows with ordinals below `end` that were not given yet."""
        held = [] if self._held is None else [self._held]
        while not held or not len(held[-1]) or held[-1]["ordinal"][-1].as_py() < end:
            batch = next(self._batches, None)
            if batch is None:
                break
            held.append(pa.Table.from_batches([batch]))
        table = pa.concat_tables(held) if held else self._file.schema_arrow.empty_table()
        cut = int(np.searchsorted(table["ordinal"].to_numpy(), end))
        self._held = table.slice(cut)
        return table.slice(0, cut)

    def _rows(self) -> Iterator[pa.RecordBatch]:
        columns = ["ordinal", *_SITE, *(field.id for field in self.fields)]
        yield from self._file.iter_batches(_ROWS, columns=columns)


def another_file(name: str) -> InputError:
    """That values and records do not belong together."""
    return InputError(
        f"{name} is not the file that the values were made of, or was changed since.",
        remedy="Ask for the evidence again.",
    )


def _check(rows: pa.Table, at: np.ndarray, records: Records, name: str) -> None:
    """See that the values belong to these records, by the first and the last of them."""
    if not len(rows):
        return
    starts = np.cumsum(records.alleles) - records.alleles
    for row in (0, len(rows) - 1):
        record = int(np.searchsorted(starts, at[row], side="right")) - 1
        try:
            chrom, pos, ref, alts = records.site(record)
        except ValueError:
            raise another_file(name) from None
        alt = alts[int(at[row] - starts[record])] or "."
        stated = tuple(rows[one][row].as_py() for one in _SITE)
        if stated != (chrom, pos, ref, alt):
            raise another_file(name)


def _sort(path: Path, out: Path) -> None:
    from everygenome.store.engine import literal, start, text

    engine = start(temporary=out.with_suffix(".spill"), threads=2, memory_limit="256MB")
    try:
        engine.con.execute(
            f"COPY (SELECT * FROM read_parquet({literal(path)}) ORDER BY ordinal) "
            f"TO {text(str(out))} (FORMAT parquet)"
        )
    finally:
        engine.disconnect()

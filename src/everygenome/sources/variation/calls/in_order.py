"""Rows that are in order, written as they come; and what is seen of neighbours on the way."""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from everygenome.sources.variation.calls.matched import MATCHED

BATCH = 122_880
"""Rows that are read and written together."""
_REPEATED = ["chrom", "contig", "ref", "alt", "mref", "malt", "gene", "problem"]
_LOOKED_UP = ["contig", "pos", "mpos", "ordinal"]


@dataclass(slots=True)
class Sites:
    """The rows of one contig: how many, and from where to where (matched positions)."""

    first: int
    last: int
    rows: int


@dataclass(slots=True)
class Writer:
    """Writes rows that are in order.

    Attributes:
        path: of the file.
        sites: by contig, in order; duplicates: rows that say the same as the one before them.
    """

    path: Path
    sites: dict[str, Sites] = field(default_factory=dict)
    duplicates: int = 0
    _out: pq.ParquetWriter | None = None
    _last: pa.Table | None = None

    def write(self, rows: pa.Table) -> None:
        """Write rows that come after those before."""
        if self._out is None:
            self._out = writer(self.path)
        if not len(rows):
            return
        self._count(rows)
        self._out.write_table(rows, row_group_size=BATCH)

    def close(self) -> None:
        """End the file; one without rows is a file too."""
        self.write(MATCHED.empty_table())
        if self._out is not None:
            self._out.close()

    def _count(self, rows: pa.Table) -> None:
        contigs = rows["contig"].combine_chunks()
        contigs = contigs.chunk(0) if isinstance(contigs, pa.ChunkedArray) else contigs
        codes, positions = contigs.indices.to_numpy(), rows["mpos"].to_numpy()
        names = contigs.dictionary.to_pylist()
        edges = np.flatnonzero(np.diff(codes)) + 1
        for begin, end in zip([0, *edges], [*edges, len(codes)], strict=True):
            low, high = int(positions[begin]), int(positions[end - 1])
            one = self.sites.setdefault(names[codes[begin]], Sites(low, high, 0))
            one.first, one.last = min(one.first, low), max(one.last, high)
            one.rows += int(end - begin)
        joined = rows if self._last is None else pa.concat_tables([self._last, rows])
        self.duplicates += _same_as_before(joined)
        self._last = rows.slice(len(rows) - 1).combine_chunks()


def writer(path: Path) -> pq.ParquetWriter:
    """Begins a file of matched rows, which is read soon and then gone: speed matters, not size."""
    return pq.ParquetWriter(
        path,
        MATCHED,
        compression="lz4",
        # Numbers that are never the same twice would be looked up in vain.
        use_dictionary=_REPEATED,
        write_statistics=_LOOKED_UP,
        # Codes are then read as the texts they stand for.
        store_schema=False,
    )


def _same_as_before(rows: pa.Table) -> int:
    if len(rows) < 2:
        return 0
    positions = rows["mpos"].to_numpy()
    tie = np.flatnonzero(np.diff(positions) == 0)
    if not len(tie):
        return 0
    asked = rows.select(["contig", "mref", "malt", "problem"]).unify_dictionaries()
    before, after = asked.take(pa.array(tie)), asked.take(pa.array(tie + 1))
    # Rows that are not compared are not duplicates either.
    same = pc.is_null(after["problem"])
    for one in ("contig", "mref", "malt"):
        same = pc.and_(same, pc.equal(_text(before[one]), _text(after[one])))
    return int(pc.sum(same).as_py() or 0)


def _text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return column.cast(pa.string())

"""Rows of one chromosome of one sites file, written as Parquet as they come."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from everygenome.sources.variation.preparing.columns import Mark

# Rows that are written together, whatever the pieces in which they came: so the same file gives
# the same bytes, also when a command was stopped in its midst.
_GROUP = 1 << 16


@dataclass(slots=True)
class Part:
    """What one file holds of one chromosome.

    Attributes:
        contig: without "chr"; named: as the file has it.
        path: the Parquet; rows: in it.
        sorted: by position, so that it needs no sorting.
        repeated: rows that state a variant again; counted only while sorted.
    """

    contig: str
    named: str
    path: Path
    rows: int = 0
    sorted: bool = True
    repeated: int = 0


class PartWriter:
    """Writes the tables of one chromosome.

    Args:
        part: whose file is made, and which is kept up to date.
        schema: of the store's table.
    """

    def __init__(self, part: Part, schema: pa.Schema) -> None:
        self.part = part
        self._writer = pq.ParquetWriter(
            part.path, schema, compression="zstd", compression_level=1,
            use_dictionary=["contig", "filters"],
        )  # fmt: skip
        self._waiting: list[pa.Table] = []
        self._last = -1
        self._at_last: set[tuple[str, str]] = set()

    def write(self, rows: pa.Table) -> None:
        """Write rows that come after those before."""
        part = self.part
        pos = np.asarray(rows["pos"])
        if pos[0] < self._last or (np.diff(pos) < 0).any():
            part.sorted = False
        rows, repeated = self._marked(rows, pos)
        part.repeated += repeated
        part.rows += rows.num_rows
        self._last = int(pos[-1])
        self._waiting.append(rows)
        if sum(table.num_rows for table in self._waiting) >= _GROUP:
            whole = pa.concat_tables(self._waiting)
            ready = whole.num_rows - whole.num_rows % _GROUP
            self._put(whole.slice(0, ready))
            self._waiting = [whole.slice(ready)]

    def close(self, *, whole: bool) -> None:
        """End the file.

        Args:
            whole: all rows have come; otherwise the file is of no use.
        """
        if whole:
            self._put(pa.concat_tables(self._waiting))
        self._writer.close()

    def _put(self, rows: pa.Table) -> None:
        if rows.num_rows:
            self._writer.write_table(rows.combine_chunks(), row_group_size=_GROUP)

    def _marked(self, rows: pa.Table, pos: np.ndarray) -> tuple[pa.Table, int]:
        """Mark variants that are stated again; only places that repeat are looked at."""
        same = np.zeros(len(pos), bool)
        again = pos[1:] == pos[:-1]
        same[1:] |= again
        same[:-1] |= again
        same |= pos == self._last
        places = np.flatnonzero(same)
        seen = {(self._last, ref, alt) for ref, alt in self._at_last}
        repeated = []
        few = rows.select(["ref", "alt"]).take(pa.array(places)).to_pydict()
        for place, ref, alt in zip(places, few["ref"], few["alt"], strict=True):
            key = (int(pos[place]), ref, alt)
            if key in seen:
                repeated.append(place)
            seen.add(key)
        tail = np.flatnonzero(pos == pos[-1])
        if int(pos[-1]) != self._last:
            self._at_last = set()
        last = rows.select(["ref", "alt"]).take(pa.array(tail)).to_pydict()
        self._at_last |= set(zip(last["ref"], last["alt"], strict=True))
        if repeated:
            extra = np.zeros(len(pos), np.uint8)
            extra[repeated] = Mark.REPEATED
            marks = pc.bit_wise_or(rows["marks"], pa.array(extra))
            rows = rows.set_column(rows.schema.get_field_index("marks"), "marks", marks)
        return rows, len(repeated)

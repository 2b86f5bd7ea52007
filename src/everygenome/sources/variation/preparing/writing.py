"""Tables of one sites file, written as Parquet, a file for each chromosome."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from everygenome.errors import InputError
from everygenome.sources.variation.preparing.columns import Mark


@dataclass(slots=True)
class Part:
    """What one file holds of one chromosome.

    Attributes:
        contig: without "chr"; named: as the file has it.
        path: the Parquet; rows: in it.
        sorted: by position, so that it needs no sorting.
        repeated: rows that state a variant again.
    """

    contig: str
    named: str
    path: Path
    rows: int = 0
    sorted: bool = True
    repeated: int = 0


class PartWriter:
    """Writes the tables as they come; a chromosome is finished when the next one begins.

    Args:
        folder: for the files.
        schema: of the store's table.
        name: of the sites file.
        finished: is told of each chromosome that is whole.
    """

    def __init__(
        self, folder: Path, schema: pa.Schema, *, name: str, finished: Callable[[Part], None]
    ) -> None:
        self._folder, self._schema, self._name, self._finished = folder, schema, name, finished
        self._seen: set[str] = set()
        self._part: Part | None = None
        self._writer: pq.ParquetWriter | None = None
        self._last = 0
        self._at_last: set[tuple[str, str]] = set()

    def write(self, table: pa.Table) -> None:
        """Write a table with `chrom`; rows of a chromosome stand together.

        Raises:
            InputError: a chromosome comes back after another.
        """
        chrom = table["chrom"].combine_chunks()
        codes = np.asarray(chrom.indices)
        edges = np.flatnonzero(np.diff(codes)) + 1
        bare = table.drop_columns("chrom")
        for start, end in zip([0, *edges], [*edges, len(codes)], strict=True):
            if end > start:
                named = chrom.dictionary[int(codes[start])].as_py()
                self._write(bare.slice(start, end - start), named)

    def close(self) -> None:
        """Finish the last chromosome."""
        if self._writer is not None and self._part is not None:
            self._writer.close()
            self._writer = None
            self._finished(self._part)

    def _write(self, rows: pa.Table, named: str) -> None:
        if self._part is None or self._part.named != named:
            self.close()
            self._begin(rows["contig"][0].as_py(), named)
        part, writer = self._part, self._writer
        if part is None or writer is None:
            raise InputError(f"{self._name}: no chromosome has begun.")
        pos = np.asarray(rows["pos"])
        if pos[0] < self._last or (np.diff(pos) < 0).any():
            part.sorted = False
        rows, repeated = self._marked(rows, pos)
        part.repeated += repeated
        part.rows += rows.num_rows
        self._last = int(pos[-1])
        writer.write_table(rows)

    def _begin(self, contig: str, named: str) -> None:
        if contig in self._seen:
            raise InputError(
                f"{self._name}: chromosome {named} comes back after another one.",
                remedy="Sort the file first: bcftools sort -Oz -o sorted.vcf.gz FILE.",
            )
        self._seen.add(contig)
        safe = "".join(letter if letter.isalnum() else "_" for letter in contig)[:80]
        path = self._folder / f"{len(self._seen):04}-{safe}.parquet"
        self._part = Part(contig, named, path)
        self._writer = pq.ParquetWriter(
            path, self._schema, compression="zstd", compression_level=1,
            use_dictionary=["contig", "filters"],
        )  # fmt: skip
        self._last, self._at_last = 0, set()

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

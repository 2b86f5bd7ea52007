"""Genes by their places, from a BED."""

import gzip
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from everygenome.errors import InputError
from everygenome.sources.variation.bcftools import whole
from everygenome.sources.variation.builds import contig
from everygenome.sources.variation.calls.letters import letters_of

_NO_ROWS = ("#", "track", "browser")


@dataclass(frozen=True, slots=True)
class GeneSource:
    """Where genes are: a BED of the same build with chromosome, start (from 0), end, and name."""

    bed: Path


@dataclass(frozen=True, slots=True)
class _Pieces:
    """A chromosome in pieces, in each of which the same genes stand.

    Attributes:
        starts: where each piece begins, counted from 1.
        first: number of the gene that begins first; -1 where there is none.
        genes: those of each piece.
    """

    starts: NDArray[np.int64]
    first: NDArray[np.int64]
    genes: tuple[tuple[int, ...], ...]


class GenePlaces:
    """The genes of a BED."""

    def __init__(self, source: GeneSource) -> None:
        """Read it.

        Raises:
            InputError: a line is no row of a BED, or names no gene.
        """
        self._names: dict[str, int] = {}
        rows = self._read(source.bed)
        self._pieces = {one: _pieces(spans) for one, spans in rows.items()}

    def named(self, rows: pa.Table) -> pa.Table:
        """Rows as in `matched.MATCHED`; those of which no gene was named have it by their place."""
        gene, count = rows["gene"].combine_chunks(), rows["genes"].combine_chunks()
        contigs = rows["contig"].combine_chunks()
        codes, names = contigs.indices.to_numpy(), contigs.dictionary.to_pylist()
        pos = rows["mpos"].to_numpy().astype(np.int64)
        last = pos + np.maximum(letters_of(rows["mref"]).lengths, 1) - 1
        open_rows = pc.is_null(gene).to_numpy(zero_copy_only=False)
        for code, name in enumerate(names):
            mask = open_rows & (codes == code)
            if mask.any():
                found, number = self._found(name, pos[mask], last[mask])
                gene = pc.replace_with_mask(gene, pa.array(mask), found)
                count = pc.replace_with_mask(count, pa.array(mask), number)
        for column, values in (("gene", gene), ("genes", count)):
            at = rows.schema.get_field_index(column)
            rows = rows.set_column(at, rows.schema.field(at), values)
        return rows

    def _found(
        self, chromosome: str, pos: NDArray[np.int64], last: NDArray[np.int64]
    ) -> tuple[pa.Array, pa.Array]:
        """The first gene of each row, and how many there are.

        Args:
            chromosome: without `chr`.
            pos, last: the first and last base of each row, counted from 1.
        """
        pieces = self._pieces.get(chromosome)
        if pieces is None:
            return pa.nulls(len(pos), pa.string()), pa.array(np.zeros(len(pos), np.int32))
        begin = np.searchsorted(pieces.starts, pos, side="right") - 1
        end = np.searchsorted(pieces.starts, last, side="right") - 1
        first = pieces.first[begin]
        counts = np.array([len(one) for one in pieces.genes], dtype=np.int32)[begin]
        for row in np.flatnonzero(begin != end):
            met = dict.fromkeys(
                gene for piece in range(begin[row], end[row] + 1) for gene in pieces.genes[piece]
            )
            first[row], counts[row] = next(iter(met), -1), len(met)
        names = pa.array(list(self._names), pa.string())
        return names.take(pa.array(first, mask=first < 0)), pa.array(counts)

    def _read(self, bed: Path) -> dict[str, list[tuple[int, int, int]]]:
        path = whole(bed)
        found: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
        with path.open("rb") as looked:
            packed = looked.read(2) == b"\x1f\x8b"
        try:
            with gzip.open(path) if packed else path.open("rb") as file:
                for number, line in enumerate(file, start=1):
                    text = line.decode("utf-8", errors="replace").strip()
                    if not text or text.startswith(_NO_ROWS):
                        continue
                    row = self._row(text)
                    if row is None:
                        raise InputError(
                            f"{bed.name}, line {number:,} is no row of a BED with names.",
                            remedy="Give chromosome, start (from 0), end and gene, with tabs.",
                        )
                    found[row[0]].append(row[1:])
        except (OSError, EOFError):
            raise InputError(
                f"{bed.name} cannot be read to its end.", remedy="Copy it anew."
            ) from None
        return found

    def _row(self, text: str) -> tuple[str, int, int, int] | None:
        cells = text.split("\t") if "\t" in text else text.split()
        if len(cells) < 4 or not (cells[1].isdigit() and cells[2].isdigit() and cells[3]):
            return None
        start, end = int(cells[1][:15]), int(cells[2][:15])
        if start >= end:
            return None
        return contig(cells[0]), start, end, self._names.setdefault(cells[3], len(self._names))


def _pieces(spans: list[tuple[int, int, int]]) -> _Pieces:
    """Where genes begin and end, from left to right."""
    changes: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for start, end, gene in sorted(spans):
        changes[start + 1].append((gene, 1))
        changes[end + 1].append((gene, -1))
    starts, first = [int(np.iinfo(np.int64).min)], [-1]
    genes: list[tuple[int, ...]] = [()]
    here: dict[int, int] = {}
    known: dict[tuple[int, ...], tuple[int, ...]] = {}
    for place in sorted(changes):
        # What begins comes first, so that a gene of several pieces keeps its turn.
        for gene, step in sorted(changes[place], key=lambda change: -change[1]):
            here[gene] = here.get(gene, 0) + step
            if not here[gene]:
                del here[gene]
        now = tuple(here)
        starts.append(place)
        first.append(now[0] if now else -1)
        genes.append(known.setdefault(now, now))
    return _Pieces(np.array(starts), np.array(first), tuple(genes))

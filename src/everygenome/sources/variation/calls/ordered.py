"""Rows in the order of the genome: sorted as they come where they nearly are, else once at the end.

Nearly every file is sorted by position; trimming then moves a row by a few bases. So rows wait
until no later one can come before them. A file in another order is sorted by the engine, which
needs little memory.
"""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from everygenome.sources.variation.builds import CHROMOSOMES
from everygenome.sources.variation.calls.in_order import BATCH, Sites, Writer, writer
from everygenome.sources.variation.calls.matched import MATCHED

_RANKS = {one: rank for rank, one in enumerate(CHROMOSOMES)}
# How far to the left a genome can move a row without the whole file being sorted again.
_SLACK = 1_000
# Rows that wait; a file with more at one place is sorted by the engine.
_MOST_WAITING = 500_000
_MEMORY_LIMIT = "160MB"
_THREADS = 2


class Ordered:
    """Takes rows in any order, and makes a file of them in that of the genome.

    The order: contig (1 to 22, X, Y, MT, then others by name), `mpos`, `mref`, `malt`, `ordinal`.
    """

    def __init__(self, path: Path, *, work: Path, moves: bool) -> None:
        """Begin.

        Args:
            path: the file to make.
            work: a folder for what must be sorted at the end.
            moves: rows may have been moved to the left.
        """
        self._path, self._work = path, work
        self._slack = _SLACK if moves else 0
        self._writer = Writer(path)
        self._waiting: pa.Table | None = None
        self._written = -1
        self._others: list[str] = []
        self._spool: pq.ParquetWriter | None = None

    @property
    def sites(self) -> dict[str, Sites]:
        """Rows by contig, in order."""
        return self._writer.sites

    @property
    def duplicates(self) -> int:
        """Rows that say the same as the one before them."""
        return self._writer.duplicates

    def add(self, rows: pa.Table) -> None:
        """Take more rows."""
        if not len(rows):
            return
        if self._spool is not None:
            self._spool.write_table(rows)
            return
        keys = self._keys(rows, "pos")
        # A row that comes later stands here at the earliest, if the file goes on in order.
        bound = -1 if keys is None else int(keys[-1]) - self._slack
        if self._waiting is not None:
            rows = pa.concat_tables([self._waiting, rows], promote_options="none")
        keys = None if keys is None else self._keys(rows, "mpos")
        if keys is None or keys.min() < self._written:
            self._give_up(rows)
            return
        rows, keys = _sorted(rows, keys)
        ready = int(np.searchsorted(keys, bound, side="left"))
        if len(rows) - ready > _MOST_WAITING:
            self._give_up(rows)
            return
        if ready:
            self._writer.write(rows.slice(0, ready))
            self._written = int(keys[ready - 1])
        self._waiting = rows.slice(ready)

    def close(self) -> None:
        """Finish the file."""
        if self._spool is None:
            if self._waiting is not None:
                self._writer.write(self._waiting)
            self._writer.close()
            return
        self._writer.close()
        self._spool.close()
        # The engine is loaded only where it is needed: that alone takes longer than most files.
        from everygenome.store.engine import literal, start

        parts = [one for one in (self._path, self._spooled) if one.is_file()]
        whole = self._work / "in-order.parquet"
        self._writer = Writer(whole)
        engine = start(temporary=self._work / "spill", threads=_THREADS, memory_limit=_MEMORY_LIMIT)
        try:
            files = ", ".join(map(literal, parts))
            ranks = ", ".join(f"'{one}'" for one in CHROMOSOMES)
            engine.con.execute("SET preserve_insertion_order = false")
            answer = engine.con.sql(
                f"SELECT * FROM read_parquet([{files}]) "
                f"ORDER BY coalesce(list_position([{ranks}], contig), {len(CHROMOSOMES) + 1}), "
                "contig, mpos, mref, malt, ordinal"
            )
            for batch in answer.to_arrow_reader(BATCH):
                self._writer.write(
                    pa.Table.from_batches([batch])
                    .cast(MATCHED)
                    .unify_dictionaries()
                    .combine_chunks()
                )
        finally:
            engine.disconnect()
        self._writer.close()
        for one in parts:
            one.unlink()
        whole.replace(self._path)

    @property
    def _spooled(self) -> Path:
        return self._work / "unsorted.parquet"

    def _give_up(self, rows: pa.Table) -> None:
        self._spool = writer(self._spooled)
        self._spool.write_table(rows)
        self._waiting = None

    def _keys(self, rows: pa.Table, position: str) -> NDArray[np.int64] | None:
        """One number for each row, by which contigs and positions are in order.

        None where contigs of no chromosome do not come by name.
        """
        ranks = []
        contigs = rows["contig"].unify_dictionaries()
        chunk = contigs.chunk(0)
        for name in chunk.dictionary.to_pylist():
            rank = _RANKS.get(name)
            if rank is None:
                if name not in self._others:
                    if self._others and name < self._others[-1]:
                        return None
                    self._others.append(name)
                rank = len(_RANKS) + self._others.index(name)
            ranks.append(rank)
        codes = np.concatenate([one.indices.to_numpy() for one in contigs.chunks])
        number = np.array(ranks or [0], dtype=np.int64)[codes]
        # A list may hold positions below 0: they are problems, and stand in order all the same.
        positions = rows[position].to_numpy().astype(np.int64)
        return np.asarray((number << 32) + positions + (1 << 31))


def _sorted(rows: pa.Table, keys: NDArray[np.int64]) -> tuple[pa.Table, NDArray[np.int64]]:
    if len(keys) > 1 and (np.diff(keys) > 0).all():
        return rows, keys
    order = np.argsort(keys, kind="stable")
    found = keys[order]
    tie = np.flatnonzero(np.diff(found) == 0)
    if len(tie):
        slots = np.union1d(tie, tie + 1)
        asked = rows.select(["mref", "malt", "ordinal"]).take(pa.array(order[slots]))
        asked = asked.append_column("key", pa.array(found[slots]))
        by = [(one, "ascending") for one in ("key", "mref", "malt", "ordinal")]
        order[slots] = order[slots][pc.sort_indices(asked, by).to_numpy()]
    if (np.diff(order) > 0).all():
        return rows, found
    return rows.unify_dictionaries().combine_chunks().take(pa.array(order)), found

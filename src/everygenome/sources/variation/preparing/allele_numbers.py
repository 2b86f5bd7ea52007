"""How many chromosomes were looked at in every place, also where nobody varies."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from everygenome.errors import InputError, StoreError
from everygenome.sources.variation.builds import CHROMOSOMES, LENGTHS, Build, contig
from everygenome.sources.variation.preparing.columns import folder_of
from everygenome.sources.variation.preparing.number_rows import REMEDY, NumberTable
from everygenome.store.engine import literal, start, text

_MEMORY_LIMIT = "500MB"
_LARGEST = 2**31 - 1


def write_allele_numbers(
    table: NumberTable,
    made: Path,
    codes: Sequence[str],
    *,
    contigs: Collection[str],
    build: Build,
    work: Path,
) -> dict[str, int]:
    """Write `allele_numbers/chrom=.../part.parquet` with `pos`, `an_all` and `an_<group>`; and
    `an_<group>_xy`, those of men, where they are given.

    Args:
        table: what was stated.
        made: folder of the store.
        codes: groups of the store; one that is not given stays unknown.
        contigs: chromosomes of the store; build: of the store, so that no place is behind an end.
        work: for what does not fit into memory.

    Returns:
        Chromosome -> places.

    Raises:
        InputError: a number is none, a place is none or comes twice.
        StoreError: there is no room.
    """
    written = work / "numbers.parquet"
    engine = start(temporary=work / "spill", threads=2, memory_limit=_MEMORY_LIMIT)
    try:
        _write(table, codes, written)
        numbers = _Numbers(engine.con, written, table.path.name)
        return numbers.put(made, contigs, LENGTHS[build])
    except duckdb.Error as error:
        raise StoreError(
            f"{table.path.name} cannot be sorted: {str(error).splitlines()[0][:200]}",
            remedy="Make room in memory or on the disk, and run the same command again.",
        ) from None
    finally:
        engine.disconnect()
        written.unlink(missing_ok=True)


def _write(table: NumberTable, codes: Sequence[str], out: Path) -> None:
    total = "an" if "an" in table.columns else "an_all"
    wanted = {"an_all": total, **{f"an_{code}": f"an_{code}" for code in codes}}
    of_men = [f"an_{code}_xy" for code in ("all", *codes)]
    wanted |= {name: name for name in of_men if name in table.columns}
    taken = {new: old for new, old in wanted.items() if old in table.columns}
    schema = pa.schema(
        [("named", pa.string()), ("pos", pa.int32()), *((new, pa.int32()) for new in wanted)]
    )
    places = 0
    with pq.ParquetWriter(out, schema, compression="zstd", compression_level=1) as writer:
        for rows in table.rows(taken):
            nothing = pa.nulls(rows.num_rows, pa.int32())
            held = {name: rows[name] for name in rows.column_names}
            writer.write_table(
                pa.table({name: held.get(name, nothing) for name in schema.names}, schema=schema)
            )
            places += rows.num_rows
    if not places:
        raise InputError(f"{table.path.name} holds no places.", remedy=REMEDY)


class _Numbers:
    """All places, in the order of the file."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, written: Path, name: str) -> None:
        self._run, self._name = connection.execute, name
        self._run(f"CREATE VIEW numbers AS SELECT * FROM read_parquet({literal(written)})")

    def put(self, made: Path, contigs: Collection[str], ends: Mapping[str, int]) -> dict[str, int]:
        found: dict[str, int] = {}
        for (named,) in self._run("SELECT DISTINCT named FROM numbers ORDER BY 1").fetchall():
            bare = contig(named)
            if bare in found:
                raise InputError(
                    f"{self._name} names chromosome {bare} in two ways.", remedy="Name it in one."
                )
            if bare not in CHROMOSOMES and bare not in contigs:
                raise InputError(
                    f"{self._name}: {named[:60]!r} is no chromosome, nor one of the sites files.",
                    remedy="Name chromosomes as they do.",
                )
            found[bare] = self._checked(named, ends.get(bare))
            folder = made / "allele_numbers" / folder_of(bare)
            folder.mkdir(parents=True)
            self._run(
                f"COPY (SELECT * EXCLUDE (named) FROM numbers WHERE named = {text(named)} "
                f"ORDER BY pos) TO {text(str(folder / 'part.parquet'))} "
                "(FORMAT parquet, COMPRESSION zstd)"
            )
        return found

    def _checked(self, named: str, end: int | None) -> int:
        rows, places, first, last = self._run(
            "SELECT count(*), count(DISTINCT pos), min(pos), max(pos) FROM numbers WHERE named = ?",
            [named],
        ).fetchall()[0]
        if first < 1 or last > (end or _LARGEST):
            raise InputError(
                f"{self._name}: {named}:{first if first < 1 else last} is outside the chromosome"
                + (f", which has {end:,} bases." if end else "."),
                remedy="Positions are counted from 1, on the build of the sites.",
            )
        if rows != places:
            pos = self._run(
                "SELECT pos FROM numbers WHERE named = ? GROUP BY pos HAVING count(*) > 1 "
                "ORDER BY pos LIMIT 1",
                [named],
            ).fetchall()[0][0]
            raise InputError(
                f"{self._name}: the place {named}:{pos} comes twice.",
                remedy="Give each place once.",
            )
        return int(rows)

"""How many chromosomes were looked at in every place, also where nobody varies."""

import gzip
import zlib
from collections.abc import Sequence
from pathlib import Path

import duckdb

from everygenome.errors import InputError
from everygenome.sources.variation.bcftools import whole
from everygenome.sources.variation.builds import contig
from everygenome.sources.variation.preparing.columns import folder_of
from everygenome.store.engine import start

_LONGEST_HEADER = 100_000
_MEMORY_LIMIT = "500MB"
_REMEDY = (
    "Give a table with tabs and the columns chrom, pos and an_all, an_afr and so on; or "
    "the columns locus (chr1:55051215) and AN, as gnomAD publishes it."
)


def write_allele_numbers(
    path: Path, made: Path, codes: Sequence[str], *, work: Path
) -> dict[str, int]:
    """Write `allele_numbers/chrom=.../part.parquet` with `pos`, `an_all` and `an_<group>`.

    Args:
        path: a table with tabs, plain or gzip.
        made: folder of the store.
        codes: groups of the store; others are an error, and one that is not given stays unknown.
        work: for what does not fit into memory.

    Returns:
        Chromosome -> places.

    Raises:
        InputError: columns are missing or unknown, a number is none, or a place comes twice.
    """
    file = whole(path)
    columns, packed = _columns(file, codes)
    engine = start(temporary=work / "spill", threads=2, memory_limit=_MEMORY_LIMIT)
    try:
        connection = engine.con
        types = ", ".join(f"{_text(name)}: 'VARCHAR'" for name in columns)
        connection.execute(
            "CREATE VIEW stated AS SELECT * FROM "
            f"read_csv({_text(str(file))}, columns={{{types}}}, auto_detect=false, header=true, "
            f"delim='\t', quote='', escape='', compression='{packed}', null_padding=false)"
        )
        return _written(connection, columns, codes, made, name=file.name)
    except duckdb.Error as error:
        raise InputError(
            f"{file.name} cannot be read as allele numbers: {str(error).splitlines()[0][:200]}",
            remedy=_REMEDY,
        ) from None
    finally:
        engine.disconnect()


def _columns(file: Path, codes: Sequence[str]) -> tuple[list[str], str]:
    with file.open("rb") as opened:
        packed = "gzip" if opened.read(2) == b"\x1f\x8b" else "none"
    opener = gzip.open if packed == "gzip" else Path.open
    try:
        with opener(file, "rb") as opened:
            columns = opened.readline(_LONGEST_HEADER).decode("utf-8-sig").split()
    except (OSError, EOFError, zlib.error, UnicodeDecodeError):
        raise InputError(f"{file.name}: its first line cannot be read.", remedy=_REMEDY) from None
    lower = [column.lower() for column in columns]
    known = {"locus", "an", "chrom", "pos", "an_all", *(f"an_{code}" for code in codes)}
    if unknown := [column for column in columns if column.lower() not in known]:
        raise InputError(
            f"{file.name}: the column {unknown[0]!r} is none of allele numbers.", remedy=_REMEDY
        )
    placed = "locus" in lower or {"chrom", "pos"} <= set(lower)
    if not placed or not any(column.startswith("an") for column in lower):
        raise InputError(f"{file.name} has the columns {', '.join(columns)[:200]}.", remedy=_REMEDY)
    return lower, packed


def _written(
    connection: duckdb.DuckDBPyConnection,
    columns: Sequence[str],
    codes: Sequence[str],
    made: Path,
    *,
    name: str,
) -> dict[str, int]:
    place = (
        "split_part(locus, ':', 1) AS chrom, split_part(locus, ':', 2)::INTEGER AS pos"
        if "locus" in columns
        else "chrom, pos::INTEGER AS pos"
    )
    total = "an" if "an" in columns else "an_all" if "an_all" in columns else "NULL"
    groups = ", ".join(
        f"{'an_' + code if 'an_' + code in columns else 'NULL'}::INTEGER AS an_{code}"
        for code in codes
    )
    connection.execute(
        f"CREATE TEMP TABLE numbers AS SELECT {place}, {total}::INTEGER AS an_all, {groups} "
        "FROM stated"
    )
    found: dict[str, int] = {}
    for (chrom,) in connection.execute("SELECT DISTINCT chrom FROM numbers ORDER BY 1").fetchall():
        if contig(chrom) in found:
            raise InputError(f"{name} names one chromosome in two ways.", remedy=_REMEDY)
        folder = made / "allele_numbers" / folder_of(contig(chrom))
        folder.mkdir(parents=True)
        rows, places = connection.execute(
            "SELECT count(*), count(DISTINCT pos) FROM numbers WHERE chrom = ?", [chrom]
        ).fetchall()[0]
        if rows != places:
            raise InputError(f"{name}: a place of chromosome {chrom} comes twice.", remedy=_REMEDY)
        connection.execute(
            f"COPY (SELECT * EXCLUDE (chrom) FROM numbers WHERE chrom = {_text(chrom)} "
            f"ORDER BY pos) TO {_text(str(folder / 'part.parquet'))} "
            "(FORMAT parquet, COMPRESSION zstd)"
        )
        found[contig(chrom)] = int(rows)
    return found


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"

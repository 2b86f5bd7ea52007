"""The parts of all files, put together: sorted, and one row for each variant's first statement."""

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from everygenome.errors import InputError, StoreError
from everygenome.sources.variation.preparing.columns import KEYS, Mark
from everygenome.sources.variation.preparing.writing import Part
from everygenome.store.engine import start

_MEMORY_LIMIT = "500MB"
_COMBINE = (
    "If they are exomes and genomes of one release, whose people differ, add them up with "
    "--combine; otherwise leave one of them out."
)


def put_together(
    parts: Sequence[Part], folder: Path, *, work: Path, combine: bool, repeated: list[int]
) -> int:
    """One chromosome of the store.

    Args:
        parts: of the files that have this chromosome.
        folder: where its file goes.
        work: for what does not fit into memory.
        combine: files are of different people: counts of the same variant are added up.
        repeated: is added to: rows that state a variant again within a file.

    Returns:
        Rows.

    Raises:
        InputError: two files state the same variant, and were not to be added up.
    """
    folder.mkdir(parents=True)
    goal = folder / "part.parquet"
    if len(parts) == 1 and parts[0].sorted:
        parts[0].path.replace(goal)
        repeated.append(parts[0].repeated)
        return parts[0].rows
    engine = start(temporary=work / "spill", threads=2, memory_limit=_MEMORY_LIMIT)
    try:
        return _sorted(engine.con, parts, goal, combine=combine, repeated=repeated)
    except duckdb.Error as error:
        raise StoreError(
            f"Chromosome {parts[0].contig} cannot be sorted: {str(error).splitlines()[0][:200]}",
            remedy="Make room in memory or on the disk, and run the same command again: it goes on "
            "where it stopped.",
        ) from None
    finally:
        engine.disconnect()
        for part in parts:
            part.path.unlink(missing_ok=True)


def _sorted(
    connection: duckdb.DuckDBPyConnection,
    parts: Sequence[Part],
    goal: Path,
    *,
    combine: bool,
    repeated: list[int],
) -> int:
    names = [name for name in pq.read_schema(parts[0].path).names if name not in (*KEYS, "marks")]
    sources = " UNION ALL ".join(
        f"SELECT *, {place} AS file "
        f"FROM read_parquet({_text(str(part.path))}, file_row_number=true)"
        for place, part in enumerate(parts)
    )
    connection.execute(f"CREATE VIEW rows AS {sources}")
    keys = ", ".join(KEYS)
    # Marked anew: trimmed alleles can turn out to be the same.
    first = ~int(Mark.REPEATED) & 0xFF
    again = "row_number() OVER (PARTITION BY pos, ref, alt, file ORDER BY file_row_number) > 1"
    connection.execute(
        f"CREATE VIEW marked AS SELECT * EXCLUDE (marks), ((marks & {first}) | "
        f"CASE WHEN {again} THEN {int(Mark.REPEATED)} ELSE 0 END)::UTINYINT AS marks FROM rows"
    )
    if len(parts) > 1 and not combine:
        _check_apart(connection, parts)
    picked = ", ".join((keys, *map(_quoted, names), "marks"))
    question = f"SELECT {picked} FROM marked"
    if len(parts) > 1 and combine:
        question = _added(names, len(parts))
    connection.execute(
        f"COPY ({question} ORDER BY pos, ref, alt, marks) TO {_text(str(goal))} "
        "(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 100000)"
    )
    found = connection.execute(
        f"SELECT count(*), count(*) FILTER (marks & {int(Mark.REPEATED)} > 0) "
        f"FROM read_parquet({_text(str(goal))})"
    ).fetchall()[0]
    repeated.append(int(found[1]))
    return int(found[0])


def _check_apart(connection: duckdb.DuckDBPyConnection, parts: Sequence[Part]) -> None:
    found = connection.execute(
        "SELECT pos, ref, alt FROM rows GROUP BY ALL HAVING count(DISTINCT file) > 1 LIMIT 1"
    ).fetchall()
    if found:
        variant = "-".join(str(part) for part in (parts[0].contig, *found[0]))[:80]
        raise InputError(f"Two of the files state the same variant, {variant}.", remedy=_COMBINE)


def _added(names: Sequence[str], files: int) -> str:
    """Counts of files of different people added up; what is unknown in one stays unknown."""
    first = f"(marks & {int(Mark.REPEATED)}) = 0"
    sums = ", ".join(
        f"CASE WHEN count({_quoted(name)}) FILTER ({first}) = count(*) FILTER ({first}) "
        f"THEN sum({_quoted(name)}) FILTER ({first}) END::INTEGER AS {_quoted(name)}"
        for name in names
        if name != "filters"
    )
    alone = f"CASE WHEN count(DISTINCT file) < {files} THEN {int(Mark.ONE_FILE_OF_TWO)} ELSE 0 END"
    filters = "string_agg(DISTINCT nullif(filters, ''), ';' ORDER BY nullif(filters, ''))"
    return (
        f"SELECT {', '.join(KEYS)}, coalesce({filters}, '') AS filters, {sums}, "
        f"((bit_or(marks) & {~int(Mark.REPEATED) & 0xFF}) | {alone})::UTINYINT AS marks "
        f"FROM marked GROUP BY {', '.join(KEYS)}"
    )


def counted(folder: Path, *, work: Path) -> tuple[dict[str, int], set[int]]:
    """The largest AN of each group, and all AC that occur, of chromosomes that are put together.

    Args:
        folder: `sites` of the store.
        work: for what does not fit into memory.
    """
    most: dict[str, int] = {}
    copies: set[int] = set()
    engine = start(temporary=work / "spill", threads=2, memory_limit=_MEMORY_LIMIT)
    try:
        for part in sorted(folder.glob("*/part.parquet")):
            source = f"read_parquet({_text(str(part))}, hive_partitioning=false)"
            for name in pq.read_schema(part).names:
                kind, _, code = name.partition("_")
                if kind == "an":
                    told = engine.con.execute(f"SELECT max({_quoted(name)}) FROM {source}")
                    most[code] = max(most.get(code, 0), told.fetchall()[0][0] or 0)
                elif kind == "ac":
                    told = engine.con.execute(f"SELECT DISTINCT {_quoted(name)} FROM {source}")
                    copies.update(one for (one,) in told.fetchall() if one is not None)
    finally:
        engine.disconnect()
    return most, copies


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"

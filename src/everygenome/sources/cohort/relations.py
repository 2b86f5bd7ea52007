"""What the engine is told to read: a SELECT over a file, every cell as text."""

from collections.abc import Mapping
from pathlib import Path

import duckdb
import ibis.backends.duckdb

from everygenome.errors import InputError
from everygenome.sources.cohort.files import CohortFile, Packing
from everygenome.sources.cohort.header import Header
from everygenome.sources.cohort.records import LINE_LIMIT
from everygenome.store.engine import quoted, text

# An empty cell is an empty text, and not unknown: this stands in no file.
_NO_TEXT = "\x01\x02everygenome\x02\x01"
_NESTED = ("STRUCT", "MAP", "UNION")


def relation(file: CohortFile, header: Header, names: Mapping[int, str], *, work: Path) -> str:
    """A SELECT of some columns.

    Args:
        file: text in UTF-8, plain or gzip; or Parquet.
        header: its layout.
        names: place of a column -> what to call it.
        work: a private folder.
    """
    if file.packing is Packing.PARQUET:
        picked = ", ".join(
            f"coalesce(CAST({quoted(header.columns[place])} AS VARCHAR), '') AS {quoted(name)}"
            for place, name in names.items()
        )
        return f"SELECT {picked or '1 AS none'} FROM {_parquet(file, work)}"
    picked = ", ".join(f"c{place} AS {quoted(name)}" for place, name in names.items())
    types = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(header.width))
    compression = "gzip" if file.packing is Packing.GZIP else "none"
    return (
        f"SELECT {picked or 'c0'} FROM read_csv({text(_safe(file, work))}, "
        f"columns={{{types}}}, auto_detect=false, header=true, delim={text(header.delimiter)}, "
        f"""quote='"', escape='"', strict_mode=true, null_padding=false, ignore_errors=false, """
        f"nullstr={text(_NO_TEXT)}, max_line_size={LINE_LIMIT}, compression='{compression}', "
        "hive_partitioning=false)"
    )


def parquet_columns(
    engine: ibis.backends.duckdb.Backend, file: CohortFile, *, work: Path
) -> Header:
    """The columns of a Parquet file.

    Raises:
        InputError: it is damaged, or a column holds records of its own.
    """
    try:
        found = engine.con.execute(f"DESCRIBE SELECT * FROM {_parquet(file, work)}").fetchall()
    except duckdb.Error:
        raise InputError(
            f"{file.name} is a damaged Parquet file.", remedy="Copy or export it again."
        ) from None
    for name, kind, *_ in found:
        if kind.endswith("]") or kind.startswith(_NESTED):
            raise InputError(
                f"{file.name}: each cell of the column {name!r} holds several values.",
                remedy='Write them as one text, divided by a letter such as ";", and name it as '
                "separator in the map.",
            )
    return Header("", tuple(str(row[0]) for row in found), len(found))


def _parquet(file: CohortFile, work: Path) -> str:
    return (
        f"read_parquet({text(_safe(file, work))}, binary_as_string=true, hive_partitioning=false)"
    )


def _safe(file: CohortFile, work: Path) -> str:
    """A path that the engine takes for one file: it reads `*` and the like as a pattern."""
    path = file.path.resolve()
    if not set(str(path)) & set("*?[]{}"):
        return str(path)
    link = work / "linked"
    if not link.is_symlink():
        link.symlink_to(path)
    return str(link)

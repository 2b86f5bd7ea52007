"""Read tab-separated files into the engine without losing a row.

The engine's reader is fast, and silent where it should not be: it drops surplus
fields, and takes a bare carriage return for the end of a line. So a quick look at the
bytes (which takes the hash on the way) finds files in which that could happen, and a
spare column catches surplus fields. Only then is the careful look taken.
"""

import codecs
import hashlib
from bisect import bisect_left
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pyarrow as pa

from everygenome.errors import InputError
from everygenome.store.tsv_careful import (
    LINE_LIMIT_BYTES,
    SetAside,
    check_line,
    mend,
    shown,
)

# Small enough to stay in the processor's cache between the checks.
CHUNK_BYTES = 1 << 20
HASH_BYTES = 1 << 24
SPARE_COLUMNS = 8
SURPLUS = "surplus_fields"
MENDED = "mended"


@dataclass(slots=True)
class TsvFile:
    """A tab-separated file that the engine can read.

    Attributes:
        path: the file to read: the original, or a mended copy.
        name: what to call the file in messages.
        header: the column names on the first line, trimmed.
        lines: lines of the file after the header; once read with care, without blank ones.
        sha256: of the plain bytes, in hexadecimal.
        set_aside: lines that cannot be placed, kept for the quarantine.
        skipped: numbers of the lines that the engine does not see, ascending.
        broken_lines: lines that held a carriage return inside a field.
    """

    path: Path
    name: str
    header: tuple[str, ...]
    lines: int
    sha256: str
    size_bytes: int
    set_aside: tuple[SetAside, ...] = ()
    skipped: tuple[int, ...] = ()
    broken_lines: tuple[int, ...] = ()
    odd: bool = field(default=False, repr=False)


def read_header(path: Path, *, name: str | None = None) -> tuple[str, ...]:
    """The column names on the first line, trimmed.

    Raises:
        InputError: the file is empty, a web page, or not text.
    """
    name = name or path.name
    with path.open("rb") as file:
        line = file.readline(LINE_LIMIT_BYTES + 1)
    start = line.removeprefix(b"\xef\xbb\xbf").strip()
    if not start:
        raise InputError(
            f"{name} is empty (its first line holds nothing).",
            remedy="Download it again; an interrupted download leaves such a file.",
        )
    if start[:200].lower().startswith((b"<!doctype", b"<html", b"<?xml")):
        raise InputError(
            f"{name} is a web page, not a table: line 1 starts with {shown(start)}.",
            remedy="The address may have moved, or asks for a log-in: open it in a browser "
            "and download the tab-separated file itself.",
        )
    check_line(start, number=1, name=name, header=())
    return tuple(value.strip() for value in start.decode().split("\t"))


def look(
    path: Path,
    *,
    name: str | None = None,
    progress: Callable[[int], None] | None = None,
) -> TsvFile:
    """Take the quick look: header, hash, number of lines, and whether anything is odd.

    Args:
        path: the plain file.
        name: what to call the file in messages (the archive it came from, say).
        progress: called with the number of bytes read so far.

    Raises:
        InputError: empty, a web page, or NUL bytes in the first line.
    """
    name = name or path.name
    header = read_header(path, name=name)
    lines = size = 0
    odd = False
    tail = b"\n"
    decoder = codecs.getincrementaldecoder("utf-8")()
    # The hash goes over the file beside the other checks: it lets go of Python's lock.
    with path.open("rb") as file, ThreadPoolExecutor(1) as beside:
        digest = beside.submit(_sha256, path)
        while chunk := file.read(CHUNK_BYTES):
            lines += chunk.count(b"\n")
            odd = odd or (
                b"\0" in chunk or _bare_returns(tail, chunk) or not _is_utf8(decoder, chunk)
            )
            tail = chunk[-2:]
            size += len(chunk)
            if progress:
                progress(size)
    lines += not tail.endswith(b"\n")
    return TsvFile(path, name, header, lines - 1, digest.result(), size, odd=odd)


def _is_utf8(decoder: codecs.IncrementalDecoder, chunk: bytes) -> bool:
    # Plain ASCII is by far the commonest, and recognised at the speed of memory.
    if chunk.isascii() and decoder.getstate() == (b"", 0):
        return True
    try:
        decoder.decode(chunk)
    except UnicodeDecodeError:
        return False
    return True


def _sha256(path: Path) -> str:
    # Large pieces: each time it comes back for Python's lock it would wait for the other loop.
    digest = hashlib.sha256()
    buffer = memoryview(bytearray(HASH_BYTES))
    with path.open("rb", buffering=0) as file:
        while count := file.readinto(buffer):
            digest.update(buffer[:count])
    return digest.hexdigest()


def _bare_returns(tail: bytes, chunk: bytes) -> bool:
    """Whether a carriage return stands without its line feed, up to the chunk's last byte."""
    if tail.endswith(b"\r") and not chunk.startswith(b"\n"):
        return True
    returns = chunk.count(b"\r", 0, len(chunk) - 1)
    return returns > 0 and returns != chunk.count(b"\r\n")


def careful(file: TsvFile, work: Path) -> TsvFile:
    """Take the careful look, and return the file as mended.

    Raises:
        InputError: with file, line and column of what cannot be used.
    """
    mended = mend(file.path, work, name=file.name)
    blank = len(mended.skipped) - len(mended.set_aside)
    return TsvFile(
        mended.path,
        file.name,
        file.header,
        file.lines - blank,
        file.sha256,
        file.size_bytes,
        mended.set_aside,
        mended.skipped,
        mended.broken_lines,
    )


def relation_sql(
    file: TsvFile, columns: Sequence[tuple[str, str | None]], *, trimmed: bool = True
) -> str:
    """A SELECT over the file with the columns we want, all text, plus the surplus mark.

    Args:
        file: the file.
        columns: our column name, and the file's own name for it (None: not in this file,
            so all its values are missing).
        trimmed: take white space off both ends of each value.
    """
    declared = {f"c{index}": "VARCHAR" for index in range(len(file.header) + SPARE_COLUMNS)}
    spare = [
        f"nullif({_value(index, True)}, '')" for index in range(len(file.header), len(declared))
    ]
    position = {name: index for index, name in reversed(list(enumerate(file.header)))}
    picked = [
        f"nullif({_value(position[theirs], trimmed)}, '') AS {ours}"
        if theirs is not None
        else f"CAST(NULL AS VARCHAR) AS {ours}"
        for ours, theirs in columns
    ]
    path = str(file.path).replace("'", "''")
    types = ", ".join(f"'{name}': '{kind}'" for name, kind in declared.items())
    return (
        f"SELECT {', '.join(picked)}, coalesce({', '.join(spare)}) IS NOT NULL AS {SURPLUS} "
        f"FROM read_csv('{path}', delim='\t', quote='', escape='', header=true, "
        f"auto_detect=false, null_padding=true, strict_mode=false, "
        f"max_line_size={LINE_LIMIT_BYTES}, columns={{{types}}})"
    )


def _value(index: int, trimmed: bool) -> str:
    # Plain spaces only: what else looks blank may be somebody's mistake, and must be seen.
    return f"trim(c{index}, ' ')" if trimmed else f"c{index}"


def load(
    connection: duckdb.DuckDBPyConnection,
    file: TsvFile,
    *,
    table: str,
    columns: Sequence[tuple[str, str | None]],
    work: Path,
    marks: Sequence[str] = (),
) -> TsvFile:
    """Load a file into the table `{table}_rows`, with a view `table` over it.

    The view adds `source_line`, each row's line number in the file. It is reckoned from
    the engine's own row number: numbering the rows while they are read would take one
    thread what two can do.

    Args:
        connection: the engine.
        file: the file.
        table: name of the view.
        columns: our column name, and the file's own name for it, or None.
        work: a folder for a mended copy.
        marks: names of further columns, false in every row, for who corrects rows later.

    Returns:
        The file as it was read in the end, with what was set aside.

    Raises:
        InputError: with file, line and column of what cannot be used.
    """
    if file.odd:
        file = careful(file, work)
    rows_table = f"{table}_rows"
    while True:
        try:
            connection.execute(
                f"CREATE OR REPLACE TEMP TABLE {rows_table} AS "
                f"SELECT *{''.join(f', FALSE AS {mark}' for mark in marks)} "
                f"FROM ({relation_sql(file, columns)})"
            )
        except duckdb.InvalidInputException as error:
            careful(file, work)  # says where, in our words
            raise InputError(f"{file.name} cannot be read: {error}") from error
        counted = connection.execute(
            f"SELECT count(*), count_if({SURPLUS}) FROM {rows_table}"
        ).fetchall()[0]
        rows, surplus = int(counted[0]), int(counted[1] or 0)
        if rows == file.lines - len(file.set_aside) and not surplus:
            break
        if file.path.suffix == ".mended":
            raise InputError(f"{file.name}: {file.lines} lines went in, {rows} rows came out.")
        # Blank lines, or lines with too many fields.
        file = careful(file, work)
    if MENDED in marks:
        # A value was changed (a carriage return became a space): the row must say so.
        rowids = [line - 2 - bisect_left(file.skipped, line) for line in file.broken_lines]
        connection.execute(
            f"UPDATE {rows_table} SET {MENDED} = TRUE WHERE list_contains(?::BIGINT[], rowid)",
            [rowids],
        )
    _number_lines(connection, table=table, rows_table=rows_table, skipped=file.skipped)
    return file


def _number_lines(
    connection: duckdb.DuckDBPyConnection, *, table: str, rows_table: str, skipped: Sequence[int]
) -> None:
    """A view with line numbers of the original file, past the lines left out."""
    if not skipped:
        connection.execute(
            f"CREATE OR REPLACE TEMP VIEW {table} AS "
            f"SELECT rowid + 2 AS source_line, * FROM {rows_table}"
        )
        return
    # The i-th line left out (from 0) stood before every row from number (line - i) on.
    shifts = pa.table(
        {
            "first_row": [line - index for index, line in enumerate(skipped)],
            "shift": range(1, len(skipped) + 1),
        }
    )
    connection.register("arriving", shifts)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {table}_shifts AS "
        "SELECT first_row, max(shift) AS shift FROM arriving GROUP BY first_row"
    )
    connection.unregister("arriving")
    connection.execute(
        f"CREATE OR REPLACE TEMP VIEW {table} AS "
        f"SELECT r.rowid + 2 + coalesce(s.shift, 0) AS source_line, r.* FROM {rows_table} r "
        f"ASOF LEFT JOIN {table}_shifts s ON r.rowid + 2 >= s.first_row"
    )

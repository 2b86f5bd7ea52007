"""Read tab-separated files into the engine without losing a row.

The engine's reader is fast, and silent where it should not be: it drops surplus
fields, and takes a bare carriage return for the end of a line. So a quick look at the
bytes (which takes the hash on the way) finds files in which that could happen, and a
spare column catches surplus fields. Only then is the careful look taken.
"""

import codecs
import hashlib
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

CHUNK_BYTES = 1 << 22
SPARE_COLUMNS = 8
SURPLUS = "surplus_fields"


@dataclass(slots=True)
class TsvFile:
    """A tab-separated file that the engine can read.

    Attributes:
        path: the file to read: the original, or a mended copy.
        name: what to call the file in messages.
        header: the column names on the first line, trimmed.
        lines: lines of the file after the header, blank ones left out.
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
    digest = hashlib.sha256()
    lines = size = 0
    odd = False
    tail = b"\n"
    decoder = codecs.getincrementaldecoder("utf-8")()
    # The hash runs beside the other checks: it lets go of Python's lock.
    with path.open("rb") as file, ThreadPoolExecutor(1) as beside:
        pending = None
        while chunk := file.read(CHUNK_BYTES):
            if pending is not None:
                pending.result()
            pending = beside.submit(digest.update, chunk)
            lines += chunk.count(b"\n")
            odd = odd or (
                b"\0" in chunk
                or b"\n\n" in chunk
                or b"\n\r\n" in chunk
                or (tail.endswith(b"\n") and chunk[:1] in (b"\n", b"\r"))
                or _bare_returns(tail, chunk)
                or not _is_utf8(decoder, chunk)
            )
            tail = chunk[-2:]
            size += len(chunk)
            if progress:
                progress(size)
        if pending is not None:
            pending.result()
    lines += not tail.endswith(b"\n")
    return TsvFile(path, name, header, lines - 1, digest.hexdigest(), size, odd=odd)


def _is_utf8(decoder: codecs.IncrementalDecoder, chunk: bytes) -> bool:
    # Plain ASCII is by far the commonest, and recognised at the speed of memory.
    if chunk.isascii() and decoder.getstate() == (b"", 0):
        return True
    try:
        decoder.decode(chunk)
    except UnicodeDecodeError:
        return False
    return True


def _bare_returns(tail: bytes, chunk: bytes) -> bool:
    """Whether a carriage return stands without its line feed, up to the chunk's last byte."""
    returns = chunk.count(b"\r", 0, len(chunk) - 1)
    if tail.endswith(b"\r"):
        if not chunk.startswith(b"\n"):
            return True
        return returns != chunk.count(b"\r\n")
    return returns != chunk.count(b"\r\n")


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


def relation_sql(file: TsvFile, columns: Sequence[tuple[str, str | None]]) -> str:
    """A SELECT over the file with the columns we want, all text, plus the surplus mark.

    Args:
        file: the file.
        columns: our column name, and the file's own name for it (None: not in this file,
            so all its values are missing).
    """
    declared = {f"c{index}": "VARCHAR" for index in range(len(file.header) + SPARE_COLUMNS)}
    spare = [f"c{index}" for index in range(len(file.header), len(declared))]
    position = {name: index for index, name in reversed(list(enumerate(file.header)))}
    picked = [
        f"nullif(trim(c{position[theirs]}), '') AS {ours}"
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
        f"max_line_size={2 * LINE_LIMIT_BYTES}, columns={{{types}}})"
    )


def load(
    connection: duckdb.DuckDBPyConnection,
    file: TsvFile,
    *,
    table: str,
    columns: Sequence[tuple[str, str | None]],
    work: Path,
) -> TsvFile:
    """Load a file into a table whose `source_line` is each row's line number in the file.

    Returns:
        The file as it was read in the end, with what was set aside.

    Raises:
        InputError: with file, line and column of what cannot be used.
    """
    if file.odd:
        file = careful(file, work)
    while True:
        try:
            connection.execute(
                f"CREATE OR REPLACE TEMP TABLE {table} AS "
                f"SELECT row_number() OVER () + 1 AS source_line, * "
                f"FROM ({relation_sql(file, columns)})"
            )
        except duckdb.InvalidInputException as error:
            careful(file, work)  # says where, in our words
            raise InputError(f"{file.name} cannot be read: {error}") from error
        row = connection.execute(f"SELECT count(*), count_if({SURPLUS}) FROM {table}").fetchall()[0]
        rows, surplus = int(row[0]), int(row[1])
        if rows == file.lines - len(file.set_aside) and not surplus:
            break
        if file.path.suffix == ".mended":
            raise InputError(f"{file.name}: {file.lines} lines went in, {rows} rows came out.")
        file = careful(file, work)
    if file.skipped:
        _number_lines(connection, table=table, skipped=file.skipped)
    return file


def _number_lines(
    connection: duckdb.DuckDBPyConnection, *, table: str, skipped: Sequence[int]
) -> None:
    """Turn row numbers into line numbers of the original file, past the lines left out."""
    # The i-th line left out (from 0) stood before every row from number (line - i) on.
    first_row = pa.table(
        {
            "first_row": [line - index for index, line in enumerate(skipped)],
            "shift": range(1, len(skipped) + 1),
        }
    )
    connection.register("lines_left_out", first_row)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {table} AS "
        "SELECT t.* REPLACE (t.source_line + coalesce(s.shift, 0) AS source_line) "
        f"FROM {table} t ASOF LEFT JOIN "
        "(SELECT first_row, max(shift) AS shift FROM lines_left_out GROUP BY first_row) s "
        "ON t.source_line >= s.first_row"
    )
    connection.unregister("lines_left_out")

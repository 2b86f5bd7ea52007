"""The rows of a table of bars: what stands where, before it is taken for a frequency."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from everygenome.errors import InputError
from everygenome.texts import text_of

NEEDED = ("gene", "BA1", "BS1", "PM2_supporting", "basis")
OTHER = ("inheritance", "vcep", "cspec_id", "population", "note")
_MAX_BYTES = 5_000_000
_DELIMITERS = (",", ";", "\t")
_HEADER = f"Begin with the line `{','.join(NEEDED)}`; {', '.join(OTHER)} may be added."


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    Attributes:
        file: the path, as it was given; name: of the file alone.
        line: where it ends, from 1; gene: as it is written.
        cells: column to text, without spaces around it.
    """

    file: str
    name: str
    line: int
    gene: str
    cells: Mapping[str, str]

    @property
    def place(self) -> str:
        """File, line and gene, for messages."""
        return f"{self.file}, line {self.line}: {self.gene}"

    def cell(self, column: str) -> str:
        """The text of a cell; empty where the table has no such column."""
        return self.cells.get(column, "")


def rows_of(path: Path) -> Iterator[Row]:
    """Each row of a table; empty lines are skipped.

    Raises:
        InputError: it cannot be read, its columns are not known, or a row has another width.
    """
    text = text_of(path, most=_MAX_BYTES, shorten="Name a table of genes; this one is too large.")
    if "\0" in text:
        raise InputError(f"{path} holds a byte 0: this is no table of text.", remedy=_HEADER)
    first = next(iter(text.lstrip().splitlines()), "")
    delimiter = max(_DELIMITERS, key=first.count)
    # `newline=""`: the reader itself tells CRLF from a line end within quotes.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    names: list[str] = []
    try:
        for cells in reader:
            told = [cell.strip() for cell in cells]
            if not any(told):
                continue
            if not names:
                names = _columns(told, path)
                continue
            place = f"{path}, line {reader.line_num}"
            if len(told) != len(names):
                raise InputError(
                    f"{place} has {len(told)} cells, but there are {len(names)} columns.",
                    remedy='Put a text that holds the delimiter between double quotes: "a, b".',
                )
            row = dict(zip(names, told, strict=True))
            if not row["gene"]:
                raise InputError(f"{place} names no gene.", remedy="Write it, or drop the line.")
            yield Row(str(path), path.name, reader.line_num, row["gene"], row)
    except csv.Error as error:
        raise InputError(
            f"{path}, line {reader.line_num} cannot be read as a table: {error}.",
            remedy="Look for a double quote that is not closed.",
        ) from None


def _columns(told: list[str], path: Path) -> list[str]:
    known = {name.casefold(): name for name in (*NEEDED, *OTHER)}
    names = [known.get(name.casefold(), name) for name in told]
    if missing := [name for name in NEEDED if name not in names]:
        raise InputError(
            f"{path} has no column {missing[0]} (found: {', '.join(told)[:200]}).",
            remedy=_HEADER,
        )
    if twice := [name for name in names if name and names.count(name) > 1]:
        raise InputError(f"{path} has the column {twice[0]} twice.", remedy="Keep one of them.")
    return names

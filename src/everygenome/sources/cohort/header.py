"""The first line of a text file: delimiter, column names, and how wide its rows are."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from everygenome.errors import InputError
from everygenome.sources.cohort.files import CohortFile, opened_bytes
from everygenome.sources.cohort.records import LINE_LIMIT, records

DELIMITERS = {",": "comma", "\t": "tab", ";": "semicolon", "|": "bar"}


@dataclass(frozen=True, slots=True)
class Header:
    """How a text file is laid out.

    Attributes:
        delimiter: the letter between cells.
        columns: names, trimmed, in the order of the file.
        width: cells in each row; more than there are names where rows end in empty cells.
    """

    delimiter: str
    columns: tuple[str, ...]
    width: int


def read_header(file: CohortFile, *, delimiter: str | None = None) -> Header:
    """Read the header.

    Args:
        file: text in UTF-8.
        delimiter: as stated; None takes the one that the header itself shows.

    Raises:
        InputError: no header, no rows, a name that is empty or given twice, or several
            delimiters that could be meant.
    """
    delimiter = delimiter or _shown(file)
    rows = records(file, delimiter=delimiter)
    line, names = next(rows, (0, []))
    stated = [name.strip() for name in names] if line == 1 else []
    columns = list(stated)
    while columns and not columns[-1]:
        columns.pop()
    if not columns:
        raise InputError(
            f"{file.name}, line 1 holds no column names.",
            remedy="Write the names of the columns in the first line.",
        )
    _check_names(columns, name=file.name)
    _, first = next(rows, (0, []))
    if not first:
        raise InputError(f"{file.name} holds no rows under its column names.")
    fits = len(columns) <= len(first) <= len(stated)
    return Header(delimiter, tuple(columns), len(first) if fits else len(columns))


def check_columns(wanted: Sequence[str], *, columns: Sequence[str], name: str) -> None:
    """Refuse columns that are not there.

    Raises:
        InputError: with the names nearest to the one that is missing.
    """
    for column in wanted:
        if column not in columns:
            # A line with a number in it is somebody's, and no line of names.
            named = not any(_is_number(known) for known in columns)
            folded = {known.casefold(): known for known in columns} if named else {}
            close = get_close_matches(column.casefold(), folded, n=3, cutoff=0.6)
            near = ", ".join(f"{folded[one]!r}" for one in close)
            raise InputError(
                f"{name} has no column {column!r} among its {len(columns)}.",
                remedy=f"Near to it: {near}. Mend the map."
                if near
                else "Mend the map; names of columns stand in the first line, and capital letters "
                "matter. If the file has no line of names, write one above its first row.",
            )


def _is_number(name: str) -> bool:
    return name.replace(".", "", 1).replace(",", "").lstrip("+-").isdecimal()


def _shown(file: CohortFile) -> str:
    """The delimiter that divides the first line into the most cells."""
    with opened_bytes(file) as stream:
        line = stream.readline(LINE_LIMIT).decode("utf-8-sig", "replace")
    cells = {delimiter: _cells(line, delimiter) for delimiter in DELIMITERS}
    most = max(cells.values())
    found = [delimiter for delimiter, count in cells.items() if count == most]
    if most > 1 and len(found) > 1:
        named = " or ".join(DELIMITERS[delimiter] for delimiter in found)
        raise InputError(
            f"{file.name}, line 1: cells could be divided by {named}.",
            remedy='Say which under [file] in the map, such as delimiter = ";".',
        )
    return found[0]


def _cells(line: str, delimiter: str) -> int:
    try:
        rows = list(csv.reader(io.StringIO(line, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        # A quoted name with a line break goes on in the next line; its letters still tell.
        return line.count(delimiter) + 1 if line.count('"') % 2 else 0
    return len(rows[0]) if rows else 0


def _check_names(columns: Sequence[str], *, name: str) -> None:
    # Places, not names: a file without a header has somebody's values in its first line.
    for place, column in enumerate(columns, start=1):
        if not column:
            raise InputError(
                f"{name}, line 1: column {place} has no name.",
                remedy="Give each column a name of its own in the first line.",
            )
        if (before := columns.index(column) + 1) < place:
            raise InputError(
                f"{name}, line 1: columns {before} and {place} have the same name.",
                remedy="Give each column a name of its own. If the file has no line of column "
                "names, write one above its first row.",
            )

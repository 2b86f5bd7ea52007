"""Small CSV tables with `# key: value` lines above the column names.

The built-in crosswalks and the files of users have this one layout, so that a built-in
file can be copied, edited and read back.
"""

import csv
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from everygenome.errors import InputError
from everygenome.texts import text_of

MAX_ROWS = 10_000
MAX_BYTES = 5_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: where it stands, and its trimmed cells by column name."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class TableFile:
    """A table as written: its name for messages, its header values, its rows.

    Attributes:
        source: what messages call the file.
        header: values of the `# key: value` lines, `note` apart.
        notes: the values of all `# note:` lines, in order.
        rows: one entry per row, at most `MAX_ROWS`.
    """

    source: str
    header: dict[str, str]
    notes: tuple[str, ...]
    rows: tuple[Row, ...]

    def required(self, key: str, *, example: str) -> str:
        """The header value of a key that must be there.

        Raises:
            InputError: the line is missing or says nothing.
        """
        value = self.header.get(key, "")
        if not value:
            raise InputError(
                f"{self.source} does not say its {key}.",
                remedy=f"Add a line above the column names, such as `# {key}: {example}`.",
            )
        return value


def read_text(path: Path) -> str:
    """The text of a user's file.

    Raises:
        InputError: the file cannot be opened, is too large, or is not UTF-8.
    """
    return text_of(
        path,
        most=MAX_BYTES,
        shorten="A reference table is small: give one row for each group.",
        save="Save it again as CSV with the encoding UTF-8.",
    )


def parse_table(
    text: str, *, source: str, columns: Sequence[str], header_keys: Collection[str]
) -> TableFile:
    """Read a table from its text.

    Args:
        text: the whole file.
        source: what messages call the file.
        columns: the column names it must have, no more and no fewer.
        header_keys: the keys that `# key: value` lines may have, beside `note`.

    Raises:
        InputError: no rows, other columns, an unknown or repeated key, a row of another
            width, or more than `MAX_ROWS` rows.
    """
    header: dict[str, str] = {}
    notes: list[str] = []
    lines = text.splitlines()
    above = 0
    for number, line in enumerate(lines, start=1):
        if line.strip() and not line.startswith("#"):
            break
        above = number
        key, colon, value = line.lstrip("#").strip().partition(":")
        key, value = key.strip().lower(), value.strip()
        # A line such as "# see https://..." is a remark: a key is one word.
        if not colon or not key.isidentifier():
            continue
        if key == "note":
            notes.append(value)
        elif key not in header_keys or key in header:
            raise InputError(
                f"{source}, line {number}: the key {key!r} is unknown or given twice.",
                remedy=f"Known keys: {', '.join([*header_keys, 'note'])}, each at most once "
                "except note.",
            )
        else:
            header[key] = value
    rows = _rows(lines[above:], above=above, source=source, columns=columns)
    return TableFile(source, header, tuple(notes), rows)


def _rows(
    lines: Sequence[str], *, above: int, source: str, columns: Sequence[str]
) -> tuple[Row, ...]:
    """The rows under the header lines, each with its line number in the file."""
    reader = csv.reader(lines, strict=True)
    rows: list[Row] = []
    try:
        names = [name.strip().lower() for name in next(reader, [])]
        if sorted(names) != sorted(columns):
            found = ", ".join(names) or "nothing"
            raise InputError(
                f"{source} needs the columns {','.join(columns)} (found: {found}).",
                remedy="Write the column names in the first line that does not start with #.",
            )
        for cells in reader:
            line = above + reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(names):
                raise InputError(
                    f"{source}, line {line}: {len(cells)} cells under {len(names)} columns.",
                    remedy='Put double quotes around a cell that holds a comma: "White, Irish".',
                )
            if len(rows) == MAX_ROWS:
                raise InputError(
                    f"{source} has more than {MAX_ROWS:,} rows.",
                    remedy="A reference table is small: give one row for each group.",
                )
            rows.append(Row(line, dict(zip(names, map(str.strip, cells), strict=True))))
    except csv.Error as error:
        raise InputError(
            f"{source}, line {above + reader.line_num}: not readable as CSV ({error}).",
            remedy="Check the double quotes on this line.",
        ) from error
    if not rows:
        raise InputError(
            f"{source} holds no rows.", remedy="Give one row for each group under the column names."
        )
    return tuple(rows)

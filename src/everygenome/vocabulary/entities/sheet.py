"""The table that a person fills in: its columns, and how cells stand in it."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Final

from everygenome.errors import InputError

# A spreadsheet takes a cell that begins so for a formula.
_FORMULA: Final = tuple("=+-@\t\r")


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One stated name: what it is read as now, and room for a decision.

    Attributes:
        publications: how many publications state it.
        stated: the name, as the source has it.
        stated_country: the country stated beside it; empty for none.
        now: whom it means now.
        now_name: that entity's name.
        how: "alias", "rule" or "own name".
        means: the decision: whom it means. The rest is about it.
        name: of a new entity, its name.
        level: of a new funder, "institute" or "agency".
        parent: of a new entity, the identifier of the one above it.
        country_iso3: of a new entity, where it is at home.
        source: where the decision can be checked.
        reviewed_on: the day of the decision, ISO 8601.
    """

    publications: int
    stated: str
    stated_country: str
    now: str
    now_name: str
    how: str
    means: str = ""
    name: str = ""
    level: str = ""
    parent: str = ""
    country_iso3: str = ""
    source: str = ""
    reviewed_on: str = ""


COLUMNS: Final = tuple(field.name for field in fields(ReviewRow))


def guarded(cell: str) -> str:
    """A cell with a "'" before it, if a spreadsheet would run it as a formula.

    Example:
        >>> guarded("=1+1"), guarded("MRC")
        ("'=1+1", 'MRC')
    """
    return f"'{cell}" if cell.lstrip("'").startswith(_FORMULA) else cell


def unguarded(cell: str) -> str:
    """A cell as it was before `guarded`.

    Example:
        >>> unguarded("'=1+1"), unguarded("'s-Hertogenbosch")
        ('=1+1', "'s-Hertogenbosch")
    """
    marked = cell.startswith("'") and cell.lstrip("'").startswith(_FORMULA)
    return cell[1:] if marked else cell


def sheet_rows(text: str, *, file_name: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The rows of a table, each with its place for messages.

    Raises:
        InputError: other columns, a short or long row, or no CSV.

    Example:
        >>> list(sheet_rows(",".join(COLUMNS), file_name="names.csv"))
        []
    """
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        found = tuple(next(reader, ()))
        if found != COLUMNS:
            raise InputError(
                f"{file_name}, line 1: the columns are {','.join(found) or 'missing'}.",
                remedy=f"Keep the first line as it was written: {','.join(COLUMNS)}.",
            )
        for cells in filter(None, reader):
            place = f"{file_name}, line {reader.line_num}"
            if len(cells) != len(COLUMNS):
                raise InputError(
                    f"{place}: {len(cells)} cells under {len(COLUMNS)} columns.",
                    remedy="Put double quotes around a cell that holds a comma.",
                )
            yield place, dict(zip(COLUMNS, map(unguarded, cells), strict=True))
    except csv.Error as error:
        raise InputError(
            f"{file_name}, line {reader.line_num}: not readable as CSV ({error}).",
            remedy="Check the double quotes on this line.",
        ) from error

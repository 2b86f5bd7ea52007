"""The careful way to read a file: record by record, with the line on which each begins.

Slow, so it is used for the first records, and where the engine could not read the file.
"""

import csv
import io
from collections.abc import Iterator

from everygenome.errors import InputError
from everygenome.sources.cohort.files import CohortFile, opened_bytes

LINE_LIMIT = 1 << 21
# What the csv module takes in one cell.
_CELL_LIMIT = 131_072


def records(file: CohortFile, *, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Every record that is not blank, with the number of the line on which it begins.

    Args:
        file: text in UTF-8.
        delimiter: one letter.

    Raises:
        InputError: a quote that is not closed or has text after it, a cell or line without end, or
            a blank line between rows of one column, with the line.
    """
    with opened_bytes(file) as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
        reader = csv.reader(
            _lines(text, file.name), delimiter=delimiter, strict=True, skipinitialspace=True
        )
        began, width, blank = 1, 0, 0
        while True:
            record, said = None, ""
            try:
                record = next(reader, None)
            except csv.Error as error:
                said = str(error)
            if said:
                raise _misquoted(file.name, began, said)
            if record is None:
                return
            width = width or len(record)
            # A line of white space is blank, unless it is a cell of the only column.
            if record and (width == 1 or len(record) > 1 or record[0].strip()):
                if width == 1 and blank:
                    raise _blank(file.name, blank)
                yield began, record
            else:
                blank = blank or began
            began = reader.line_num + 1


def _lines(text: io.TextIOWrapper, name: str) -> Iterator[str]:
    number = 0
    while line := text.readline(LINE_LIMIT):
        number += 1
        if len(line) == LINE_LIMIT:
            raise InputError(
                f"{name}, line {number}: over {LINE_LIMIT:,} letters in one line.",
                remedy="Line ends were probably lost on the way; export the file again.",
            )
        yield line


def _blank(name: str, line: int) -> InputError:
    return InputError(
        f"{name}, line {line} is blank, and the file has one column: it could be nobody, or "
        "somebody of whom nothing is stated.",
        remedy='Take blank lines out, or write "" (two double quotes) for an empty cell.',
    )


def _misquoted(name: str, line: int, said: str) -> InputError:
    # The csv module says what it found without quoting it, but in no words for a reader.
    if "expected after" in said:
        what = "text after a closing quote"
    elif "field limit" in said:
        what = f"a cell of over {_CELL_LIMIT:,} letters, or a quote that is never closed"
    else:
        what = "a quote that is never closed"
    return InputError(
        f"{name}, row that begins in line {line}: {what}.",
        remedy='Put double quotes around the whole cell, and write a quote inside it twice ("").',
    )

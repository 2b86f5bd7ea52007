"""What to do where the engine cannot read a file: say where it is odd, or write it plainly.

What is merely unusual (line ends of several kinds, say) is read record by record and written
once more; anything else is an error that names the line.
"""

import csv
import re
from pathlib import Path

from everygenome.errors import InputError
from everygenome.sources.cohort.files import CohortFile, Packing
from everygenome.sources.cohort.header import DELIMITERS, Header
from everygenome.sources.cohort.records import records

# Whole numbers of people; some programs write 278 as 278.0. More digits than there are people.
WHOLE = r"\+?[0-9]{1,12}(\.0*)?"


def rewritten(file: CohortFile, header: Header, *, work: Path) -> CohortFile:
    """A copy of the file with every cell quoted and every line ended alike.

    Raises:
        InputError: a row with too few or too many cells, or a quote out of place, with the line.
    """
    target = work / "rewritten"
    with target.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(
            out, delimiter=header.delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n"
        )
        for place, (line, record) in enumerate(records(file, delimiter=header.delimiter)):
            if place == 0:
                writer.writerow([*record, *[""] * header.width][: header.width])
                continue
            if len(record) != header.width:
                raise InputError(
                    f"{file.name}, row that begins in line {line}: {len(record)} cells, where "
                    f"{header.width} are due.",
                    remedy="Put double quotes around a cell that holds a "
                    f"{DELIMITERS.get(header.delimiter, header.delimiter)}; mend the row, or "
                    "export the file again. The delimiter can be stated under [file] in the map.",
                )
            writer.writerow(record)
    return CohortFile(target, file.name, Packing.PLAIN)


def no_count(file: CohortFile, header: Header, *, column: str) -> InputError:
    """The error for the first row whose cell in a column of counts is no whole number."""
    place = header.columns.index(column)
    rows = records(file, delimiter=header.delimiter)
    next(rows)
    line = next((line for line, row in rows if not re.fullmatch(WHOLE, row[place].strip())), None)
    where = f", row that begins in line {line}" if line else ""
    return count_error(f"{file.name}{where}", column=column)


def count_error(where: str, *, column: str) -> InputError:
    """The error for a count that is no number of people."""
    return InputError(
        f"{where}: {column!r} is not a whole number of 0 or more.",
        remedy="Write how many people the row stands for, such as 278. Where it is not known, "
        "leave the row out and say so: missing is not zero.",
    )

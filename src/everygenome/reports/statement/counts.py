"""Counts of people by group, read from pasted lines.

A place for figures of an audit: whatever counts people by group can make a `Count` for each.
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from everygenome.errors import InputError

MOST_ROWS = 200
_MOST = 10**10
_LONGEST = 120
_HEADS = frozenset({"count", "counts", "n", "number", "people", "participants"})
_REMEDY = "Write one group a line: its label, a comma, and its count; such as South Asian,1204."


@dataclass(frozen=True, slots=True)
class Count:
    """How many people are in a group.

    Attributes:
        label: of the group.
        count: of people.
        descriptor: what the group is one of, such as "Sex"; may be empty.
    """

    label: str
    count: int
    descriptor: str = ""


def read_counts(text: str) -> tuple[Count, ...]:
    """Counts from pasted lines of CSV: `label,count` or `descriptor,label,count`.

    Args:
        text: lines with commas, semicolons or tabs between; a first line with names is left out.

    Raises:
        InputError: a line has no label or no count, or a group is there twice.

    Example:
        >>> read_counts("group,count\\nSouth Asian,1204")
        (Count(label='South Asian', count=1204, descriptor=''),)
    """
    found: list[Count] = []
    for line, cells in _lines(text):
        if not found and cells[-1].casefold() in _HEADS:
            continue
        found.append(_count(line, cells))
        if len(found) > MOST_ROWS:
            raise InputError(
                f"There are more than {MOST_ROWS} groups.", remedy="Put small ones together."
            )
    seen: set[tuple[str, str]] = set()
    for one in found:
        key = (one.descriptor.casefold(), one.label.casefold())
        if key in seen:
            raise InputError(f"“{one.label}” is there twice.", remedy="Give each group once.")
        seen.add(key)
    return tuple(found)


def _lines(text: str) -> Iterable[tuple[int, list[str]]]:
    """The number and the cells of each line that holds anything."""
    between = next((mark for mark in ("\t", ";") if mark in text), ",")
    try:
        for line, row in enumerate(csv.reader(io.StringIO(text), delimiter=between), 1):
            cells = [cell.strip() for cell in row]
            if any(cells):
                yield line, cells
    except csv.Error as error:
        raise InputError(
            "The counts cannot be read as lines of a table.", remedy=_REMEDY
        ) from error


def _count(line: int, cells: list[str]) -> Count:
    # 1,204 without quotation marks is read as two cells, so it is no count; better to ask.
    if len(cells) not in (2, 3) or not all(cells):
        raise InputError(f"Line {line} is not a label and a count.", remedy=_REMEDY)
    *names, number = cells
    digits = number.replace(",", "").replace(" ", "").replace("\u202f", "")
    if not (digits.isascii() and digits.isdecimal()) or len(digits) > 11 or int(digits) > _MOST:
        raise InputError(
            f"Line {line}: “{number[:40]}” is no count of people.",
            remedy="Write a whole number, without a percent sign.",
        )
    if any(len(name) > _LONGEST for name in names):
        raise InputError(
            f"Line {line}: the label is longer than {_LONGEST} letters.", remedy="Shorten it."
        )
    return Count(names[-1], int(digits), names[0] if len(names) == 2 else "")

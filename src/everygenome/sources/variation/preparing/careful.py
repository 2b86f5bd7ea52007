"""Records that need care: several alleles, symbols, small letters, and counts that are none."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pyarrow as pa

from everygenome.sources.variation.preparing import classes
from everygenome.sources.variation.preparing.columns import Asked, Mark

_BASES = re.compile("[ACGT]+")
_CODES = re.compile("[ACGTNRYSWKMBDHV]+")
_LETTERS = re.compile("[A-Za-z]+")
# 1.23e+06 is a number that somebody rounded, and no count.
_WHOLE = re.compile(r"-?[0-9]{1,10}(\.0*)?")
# A record can have 65,000 alleles, and each is a row with all its counts.
_AT_ONCE = 5_000
_LARGEST = 2**31 - 1


def split_rows(
    rows: pa.Table, fields: tuple[Asked, ...], met: Counter[str], schema: pa.Schema
) -> pa.Table:
    """One row for each alternate allele, with its own counts.

    Args:
        rows: every cell as text, `pos` as a number, and `line`.
        fields: what was asked.
        met: is added to: what was met, in words -> rows.
        schema: of the table that is wanted, with `marks`.
    """
    made = (allele for row in rows.to_pylist() for allele in _alleles(row, fields, met))
    tables = [schema.empty_table()]
    while some := list(islice(made, _AT_ONCE)):
        tables.append(pa.Table.from_pylist(some, schema=schema))
    return pa.concat_tables(tables)


def _alleles(
    row: dict[str, Any], fields: tuple[Asked, ...], met: Counter[str]
) -> Iterator[dict[str, Any]]:
    alts = row["alt"].split(",")
    if len(alts) > 1:
        met[classes.SPLIT] += 1
    ref = row["ref"].upper()
    values = {one.column: row[one.column].split(",") for one in fields}
    for place, stated in enumerate(alts):
        alt = stated.upper() if _LETTERS.fullmatch(stated) else stated
        if (ref, alt) != (row["ref"], stated):
            met[classes.SMALL] += 1
        marks = 0
        if not _BASES.fullmatch(alt) or not _BASES.fullmatch(ref):
            marks |= Mark.NO_BASES
            met[_no_bases(ref, alt)] += 1
        counts: dict[str, int | None] = {}
        unreadable = False
        for one in fields:
            text = _value(values[one.column], place, len(alts), one)
            number = _number(text)
            unreadable |= number is None and text != "."
            counts[one.column] = number
        if unreadable:
            marks |= Mark.UNREADABLE
            met[classes.UNREADABLE] += 1
        yield {**row, **counts, "ref": ref, "alt": alt, "marks": marks}


def _value(values: list[str], place: int, alleles: int, asked: Asked) -> str:
    """The text of one allele; a number of values that fits in no way is unreadable."""
    if asked.with_reference and len(values) == alleles + 1:
        return values[place + 1]
    if len(values) == 1:
        # AN is of the place, and so is a value that is missing; a count is of one allele.
        fits = not asked.by_allele or alleles == 1 or values[0] == "."
        return values[0] if fits else "?"
    return values[place] if len(values) == alleles else "?"


def _number(text: str) -> int | None:
    if not _WHOLE.fullmatch(text):
        return None
    number = int(text.split(".", maxsplit=1)[0])
    return number if abs(number) <= _LARGEST else None


def _no_bases(ref: str, alt: str) -> str:
    if alt == "*":
        return classes.SPANNING
    if alt.startswith("<"):
        return classes.SYMBOLIC
    if alt in (".", ""):
        return classes.NO_ALTERNATE
    if "[" in alt or "]" in alt:
        return classes.BREAKEND
    both = _CODES.fullmatch(ref) and _CODES.fullmatch(alt)
    return classes.AMBIGUOUS if both else classes.NO_BASES

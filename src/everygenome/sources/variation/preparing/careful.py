"""Records that need care: several alleles, symbols, small letters, and counts that are none."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from everygenome.sources.variation.preparing.columns import Asked, Mark

_BASES = re.compile("[ACGTN]+")
_WHOLE = re.compile(r"-?\d{1,10}(\.0*)?")
_LARGEST = 2**31 - 1


def split_rows(
    rows: pa.Table, fields: tuple[Asked, ...], classes: Counter[str], schema: pa.Schema
) -> pa.Table:
    """One row for each alternate allele, with its own counts.

    Args:
        rows: every cell as text, `pos` as a number, and `line`.
        fields: what was asked.
        classes: is added to: what was met, in words -> rows.
        schema: of the table that is wanted, with `marks`.
    """
    made = [allele for row in rows.to_pylist() for allele in _alleles(row, fields, classes)]
    return pa.Table.from_pylist(made, schema=schema)


def _alleles(
    row: dict[str, Any], fields: tuple[Asked, ...], classes: Counter[str]
) -> Iterator[dict[str, Any]]:
    alts = row["alt"].split(",")
    if len(alts) > 1:
        classes["records of several alternate alleles, split"] += 1
    ref = row["ref"].upper()
    values = {one.column: row[one.column].split(",") for one in fields}
    for place, stated in enumerate(alts):
        alt = stated.upper() if not stated.startswith("<") else stated
        if (ref, alt) != (row["ref"], stated):
            classes["alleles in small letters"] += 1
        marks = 0
        if not _BASES.fullmatch(alt) or not _BASES.fullmatch(ref):
            marks |= Mark.NO_BASES
            classes[_no_bases(alt)] += 1
        counts: dict[str, int | None] = {}
        unreadable = False
        for one in fields:
            text = _value(values[one.column], place, len(alts), by_allele=one.by_allele)
            number = _number(text)
            unreadable |= number is None and text != "."
            counts[one.column] = number
        if unreadable:
            marks |= Mark.UNREADABLE
            classes["counts that are no whole numbers, taken as not known"] += 1
        yield {**row, **counts, "ref": ref, "alt": alt, "marks": marks}


def _value(values: list[str], place: int, alleles: int, *, by_allele: bool) -> str:
    """The text of one allele; a number of values that fits neither way is unreadable."""
    if len(values) == alleles and (by_allele or alleles == 1):
        return values[place]
    if len(values) == 1:
        # One value for several alleles: AN is of the place; a missing one is of all.
        return values[0] if not by_allele or values[0] == "." else "?"
    if len(values) == alleles + 1 and by_allele:
        # Number=R: the first is of the reference allele.
        return values[place + 1]
    return values[place] if len(values) == alleles else "?"


def _number(text: str) -> int | None:
    if not _WHOLE.fullmatch(text):
        return None
    number = int(text.split(".", maxsplit=1)[0])
    return number if abs(number) <= _LARGEST else None


def _no_bases(alt: str) -> str:
    if alt == "*":
        return "spanning deletions (*)"
    if alt.startswith("<"):
        return "symbolic alleles (<...>)"
    if alt == ".":
        return "records without an alternate allele (.)"
    if "[" in alt or "]" in alt:
        return "breakends"
    return "alleles with letters that are no bases"

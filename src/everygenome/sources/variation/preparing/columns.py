"""The columns of a store, and the question to bcftools that fills them."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntFlag

import pyarrow as pa

from everygenome.sources.variation.layouts import Counts, Layout

KEYS = ("contig", "pos", "ref", "alt")


class Mark(IntFlag):
    """What is to be known of a row before its counts are believed."""

    REPEATED = 1
    """The source states this variant before, with other or the same counts."""
    CONTRADICTS = 2
    """More copies than chromosomes, or a number below 0, in some group."""
    UNREADABLE = 4
    """A count that is no whole number: it is not known, and nothing is put in its place."""
    NO_BASES = 8
    """An alternate allele that names no bases, such as <DEL> or *: nothing can be matched."""
    ONE_FILE_OF_TWO = 16
    """Of files that were added up, one lacks this variant: its chromosomes are not counted."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One count of one group: the column of the store, and the field of the file.

    Attributes:
        column: such as `ac_afr`, `an_all`, `nhomalt_nfe`, `ac_afr_xy`.
        field: such as `AC_afr`.
        by_allele: one value for each alternate allele; otherwise one for the place.
    """

    column: str
    field: str
    by_allele: bool


def asked(layout: Layout, *, sexes: bool) -> tuple[Asked, ...]:
    """What is asked of each record.

    Args:
        layout: where the file keeps its counts.
        sexes: with those of XX and XY apart, which only X and Y need.

    Example:
        >>> one = Layout(name="a", version="", data="", groups={"all": Counts("AC", "AN")})
        >>> [each.column for each in asked(one, sexes=True)]
        ['ac_all', 'an_all']
    """
    found: list[Asked] = []
    for code, counts in layout.groups.items():
        found.extend(_of(counts, code))
    if sexes:
        for (code, sex), counts in layout.sexes.items():
            found.extend(one for one in _of(counts, f"{code}_{sex}") if "nhomalt" not in one.column)
    return tuple(found)


def question(fields: tuple[Asked, ...]) -> str:
    """The format of `bcftools query`. By name, never by place: files change their order."""
    return (
        "%CHROM\\t%POS\\t%REF\\t%ALT\\t%FILTER"
        + "".join(f"\\t%INFO/{one.field}" for one in fields)
        + "\\n"
    )


def schema(fields: tuple[Asked, ...]) -> pa.Schema:
    """Types of a store's table. A count that is not known is null."""
    return pa.schema(
        [
            ("contig", pa.string()),
            ("pos", pa.int32()),
            ("ref", pa.string()),
            ("alt", pa.string()),
            ("filters", pa.string()),
            *((one.column, pa.int32()) for one in fields),
            ("marks", pa.uint8()),
        ]
    )


def _of(counts: Counts, code: str) -> Iterator[Asked]:
    yield Asked(f"ac_{code}", counts.ac, True)
    yield Asked(f"an_{code}", counts.an, False)
    if counts.nhomalt is not None:
        yield Asked(f"nhomalt_{code}", counts.nhomalt, True)


def folder_of(contig: str) -> str:
    """The folder of a chromosome; letters that a path could stumble over are "_".

    Example:
        >>> folder_of("HLA-A*01:01")
        'chrom=HLA-A_01_01'
    """
    safe = "".join(one if one.isalnum() or one in "._-" else "_" for one in contig)
    return f"chrom={safe[:80]}"

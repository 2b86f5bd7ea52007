"""The columns of a store, and the question to bcftools that fills them."""

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import IntFlag
from urllib.parse import quote

import pyarrow as pa

from everygenome.sources.variation.layouts import Counts, Layout

_LONGEST_NAME = 80
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
    """Alleles that name no change of bases, such as <DEL>, * or N: nothing can be matched."""
    ONE_FILE_OF_TWO = 16
    """Of files that were added up, one lacks this variant: its chromosomes are not counted."""
    OUTSIDE = 32
    """A position before the first base of its chromosome, or behind the last."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One count of one group: the column of the store, and the field of the file.

    Attributes:
        column: such as `ac_afr`, `an_all`, `nhomalt_nfe`, `ac_afr_xy`.
        field: such as `AC_afr`.
        by_allele: one value for each alternate allele; otherwise one for the place.
        with_reference: before them stands one for the reference allele (Number=R).
    """

    column: str
    field: str
    by_allele: bool
    with_reference: bool = False


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
        found.extend(_of(counts, code, layout.with_reference))
    if sexes:
        for (code, sex), counts in layout.sexes.items():
            both = _of(counts, f"{code}_{sex}", layout.with_reference)
            found.extend(one for one in both if "nhomalt" not in one.column)
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


def _of(counts: Counts, code: str, with_reference: Collection[str]) -> Iterator[Asked]:
    yield Asked(f"ac_{code}", counts.ac, True, counts.ac in with_reference)
    yield Asked(f"an_{code}", counts.an, False, counts.an in with_reference)
    if counts.nhomalt is not None:
        yield Asked(f"nhomalt_{code}", counts.nhomalt, True, counts.nhomalt in with_reference)


def folder_of(contig: str) -> str:
    """The folder of a chromosome, another one for each name, however it is spelled.

    Example:
        >>> folder_of("X"), folder_of("HLA-A*01:01")
        ('chrom=X', 'chrom=HLA-A%2A01%3A01')
    """
    safe = quote(contig, safe="")
    if len(safe) > _LONGEST_NAME:
        # No name that is quoted holds "%-".
        safe = f"{safe[:_LONGEST_NAME]}%-{hashlib.sha256(contig.encode()).hexdigest()[:32]}"
    return f"chrom={safe}"

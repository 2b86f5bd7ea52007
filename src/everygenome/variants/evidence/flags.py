"""What is to be known beside a verdict: each flag is a bit, and a few words."""

from collections.abc import Mapping
from enum import IntFlag

import pyarrow as pa


class Flag(IntFlag):
    """Flags of a variant in a group."""

    NOT_COVERED = 1
    FEW_HERE = 2
    BORROWED = 4
    CONTRADICTS = 8
    UNREADABLE = 16
    ONE_FILE = 32
    COMMON_HERE_ALONE = 64
    COMMON_ELSEWHERE_ALONE = 128
    COPIES_HERE = 256
    CHROMOSOMES_HERE = 512
    UNDERSAMPLED = 1024
    EXEMPT = 2048
    NO_GENE_BAR = 4096
    ABOVE_ELSEWHERE = 8192
    POINT_ALONE = 16384
    SEVERAL_GENES = 32768


WORDS: Mapping[Flag, str] = {
    Flag.NOT_COVERED: "nobody of this group was looked at here",
    Flag.FEW_HERE: "less than half of this group was looked at here",
    Flag.BORROWED: "chromosomes counted at another allele of this place",
    Flag.CONTRADICTS: "the source's counts contradict (AC above AN, or below 0)",
    Flag.UNREADABLE: "a count of the source could not be read",
    Flag.ONE_FILE: "only one of the files that were added up has this variant",
    Flag.COMMON_HERE_ALONE: "rare overall, common in this group",
    Flag.COMMON_ELSEWHERE_ALONE: "rare overall, common in another group",
    Flag.COPIES_HERE: "nearly all copies are of this group",
    Flag.CHROMOSOMES_HERE: "nearly all chromosomes are of this group",
    Flag.UNDERSAMPLED: "would pass a plain filter only because too few were sampled",
    Flag.EXEMPT: "exempt from BA1 (ClinGen, Ghosh 2018): common, and not shown to be benign",
    Flag.NO_GENE_BAR: "no bar for this gene, or the gene is not known",
    Flag.ABOVE_ELSEWHERE: "above the bar in another group that counts",
    Flag.POINT_ALONE: "the frequency reaches the bar, but not with 95% confidence",
    Flag.SEVERAL_GENES: "in several genes: held against the bars of the first one alone",
}
OF_COUNTS = Flag.CONTRADICTS | Flag.UNREADABLE
"""Those that hold for counts of everybody too."""
BYTE = 8
_SEPARATOR = "; "


def words(bits: int) -> tuple[str, ...]:
    """The flags that are set, in words.

    Example:
        >>> words(Flag.FEW_HERE | Flag.NO_GENE_BAR)[1]
        'no bar for this gene, or the gene is not known'
    """
    return tuple(text for flag, text in WORDS.items() if bits & flag)


def flag_table() -> pa.Table:
    """Combinations of flags and their words: to be joined with, a byte of flags at a time.

    A join with a small table costs an engine less than putting words together for each row; one
    with a table of every combination costs more, once there are more than 14 flags.

    Returns:
        `byte`, 0 to 255, and the words of its flags: `first` of the first eight flags, `second` of
        the others, of a group; `first_of_any` and `second_of_any`, of a variant, some of whose
        groups have them.
    """
    columns: dict[str, list[str]] = {}
    for name, shift in (("first", 0), ("second", BYTE)):
        columns[name] = [_SEPARATOR.join(words(byte << shift)) for byte in range(1 << BYTE)]
        columns[f"{name}_of_any"] = [
            text.replace("this group", "a group") for text in columns[name]
        ]
    return pa.table({"byte": pa.array(range(1 << BYTE), pa.int32()), **columns})

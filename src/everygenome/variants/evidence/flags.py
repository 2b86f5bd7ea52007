"""What is to be known beside a verdict: each flag is a bit, and a few words."""

from collections.abc import Mapping
from enum import IntFlag
from functools import cache

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
}
OF_COUNTS = Flag.CONTRADICTS | Flag.UNREADABLE
"""Those that hold for counts of everybody too."""
_SEPARATOR = "; "


def words(bits: int) -> tuple[str, ...]:
    """The flags that are set, in words.

    Example:
        >>> words(Flag.FEW_HERE | Flag.NO_GENE_BAR)[1]
        'no bar for this gene, or the gene is not known'
    """
    return tuple(text for flag, text in WORDS.items() if bits & flag)


@cache
def flag_table() -> pa.Table:
    """Every combination of flags and its words: to be joined with.

    A join with a small table costs an engine less than putting words together for each row.

    Returns:
        `bits`; `flags`, of a group; `of_any`, of a variant, some of whose groups have them.
    """
    texts = [""]
    for flag in Flag:
        # Flags stand in the order of their bits, and so do the combinations.
        texts += [f"{text}{_SEPARATOR}{WORDS[flag]}" if text else WORDS[flag] for text in texts]
    of_any = [text.replace("this group", "a group") for text in texts]
    bits = pa.array(range(len(texts)), pa.int32())
    return pa.table({"bits": bits, "flags": texts, "of_any": of_any})

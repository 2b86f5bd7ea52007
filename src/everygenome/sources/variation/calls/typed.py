"""One variant, as somebody typed it.

What is read: `1-55051215-G-GA`, the same with other signs between, and HGVS on a chromosome
(`NC_000001.11:g.55051215G>A`). What names a variant in another way gets an answer that says what
to give instead.
"""

import re

from everygenome.errors import InputError
from everygenome.sources.variation.builds import CHROMOSOMES, Build, contig
from everygenome.sources.variation.calls.forms import (
    EXAMPLE,
    LAST_POSITION,
    Typed,
    position_of,
    shown,
)
from everygenome.sources.variation.calls.hgvs import on_genome
from everygenome.sources.variation.calls.reference import Reference

__all__ = ["Typed", "typed"]

_PLAIN = re.compile(
    r"(?P<chrom>[^\s:_\-]+)(?:\s*[:_\-]\s*|\s+)(?P<pos>\d[\d,]*)[\s:_\-]*"
    r"(?P<ref>[A-Za-z]+)[\s:_\->/]+(?P<alt>\S+)"
)
_HGVS = re.compile(r"(?P<sequence>[^:\s]+?)(?:\([^)\s]*\))?:(?P<kind>[a-z])\.(?P<change>\S+)")
_SPDI = re.compile(r"[A-Z]{2}_\d+\.\d+:\d+:[A-Za-z\d]*:[A-Za-z\d]*")
# Signs that programs for text put in place of plain ones.
_PLAINER = str.maketrans(
    {**dict.fromkeys("‐‑‒–—−", "-"), "→": ">", "：": ":", "\ufeff": None, "\u200b": None}
)
_OTHERS = (
    (re.compile(r"rs\d+\Z", re.IGNORECASE), "an rs number, which may stand for several alleles"),
    (re.compile(r"(?:VCV|RCV|SCV)[\d.]+\Z", re.IGNORECASE), "an accession of ClinVar"),
    (re.compile(r"CA\d+\Z", re.IGNORECASE), "an identifier of the ClinGen Allele Registry"),
    (re.compile(r"(?:.*:)?\(?p\.|.*:\(?p\.", re.IGNORECASE), "a change of a protein (HGVS p.)"),
    (
        re.compile(r"(?:.*[:\s])?[cnr]\.", re.IGNORECASE),
        "a change of a transcript (HGVS c., n., r.)",
    ),
    (_SPDI, "SPDI, which counts positions from 0"),
)


def typed(text: str, *, build: Build | None = None, reference: Reference | None = None) -> Typed:
    """Read one variant.

    Args:
        text: what was typed.
        build: the one that is asked for; another one is an error.
        reference: the genome; forms that leave bases out need it.

    Raises:
        InputError: it is in no form that is read, is on another build, or needs a genome.

    Example:
        >>> typed("chr1:55051215 G>GA")
        Typed(name='chr1:55051215 G>GA', chrom='chr1', pos=55051215, ref='G', alt='GA', build=None)
    """
    name = text.strip()
    bare = name.translate(_PLAINER)
    if (found := _HGVS.fullmatch(re.sub(r"\s+", "", bare))) and found["kind"] in "gm":
        return on_genome(name, found["sequence"], found["change"], build=build, reference=reference)
    for form, what in _OTHERS:
        if form.match(bare):
            raise InputError(
                f"{shown(name)} is {what}.",
                remedy=f"Give the place on the genome: {EXAMPLE}, or HGVS g. such as "
                "NC_000001.11:g.55051215G>A.",
            )
    if (found := _PLAIN.fullmatch(bare)) is None:
        raise InputError(f"{shown(name)} is not understood.", remedy=f"Give it as {EXAMPLE}.")
    chrom, pos = found["chrom"], position_of(found["pos"].replace(",", ""))
    if contig(chrom) not in CHROMOSOMES:
        raise InputError(
            f"{shown(name)}: {shown(chrom)} is no chromosome.", remedy="Give 1 to 22, X, Y or MT."
        )
    if pos > LAST_POSITION:
        raise InputError(
            f"{shown(name)}: no chromosome has a position so large.",
            remedy="Check the position.",
        )
    if "," in found["alt"]:
        raise InputError(
            f"{shown(name)} has several alternate alleles.", remedy="Give each one by itself."
        )
    if found["alt"] in ("-", "."):
        raise InputError(
            f"{shown(name)} leaves an allele out.",
            remedy="Write a deletion with the base before it, as in a VCF: CA to C, at the "
            "position of the C.",
        )
    return Typed(name, chrom, pos, found["ref"], found["alt"])

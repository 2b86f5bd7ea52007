"""What is met in files of variants: classes that are counted, and why a row is not comparable."""

import re

# Counted; the rows are compared all the same.
SPLIT = "records with several alternate alleles, which were split"
TRIMMED = "alleles that were trimmed to their shortest form"
MOVED = "insertions or deletions that were moved to the left"
NOT_LEFT_ALIGNED = "insertions or deletions that are not left-aligned"
LOWER = "alleles in small letters"
DUPLICATES = "variants that were given more than once"
WITH_CHR = "chromosome names with chr"
WITHOUT_CHR = "chromosome names without chr"
CRLF = "line ends of Windows (CRLF)"
SAMPLES = "samples, whose genotypes are not read"
SEVERAL_GENES = "variants in several genes, of which the first is taken"
BLANK = "blank lines and comments"
NOT_CHECKED = "chromosomes that the reference genome does not hold"

# Problems; the rows stay in the table and are not compared.
NO_CHROMOSOME = "contig of no chromosome"
NO_ALTERNATE = "no alternate allele (.)"
SPANNING = "spanning deletion (*)"
BREAKEND = "breakend"
NO_BASES = "letters that are no bases"
AMBIGUOUS = "letters for several bases (IUPAC, N)"
SAME = "alternate allele is the reference allele"
OUTSIDE = "position outside the chromosome"
OTHER_REFERENCE = "REF differs from the reference genome"
_SYMBOLIC = "symbolic allele (<{}>)"
_KNOWN_SYMBOLS = ("DEL", "INS", "DUP", "INV", "CNV", "CN", "BND", "NON_REF", "*", "TRA", "STR")
_BASES = re.compile(r"[ACGTacgt]+")
_CODES = re.compile(r"[ACGTNRYSWKMBDHVacgtnryswkmbdhv]+")
# One base joined to what lies elsewhere, unknown.
_SINGLE_END = re.compile(r"\.[ACGTNacgtn]+|[ACGTNacgtn]+\.")


def problem_of(ref: str, alt: str) -> str | None:
    """Why two alleles cannot be compared; None where they can.

    Example:
        >>> problem_of("A", "<DEL:ME>"), problem_of("A", "*"), problem_of("AC", "A")
        ('symbolic allele (<DEL>)', 'spanning deletion (*)', None)
    """
    if alt in (".", ""):
        return NO_ALTERNATE
    if alt == "*":
        return SPANNING
    if alt.startswith("<"):
        kind = re.split(r"[:\d>]", alt[1:], maxsplit=1)[0].upper()
        return _SYMBOLIC.format(kind if kind in _KNOWN_SYMBOLS else "other")
    if "[" in alt or "]" in alt or _SINGLE_END.fullmatch(alt):
        return BREAKEND
    for allele in (ref, alt):
        if not _BASES.fullmatch(allele):
            return AMBIGUOUS if _CODES.fullmatch(allele) else NO_BASES
    return SAME if ref.upper() == alt.upper() else None

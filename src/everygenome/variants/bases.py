"""The wording of a panel's `basis`: which statistic its bars are for, and what a group must have.

A wording that nobody has reviewed stops: a bar for one statistic misleads under another.
"""

import re
from dataclasses import dataclass

from everygenome.variants.bars import Statistic

KNOWN = (
    'FAF in any wording ("Grpmax FAF"); AF, MAF, "Grpmax AF" or "Popmax AF"; "highest MAF in '
    'continental pop with >2000 alleles"; "subpop >2000 alleles and >=5 alleles present"'
)
# A negation turns a wording round, and another confidence is another number.
_FAF = re.compile(r"(?!.*\bnot\b)(?:.*\W)?faf(?:95)?(?:\W.*)?")
_AF = re.compile(r"(?:(?:grpmax|popmax) )?m?af|m?af (?:grpmax|popmax)")
# ">2000" is 2,001 or more, and ">=2000" is 2,000 or more, as the panel wrote it.
_CONTINENTAL = re.compile(
    r"highest m?af in continental pop(?:ulation)? with (>=?) ?([\d,]{1,15}) alleles"
)
_SUBPOPULATION = re.compile(
    r"subpop(?:ulation)? (>=?) ?([\d,]{1,15}) alleles and (>=?) ?([\d,]{1,15}) alleles present"
)


@dataclass(frozen=True, slots=True)
class Basis:
    """What bars are for: statistic, AN and AC that a group must have."""

    statistic: Statistic
    least_chromosomes: int = 0
    least_copies: int = 0


def basis_of(wording: str) -> Basis | None:
    """What a wording means; None where it is not known.

    Example:
        >>> basis_of("Grpmax FAF gnomAD v4").statistic.name
        'FAF'
        >>> basis_of("subpop >2000 alleles and >=5 alleles present").least_copies
        5
        >>> basis_of("subpop >2000 alleles and >=5 alleles present").least_chromosomes
        2001
        >>> basis_of("carrier frequency") is None
        True
    """
    said = " ".join(wording.casefold().split())
    if _FAF.fullmatch(said):
        return Basis(Statistic.FAF)
    if _AF.fullmatch(said):
        return Basis(Statistic.AF)
    if found := _CONTINENTAL.fullmatch(said):
        return Basis(Statistic.AF, least_chromosomes=_least(*found.groups()))
    if found := _SUBPOPULATION.fullmatch(said):
        return Basis(Statistic.AF, _least(found[1], found[2]), _least(found[3], found[4]))
    return None


def _least(sign: str, digits: str) -> int:
    """The least whole number that a condition such as ">2,000" holds for."""
    number = int(digits.replace(",", "") or 0)
    return number + 1 if sign == ">" else number

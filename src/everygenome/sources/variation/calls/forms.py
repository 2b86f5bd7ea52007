"""A variant that was typed, and the words for it in messages."""

from dataclasses import dataclass

from everygenome.sources.variation.builds import Build

EXAMPLE = "1-55051215-G-GA (chromosome, position, reference and alternate allele, as in a VCF)"
LAST_POSITION = 2**31 - 1
_LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Typed:
    """A variant that was typed.

    Attributes:
        name: as it was typed.
        chrom: as it was typed; of an accession, the chromosome it names.
        pos: counted from 1, as in a VCF.
        ref, alt: alleles, at least one base each.
        build: the one that an accession states; None where nothing states one.
    """

    name: str
    chrom: str
    pos: int
    ref: str
    alt: str
    build: Build | None = None


def position_of(digits: str) -> int:
    """The number that digits are; of so many that Python reads none, one beyond any chromosome.

    Example:
        >>> position_of("0" * 5000 + "5"), position_of("9" * 5000) > LAST_POSITION
        (5, True)
    """
    return int(digits.lstrip("0")[:20] or "0")


def shown(text: str) -> str:
    """What was typed, for a message: one line, not long, and nothing that steers a terminal.

    Example:
        >>> shown("a" * 100)[-8:], shown("a\\x1b[31m")
        ('aaaaaaa…', "'a?[31m'")
    """
    short = text[:_LONGEST_SHOWN] + "…" if len(text) > _LONGEST_SHOWN else text
    plain = "".join(letter if letter.isprintable() else "?" for letter in short)
    return plain if len(text) > _LONGEST_SHOWN else f"'{plain}'"

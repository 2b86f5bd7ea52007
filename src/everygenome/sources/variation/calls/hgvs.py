"""HGVS on a chromosome (g.), made into the alleles of a VCF.

Source: HGVS Nomenclature, recommendations for DNA, version 21. A VCF wants the base before a
deletion or insertion, which HGVS leaves out: it is looked up in the genome.
"""

import re
from dataclasses import dataclass

from everygenome.errors import InputError
from everygenome.sources.variation.accessions import chromosome_of
from everygenome.sources.variation.builds import CHROMOSOMES, LENGTHS, Build, contig
from everygenome.sources.variation.calls.forms import (
    EXAMPLE,
    LAST_POSITION,
    Typed,
    position_of,
    shown,
)
from everygenome.sources.variation.calls.reference import Reference

# Longer ones are structural variants, which tables of frequencies of small variants do not hold.
_LONGEST = 10_000
_CHANGE = re.compile(
    r"(?P<first>\d+)(?:_(?P<last>\d+))?(?:"
    r"(?P<ref>[A-Za-z]+)>(?P<alt>[A-Za-z]+)"
    r"|del(?P<gone>[A-Za-z]*?)ins(?P<instead>[A-Za-z]+)"
    r"|del(?P<deleted>[A-Za-z]*)"
    r"|dup(?P<doubled>[A-Za-z]*)"
    r"|ins(?P<inserted>[A-Za-z]+)"
    r"|(?P<turned>inv))"
)
_FORMS = "Read are: 100G>A, 100_102del, 100_102dup, 100_101insACG, 100_102delinsAC and 100_102inv."
_OPPOSITE = str.maketrans("ACGT", "TGCA")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a change is, and what can be looked up there."""

    name: str
    chrom: str
    first: int
    last: int
    reference: Reference | None

    def bases(self, first: int, last: int) -> str:
        if self.reference is None:
            raise InputError(
                f"{shown(self.name)} leaves bases out, which stand in the reference genome, and "
                "none was given.",
                remedy=f"Give the genome as a FASTA, or write the variant as {EXAMPLE}.",
            )
        found = self.reference.bases(contig(self.chrom), first, last)
        if not found or "N" in found:
            raise InputError(
                f"{shown(self.name)}: {self.reference.name} has no known bases there.",
                remedy="Check the position, and that the FASTA holds this chromosome.",
            )
        return found

    def checked(self, stated: str) -> str:
        """The bases that are stated, where they fit the place."""
        stated = stated.upper()
        if len(stated) != self.last - self.first + 1:
            raise InputError(
                f"{shown(self.name)} states {len(stated)} bases for "
                f"{self.last - self.first + 1} positions.",
                remedy="Check the positions, and the bases.",
            )
        if self.reference is not None:
            found = self.bases(self.first, self.last)
            if found != stated:
                raise InputError(
                    f"{shown(self.name)}: {self.reference.name} has {shown(found)} there.",
                    remedy="Check the build, the position and the bases.",
                )
        return stated

    def stated_or_looked_up(self, stated: str) -> str:
        return self.checked(stated) if stated else self.bases(self.first, self.last)


def on_genome(
    name: str, sequence: str, change: str, *, build: Build | None, reference: Reference | None
) -> Typed:
    """Make alleles of a description.

    Args:
        name: all that was typed; sequence, change: what stands before and after `:g.`.
        build: the one that is asked for.
        reference: the genome; its build was checked.

    Raises:
        InputError: as `typed` says.
    """
    chrom, stated = _chromosome(name, sequence)
    if stated and build and stated is not build:
        raise InputError(
            f"{shown(name)} is on {stated}; what it is compared with is on {build}.",
            remedy=f"Give its place on {build}, or choose frequencies on {stated}.",
        )
    found = _CHANGE.fullmatch(change)
    if found is None:
        raise InputError(f"{shown(name)} is not understood.", remedy=_FORMS)
    first = position_of(found["first"])
    last = position_of(found["last"] or found["first"])
    on = stated or build
    known = LENGTHS[on].get(contig(chrom)) if on else None
    if not 1 <= first <= last <= (known or LAST_POSITION):
        raise InputError(
            f"{shown(name)}: positions run from 1 to the end of the chromosome, the smaller first.",
            remedy="Check the positions, and the build.",
        )
    if last - first >= _LONGEST:
        raise InputError(
            f"{shown(name)} is longer than {_LONGEST:,} bases.",
            remedy="Tables of frequencies of small variants do not hold it.",
        )
    place = _Place(name, chrom, first, last, reference)
    pos, ref, alt = _alleles(found, place)
    return Typed(name, chrom, pos, ref, alt.upper(), stated)


def _chromosome(name: str, sequence: str) -> tuple[str, Build | None]:
    if known := chromosome_of(sequence):
        return known
    if contig(sequence) in CHROMOSOMES:
        return sequence, None
    raise InputError(
        f"{shown(name)}: {shown(sequence)} is no chromosome of GRCh37 or GRCh38.",
        remedy="HGVS g. is read on chromosomes, such as NC_000001.11 (GRCh38) or NC_000001.10 "
        "(GRCh37), with the version.",
    )


def _alleles(found: re.Match[str], place: _Place) -> tuple[int, str, str]:
    first, last = place.first, place.last
    if found["ref"]:
        return first, place.checked(found["ref"]), found["alt"]
    if found["instead"]:
        return first, place.stated_or_looked_up(found["gone"]), found["instead"]
    if found["turned"]:
        turned = place.bases(first, last)
        return first, turned, turned.translate(_OPPOSITE)[::-1]
    if found["deleted"] is not None:
        return _deleted(place, place.stated_or_looked_up(found["deleted"]))
    if found["doubled"] is not None:
        more, at = place.stated_or_looked_up(found["doubled"]), last
    else:
        more, at = found["inserted"], first
        if last != first + 1:
            raise InputError(
                f"{shown(place.name)}: an insertion stands between two neighbours.",
                remedy="Write 100_101insACG for ACG between 100 and 101.",
            )
    before = place.bases(at, at)
    return at, before, before + more


def _deleted(place: _Place, gone: str) -> tuple[int, str, str]:
    first, last = place.first, place.last
    if first == 1:
        # Nothing stands before it: a VCF then takes the base after it.
        after = place.bases(last + 1, last + 1)
        return 1, gone + after, after
    before = place.bases(first - 1, first - 1)
    return first - 1, before + gone, before

"""Builds of the human genome: how long their chromosomes are, and how these are called."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from everygenome.errors import InputError

CHROMOSOMES = (*(str(number) for number in range(1, 23)), "X", "Y", "MT")


class Build(StrEnum):
    """A reference genome; a position means something only on one of them."""

    GRCH37 = "GRCh37"
    GRCH38 = "GRCh38"


# Lengths of 1 to 22, X and Y. Source: Genome Reference Consortium, GRCh37 and GRCh38.
LENGTHS: Mapping[Build, Mapping[str, int]] = {
    Build.GRCH37: dict(
        zip(
            CHROMOSOMES,
            (
                249_250_621,
                243_199_373,
                198_022_430,
                191_154_276,
                180_915_260,
                171_115_067,
                159_138_663,
                146_364_022,
                141_213_431,
                135_534_747,
                135_006_516,
                133_851_895,
                115_169_878,
                107_349_540,
                102_531_392,
                90_354_753,
                81_195_210,
                78_077_248,
                59_128_983,
                63_025_520,
                48_129_895,
                51_304_566,
                155_270_560,
                59_373_566,
            ),
            strict=False,
        )
    ),
    Build.GRCH38: dict(
        zip(
            CHROMOSOMES,
            (
                248_956_422,
                242_193_529,
                198_295_559,
                190_214_555,
                181_538_259,
                170_805_979,
                159_345_973,
                145_138_636,
                138_394_717,
                133_797_422,
                135_086_622,
                133_275_309,
                114_364_328,
                107_043_718,
                101_991_189,
                90_338_345,
                83_257_441,
                80_373_285,
                58_617_616,
                64_444_167,
                46_709_983,
                50_818_468,
                156_040_895,
                57_227_415,
            ),
            strict=False,
        )
    ),
}
# Where X and Y pair, so that everybody has two copies: first and last position, inclusive.
# Source: Genome Reference Consortium, "pseudoautosomal regions".
PSEUDOAUTOSOMAL: Mapping[Build, Mapping[str, tuple[tuple[int, int], ...]]] = {
    Build.GRCH37: {
        "X": ((60_001, 2_699_520), (154_931_044, 155_260_560)),
        "Y": ((10_001, 2_649_520), (59_034_050, 59_363_566)),
    },
    Build.GRCH38: {
        "X": ((10_001, 2_781_479), (155_701_383, 156_030_895)),
        "Y": ((10_001, 2_781_479), (56_887_903, 57_217_415)),
    },
}
_SAME = {"M": "MT", "23": "X", "24": "Y", "25": "XY", "26": "MT"}


def contig(name: str) -> str:
    """How a chromosome is called when files are matched: without `chr`, MT for chrM.

    Example:
        >>> contig("chr1"), contig("chrM"), contig("GL000191.1")
        ('1', 'MT', 'GL000191.1')
    """
    bare = name[3:] if name[:3].lower() == "chr" else name
    bare = bare.upper() if len(bare) <= 2 else bare
    return _SAME.get(bare, bare)


def build_of(contigs: Iterable[tuple[str, int | None]], *, name: str) -> Build | None:
    """The build whose lengths a header states; None where it states none of a chromosome.

    Raises:
        InputError: the lengths are of another genome, or of two.

    Example:
        >>> build_of([("chr1", 248_956_422)], name="a.vcf")
        <Build.GRCH38: 'GRCh38'>
    """
    stated = {contig(one): length for one, length in contigs if length}
    known = {one: length for one, length in stated.items() if one in LENGTHS[Build.GRCH37]}
    fitting = [
        build
        for build, lengths in LENGTHS.items()
        if all(lengths[one] == length for one, length in known.items())
    ]
    if not known:
        return None
    if len(fitting) == 1:
        return fitting[0]
    one = next(
        one
        for one, length in known.items()
        if length not in (LENGTHS[Build.GRCH37][one], LENGTHS[Build.GRCH38][one]) or not fitting
    )
    raise InputError(
        f"{name}: its header says that chromosome {one} has {known[one]:,} bases, which "
        "fits neither GRCh37 nor GRCh38 with the others.",
        remedy="Only files on GRCh37 or GRCh38 can be compared. Lift it over, or mend the header.",
    )

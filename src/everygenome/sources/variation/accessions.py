"""How RefSeq calls the chromosomes of each build.

Source: NCBI, assembly reports of GRCh37.p13 (GCF_000001405.25) and GRCh38.p14 (GCF_000001405.40).
"""

from collections.abc import Mapping

from everygenome.sources.variation.builds import CHROMOSOMES, Build

MITOCHONDRION = "NC_012920.1"
# The versions of NC_000001 to NC_000024, in order.
_VERSIONS: Mapping[Build, tuple[int, ...]] = {
    Build.GRCH37: (
        *(10, 11, 11, 11, 9, 11, 13, 10, 11, 10, 9, 11),
        *(10, 8, 9, 9, 10, 9, 9, 10, 8, 10, 10, 9),
    ),
    Build.GRCH38: (
        *(11, 12, 12, 12, 10, 12, 14, 11, 12, 11, 10, 12),
        *(11, 9, 10, 10, 11, 10, 10, 11, 9, 11, 11, 10),
    ),
}
_KNOWN: Mapping[str, tuple[str, Build | None]] = {
    # Both builds took the same mitochondrion, so that its accession states neither.
    MITOCHONDRION: ("MT", None),
    **{
        f"NC_{number:06}.{version}": (CHROMOSOMES[number - 1], build)
        for build, versions in _VERSIONS.items()
        for number, version in enumerate(versions, start=1)
    },
}


def chromosome_of(accession: str) -> tuple[str, Build | None] | None:
    """The chromosome that an accession names, and its build; None where it is not known.

    Example:
        >>> chromosome_of("NC_000001.11")
        ('1', <Build.GRCH38: 'GRCh38'>)
        >>> chromosome_of("NM_000257.4") is None
        True
    """
    return _KNOWN.get(accession.strip().upper())

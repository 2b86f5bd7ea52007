"""What the header of a VCF or BCF says, in our types."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from everygenome.sources.variation.bcftools import header_of
from everygenome.sources.variation.builds import Build, build_of


@dataclass(frozen=True, slots=True)
class InfoField:
    """An INFO field as the header declares it."""

    number: str
    type: str
    description: str


@dataclass(frozen=True, slots=True)
class Header:
    """A header.

    Attributes:
        name: of the file.
        contigs: their names as the file has them -> length, where stated.
        info: INFO fields by identifier.
        filters: identifiers of FILTER.
        samples: how many columns of genotypes there are.
        build: by the lengths; None where none are stated.
        plain: other lines, `##key=value`, the first of each key.
    """

    name: str
    contigs: Mapping[str, int | None]
    info: Mapping[str, InfoField]
    filters: tuple[str, ...]
    samples: int
    build: Build | None
    plain: Mapping[str, str]


def read_header(path: Path, *, name: str = "") -> Header:
    """Read the header of a VCF or BCF.

    Args:
        path: the file.
        name: what messages call it; empty: its own name.

    Raises:
        InputError: it is no VCF or BCF, or states chromosomes of no build that is known.
    """
    name = name or Path(path).name
    told = header_of(path)
    contigs = {str(name): length for name, length in told["contigs"]}
    plain: dict[str, str] = {}
    for key, value in told["plain"]:
        plain.setdefault(key, value)
    return Header(
        name=name,
        contigs=contigs,
        info={one: InfoField(number, kind, text or "") for one, number, kind, text in told["info"]},
        filters=tuple(told["filters"]),
        samples=int(told["samples"]),
        build=build_of(contigs.items(), name=name),
        plain=plain,
    )

"""Sites files as they are given: what they are, where they keep their counts, on which build."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from everygenome.errors import InputError, UsageError
from everygenome.sources.variation.bcftools import whole
from everygenome.sources.variation.builds import LENGTHS, Build, contig
from everygenome.sources.variation.calls.from_vcf import told
from everygenome.sources.variation.calls.handed import Handed, Kind, handed
from everygenome.sources.variation.header import Header, read_header
from everygenome.sources.variation.layouts import Layout, gnomad_layout
from everygenome.sources.variation.mapping import mapped_layout
from everygenome.sources.variation.preparing.columns import asked
from everygenome.sources.variation.preparing.manifest import STORE_VERSION
from everygenome.sources.variation.preparing.one_file import Sites


@dataclass(frozen=True, slots=True)
class Given:
    """Files of one source.

    Attributes:
        sites: the files; build: that their positions are on.
    """

    sites: tuple[Sites, ...]
    build: Build

    @property
    def layout(self) -> Layout:
        """Of the first; the others have the same groups."""
        return self.sites[0].layout

    @property
    def keys(self) -> list[str]:
        """Folders of what is read of each: another one if it or the way to read it changes."""
        return [_key(one) for one in self.sites]


def given(paths: Sequence[Path], mapping: Path | None, *, joint: bool, build: str | None) -> Given:
    """Look at the headers of sites files.

    Args:
        paths: the files.
        mapping: which fields hold the counts, for files that are not of gnomAD.
        joint: counts of exomes and genomes together.
        build: where the files do not say it.

    Raises:
        InputError: one is no VCF or BCF, or of another build or layout than the others.
        UsageError: there is none, one is named twice, or nobody says the build.
    """
    files = _files(paths)
    headers = [_header(file) for file in files]
    layouts, found = _layouts(headers, mapping, joint=joint, build=build)
    sites = (
        Sites(file, layout, _ends(header, found), found)
        for file, layout, header in zip(files, layouts, headers, strict=True)
    )
    return Given(tuple(sites), found)


def _files(sites: Sequence[Path]) -> list[Handed]:
    paths = [whole(path) for path in sites]
    if not paths:
        raise UsageError("No sites file is given.", remedy="Name at least one VCF or BCF.")
    if len(set(paths)) < len(paths):
        raise UsageError("A sites file is named twice.", remedy="Name each file once.")
    files = [
        # It is called as it was named, also where that is a link.
        replace(handed(path, work=path.parent), name=Path(named).name)
        for path, named in zip(paths, sites, strict=True)
    ]
    for file in files:
        if file.kind is Kind.LIST:
            raise InputError(
                f"{file.name} is no VCF or BCF.",
                remedy="Give a file whose first line is ##fileformat=VCF..., with counts by group.",
            )
    return files


def _header(file: Handed) -> Header:
    try:
        return read_header(file.path, name=file.name)
    except InputError as error:
        raise told(file, error) from None


def _ends(header: Header, build: Build) -> dict[str, int]:
    """Chromosome, as the file calls it -> its last position."""
    known = LENGTHS[build]
    ends = {name: length or known.get(contig(name)) for name, length in header.contigs.items()}
    return {name: end for name, end in ends.items() if end}


def _layouts(
    headers: Sequence[Header], mapping: Path | None, *, joint: bool, build: str | None
) -> tuple[list[Layout], Build]:
    layouts = [
        gnomad_layout(header, joint=joint) if mapping is None else mapped_layout(mapping, header)
        for header in headers
    ]
    for header, layout in zip(headers, layouts, strict=True):
        first = layouts[0]
        if (layout.name, layout.version) != (first.name, first.version):
            raise InputError(
                f"{header.name} is laid out as {layout.title}, and {headers[0].name} as "
                f"{first.title}.",
                remedy="Prepare a store of each.",
            )
        if layout.codes != first.codes:
            raise InputError(
                f"{header.name} has the groups {', '.join(layout.codes)}, and {headers[0].name} "
                f"has {', '.join(first.codes)}: their counts cannot stand in one store.",
                remedy="Prepare a store of each; or take the joint counts of v4 with --joint.",
            )
    asked = {one for one in (build, *(layout.build for layout in layouts)) if one}
    stated = {str(header.build) for header in headers if header.build}
    found = asked | stated
    if len(found) > 1:
        raise InputError(
            f"The files are of different builds, or not of the one that was stated: "
            f"{', '.join(sorted(found))}.",
            remedy="Prepare a store of each build.",
        )
    if not found:
        raise UsageError(
            f"{headers[0].name} does not say on which build its positions are.",
            remedy="Say it with --build GRCh37 or --build GRCh38.",
        )
    (one,) = found
    if one not in set(Build):
        raise UsageError(f"The build {one!r} is not known.", remedy="Use GRCh37 or GRCh38.")
    return layouts, Build(one)


def _key(sites: Sites) -> str:
    """The folder of what is read of a file: another one if it or the way to read it changes."""
    status = sites.file.path.stat()
    told = [
        STORE_VERSION, str(sites.file.path), status.st_size, status.st_mtime_ns,
        repr(asked(sites.layout, sexes=True)), sorted(sites.ends.items()),
    ]  # fmt: skip
    return f"file-{hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]}"

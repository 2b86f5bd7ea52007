"""The record of a store: what it says of itself, from what was read and made."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version

from everygenome.sources.variation.layouts import Layout
from everygenome.sources.variation.preparing.classes import CRLF, ENDLESS
from everygenome.sources.variation.preparing.finishing import Together
from everygenome.sources.variation.preparing.given import Given
from everygenome.sources.variation.preparing.kept import FileRead
from everygenome.sources.variation.preparing.manifest import (
    STORE_VERSION,
    FrequencyManifest,
    SitesFile,
)
from everygenome.sources.variation.preparing.most import Most, add, anywhere
from everygenome.sources.variation.preparing.one_file import Sites


def record_of(
    found: Given,
    reads: Sequence[FileRead],
    contigs: Mapping[str, Together],
    *,
    mapped: bool,
    allele_numbers: Mapping[str, int],
    notes: Sequence[str],
) -> FrequencyManifest:
    """What a store says of itself, as of today.

    Args:
        found: the files; reads: what became of each.
        contigs: chromosome -> what the store holds of it.
        mapped, allele_numbers, notes: as in `FrequencyManifest`.
    """
    layout, layouts = found.layout, [one.layout for one in found.sites]
    codes = ("all", *layout.codes)
    most: Most = {}
    for one in contigs.values():
        add(most, one.most)
    return FrequencyManifest(
        store_version=STORE_VERSION,
        name=layout.name,
        version=layout.version,
        data=_data(layouts),
        title=_title(layouts),
        build=found.build,
        groups={code: layout.labels.get(code, "") for code in layout.codes},
        sampled=layout.sampled,
        counting=layout.counting,
        continental=layout.continental,
        mapped=mapped,
        prepared=datetime.now(UTC).date().isoformat(),
        made_with=version("everygenome"),
        files=tuple(_told(one, read) for one, read in zip(found.sites, reads, strict=True)),
        contigs={name: one.rows for name, one in contigs.items()},
        variants=sum(one.rows for one in contigs.values()),
        classes=_classes(reads, contigs),
        most_chromosomes={code: anywhere(most, code) for code in codes},
        most_by_region={
            region: {code: numbers.get(code, 0) for code in codes}
            for region, numbers in most.items()
        },
        sexes=bool(layout.sexes),
        allele_numbers=allele_numbers,
        notes=tuple(notes),
    )


def _classes(reads: Sequence[FileRead], contigs: Mapping[str, Together]) -> dict[str, int]:
    """What was met in chromosomes and in files, by name."""
    counted = sum((one.classes for one in contigs.values()), Counter())
    counted[CRLF] += sum(read.crlf for read in reads)
    counted[ENDLESS] += sum(read.endless for read in reads)
    return dict(sorted((+counted).items()))


def _data(layouts: Sequence[Layout]) -> str:
    return layouts[0].data if len({one.data for one in layouts}) == 1 else "exomes and genomes"


def _title(layouts: Sequence[Layout]) -> str:
    titles = list(dict.fromkeys(one.title for one in layouts))
    return titles[0] if len(titles) == 1 else " and ".join(titles)


def _told(sites: Sites, read: FileRead) -> SitesFile:
    return SitesFile(
        name=sites.file.name,
        size_bytes=sites.file.path.stat().st_size,
        sha256=read.sha256,
        records=read.records,
        variants=read.rows,
    )

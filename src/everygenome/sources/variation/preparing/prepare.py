"""Make a store of frequencies out of sites files: once, so that each question is quick."""

import fcntl
import hashlib
import json
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from everygenome.errors import InputError, StoreError, UsageError
from everygenome.sources.variation.bcftools import whole
from everygenome.sources.variation.builds import Build
from everygenome.sources.variation.header import read_header
from everygenome.sources.variation.layouts import Layout, gnomad_layout
from everygenome.sources.variation.mapping import mapped_layout
from everygenome.sources.variation.preparing.allele_numbers import write_allele_numbers
from everygenome.sources.variation.preparing.columns import folder_of
from everygenome.sources.variation.preparing.finishing import counted, put_together
from everygenome.sources.variation.preparing.manifest import (
    STORE_VERSION,
    FrequencyManifest,
    SitesFile,
)
from everygenome.sources.variation.preparing.one_file import FileRead, merged, read_sites
from everygenome.sources.variation.preparing.published import notes_of
from everygenome.sources.variation.preparing.writing import Part
from everygenome.statistics.distributions import gamma_quantile


def _silent(stage: str, done: int = 0, total: int | None = None) -> None:
    del stage, done, total


def prepare(
    sites: Sequence[Path],
    out: Path,
    *,
    mapping: Path | None = None,
    joint: bool = False,
    build: str | None = None,
    combine: bool = False,
    allele_numbers: Path | None = None,
    report: Callable[..., None] = _silent,
) -> FrequencyManifest:
    """Make a store of frequencies.

    Args:
        sites: VCF or BCF files with counts by group: of one source, each chromosome once, or with
            `combine` of different people.
        out: folder that is made; where it holds a store already, nothing is done to it.
        mapping: which fields hold the counts, for files that are not of gnomAD.
        joint: counts of exomes and genomes together, which v4 files hold too.
        build: GRCh37 or GRCh38, where the files do not say it.
        combine: add up counts of the same variant in several files.
        allele_numbers: chromosomes looked at for every place: `chrom, pos, an_<group>...`, or
            `locus` and `AN`.
        report: is told what is done, how far, and of how much.

    Returns:
        What the store says of itself.

    Raises:
        InputError: a file is damaged, of another build or layout; what was finished is kept
            beside `out`, and the same command goes on from there.
        StoreError: the folder cannot be written.
        UsageError: no files, or the store is there already.
    """
    paths = [whole(path) for path in sites]
    if not paths:
        raise UsageError("No sites file is given.", remedy="Name at least one VCF or BCF.")
    if len(set(paths)) < len(paths):
        raise UsageError("A sites file is named twice.", remedy="Name each file once.")
    layouts, found_build = _layouts(paths, mapping, joint=joint, build=build)
    options = [str(mapping), joint, found_build, combine, str(allele_numbers)]
    with _working(Path(out), paths, options) as work:
        notes = [
            note for path, one in zip(paths, layouts, strict=True) for note in notes_of(path, one)
        ]
        reads = [
            read_sites(path, one, folder=work / f"file-{place:04}", report=report)
            for place, (path, one) in enumerate(zip(paths, layouts, strict=True))
        ]
        made = work / "store"
        shutil.rmtree(made, ignore_errors=True)
        contigs, repeated = _sites(reads, made, work, combine=combine, report=report)
        classes, most, copies = merged(reads)
        if combine and len(reads) > 1:
            # Sums are other numbers than what was read.
            most, copies = counted(made / "sites", work=work)
        if repeated:
            classes["variants that the source states again (the first statement is taken)"] = (
                repeated
            )
        _write_quantiles(copies, made)
        numbers = {}
        if allele_numbers is not None:
            report("Reading allele numbers")
            numbers = write_allele_numbers(allele_numbers, made, layouts[0].codes, work=work)
        layout = layouts[0]
        manifest = FrequencyManifest(
            store_version=STORE_VERSION,
            name=layout.name,
            version=layout.version,
            data=layout.data if len({one.data for one in layouts}) == 1 else "exomes and genomes",
            title=_title(layouts),
            build=found_build,
            groups={code: layout.labels.get(code, "") for code in layout.codes},
            sampled=layout.sampled,
            counting=layout.counting,
            continental=layout.continental,
            mapped=mapping is not None,
            prepared=datetime.now(UTC).date().isoformat(),
            made_with=version("everygenome"),
            files=tuple(_told(path, read) for path, read in zip(paths, reads, strict=True)),
            contigs=contigs,
            variants=sum(contigs.values()),
            classes=dict(sorted(classes.items())),
            most_chromosomes={code: most.get(code, 0) for code in ("all", *layout.codes)},
            sexes=bool(layout.sexes),
            allele_numbers=numbers,
            notes=tuple(notes),
        )
        manifest.write(made)
        made.replace(out)
    return manifest


def _layouts(
    paths: Sequence[Path], mapping: Path | None, *, joint: bool, build: str | None
) -> tuple[list[Layout], str]:
    headers = [read_header(path) for path in paths]
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
    return layouts, one


@contextmanager
def _working(out: Path, paths: Sequence[Path], options: Sequence[object]) -> Iterator[Path]:
    """A folder beside `out` that is kept when something fails, for the same command to go on."""
    if out.exists():
        raise UsageError(
            f"{out} is there already.", remedy="Name another folder with --out, or remove it."
        )
    asked = json.dumps(
        [
            STORE_VERSION,
            *options,
            *([str(p), p.stat().st_size, p.stat().st_mtime_ns] for p in paths),
        ]
    )
    work = out.with_name(out.name + ".preparing")
    try:
        work.mkdir(parents=True, exist_ok=True)
        lock = (work / "lock").open("w")
    except OSError as error:
        raise StoreError(
            f"{work} cannot be written: {error.strerror}.", remedy="Name another folder with --out."
        ) from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise StoreError(
                f"Another command is making {out} just now.", remedy="Wait until it has ended."
            ) from None
        key = hashlib.sha256(asked.encode()).hexdigest()
        mark = work / "asked"
        if mark.exists() and mark.read_text(encoding="utf-8") != key:
            # Other files, or files that have changed: nothing of it can be used.
            for left in work.iterdir():
                if left.is_dir():
                    shutil.rmtree(left)
        mark.write_text(key, encoding="utf-8")
        try:
            yield work
        except OSError as error:
            raise StoreError(
                f"{error.filename or work} cannot be written: {error.strerror}.",
                remedy="Make room, and run the same command again: it goes on where it stopped.",
            ) from None
        shutil.rmtree(work)


def _sites(
    reads: Sequence[FileRead], made: Path, work: Path, *, combine: bool, report: Callable[..., None]
) -> tuple[dict[str, int], int]:
    by_contig: defaultdict[str, list[Part]] = defaultdict(list)
    for read in reads:
        for part in read.parts:
            by_contig[part.contig].append(part)
    if not by_contig:
        raise InputError("The files hold no variants.", remedy="Look at them with bcftools view.")
    contigs: dict[str, int] = {}
    repeated: list[int] = []
    for place, (contig, parts) in enumerate(by_contig.items()):
        report("Putting chromosomes together", place, len(by_contig))
        folder = made / "sites" / folder_of(contig)
        contigs[contig] = put_together(parts, folder, work=work, combine=combine, repeated=repeated)
    return contigs, sum(repeated)


def _write_quantiles(copies: set[int], made: Path) -> None:
    """Quantiles that any bound of a frequency is made of, for each count that occurs."""
    counts = np.array(sorted({0, *(n for n in copies if n >= 0)}), dtype=np.int32)
    shape = np.maximum(counts, 1)
    pq.write_table(
        pa.table(
            {
                "copies": pa.array(counts, pa.int32()),
                "at_05": gamma_quantile(0.05, shape),
                "at_01": gamma_quantile(0.01, shape),
                "above_95": gamma_quantile(0.95, counts + 1),
            }
        ),
        made / "quantiles.parquet",
    )


def _title(layouts: Sequence[Layout]) -> str:
    titles = list(dict.fromkeys(one.title for one in layouts))
    return titles[0] if len(titles) == 1 else " and ".join(titles)


def _told(path: Path, read: FileRead) -> SitesFile:
    rows = sum(part.rows for part in read.parts)
    return SitesFile(
        name=path.name,
        size_bytes=path.stat().st_size,
        sha256=read.sha256,
        variants=rows,
    )

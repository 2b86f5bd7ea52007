"""Make a store of frequencies out of sites files: once, so that each question is quick."""

import shutil
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from everygenome.errors import InputError
from everygenome.sources.variation.bcftools import whole
from everygenome.sources.variation.builds import Build
from everygenome.sources.variation.preparing.allele_numbers import write_allele_numbers
from everygenome.sources.variation.preparing.columns import folder_of
from everygenome.sources.variation.preparing.finishing import Together, put_together
from everygenome.sources.variation.preparing.given import given
from everygenome.sources.variation.preparing.kept import Chromosome, FileRead
from everygenome.sources.variation.preparing.manifest import FrequencyManifest
from everygenome.sources.variation.preparing.number_rows import number_table
from everygenome.sources.variation.preparing.one_file import Sites, read_sites
from everygenome.sources.variation.preparing.published import notes_of
from everygenome.sources.variation.preparing.record import record_of
from everygenome.sources.variation.preparing.working import working
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
    found = given(sites, mapping, joint=joint, build=build)
    layout = found.layout
    # Looked at before hours of reading.
    table = None
    if allele_numbers is not None:
        table = number_table(whole(allele_numbers), layout.codes)
    # In full, so that no library takes the name for an address.
    out = Path(out).absolute()
    keys = found.keys
    with working(out, kept=keys) as work:
        notes = [note for one in found.sites for note in notes_of(one.file.path, one.layout)]
        reads = [
            read_sites(one, folder=work / key, report=report)
            for key, one in zip(keys, found.sites, strict=True)
        ]
        _check_different(found.sites, reads)
        made = work / "store"
        shutil.rmtree(made, ignore_errors=True)
        contigs = _sites(reads, made, work, combine=combine, build=found.build, report=report)
        _write_quantiles({n for one in contigs.values() for n in one.copies}, made)
        numbers = {}
        if table is not None:
            report("Reading allele numbers", 0, 1)
            numbers = write_allele_numbers(
                table,
                made,
                layout.codes,
                contigs=contigs,
                build=found.build,
                work=work,
            )
            report("Reading allele numbers", 1, 1)
        manifest = record_of(
            found,
            reads,
            contigs,
            mapped=mapping is not None,
            allele_numbers=numbers,
            notes=notes,
        )
        manifest.write(made)
        made.replace(out)
    return manifest


def _check_different(found: Sequence[Sites], reads: Sequence[FileRead]) -> None:
    names: dict[str, str] = {}
    for one, read in zip(found, reads, strict=True):
        if before := names.get(read.sha256):
            raise InputError(
                f"{before} and {one.file.name} hold the same bytes.", remedy="Name one of them."
            )
        names[read.sha256] = one.file.name


def _sites(
    reads: Sequence[FileRead],
    made: Path,
    work: Path,
    *,
    combine: bool,
    build: Build,
    report: Callable[..., None],
) -> dict[str, Together]:
    by_contig: defaultdict[str, list[Chromosome]] = defaultdict(list)
    for read in reads:
        for one in read.chromosomes:
            by_contig[one.part.contig].append(one)
    if not by_contig:
        raise InputError("The files hold no variants.", remedy="Look at them with bcftools view.")
    files = max(len(found) for found in by_contig.values())
    contigs: dict[str, Together] = {}
    stage = "Putting chromosomes together"
    for place, (name, found) in enumerate(by_contig.items()):
        report(stage, place, len(by_contig))
        folder = made / "sites" / folder_of(name)
        contigs[name] = put_together(
            found, folder, work=work, combine=combine, files=files, build=build
        )
    report(stage, len(by_contig), len(by_contig))
    return contigs


def _write_quantiles(copies: set[int], made: Path) -> None:
    """Quantiles that any bound of a frequency is made of, for each count that occurs."""
    # In 64 bits: one more than the largest must be a number too.
    counts = np.array(sorted({0, *(n for n in copies if n >= 0)}), dtype=np.int64)
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

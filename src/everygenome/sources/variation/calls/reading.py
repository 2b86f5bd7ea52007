"""What users hand in, made into one table that is in the order of the genome."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from everygenome.errors import InputError, UsageError
from everygenome.sources.variation.builds import Build
from everygenome.sources.variation.calls import classes
from everygenome.sources.variation.calls.from_list import TYPED, ListRows
from everygenome.sources.variation.calls.from_vcf import told, vcf_rows
from everygenome.sources.variation.calls.gene_places import GenePlaces, GeneSource
from everygenome.sources.variation.calls.handed import Handed, Kind, handed
from everygenome.sources.variation.calls.in_order import Sites
from everygenome.sources.variation.calls.matched import Matching
from everygenome.sources.variation.calls.ordered import Ordered
from everygenome.sources.variation.calls.reference import Reference
from everygenome.sources.variation.header import Header, read_header


@dataclass(frozen=True, slots=True, kw_only=True)
class Calls:
    """Variants that were handed in.

    Attributes:
        path: a Parquet file with the columns of `matched.MATCHED`, in the order of the genome:
            contig (1 to 22, X, Y, MT, others by name), mpos, mref, malt, ordinal.
        name: of the file that was handed in, or "typed".
        source: the file itself, where a VCF or BCF was handed in (a stream: its copy).
        build: that is asked for, or that the input states; None: nobody says.
        records: lines of the file; variants: rows of the table, one for each alternate allele.
        classes: what was met, and how often; problems are among them.
        sites: by contig, in order.
        caveats: sentences that every answer must carry.
    """

    path: Path
    name: str
    source: Path | None = None
    build: Build | None = None
    records: int = 0
    variants: int = 0
    classes: Mapping[str, int] = field(default_factory=dict)
    sites: Mapping[str, Sites] = field(default_factory=dict)
    caveats: tuple[str, ...] = ()


def read_calls(
    inputs: Path | Sequence[str],
    *,
    build: Build | None,
    fasta: Path | None = None,
    genes: GeneSource | None = None,
    work: Path,
    report: Callable[..., None] | None = None,
) -> Calls:
    """Read what was handed in.

    Args:
        inputs: a VCF, a BCF or a list (`-`: standard input); or variants as typed.
        build: the one it will be compared on; None: the one that it states.
        fasta: the reference genome; without it nothing is moved to the left.
        genes: where genes are, for rows of which the input names none.
        work: a private folder, for the table and for what is made on the way.
        report: called with the number of records that were read so far.

    Raises:
        InputError: it cannot be read, or is on another build.
        UsageError: nothing was typed.
        StoreError: there is no room in `work`.
    """
    reference = None if fasta is None else Reference(fasta, work=work)
    if reference and build and reference.build and reference.build is not build:
        raise InputError(
            f"{reference.name} is {reference.build}; the frequencies are on {build}.",
            remedy=f"Give the genome of {build}.",
        )
    # A genome states a build too, where it is whole.
    build = build or (reference.build if reference else None)
    places = None if genes is None else GenePlaces(genes)
    lines = ListRows(build, reference)
    if not isinstance(inputs, Path):
        # One text alone is one variant, not a row of letters.
        inputs = [inputs] if isinstance(inputs, str) else inputs
        names = [one for one in inputs if one.strip()]
        if not names:
            raise UsageError(
                "No variant was given.", remedy="Give one such as 1-55051215-G-GA, or a file."
            )
        reading = _Reading(lines, None, None, reference, places, work)
        return reading.calls(lines.typed(names), report)
    file = handed(inputs, work=work)
    if file.kind is Kind.LIST:
        reading = _Reading(lines, file, None, reference, places, work)
        return reading.calls(lines.file(file), report)
    try:
        header = read_header(file.path, name=file.name)
    except InputError as error:
        raise told(file, error) from None
    _check_build(file.name, header.build, build)
    lines = ListRows(build or header.build, reference)
    reading = _Reading(lines, file, header, reference, places, work)
    return reading.calls(vcf_rows(file, header), report)


@dataclass(frozen=True, slots=True)
class _Reading:
    """All that is known before the first row is read."""

    lines: ListRows
    file: Handed | None
    header: Header | None
    reference: Reference | None
    places: GenePlaces | None
    work: Path

    def calls(self, tables: Iterator[pa.Table], report: Callable[..., None] | None) -> Calls:
        """Match the rows, put them in order, and count."""
        stated = self.header.contigs if self.header else {}
        matching = Matching(self.lines.asked, stated, self.reference)
        counted = matching.counted
        path = self.work / "calls.parquet"
        ordered = Ordered(path, work=self.work, moves=self.reference is not None)
        records = 0
        for raw in tables:
            # A list states its build as it goes.
            matching.build = matching.build or self.lines.stated
            records += len(raw)
            rows = matching.matched(raw)
            rows = self.places.named(rows) if self.places else rows
            counted[classes.SEVERAL_GENES] += pc.sum(pc.greater(rows["genes"], 1)).as_py() or 0
            ordered.add(rows)
            if report is not None:
                report(records)
        ordered.close()
        counted.update(self.lines.counted)
        counted[classes.DUPLICATES] += ordered.duplicates
        if self.file is not None and self.file.crlf:
            counted[classes.CRLF] += records
        if self.header is not None:
            counted[classes.SAMPLES] += self.header.samples
        met = {one: count for one, count in sorted(counted.items()) if count}
        return Calls(
            path=path,
            name=self.file.name if self.file else TYPED,
            source=self.file.path if self.file and self.header else None,
            build=matching.build or self.lines.stated,
            records=records,
            variants=matching.rows,
            classes=met,
            sites=ordered.sites,
            caveats=_caveats(met),
        )


def _check_build(name: str, stated: Build | None, asked: Build | None) -> None:
    if stated and asked and stated is not asked:
        raise InputError(
            f"{name} is on {stated} by the lengths of its chromosomes; it would be compared on "
            f"{asked}.",
            remedy=f"Choose frequencies (and a genome) on {stated}, or lift the file over.",
        )


def _caveats(met: Mapping[str, int]) -> tuple[str, ...]:
    said = []
    if count := met.get(classes.NOT_LEFT_ALIGNED):
        said.append(
            f"{count:,} insertions or deletions are not left-aligned, so that the frequencies may "
            "have them at another position. A reference genome (FASTA) is needed to move them."
        )
    if count := met.get(classes.OTHER_REFERENCE):
        said.append(
            f"{count:,} variants state a reference allele that the reference genome does not have "
            "there. Check the build of the file."
        )
    if count := met.get(classes.NOT_CHECKED):
        said.append(
            f"{count:,} variants are on chromosomes that the reference genome does not hold, and "
            "were neither checked nor moved."
        )
    return tuple(said)

"""One sites file, read and written chromosome by chromosome; what is finished is not read again."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from everygenome.errors import InputError
from everygenome.sources.variation.builds import Build, contig
from everygenome.sources.variation.calls.handed import Handed
from everygenome.sources.variation.feeding.feed import Feed
from everygenome.sources.variation.layouts import Layout
from everygenome.sources.variation.preparing.columns import Asked, asked, question
from everygenome.sources.variation.preparing.kept import (
    Chromosome,
    FileRead,
    chromosomes_in,
    read_to_end,
    write_end,
)
from everygenome.sources.variation.preparing.most import add
from everygenome.sources.variation.preparing.parsing import Parsed, Parser
from everygenome.sources.variation.preparing.writing import Part, PartWriter
from everygenome.sources.variation.streams import ahead

_SEX_CHROMOSOMES = ("X", "Y")


@dataclass(frozen=True, slots=True)
class Sites:
    """A sites file, and what is known of it before it is read.

    Attributes:
        file: itself; layout: where it keeps its counts.
        ends: chromosome, as the file calls it -> its last position, where that is known.
        build: that its positions are on.
    """

    file: Handed
    layout: Layout
    ends: Mapping[str, int]
    build: Build


def read_sites(sites: Sites, *, folder: Path, report: Callable[..., None]) -> FileRead:
    """Read a sites file into a Parquet for each chromosome.

    Args:
        sites: the file.
        folder: of what is made of it, and of what was finished before.
        report: is told what is done, how far, and of how much.

    Raises:
        InputError: the file is damaged, or names its chromosomes in no order.
    """
    fields, sexed = (asked(sites.layout, sexes=sexes) for sexes in (False, True))
    name = sites.file.name
    read = _Pass(
        sites, fields, stage=f"Reading {name}", folder=folder / "all", report=report
    ).read()
    on_sex = {one.part.named for one in read.chromosomes if one.part.contig in _SEX_CHROMOSOMES}
    if len(sexed) == len(fields) or not on_sex:
        return read
    # Only X and Y need the counts of XX and XY, so only they are read twice.
    again = _Pass(
        sites, sexed, only=sorted(on_sex), stage=f"Reading XX and XY of {name}",
        folder=folder / "sexes", report=report,
    ).read()  # fmt: skip
    with_sexes = {one.part.named: one for one in again.chromosomes}
    chromosomes = [with_sexes.get(one.part.named, one) for one in read.chromosomes]
    return replace(read, chromosomes=chromosomes)


class _Pass:
    """One reading of a file, or the rest of one that was stopped."""

    def __init__(
        self,
        sites: Sites,
        fields: tuple[Asked, ...],
        *,
        only: Sequence[str] = (),
        stage: str,
        folder: Path,
        report: Callable[..., None],
    ) -> None:
        self._sites, self._only, self._stage = sites, only, stage
        self._folder, self._report = folder, report
        self._parser = Parser(fields, ends=sites.ends, build=sites.build, name=sites.file.name)
        self._form, self._texts = question(fields), {one.field for one in fields}
        self._chromosomes: list[Chromosome] = []

    def read(self) -> FileRead:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._chromosomes = chromosomes_in(self._folder)
        if (before := read_to_end(self._folder, self._chromosomes)) is not None:
            return before
        total = self._sites.file.path.stat().st_size
        feed = Feed(
            self._sites.file, self._form, texts=self._texts, only=self._only,
            beyond=[one.part.named for one in self._chromosomes],
        )  # fmt: skip
        self._report(self._stage, 0, total)
        # Reading, parsing and writing each go on while the others do.
        with closing(ahead(feed.runs())) as runs, closing(ahead(self._parsed(runs))) as tables:
            self._write(tables, lambda: self._report(self._stage, min(feed.done, total), total))
        self._report(self._stage, total, total)
        read = FileRead(self._chromosomes, feed.sha256, feed.records, feed.crlf, feed.endless)
        write_end(self._folder, read)
        return read

    def _parsed(self, runs: Iterator[tuple[str, bytes]]) -> Iterator[Parsed]:
        for named, lines in runs:
            yield self._parser.parsed(named, lines)

    def _write(self, tables: Iterator[Parsed], told: Callable[[], None]) -> None:
        writer: PartWriter | None = None
        whole = False
        try:
            for rows in tables:
                if writer is None or writer.part.named != rows.named:
                    if writer is not None:
                        self._finish(writer)
                    writer = None
                    writer = self._begun(rows.named)
                writer.write(rows.table)
                self._add(rows)
                told()
            whole = True
        finally:
            if writer is not None:
                if whole:
                    self._finish(writer)
                else:
                    writer.close(whole=False)

    def _begun(self, named: str) -> PartWriter:
        bare = contig(named)
        for one in self._chromosomes:
            if one.part.contig == bare:
                raise self._comes_back(one.part.named, named)
        path = self._folder / f"{len(self._chromosomes):06}.parquet"
        part = Part(bare, named, path)
        self._chromosomes.append(Chromosome(part))
        return PartWriter(part, self._parser.schema)

    def _add(self, rows: Parsed) -> None:
        one = self._chromosomes[-1]
        one.classes += rows.classes
        one.copies |= rows.copies
        add(one.most, rows.most)

    def _finish(self, writer: PartWriter) -> None:
        writer.close(whole=True)
        self._chromosomes[-1].write()

    def _comes_back(self, before: str, named: str) -> InputError:
        name = self._sites.file.name
        if before != named:
            return InputError(
                f"{name} names one chromosome in two ways, {before} and {named}.",
                remedy="Name it in one way: bcftools annotate --rename-chrs NAMES FILE.",
            )
        return InputError(
            f"{name}: chromosome {named} comes back after another one.",
            remedy="Sort the file first: bcftools sort -Oz -o sorted.vcf.gz FILE.",
        )

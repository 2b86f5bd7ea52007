"""Make files of today's size from a real release, for timing; nothing here is data.

    python benchmarks/generate.py --from RELEASE_DIR --associations FILE --out DIR [--grants FILE]

The rows are copied in rounds. Round 0 is the release as it is. In every later round each
study gets a new accession, the same in all files. In round 1 as many PubMed numbers are
changed as it takes to reach the wanted number of publications; the other rounds keep
them. Ancestry: the first rounds carry every row of a study, the others its first one,
so that accessions and ancestry rows both come out right.
"""

import argparse
import gzip
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from everygenome.sources.gwas_catalog.find import Found, find
from everygenome.sources.gwas_catalog.layout import Kind, layouts
from everygenome.store.tsv import read_header

RELEASE = "r2026-11-20"
# The catalogue's accessions have 6 digits, or 8 that start with 90: these are free.
FIRST_NEW_ACCESSION = 10_000_000
FIRST_NEW_PUBMED_ID = 900_000_000
BUFFER_BYTES = 1 << 22


@dataclass(frozen=True, slots=True)
class Source:
    """A plain file, and the places of its accession and PubMed number."""

    path: Path
    accession_at: int
    pubmed_at: int

    def rows(self) -> Iterator[tuple[bytes, list[bytes]]]:
        """Accession and fields of each line after the header; the last field keeps the end."""
        with self.path.open("rb", BUFFER_BYTES) as file:
            next(file)
            for line in file:
                values = (line if line.endswith(b"\n") else line + b"\n").split(b"\t")
                yield values[self.accession_at].strip(), values


def source(found: Found) -> Source:
    """Find the two columns of a file by their names."""
    header = read_header(found.plain)
    columns = dict(layouts()[found.kind].columns(header))
    at = [header.index(str(columns[name])) for name in ("study_accession", "pubmed_id")]
    return Source(found.plain, *at)


class Copier:
    """Copies rows in rounds, with the same new accessions and PubMed numbers in every file.

    Attributes:
        index: place of each real accession in the studies file.
        accessions: how many studies there are to be.
    """

    def __init__(self, studies: Source, *, accessions: int, publications: int) -> None:
        self.accessions = accessions
        self.index: dict[bytes, int] = {}
        self.publication: dict[bytes, int] = {}
        for accession, values in studies.rows():
            self.index.setdefault(accession, len(self.index))
            self.publication.setdefault(values[studies.pubmed_at], len(self.publication))
        self.real = len(self.index)
        self.new_publications = publications - len(self.publication)

    def times(self, accession: bytes) -> int:
        """How many copies of a study there are to be, itself included."""
        if accession not in self.index:
            return 1
        return -(-(self.accessions - self.index[accession]) // self.real)

    def copy(self, file: Source, values: list[bytes], accession: bytes, number: int) -> bytes:
        """A row's copy in one round, as a line."""
        if number:
            index = self.index.setdefault(accession, len(self.index))
            new = b"GCST%d" % (FIRST_NEW_ACCESSION + number * 100_000 + index)
            values[file.accession_at] = values[file.accession_at].replace(accession, new)
        publication = self.publication.get(values[file.pubmed_at], self.new_publications)
        if number == 1 and publication < self.new_publications:
            values[file.pubmed_at] = b"%d" % (FIRST_NEW_PUBMED_ID + publication)
        return b"\t".join(values)

    def studies(self, file: Source) -> Iterator[bytes]:
        """One line for each study wanted."""
        for number in range(self.times(next(iter(self.index)))):
            for accession, values in file.rows():
                if number < self.times(accession):
                    yield self.copy(file, values, accession, number)

    def ancestry(self, file: Source, *, rows: int) -> Iterator[bytes]:
        """A line for each study that has one, and further lines while there is room."""
        room = rows - sum(self.times(name) for name in {name for name, _ in file.rows()})
        for number in range(self.times(next(iter(self.index)))):
            seen: set[bytes] = set()
            for accession, values in file.rows():
                if number >= self.times(accession) or (accession in seen and room <= 0):
                    continue
                room -= accession in seen
                seen.add(accession)
                yield self.copy(file, values, accession, number)

    def associations(self, file: Source, *, rows: int) -> Iterator[bytes]:
        """As many lines as wanted; rounds beyond the studies' begin again."""
        rounds = max(1, self.accessions // self.real)
        for turn in count():
            for accession, values in file.rows():
                if rows == 0:
                    return
                rows -= 1
                yield self.copy(file, values, accession, turn % rounds)


def write_grants(file: Path, target: Path, copier: Copier) -> None:
    """A table of grants in which a new publication has the list of the one it was copied from."""
    with (
        gzip.open(file, "rt", encoding="utf-8") as source_,
        target.open("w", encoding="utf-8") as out,
    ):
        out.write(next(source_))
        for line in source_:
            out.write(line)
            number, _, rest = line.partition("\t")
            place = copier.publication.get(number.encode())
            if place is not None and place < copier.new_publications:
                out.write(f"{FIRST_NEW_PUBMED_ID + place}\t{rest}")


def main() -> None:
    """Write the four files."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--from", dest="release", type=Path, required=True, metavar="RELEASE_DIR")
    parser.add_argument("--associations", type=Path, required=True, metavar="FILE")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument("--grants", type=Path, metavar="FILE")
    parser.add_argument("--accessions", type=int, default=230_000)
    parser.add_argument("--ancestry", type=int, default=300_000)
    parser.add_argument("--associations-rows", type=int, default=1_200_000)
    parser.add_argument("--publications", type=int, default=7_800)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=options.out) as work:
        found = find(options.release, Path(work) / "release")
        found |= find(options.associations, Path(work) / "associations", partial=True)
        sources = {kind: source(found[kind]) for kind in found if kind != Kind.TRAIT_MAPPINGS}
        copier = Copier(
            sources[Kind.STUDIES], accessions=options.accessions, publications=options.publications
        )
        lines = {
            Kind.STUDIES: copier.studies(sources[Kind.STUDIES]),
            Kind.ANCESTRY: copier.ancestry(sources[Kind.ANCESTRY], rows=options.ancestry),
            Kind.ASSOCIATIONS: copier.associations(
                sources[Kind.ASSOCIATIONS], rows=options.associations_rows
            ),
        }
        for kind, copied in lines.items():
            started = time.perf_counter()
            target = options.out / f"benchmark_{kind.value}_{RELEASE}.tsv"
            with target.open("wb", BUFFER_BYTES) as out, found[kind].plain.open("rb") as file:
                out.write(file.readline())
                out.writelines(copied)
            size = target.stat().st_size / 1e6
            seconds = time.perf_counter() - started
            print(f"{target}: {size:,.0f} MB, {seconds:.1f} s")
        if options.grants is not None:
            (options.out / "grants").mkdir(exist_ok=True)
            write_grants(options.grants, options.out / "grants" / "grants.tsv", copier)
        shutil.copyfile(
            found[Kind.TRAIT_MAPPINGS].plain,
            options.out / f"benchmark_{Kind.TRAIT_MAPPINGS.value}_{RELEASE}.tsv",
        )


if __name__ == "__main__":
    main()

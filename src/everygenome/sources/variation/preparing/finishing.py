"""The parts of all files, put together: sorted, and one row for each variant's first statement."""

import os
import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from everygenome.errors import InputError, StoreError
from everygenome.sources.variation.builds import PSEUDOAUTOSOMAL, Build
from everygenome.sources.variation.preparing import classes
from everygenome.sources.variation.preparing.columns import KEYS, Mark
from everygenome.sources.variation.preparing.kept import Chromosome, merged
from everygenome.sources.variation.preparing.most import REGIONS, REST, Most
from everygenome.sources.variation.preparing.writing import Part
from everygenome.store.engine import literal, quoted, start, text

_MEMORY_LIMIT = "500MB"
_REPEATED, _FIRST = int(Mark.REPEATED), ~int(Mark.REPEATED) & 0xFF
_COMBINE = (
    "If they are exomes and genomes of one release, whose people differ, add them up with "
    "--combine; otherwise leave one of them out."
)


@dataclass(slots=True)
class Together:
    """One chromosome of the store.

    Attributes:
        rows: in it; classes: what was met when its parts were put together -> rows.
        most: the largest AN, by region and group; copies: all AC that occur.
    """

    rows: int
    classes: Counter[str]
    most: Most = field(default_factory=dict)
    copies: set[int] = field(default_factory=set)


def put_together(
    found: Sequence[Chromosome],
    folder: Path,
    *,
    work: Path,
    combine: bool,
    files: int,
    build: Build,
) -> Together:
    """Make one chromosome of the store; its parts stay, in case the command is stopped.

    Args:
        found: what the files hold of it.
        folder: where its file goes.
        work: for what does not fit into memory.
        combine: files are of different people: counts of the same variant are added up.
        files: how many there are of each chromosome, where they are added up.
        build: of the positions.

    Raises:
        InputError: two files state the same variant, and were not to be added up.
        StoreError: there is no room.
    """
    parts = [one.part for one in found]
    met, most, copies = merged(found)
    folder.mkdir(parents=True)
    goal = folder / "part.parquet"
    added = combine and files > 1
    if len(parts) == 1 and parts[0].sorted and not added:
        _linked(parts[0].path, goal)
        met[classes.REPEATED] += parts[0].repeated
        return Together(parts[0].rows, +met, most, copies)
    engine = start(temporary=work / "spill", threads=2, memory_limit=_MEMORY_LIMIT)
    try:
        joined = _Joined(engine.con, parts, goal)
        met[classes.REPEATED] += joined.repeated()
        if not added:
            joined.check_apart()
            return Together(joined.sort(), +met, most, copies)
        rows = joined.add_up(files)
        met += joined.met(sum(part.rows for part in parts) - rows)
        # Sums are other numbers than those that were added.
        return Together(rows, +met, joined.most(build), joined.copies())
    except duckdb.Error as error:
        raise StoreError(
            f"Chromosome {parts[0].contig} cannot be sorted: {str(error).splitlines()[0][:200]}",
            remedy="Make room in memory or on the disk, and run the same command again.",
        ) from None
    finally:
        engine.disconnect()


class _Joined:
    """Rows of all parts, as views of the engine."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, parts: Sequence[Part], goal: Path
    ) -> None:
        self._run, self._parts, self._goal = connection.execute, parts, goal
        self._made = f"FROM read_parquet({literal(goal)})"
        self._counted = f"SELECT count(*) {self._made}"
        schemas = [pq.read_schema(part.path).names for part in parts]
        names = dict.fromkeys(name for one in schemas for name in one)
        self._names = [name for name in names if name not in (*KEYS, "marks")]
        # By name: one file can lack a field that another one has.
        sources = " UNION ALL BY NAME ".join(
            f"SELECT *, {place} AS file FROM read_parquet({literal(part.path)}, "
            "file_row_number = true)"
            for place, part in enumerate(parts)
        )
        # Marked anew: trimmed alleles can turn out to be the same.
        again = "row_number() OVER (PARTITION BY pos, ref, alt, file ORDER BY file_row_number) > 1"
        self._run(
            f"CREATE VIEW marked AS SELECT * EXCLUDE (marks), ((marks & {_FIRST}) | "
            f"CASE WHEN {again} THEN {_REPEATED} ELSE 0 END)::UTINYINT AS marks "
            f"FROM ({sources})"
        )

    def repeated(self) -> int:
        return self._number(f"SELECT count(*) FROM marked WHERE (marks & {_REPEATED}) > 0")

    def check_apart(self) -> None:
        if len(self._parts) == 1:
            return
        found = self._run(
            "SELECT pos, ref, alt FROM marked GROUP BY ALL HAVING count(DISTINCT file) > 1 "
            "ORDER BY ALL LIMIT 1"
        ).fetchall()
        if found:
            contig = self._parts[0].contig
            variant = "-".join(str(part) for part in (contig, *found[0]))[:80]
            raise InputError(
                f"Two of the files state the same variant, {variant}.", remedy=_COMBINE
            )

    def sort(self) -> int:
        picked = ", ".join((*KEYS, *map(quoted, self._names), "marks"))
        return self._copied(
            f"SELECT {picked} FROM marked ORDER BY pos, ref, alt, file, file_row_number"
        )

    def add_up(self, files: int) -> int:
        """Counts of different people added up; what is unknown in one stays unknown."""
        first = f"(marks & {_REPEATED}) = 0"
        counts = [quoted(name) for name in self._names if name != "filters"]
        sums = ", ".join(f"sum({name}) FILTER ({first}) AS {name}" for name in counts)
        known = ", ".join(f"count({name}) FILTER ({first}) AS {_known(name)}" for name in counts)
        # A sum of two numbers of 32 bits need not be one.
        held = ", ".join(
            f"CASE WHEN {_known(name)} = stated THEN TRY_CAST({name} AS INTEGER) END AS {name}"
            for name in counts
        )
        large = " OR ".join(f"abs({name}) > 2147483647" for name in counts)
        filters = "string_agg(DISTINCT nullif(filters, ''), ';' ORDER BY nullif(filters, ''))"
        keys = ", ".join(KEYS)
        return self._copied(
            f"SELECT {keys}, filters, {held}, ((marks & {_FIRST}) | CASE WHEN stated < {files} "
            f"THEN {int(Mark.ONE_FILE_OF_TWO)} ELSE 0 END | CASE WHEN coalesce({large}, false) "
            f"THEN {int(Mark.UNREADABLE)} ELSE 0 END)::UTINYINT AS marks "
            f"FROM (SELECT {keys}, coalesce({filters}, '') AS filters, {sums}, {known}, "
            f"count(*) FILTER ({first}) AS stated, bit_or(marks) AS marks "
            f"FROM marked GROUP BY {keys}) ORDER BY pos, ref, alt"
        )

    def met(self, fewer: int) -> Counter[str]:
        """What became of rows that were added up, `fewer` of them than there had been."""
        alone, unknown = int(Mark.ONE_FILE_OF_TWO), int(Mark.UNREADABLE)
        large = self._number(f"{self._counted} WHERE (marks & {unknown}) > 0")
        if large:
            large -= self._number(
                f"SELECT count(*) FROM (SELECT 1 FROM marked GROUP BY {', '.join(KEYS)} "
                f"HAVING (bit_or(marks) & {unknown}) > 0)"
            )
        return Counter(
            {
                classes.ONE_FILE: self._number(f"{self._counted} WHERE (marks & {alone}) > 0"),
                classes.ADDED: fewer - self.repeated(),
                classes.TOO_LARGE: large,
            }
        )

    def most(self, build: Build) -> Most:
        """The largest AN, by region and group."""
        contig = self._parts[0].contig
        ends = PSEUDOAUTOSOMAL[build].get(contig, ())
        shared = " OR ".join(f"pos BETWEEN {first} AND {last}" for first, last in ends) or "false"
        places = {REST: shared, contig: f"NOT ({shared})"} if contig in REGIONS else {REST: "true"}
        most: Most = {}
        for region, condition in places.items():
            where = f"{self._made} WHERE {condition}"
            if self._number(f"SELECT count(*) {where}"):
                most[region] = {
                    name.removeprefix("an_"): self._number(
                        f"SELECT coalesce(max({quoted(name)}), 0) {where}"
                    )
                    for name in self._names
                    if name.startswith("an_")
                }
        return most

    def copies(self) -> set[int]:
        """All AC that occur."""
        copies: set[int] = set()
        for name in self._names:
            if name.startswith("ac_"):
                rows = self._run(f"SELECT DISTINCT {quoted(name)} {self._made}").fetchall()
                copies |= {value for (value,) in rows if value is not None}
        return copies

    def _copied(self, question: str) -> int:
        self._run(
            f"COPY ({question}) TO {text(str(self._goal))} "
            "(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 100000)"
        )
        return self._number(self._counted)

    def _number(self, question: str) -> int:
        return int(self._run(question).fetchall()[0][0])


def _linked(source: Path, goal: Path) -> None:
    """The same file under a second name; where the disk knows no such thing, a copy."""
    try:
        os.link(source, goal)
    except OSError:
        shutil.copyfile(source, goal)


def _known(name: str) -> str:
    return name[:-1] + ' known"'

"""Rows of several files in one: sorted, or with counts of the same variant added up."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from everygenome.errors import InputError
from everygenome.sources.variation.builds import PSEUDOAUTOSOMAL, Build
from everygenome.sources.variation.preparing import classes
from everygenome.sources.variation.preparing.columns import KEYS, Mark
from everygenome.sources.variation.preparing.most import REGIONS, REST, Most
from everygenome.sources.variation.preparing.writing import Part
from everygenome.store.engine import literal, quoted, text

_REPEATED, _FIRST = int(Mark.REPEATED), ~int(Mark.REPEATED) & 0xFF
_COMBINE = (
    "If they are exomes and genomes of one release, whose people differ, add them up with "
    "--combine; otherwise leave one of them out."
)


class Joined:
    """The parts of one chromosome, as a view of the engine; and the file that is made of them.

    Args:
        connection: to the engine.
        parts: of files of the same layout.
        goal: the file.
    """

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
        """Rows that state a variant again, within a file."""
        return self._number(f"SELECT count(*) FROM marked WHERE (marks & {_REPEATED}) > 0")

    def check_apart(self) -> None:
        """See that no two files state the same variant.

        Raises:
            InputError: two do.
        """
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
        """Write all rows by position; how many there are."""
        picked = ", ".join((*KEYS, *map(quoted, self._names), "marks"))
        return self._copied(
            f"SELECT {picked} FROM marked ORDER BY pos, ref, alt, file, file_row_number"
        )

    def add_up(self, files: int) -> int:
        """Write counts of different people added up; what is unknown in one stays unknown.

        Returns:
            How many rows there are.
        """
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
        """The largest AN of the file, by region and group."""
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
        """All AC that occur in the file."""
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


def _known(name: str) -> str:
    return name[:-1] + ' known"'

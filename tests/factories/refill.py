"""A release whose rows can be replaced, so that statements are compiled once for many worlds."""

from collections.abc import Callable, Hashable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet as pq

from everygenome.queries.answer import Answer
from everygenome.queries.measures import answer, question
from everygenome.queries.question import Question
from everygenome.queries.tables import Tables
from everygenome.store.manifest import GRANTS
from everygenome.store.release import OpenRelease, Place
from everygenome.vocabulary.schemes import SCHEMES
from tests.factories.reference import portfolios
from tests.factories.reference.groups import uris_of
from tests.factories.reference.world import LABELS, World
from tests.factories.release import Mapping as Mapped
from tests.factories.release import Study, tiny_release

_CHOICES = Question.__slots__
# Tables that are read from their files, and never held.
_IN_FILES = ("entities", "funders")


class Refillable(OpenRelease):
    """An open release that forgets its rows and takes others; its text is not held as codes."""

    coded: ClassVar[dict[str, tuple[str, ...]]] = {}
    keyed: ClassVar[dict[str, tuple[str, ...]]] = {}

    def __init__(self, folder: Path) -> None:
        # What each table holds, and the worlds' rows of files that nobody asked for yet.
        self._last: dict[str, pa.Table] = {}
        self._waiting: dict[str, pa.Table] = {}
        self._fields: dict[str, pa.Schema] = {}
        super().__init__(folder)
        self.keep_results = False
        connection = self._backend.con
        # Codes are made for the texts of one release; other rows bring other texts.
        coded = connection.execute(
            "SELECT table_name, column_name FROM duckdb_columns() WHERE data_type LIKE 'ENUM%'"
        ).fetchall()
        for table, column in coded:
            connection.execute(f'ALTER TABLE "{table}" ALTER "{column}" TYPE VARCHAR')
        self.has_cohorts = False
        self.keep_results = False

    def _confine(self) -> None:
        self._backend.con.execute("SET threads = 1")
        super()._confine()

    def refill(self, name: str, rows: list[dict[str, Any]]) -> None:
        """Replace the rows of a table; the columns that are not given are missing."""
        if name not in self._fields:
            self._fields[name] = self.table(name).schema().to_pyarrow()
        self._replace(name, pa.Table.from_pylist(rows, self._fields[name]))

    def refill_whole(self, name: str, rows: list[dict[str, Any]]) -> None:
        """Replace the rows that the file of a table seems to hold."""
        whole = f"whole_{name}"
        if whole not in self._fields:
            fields = [field.with_nullable(True) for field in pq.read_schema(self.file(name))]
            self._fields[whole] = pa.schema(fields)
        table = pa.Table.from_pylist(rows, self._fields[whole])
        if whole in self._added:
            self._replace(whole, table)
        else:
            self._waiting[whole] = table

    def whole(self, name: str) -> ir.Table:
        """The rows of the world with the columns of the file."""
        whole = f"whole_{name}"
        # No statement can ask for it before this was called.
        if whole in self._waiting:
            self.add(whole, self._waiting.pop(whole))
        return self.table(whole)

    def add(self, name: str, table: pa.Table) -> ir.Table:
        """Add a small table, or replace the rows of the one that has its name."""
        if name not in self._added:
            self._last[name] = table
            return super().add(name, table)
        self._replace(name, table)
        return self.table(name)

    def keep(self, name: str, build: Callable[[], ir.Table]) -> ir.Table:
        """Nothing is kept: the rows change."""
        return build()

    def run(
        self,
        key: Hashable,
        build: Callable[[], ir.Table],
        *,
        shape: Hashable = None,
        values: Mapping[Place, Any] | None = None,
    ) -> pa.Table:
        """Run a statement compiled before."""
        # A real release has cohorts or has none, and never changes.
        known = self.has_cohorts
        named = None if shape is None else (shape, known)
        return super().run((key, known), build, shape=named, values=values)

    def _replace(self, name: str, table: pa.Table) -> None:
        held = self._last.get(name)
        if held is not None and held.equals(table):
            return
        connection = self._backend.con
        connection.execute(f'DELETE FROM "{name}"')
        if table.num_rows:
            connection.register("refilling", table)
            connection.execute(f'INSERT INTO "{name}" FROM refilling')
            connection.unregister("refilling")
        self._last[name] = table


def refillable(folder: Path) -> Refillable:
    """A release with every table that there is, to be filled with worlds."""
    only = Study(
        "GCST000001",
        "1",
        uris="http://x.org/EFO_1",
        cohorts="UKB",
        grants=(("Wellcome Trust", "United Kingdom"),),
    )
    release = tiny_release(
        folder,
        "GCST000001 discovery 1 European @ U.K.",
        studies=[only],
        mappings=[Mapped("Height", "http://x.org/EFO_1", "Body measurement")],
    )
    return Refillable(folder / "store" / "releases" / release.manifest.id)


def filled(release: Refillable, world: World) -> Tables:
    """Fill a release with a world."""
    rows = core_tables(world)
    for name, listed in rows.items():
        if name not in _IN_FILES:
            release.refill(name, listed)
        release.refill_whole(name, listed)
    release.has_cohorts = any(study.cohorts is not None for study in world.studies)
    tables = Tables(release)
    counts = {name: len(rows.get(name, ())) for name in release.manifest.tables}
    counts |= {"cohorts": int(release.has_cohorts)}
    # As in a real release: what was never asked for is not there.
    has_grants = any(study.grants is not None for study in world.studies)
    inputs = [item for item in release.manifest.inputs if has_grants or item.kind != GRANTS]
    tables.manifest = release.manifest.model_copy(
        update={"tables": counts, "inputs": tuple(inputs)}
    )
    for scheme in SCHEMES.values():
        # A statement that is compiled already would find the groups of the last world.
        tables.groups(scheme)
    return tables


def ask(release: Refillable, world: World) -> Callable[..., Answer]:
    """Fill a release with a world; the result answers `ask(measure, **choices)`."""
    tables = filled(release, world)

    def asked(measure: str, **choices: Any) -> Answer:
        options = {name: choices.pop(name) for name in [*choices] if name not in _CHOICES}
        return answer(tables, measure, question(**choices), **options)

    return asked


def core_tables(world: World) -> dict[str, list[dict[str, Any]]]:
    """The core tables of a world, row by row."""
    ancestry = []
    for row in world.rows:
        shared = {
            "ancestry_row": row.line,
            "study_accession": row.accession,
            "pubmed_id": row.pubmed,
            "publication_year": row.year,
            "publication_date": _day(row.year),
            "stage": row.stage,
            "countries_named": len(row.countries),
            "country_partly_reported": row.partly,
            "participations": row.people,
        }
        ordered = [label for label in LABELS if label in row.categories]
        ancestry.append(
            shared
            | {
                "category_set": ";".join(ordered),
                "country_set": ";".join(row.countries) or None,
                "broad_ancestral_category_stated": row.cell,
                "additional_ancestry_description": row.population,
            }
        )
    uris = uris_of(world)
    parents = {(m.uri, m.parent or None) for m in world.mappings if m.uri}
    mapped = {uri for uri, _ in parents}
    parents |= {(uri, None) for named in uris.values() for uri in named if uri not in mapped}
    numbers = {s.pubmed for s in world.studies} | {row.pubmed for row in world.rows}
    return {
        "ancestry": ancestry,
        "publications": [
            {"pubmed_id": number, "pubmed_number": number, "first_author": "Author A"}
            for number in numbers
            if number
        ],
        "studies": [
            {
                "study_accession": s.accession,
                "pubmed_id": s.pubmed or None,
                "association_count": s.associations,
                "trait_reported": s.trait,
                "publication_year": s.year,
                "publication_date": _day(s.year),
                "first_author": s.author,
                "journal": s.journal,
                "title": s.title,
            }
            for s in world.studies
        ],
        "study_trait": [
            {"study_accession": name, "trait_uri": uri, "trait_id": uri.rsplit("/", 1)[-1]}
            for name, named in uris.items()
            for uri in named
        ],
        "trait_parent": [
            {"trait_uri": uri, "trait_id": uri.rsplit("/", 1)[-1], "trait_parent": parent}
            for uri, parent in parents
        ],
        "trait_mapping": [
            {
                "trait_reported": m.trait,
                "trait_uri": m.uri or None,
                "trait_parent": m.parent or None,
            }
            for m in world.mappings
        ],
        "cohorts": cohort_rows(world),
        **portfolios.core_tables(world),
    }


def _day(year: int | None) -> date | None:
    return None if year is None else date(year, 6, 1)


def cohort_rows(world: World) -> list[dict[str, Any]]:
    """One row per study and cohort."""
    rows: dict[tuple[str, str | None, str], None] = {}
    for study in world.studies:
        for piece in (study.cohorts or "").split("|"):
            name = piece.strip()
            status = {"": "empty", "NR": "not reported", "other": "other"}.get(name, "named")
            rows[study.accession, name if status == "named" else None, status] = None
    return [{"study_accession": a, "cohort": c, "cohort_status": s} for a, c, s in rows]

"""The cube: one small table from which a browser reckons composition and trend by itself.

A quarter of a million studies show only some hundred different combinations of groups. So
it is enough to know how often each combination occurs, by subject and year: everything
that `composition` and `trend` say can be added up from that, exactly.
"""

import gzip
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import ibis.expr.types as ir

from everygenome.measures.units import FIRST_BIT, RECORDED_BIT, UNCLEAR_BIT, set_bits
from everygenome.queries.measures.traits import ALL, UNMAPPED
from everygenome.queries.notes import release_notes
from everygenome.queries.release import Release
from everygenome.queries.tables import Tables
from everygenome.vocabulary.caveats import CAVEATS
from everygenome.vocabulary.schemes import SCHEMES, Scheme
from everygenome.vocabulary.terms import Denominator, Stage, Unit

FORMAT = 1
UNITS = (Unit.PARTICIPATIONS, Unit.STUDIES, Unit.PUBLICATIONS)
_COLUMN = {Unit.STUDIES: "study_accession", Unit.PUBLICATIONS: "pubmed_id"}
_PARTS = ("trait_parent", "publication_year")
# Caveats that depend on what a reader chooses; those of the release are filled in here.
_OF_CHOICES = (
    "participations_are_not_people",
    "shares_do_not_add_up",
    "not_recorded_excluded",
    "numbers_missing",
    "multiple_is_not_mixed",
    "small_base",
    "nothing_selected",
    "reconstructed_history",
    "partial_year",
)
Row = Mapping[str, Any]
Pair = tuple[int, int]  # what is said in discovery, and in replication, as bits


@dataclass(frozen=True, slots=True)
class Cube:
    """Counts of combinations, with everything needed to read them; see `cube`."""

    content: Mapping[str, Any]

    def to_json(self) -> bytes:
        """One JSON object, without white space; the same release gives the same bytes."""
        text = json.dumps(self.content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        return text.encode()

    def packed(self) -> bytes:
        """The JSON text compressed with gzip, without a time stamp."""
        return gzip.compress(self.to_json(), 9, mtime=0)


def cube(release: Release, *, scheme: str = "broad") -> Cube:
    """Count the combinations of groups that records, studies and publications show.

    Args:
        release: an open release.
        scheme: how ancestry categories are grouped.

    Returns:
        `said`: what can be said in one stage: the places (in `groups`) of those `alone` (a row
        names only this group) and `named` (alone or with others), and whether there is a
        `recorded` and an `unclear` row. `combinations`: for each, the place of what it says in
        discovery, and in replication, or -1 for nothing; for both stages together the two are
        put together. `units`: for each unit a table in columns: `cell` (steps from one row's
        cell to the next; a cell is `trait parent * number of years + year`, in places of those
        lists), `combination` (its place), `count` (rows, or units); for participations also
        `people` (their sum; null where no row states a number) and `unstated` (rows without a
        number). "All traits" is counted before a study is spread over its subjects.
        `in_several_years`: how many units have records in more than one year of publication;
        such a unit counts once in each, so years do not add up for it.

    Raises:
        NotFoundError: the release was published without its ancestry file.
    """
    tables, grouping = release.tables, SCHEMES[scheme]
    tables.need("ancestry")
    found = {unit: _counted(tables, grouping, unit) for unit in UNITS}
    every = [row for rows in found.values() for row in rows]
    # The commonest first: short numbers make a small file.
    often = Counter((row["discovery"], row["replication"]) for row in every)
    pairs = sorted(often, key=lambda pair: (-often[pair], pair))
    bits = sorted({one for pair in pairs for one in pair} - {0})
    groups = _groups(tables, grouping)
    named = {row["trait_parent"] for row in every} - {ALL}
    parents = [ALL, *sorted(named - {UNMAPPED}), *(named & {UNMAPPED})]
    # A record whose date is unreadable has no year: the last place, which no span of years holds.
    years = [*sorted({row["publication_year"] for row in every} - {None}), None]
    place = {one: index for index, one in enumerate(bits)} | {0: -1}
    return Cube(
        {
            "format": FORMAT,
            **_head(release, scheme),
            "groups": [{k: v for k, v in row.items() if k != "position"} for row in groups],
            "trait_parents": parents,
            "years": years,
            "said": [_said(one, [row["position"] for row in groups]) for one in bits],
            "combinations": [[place[one] for one in pair] for pair in pairs],
            "units": {
                unit.value: _columns(rows, parents=parents, years=years, pairs=pairs)
                for unit, rows in found.items()
            },
            "in_several_years": {unit.value: _in_several_years(tables, unit) for unit in _COLUMN},
        }
    )


def _head(release: Release, scheme: str) -> dict[str, Any]:
    label, manifest = release.label, release.manifest
    return {
        "release": {
            "id": label.id,
            "date": label.date,
            "demonstration": label.demonstration,
            "inferred": label.inferred,
        },
        "software": manifest.software,
        "scheme": scheme,
        "stages": [stage.value for stage in Stage],
        "denominators": [item.value for item in Denominator],
        "notes": [{"id": item.id, "text": item.text} for item in release_notes(manifest)],
        "caveats": {name: CAVEATS[name].text for name in _OF_CHOICES},
        "meanings": {unit.value: unit.meaning for unit in UNITS},
    }


def _counted(tables: Tables, scheme: Scheme, unit: Unit) -> list[Row]:
    """How often each combination occurs under "All traits", and under each subject."""
    found: list[Row] = []
    for spread in (False, True):

        def build(spread: bool = spread) -> ir.Table:
            rows = _subjects(tables, spread=spread)
            joined = rows.join(set_bits(tables.groups(scheme)), "category_set")
            counted = _of_rows if unit is Unit.PARTICIPATIONS else _of_units
            return counted(joined, _COLUMN.get(unit, ""))

        found += tables.run(("cube", scheme.name, unit, spread), build).to_pylist()
    return found


def _subjects(tables: Tables, *, spread: bool) -> ir.Table:
    """Ancestry rows as they are, or once for each trait parent of their study."""
    import ibis

    rows = tables["ancestry"]
    if not spread:
        return rows.mutate(trait_parent=ibis.literal(ALL))
    joined = rows.left_join(tables.study_parent, "study_accession", rname="{name}_subject")
    return joined.mutate(trait_parent=joined.trait_parent.fill_null(UNMAPPED))


def _of_rows(rows: ir.Table, _column: str) -> ir.Table:
    staged = rows.mutate(**_by_stage(rows))
    return staged.group_by([*_PARTS, "discovery", "replication"]).agg(
        count=staged.count(),
        people=staged.participations.sum(),
        unstated=staged.count(where=staged.participations.isnull()),
    )


def _of_units(rows: ir.Table, column: str) -> ir.Table:
    known = rows.filter(rows[column].notnull())
    said = {name: bits.bit_or() for name, bits in _by_stage(known).items()}
    units = known.group_by([*_PARTS, column]).agg(**said)
    return units.group_by([*_PARTS, "discovery", "replication"]).agg(count=units.count())


def _by_stage(rows: ir.Table) -> dict[str, Any]:
    import ibis

    stages = (Stage.DISCOVERY.value, Stage.REPLICATION.value)
    return {name: ibis.ifelse(rows.stage == name, rows.bits, 0) for name in stages}


def _groups(tables: Tables, scheme: Scheme) -> list[dict[str, Any]]:
    def build() -> ir.Table:
        groups = tables.groups(scheme)
        named = groups.select("group", "position", "is_class", "in_recorded").distinct()
        return named.order_by("position")

    rows: list[dict[str, Any]] = tables.run(("cube groups", scheme.name), build).to_pylist()
    return rows


def _said(bits: int, positions: Sequence[int]) -> dict[str, Any]:
    def shown(offset: int) -> list[int]:
        first = FIRST_BIT + offset
        return [index for index, p in enumerate(positions) if bits >> (first + 2 * p) & 1]

    return {
        "alone": shown(1),
        "named": shown(0),
        "recorded": bool(bits & RECORDED_BIT),
        "unclear": bool(bits & UNCLEAR_BIT),
    }


def _columns(
    rows: Sequence[Row], *, parents: list[str], years: list[int | None], pairs: list[Pair]
) -> dict[str, list[int | None]]:
    parent = {name: place for place, name in enumerate(parents)}
    year = {name: place for place, name in enumerate(years)}
    pair = {bits: place for place, bits in enumerate(pairs)}

    def where(row: Row) -> tuple[int, int]:
        cell = parent[row["trait_parent"]] * len(years) + year[row["publication_year"]]
        return cell, pair[row["discovery"], row["replication"]]

    ordered = sorted(rows, key=where)
    cells = [0, *(where(row)[0] for row in ordered)]
    columns: dict[str, list[int | None]] = {
        "cell": [after - before for before, after in pairwise(cells)],
        "combination": [where(row)[1] for row in ordered],
        "count": [row["count"] for row in ordered],
    }
    for name in ("people", "unstated"):
        if rows and name in rows[0]:
            columns[name] = [None if row[name] is None else int(row[name]) for row in ordered]
    return columns


def _in_several_years(tables: Tables, unit: Unit) -> int:
    def build() -> ir.Table:
        rows = tables["ancestry"]
        known = rows.filter(rows[_COLUMN[unit]].notnull())
        years = known.group_by(_COLUMN[unit]).agg(years=known.publication_year.nunique())
        return years.agg(n=years.count(where=years.years > 1))

    return int(tables.run(("cube years", unit), build)["n"][0].as_py())

"""The core tables of funders, cohorts and journals, and what links studies to them.

Names are read once per distinct text by `vocabulary.entities`, as ancestry cells are: what
the source said and whom we take it to mean stand side by side.
"""

from collections.abc import Iterable
from dataclasses import asdict

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from everygenome.vocabulary.entities.model import Entity
from everygenome.vocabulary.entities.resolve import Names

ENTITIES_SCHEMA = pa.schema(
    [
        ("kind", pa.string()),
        ("id", pa.string()),
        ("name", pa.string()),
        ("level", pa.string()),
        ("parent", pa.string()),
        ("country_iso3", pa.string()),
        ("ror", pa.string()),
        ("crossref", pa.string()),
        ("source", pa.string()),
        ("reviewed", pa.bool_()),
    ]
)
Stated = tuple[str | None, str | None, str | None]


def named_entities(names: Names, stated: Iterable[Stated]) -> tuple[pa.Table, list[Entity]]:
    """Read distinct names: who each of them means, and everyone who is meant.

    Args:
        names: the names of one kind.
        stated: name, country and acronym, each as the source has it.

    Returns:
        `stated`, `stated_country`, `stated_acronym`, `entity_id`, `read_by` (alias, rule, own
        name), one row per distinct name that means somebody; and the entities with all above
        them, in the order of their identifiers.
    """
    rows, found = [], {}
    for text, country, acronym in sorted(set(stated), key=str):
        resolved = names.resolve(text, country=country, acronym=acronym)
        if resolved is None:
            continue
        one = resolved.entity
        for entity in (one, *names.above(one.id)):
            found[entity.id] = entity
        rows.append((text, country, acronym, one.id, resolved.how))
    columns = ("stated", "stated_country", "stated_acronym", "entity_id", "read_by")
    schema = pa.schema([(name, pa.string()) for name in columns])
    table = pa.Table.from_pylist([dict(zip(columns, row, strict=True)) for row in rows], schema)
    return table, [found[name] for name in sorted(found)]


def entities_table(entities: Iterable[Entity]) -> pa.Table:
    """Entities as a core table: see `ENTITIES_SCHEMA`."""
    return pa.Table.from_pylist([asdict(entity) for entity in entities], ENTITIES_SCHEMA)


def study_cohort(cohorts: ir.Table, read: ir.Table) -> ir.Table:
    """Which cohorts a study names: `study_accession`, `cohort_id`, each pair once."""
    joined = cohorts.join(read, cohorts.cohort == read.stated)
    return joined.select("study_accession", cohort_id=joined.entity_id).distinct()


def publication_journal(publications: ir.Table, read: ir.Table) -> ir.Table:
    """The journal of each publication that names one: `pubmed_id`, `journal_id`."""
    joined = publications.join(read, publications.journal == read.stated)
    return joined.select("pubmed_id", journal_id=joined.entity_id).distinct()


def publication_funder(grants: ir.Table, read: ir.Table, above: ir.Table) -> ir.Table:
    """Which funders a publication names, and those above them.

    Args:
        grants: core grants: `pubmed_id`, `agency_stated`, `country_stated`, `acronym_stated`.
        read: whom each name means, as `named_entities` makes it.
        above: each funder and everyone above it, itself included: `id`, `ancestor`, `level` (of
            the ancestor), `parent` (of the ancestor).

    Returns:
        One row per publication and funder: `pubmed_id`, `funder_id`, `level`, `direct` (the list
        names it itself), `grants` (grants of it or of funders beneath it), `fraction` (0-1: the
        publication divided equally between its funders of that level; an agency that is named
        without an institute stands among the institutes as one of them).
    """
    same = [
        grants[ours].identical_to(read[theirs])
        for ours, theirs in (
            ("agency_stated", "stated"),
            ("country_stated", "stated_country"),
            ("acronym_stated", "stated_acronym"),
        )
    ]
    named = grants.join(read, same).select("pubmed_id", "entity_id")
    pairs = named.join(above, named.entity_id == above.id)
    links = pairs.group_by("pubmed_id", funder_id="ancestor").agg(
        level=pairs.level.min(),
        parent=pairs.parent.min(),
        direct=(pairs.entity_id == pairs.ancestor).any(),
        grants=pairs.count(),
    )
    institutes = links.filter(links.level == "institute")
    counts = links.group_by("pubmed_id").agg(
        countries=links.count(where=links.level == "country"),
        agencies=links.count(where=links.level == "agency"),
    )
    beneath = institutes.group_by("pubmed_id").agg(
        institutes=institutes.count(), with_institutes=institutes.parent.nunique()
    )
    joined = links.join(counts, "pubmed_id").left_join(beneath, "pubmed_id", rname="{name}_beneath")
    lowest = joined.agencies - joined.with_institutes.fill_null(0) + joined.institutes.fill_null(0)
    shared = ibis.cases(
        (joined.level == "institute", lowest),
        (joined.level == "agency", joined.agencies),
        else_=joined.countries,
    )
    return joined.select(
        "pubmed_id",
        "funder_id",
        "level",
        "direct",
        "grants",
        fraction=1.0 / shared,
    )


def above_table(names: Names, entities: Iterable[Entity]) -> pa.Table:
    """Each entity with itself and everyone above it: see `publication_funder`."""
    rows = [
        {
            "id": entity.id,
            "ancestor": higher.id,
            "level": higher.level,
            "parent": higher.parent,
        }
        for entity in entities
        for higher in (entity, *names.above(entity.id))
    ]
    kinds = ("id", "ancestor", "level", "parent")
    return pa.Table.from_pylist(rows, pa.schema([(name, pa.string()) for name in kinds]))

"""Who is meant by the names of cohorts and journals, written beside the catalogue's tables."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir

from everygenome.pipeline.writing import Core
from everygenome.tables.entities import (
    Stated,
    entities_table,
    named_entities,
    publication_journal,
    study_cohort,
)
from everygenome.vocabulary.entities.resolve import Names

CATALOGUE_KINDS = ("cohort", "journal")


def write_entities(
    core: Core, *, publications: ir.Table, cohorts: ir.Table, names: Mapping[str, Names]
) -> None:
    """Write `entities`, `study_cohort` and `publication_journal`.

    Args:
        core: where to write.
        publications: core publications.
        cohorts: core cohorts.
        names: who is meant by a name, by kind.
    """
    cohort_names, cohort_entities = named_entities(names["cohort"], _distinct(cohorts.cohort))
    journal_names, journals = named_entities(names["journal"], _distinct(publications.journal))
    core.write("entities", ibis.memtable(entities_table([*cohort_entities, *journals])))
    core.write(
        "study_cohort",
        study_cohort(cohorts, ibis.memtable(cohort_names)).order_by("study_accession", "cohort_id"),
    )
    core.write(
        "publication_journal",
        publication_journal(publications, ibis.memtable(journal_names)).order_by("pubmed_id"),
    )


def names_of(store_root: Path | None, kinds: Iterable[str]) -> dict[str, Names]:
    """The names of each kind: those that come with the software, and the store's own reviews."""
    from everygenome.pipeline.reviews import reviewed

    return {kind: Names(kind, extra=reviewed(store_root, kind)) for kind in kinds}


def _distinct(column: Any) -> list[Stated]:
    values = column.name("stated").as_table().distinct().to_pyarrow()["stated"].to_pylist()
    return [(value, None, None) for value in values if value is not None]

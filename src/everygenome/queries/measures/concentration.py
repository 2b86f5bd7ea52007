"""How much the largest publications, cohorts and countries hold."""

from collections.abc import Callable
from functools import partial
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa

from everygenome.errors import UsageError
from everygenome.measures import concentration as measure
from everygenome.measures.countries import country_participations
from everygenome.queries.answer import Answer
from everygenome.queries.measures.shared import coverage, key, make
from everygenome.queries.notes import note
from everygenome.queries.question import Question
from everygenome.queries.tables import Tables
from everygenome.vocabulary.countries import country
from everygenome.vocabulary.terms import CountryRule, Unit

_SCHEMA = pa.schema(
    [
        ("kind", pa.string()),
        ("rank", pa.int64()),
        ("id", pa.string()),
        ("name", pa.string()),
        ("value", pa.float64()),
        ("share", pa.float64()),
        ("cumulative_share", pa.float64()),
    ]
)


def concentration(tables: Tables, question: Question, *, top: int = 10) -> Answer:
    """The `top` largest of each kind, by participations.

    Rows: `kind` (publication, cohort, country), `rank`, `id`, `name`, `value`
    (participations), `share` and `cumulative_share` (0-1 of all selected participations;
    countries under `split` are divided equally, cohorts count fully for each).
    """
    if question.unit is not Unit.PARTICIPATIONS:
        raise UsageError(
            f"Concentration is reckoned in participations, not in {question.unit.value}.",
            remedy="Leave the unit out.",
        )
    if not 1 <= top <= 1000:
        raise UsageError(f"The top {top} cannot be shown.", remedy="Use a number from 1 to 1000.")
    rows = tables.selected(question)
    has_cohorts = tables.manifest.tables.get("cohorts", 0) > 0
    kinds: dict[str, Callable[[], ir.Table]] = {
        "publication": lambda: rows.select(id=rows.pubmed_id, participations=rows.participations),
        "cohort": lambda: _by_cohort(tables, rows),
        "country": lambda: _by_country(tables, rows, question),
    }
    if not has_cohorts:
        del kinds["cohort"]
    records: list[dict[str, Any]] = []
    for kind, weights in kinds.items():
        found = tables.run(
            key(f"concentration {kind}", question, top, question.country_rule),
            partial(_ranked, weights, rows, top),
        ).to_pylist()
        records += [{"kind": kind, **_named(tables, kind, row)} for row in found]
    extra = [note("country_is_not_ancestry")]
    extra.append(note("cohorts_overlap") if has_cohorts else note("no_cohort_column"))
    extra += {
        CountryRule.SPLIT: [note("imputed_split")],
        CountryRule.ANY: [note("countries_overlap")],
        CountryRule.SINGLE: [],
    }[question.country_rule]
    return make(
        tables,
        question,
        measure="concentration",
        denominator="all",
        extra=extra,
        covered=coverage(tables, question),
        table=pa.Table.from_pylist(records, _SCHEMA),
    )


def _ranked(weights: Callable[[], ir.Table], rows: ir.Table, top: int) -> ir.Table:
    total = rows.participations.sum().as_scalar()
    return measure.concentration(weights(), total=total).limit(top)


def _by_cohort(tables: Tables, rows: ir.Table) -> ir.Table:
    cohorts = tables.cohorts
    named = cohorts.filter(cohorts.cohort_status == "named")
    joined = rows.join(named, "study_accession")
    return joined.select(id=joined.cohort, participations=joined.participations)


def _by_country(tables: Tables, rows: ir.Table, question: Question) -> ir.Table:
    only = tables.placed(question).country_iso3
    found = country_participations(rows, rule=question.country_rule, only=only)
    return found.select(id=found.iso3, participations=found.value)


def _named(tables: Tables, kind: str, row: dict[str, Any]) -> dict[str, Any]:
    """The row with the identifier and the name that people know."""
    if kind == "publication":
        number, name = tables.publications[row["id"]]
    else:
        number = row["id"]
        name = country(number).name if kind == "country" else _cohort(tables, number)
    return row | {"id": number, "name": name}


def _cohort(tables: Tables, identifier: str) -> str:
    """The name of a cohort; releases of version 1 know it by its spelling alone."""
    if "study_cohort" not in tables.manifest.tables:
        return identifier
    found = tables.entities.of("cohort").get(identifier)
    return found.name if found else identifier

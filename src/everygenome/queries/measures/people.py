"""How many people there may be behind the participations."""

import pyarrow as pa

from everygenome.errors import UsageError
from everygenome.measures import people as measure
from everygenome.queries.answer import Answer
from everygenome.queries.measures.shared import coverage, key, make
from everygenome.queries.notes import note
from everygenome.queries.question import Question
from everygenome.queries.tables import Tables
from everygenome.vocabulary.terms import CountryRule, Unit

EVERYONE = "Everyone"


def people(tables: Tables, question: Question) -> Answer:
    """Floor, estimates and ceiling, in people: first for everyone, then by group."""
    if question.unit is not Unit.PARTICIPATIONS:
        raise UsageError(
            f"People are reckoned from participations, not from {question.unit.value}.",
            remedy="Leave the unit out.",
        )
    if question.country is not None and question.country_rule is CountryRule.SPLIT:
        raise UsageError(
            "A floor that can be proved cannot be made from divided records.",
            remedy="Use the country rule single or any.",
        )
    rows = tables.selected(question)
    groups = tables.groups(question.grouping)
    # Without the column the table is empty, which is not the same as naming no cohort.
    has_cohorts = tables.manifest.tables.get("cohorts", 0) > 0
    table = tables.run(
        key("people", question),
        lambda: measure.people(rows, groups, cohorts=tables.cohorts if has_cohorts else None),
    )
    extra = [note("estimate_of_people")]
    if not has_cohorts:
        extra.append(note("no_cohort_column"))
    named = [EVERYONE if name is None else name for name in table["group"].to_pylist()]
    table = table.set_column(
        table.column_names.index("group"), "group", pa.array(named, pa.string())
    )
    return make(
        tables,
        question,
        measure="people",
        denominator="all",
        covered=coverage(tables, question),
        extra=extra,
        table=table.drop_columns(["position"]),
    )

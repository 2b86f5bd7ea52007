"""What several measures share: the counting expression for any unit, coverage, the answer."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa

from everygenome.measures import composition as composition_measure
from everygenome.measures.selection import unit_rows
from everygenome.measures.units import unit_counts
from everygenome.queries import notes
from everygenome.queries.answer import Answer, Note
from everygenome.queries.measures.grant_coverage import grant_coverage, grant_notes
from everygenome.queries.question import Question
from everygenome.queries.tables import Tables
from everygenome.vocabulary.terms import Denominator, Unit

_UNIT_COLUMN = {
    Unit.STUDIES: "study_accession",
    Unit.PUBLICATIONS: "pubmed_id",
    Unit.ASSOCIATIONS: "study_accession",
}


def unit_column(question: Question) -> str | None:
    """The column whose values are counted, or None for participations."""
    return _UNIT_COLUMN.get(question.unit)


def by_group(
    tables: Tables,
    rows: ir.Table,
    question: Question,
    *,
    denominator: Denominator,
    by: Sequence[str] = (),
) -> ir.Table:
    """Counts and shares by group in any unit; see `measures.composition`."""
    groups = tables.groups(question.grouping)
    column = unit_column(question)
    if column is None:
        return composition_measure.composition(rows, groups, denominator=denominator, by=by)
    studies = tables["studies"] if question.unit is Unit.ASSOCIATIONS else None
    shaped = unit_rows(rows, unit=column, studies=studies, by=tuple(by))
    counts, totals = unit_counts(shaped, groups, by=by)
    return composition_measure.shares(counts, totals, groups, denominator=denominator, by=by)


def coverage(
    tables: Tables, question: Question, *, known: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """How much of the selection the shares rest on.

    Args:
        tables: the release.
        question: the choices.
        known: a row of a composition of just this question, whose `all_value` and
            `recorded_value` need then not be counted again.

    Returns:
        `all_value` and `recorded_value` (in the unit), `excluded_share` (0-1, what the
        denominator `recorded` leaves out), `rows`, `rows_without_number`, `multiple` (rows
        that name several groups), `publications`.
    """
    rows = tables.selected(question)

    def build() -> ir.Table:
        groups = tables.groups(question.grouping)
        alone = groups.filter(groups.standing == "alone").select("category_set", "set_class")
        # Sets are few: add up within each first, and look at their class then.
        sets = rows.group_by("category_set").agg(
            value=rows.participations.sum(),
            rows=rows.count(),
            rows_without_number=rows.count(where=rows.participations.isnull()),
        )
        sets = sets.join(alone, "category_set")
        recorded = sets.set_class.isin(["single", "multiple"])
        told = sets.agg(
            rows=sets.rows.sum().fill_null(0),
            rows_without_number=sets.rows_without_number.sum().fill_null(0),
            multiple=sets.rows.sum(where=sets.set_class == "multiple").fill_null(0),
            all_value=sets.value.sum(),
            recorded_value=sets.value.sum(where=recorded),
        )
        papers = rows.agg(publications=rows.pubmed_id.nunique())
        column = unit_column(question)
        if column is None or known is not None:
            return told.cross_join(papers)
        studies = tables["studies"] if question.unit is Unit.ASSOCIATIONS else None
        _, totals = unit_counts(unit_rows(rows, unit=column, studies=studies), groups)
        return (
            told.drop("all_value", "recorded_value")
            .cross_join(papers)
            .cross_join(totals.drop("unclear_value"))
        )

    # Where no other unit has to be counted, the question is the same in every unit.
    unit = question.unit if known is None and unit_column(question) else None
    named = ("coverage", unit, question.scheme, question.selection)
    found = tables.run(named, build).to_pylist()[0]
    if known is not None:
        found |= {name: known[name] for name in ("all_value", "recorded_value")}
    values = {name: _plain(value) for name, value in found.items()}
    whole = values["all_value"]
    values["recorded_value"] = values["recorded_value"] or (0 if whole else None)
    clear = values["recorded_value"]
    values["excluded_share"] = None if not whole else 1 - clear / whole
    return values


def _plain(value: Any) -> Any:
    return int(value) if value is not None and value == int(value) else value


def _key(question: Question) -> tuple[Any, ...]:
    return (question.unit, question.scheme, question.selection)


def key(measure: str, question: Question, *rest: Any) -> tuple[Any, ...]:
    """Names an expression wholly, for the cache of compiled statements."""
    return (measure, _key(question), question.denominator, *rest)


def make(
    tables: Tables,
    question: Question,
    *,
    measure: str,
    table: pa.Table,
    denominator: Denominator | str,
    covered: Mapping[str, Any],
    extra: Iterable[Note] = (),
    filters: Mapping[str, Any] | None = None,
) -> Answer:
    """Put an answer together, with the caveats that always apply and those given.

    Where funders are chosen, the coverage says of how many publications any are known.
    """
    covered, extra = dict(covered), list(extra)
    if question.funder is not None and "grants" not in covered:
        covered["grants"] = grant_coverage(tables, question)
        extra += grant_notes(covered["grants"])
    told = [
        *notes.release_notes(tables.manifest),
        *notes.unit_notes(question),
        *(
            item
            for item in notes.selection_notes(question, covered)
            if not (item.id == "not_recorded_excluded" and denominator != Denominator.RECORDED)
        ),
        *extra,
    ]
    return Answer(
        measure=measure,
        release=tables.label,
        unit=question.unit.value,
        stage=question.stage.value,
        scheme=question.scheme,
        denominator=str(denominator),
        rule=question.rule.value,
        filters=question.filters() | dict(filters or {}),
        caveats=tuple({item.id: item for item in told}.values()),
        coverage=covered,
        table=table,
        names=tables.names_of(question),
    )

"""Composition, with a reference population where one is named."""

from typing import Any

import pyarrow as pa

from everygenome.queries.answer import Answer
from everygenome.queries.measures import bands as bootstrap
from everygenome.queries.measures import references
from everygenome.queries.measures.shared import by_group, coverage, key, make
from everygenome.queries.notes import note
from everygenome.queries.question import Question
from everygenome.queries.tables import Tables
from everygenome.vocabulary.terms import Denominator

COLUMNS = (
    "group",
    "is_class",
    "value",
    "share",
    "share_with_others",
    "share_min",
    "share_max",
    "rows",
    "rows_with_others",
)


def composition(tables: Tables, question: Question, *, bands: bool = False) -> Answer:
    """Shares by ancestry group.

    Rows: `group`, `is_class`, `value`, `share` (alone), `share_with_others`, `share_min`,
    `share_max`, `rows`; with `bands` or a reference `share_low`, `share_high`; with a
    reference `reference_share` and its low and high, `ratio`, `ratio_low`, `ratio_high`,
    `ratio_if_5_points_less` and `_more`, `log2_ratio`, `shortfall`, and in the coverage
    the `distance` between the two.
    """
    denominator = question.denominator or Denominator.RECORDED
    rows = tables.selected(question)
    table = tables.run(
        key("composition", question, denominator),
        lambda: by_group(tables, rows, question, denominator=denominator),
    )
    listed = table.to_pylist()
    records: list[dict[str, Any]] = [{name: row[name] for name in COLUMNS} for row in listed]
    extra = []
    comparison = references.comparison(question) if question.reference else None
    if bands or comparison:
        intervals = bootstrap.composition_bands(tables, question, denominator)
        for record in records:
            low, high = intervals.get(record["group"], (None, None))
            record["share_low"], record["share_high"] = low, high
        extra.append(note("clustering_by_publication"))
    if comparison:
        base = listed[0]["denominator_value"] if listed else None
        references.compare(records, comparison, total=base, scheme=question.grouping)
        extra += references.notes_of(comparison)
    covered = coverage(tables, question, known=listed[0] if listed else None)
    if comparison:
        covered["distance"] = references.distance(records)
    return make(
        tables,
        question,
        measure="composition",
        table=pa.Table.from_pylist(records, _schema(records)),
        denominator=denominator,
        covered=covered,
        extra=extra,
    )


def _schema(records: list[dict[str, Any]]) -> pa.Schema:
    """Types that hold also where every value is missing."""
    kinds = {
        "group": pa.string(),
        "is_class": pa.bool_(),
        "value": pa.int64(),
        "rows": pa.int64(),
        "rows_with_others": pa.int64(),
    }
    names = list(records[0]) if records else list(COLUMNS)
    return pa.schema([(name, kinds.get(name, pa.float64())) for name in names])

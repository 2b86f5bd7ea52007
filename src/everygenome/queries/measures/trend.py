"""The trend over years of publication."""

import pyarrow as pa

from everygenome.queries.answer import Answer
from everygenome.queries.measures import bands as bootstrap
from everygenome.queries.measures.shared import by_group, coverage, key, make
from everygenome.queries.notes import note
from everygenome.queries.question import Question
from everygenome.queries.tables import Tables
from everygenome.vocabulary.terms import Denominator


def trend(tables: Tables, question: Question, *, bands: bool = False) -> Answer:
    """Shares by year and group: the rows of `composition`, each with `year`.

    History is reconstructed from one release; the caveat says so. Rows whose publication
    date is unreadable have no year: the coverage counts them.
    """
    denominator = question.denominator or Denominator.RECORDED
    rows = tables.selected(question)
    table = tables.run(
        key("trend", question, denominator),
        lambda: by_group(
            tables,
            rows.filter(rows.publication_year.notnull()),
            question,
            denominator=denominator,
            by=("publication_year",),
        ),
    )
    names = ["year" if name == "publication_year" else name for name in table.column_names]
    table = table.rename_columns(names).drop_columns(["position", "all_value", "recorded_value"])
    extra = [note("reconstructed_history")]
    if bands:
        found = bootstrap.trend_intervals(tables, question, denominator)
        pairs = [
            found.get((year, group), (None, None))
            for year, group in zip(
                table["year"].to_pylist(), table["group"].to_pylist(), strict=True
            )
        ]
        for index, name in enumerate(("share_low", "share_high")):
            table = table.append_column(name, pa.array([p[index] for p in pairs], pa.float64()))
        extra.append(note("clustering_by_publication"))
    last = max(table["year"].to_pylist(), default=None)
    if last is not None and last >= tables.manifest.date.year:
        extra.append(note("partial_year", year=last))
    covered = coverage(tables, question)
    undated = tables.run(
        key("undated", question),
        lambda: rows.agg(undated=rows.count(where=rows.publication_year.isnull())),
    )
    covered["rows_without_year"] = undated["undated"][0].as_py()
    return make(
        tables,
        question,
        measure="trend",
        table=table,
        denominator=denominator,
        covered=covered,
        extra=extra,
    )

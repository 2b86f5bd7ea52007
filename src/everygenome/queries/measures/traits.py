"""Subjects: who takes part in studies of what."""

import ibis.expr.types as ir
import pyarrow as pa

from everygenome.measures.selection import listed
from everygenome.queries.answer import Answer
from everygenome.queries.measures.shared import by_group, coverage, key, make
from everygenome.queries.notes import note, percent
from everygenome.queries.question import Question
from everygenome.queries.tables import Tables
from everygenome.vocabulary.terms import Denominator

ALL = "All traits"
UNMAPPED = "No mapped trait"


def traits(tables: Tables, question: Question) -> Answer:
    """Shares by trait parent and group; within one parent, by trait and group.

    Rows: those of `composition`, each with `trait_parent` and `trait_id` (missing for a
    parent) and `trait`. The first rows are "All traits", counted before a study is spread
    over its traits; then come the subjects, and last the studies without a mapped trait.
    """
    denominator = question.denominator or Denominator.RECORDED
    rows = tables.selected(question)
    within = question.trait_parent
    everything = tables.run(
        key("traits all", question, denominator),
        lambda: by_group(tables, rows, question, denominator=denominator),
    )
    spread = tables.run(
        key("traits", question, denominator),
        lambda: by_group(
            tables,
            _spread(tables, rows, tables.placed(question).trait_parent),
            question,
            denominator=denominator,
            by=("trait_parent", "trait_id") if within else ("trait_parent",),
        ),
    )
    whole = question.names_together("trait_parent") or ALL
    if not within:
        spread = spread.add_column(1, "trait_id", pa.nulls(spread.num_rows, pa.string()))
    everything = _named(everything, [whole] * everything.num_rows, [None] * everything.num_rows)
    table = pa.concat_tables([everything, spread.select(everything.column_names)])
    labels = [
        tables.traits.get(trait) or trait if trait else parent
        for trait, parent in zip(
            table["trait_id"].to_pylist(), table["trait_parent"].to_pylist(), strict=True
        )
    ]
    table = table.add_column(2, "trait", pa.array(labels, pa.string()))
    covered = coverage(
        tables, question, known=everything.to_pylist()[0] if everything.num_rows else None
    )
    extra = [note("several_parents")]
    total = everything["all_value"][0].as_py() if everything.num_rows else None
    lost = [row["all_value"] for row in spread.to_pylist() if row["trait_parent"] == UNMAPPED]
    # Unmapped studies that state no number: there are some, and nobody knows their share.
    if lost and lost[0] is not None and total:
        covered["unmapped_share"] = lost[0] / total
        extra.append(
            note("unmapped_traits", unmapped=percent(lost[0] / total), unit=question.unit.value)
        )
    return make(
        tables,
        question,
        measure="traits",
        denominator=denominator,
        covered=covered,
        extra=extra,
        table=table.drop_columns(["position", "denominator_value", "recorded_value"]),
    )


def _spread(tables: Tables, rows: ir.Table, within: str | None) -> ir.Table:
    """Rows once for each parent of their study, or for each of its traits within a parent."""
    if within is not None:
        parents = tables["trait_parent"]
        inside = parents.filter(listed(within).contains(parents.trait_parent))
        inside = inside.select("trait_uri", "trait_parent")
        pairs = tables["study_trait"].join(inside, "trait_uri")
        subjects = pairs.select("study_accession", "trait_parent", "trait_id").distinct()
        return rows.join(subjects, "study_accession")
    joined = rows.left_join(tables.study_parent, "study_accession", rname="{name}_subject")
    return joined.mutate(trait_parent=joined.trait_parent.fill_null(UNMAPPED))


def _named(table: pa.Table, parents: list[str], ids: list[None]) -> pa.Table:
    table = table.add_column(0, "trait_parent", pa.array(parents, pa.string()))
    return table.add_column(1, "trait_id", pa.array(ids, pa.string()))

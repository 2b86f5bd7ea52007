"""Who takes part, counted in studies, publications or associations.

A study can name several groups, so these counts cannot be added across groups, and
their shares sum to more than one.
"""

from collections.abc import Sequence

import ibis.expr.types as ir

from everygenome.vocabulary.schemes import RECORDED_CLASSES, Standing


def unit_counts(
    rows: ir.Table, groups: ir.Table, *, by: Sequence[str] = ()
) -> tuple[ir.Table, ir.Table]:
    """Count units that name each group, and the units there are.

    Args:
        rows: one row per ancestry row: `unit` (accession or PubMed number), `weight` (1, or
            the study's associations), `category_set`, and the columns of `by`.
        groups: what each set of categories counts for under one scheme.
        by: columns to split by.

    Returns:
        Two tables for `measures.composition.shares`. Counts per `by` and group: `counted`
        (units with a row of the group alone), `named` (with a recorded row that names it),
        `overlap` (of these, the ones with an unclear row too), `rows`, `rows_with_others`.
        Totals per `by`: `all_value` (units), `recorded_value` (with a recorded row),
        `unclear_value` (with an unclear row).
    """
    by = list(by)
    units = (
        rows.filter(rows.unit.notnull()).select(*by, "unit", "weight", "category_set").distinct()
    )
    joined = units.join(groups.filter(groups.category_set.notnull()), "category_set")
    alone = joined.standing == Standing.ALONE.value
    recorded = joined.set_class.isin([kind.value for kind in RECORDED_CLASSES])
    per_unit = joined.group_by([*by, "unit"]).agg(
        weight=joined.weight.max(),
        recorded=recorded.any(),
        unclear=(~recorded).any(),
    )
    totals = per_unit.aggregate(
        by=by,
        all_value=per_unit.weight.sum(),
        recorded_value=per_unit.weight.sum(where=per_unit.recorded),
        unclear_value=per_unit.weight.sum(where=per_unit.unclear),
    )
    pairs = joined.group_by([*by, "unit", "group"]).agg(
        weight=joined.weight.max(), alone=alone.any(), rows=joined.count()
    )
    pairs = pairs.join(per_unit.select(*by, "unit", "unclear"), [*by, "unit"], rname="{name}_unit")
    counts = pairs.group_by([*by, "group"]).agg(
        counted=pairs.weight.sum(where=pairs.alone),
        named=pairs.weight.sum(),
        overlap=pairs.weight.sum(where=pairs.unclear),
        rows=pairs.count(where=pairs.alone),
        rows_with_others=pairs.count(),
    )
    return counts, totals

"""Who takes part, counted in studies, publications or associations.

A study can name several groups, so these counts cannot be added across groups, and
their shares sum to more than one. A quarter of a million studies show only a few hundred
different combinations of groups: each study's rows are folded into one number whose bits
say what it names, and everything else is reckoned on the combinations.
"""

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from everygenome.vocabulary.schemes import RECORDED_CLASSES, Standing

# Two bits a group (named, alone) from bit 2 on; a scheme may have up to thirty groups.
RECORDED_BIT, UNCLEAR_BIT, FIRST_BIT = 1, 2, 2


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
    combined = combinations(rows, groups, by=by)
    recorded = (combined.bits & RECORDED_BIT) != 0
    unclear = (combined.bits & UNCLEAR_BIT) != 0
    totals = combined.aggregate(
        by=by,
        all_value=combined.weight.sum(),
        recorded_value=combined.weight.sum(where=recorded),
        unclear_value=combined.weight.sum(where=unclear),
    )
    listed = groups.select("group", named_bit=_bit(groups, 0), alone_bit=_bit(groups, 1))
    pairs = combined.cross_join(listed.distinct())
    pairs = pairs.filter((pairs.bits & pairs.named_bit) != 0)
    alone = (pairs.bits & pairs.alone_bit) != 0
    counts = pairs.group_by([*by, "group"]).agg(
        counted=pairs.weight.sum(where=alone),
        named=pairs.weight.sum(),
        overlap=pairs.weight.sum(where=(pairs.bits & UNCLEAR_BIT) != 0),
        rows=pairs.units.sum(where=alone).fill_null(0),
        rows_with_others=pairs.units.sum(),
    )
    return counts, totals


def combinations(rows: ir.Table, groups: ir.Table, *, by: Sequence[str]) -> ir.Table:
    """How many units show each combination of groups.

    Returns:
        Per `by` and combination: `bits` (what its rows name), `units` (how many show it) and
        `weight` (their weights, added up; missing where none has one).
    """
    joined = rows.filter(rows.unit.notnull()).join(set_bits(groups), "category_set")
    units = joined.group_by([*by, "unit"]).agg(
        bits=joined.bits.bit_or(), weight=joined.weight.max()
    )
    return units.group_by([*by, "bits"]).agg(units=units.count(), weight=units.weight.sum())


def set_bits(groups: ir.Table) -> ir.Table:
    """What each `category_set` says, folded into one number: `bits`."""
    named = groups.filter(groups.category_set.notnull())
    is_alone = named.standing == Standing.ALONE.value
    recorded = named.set_class.isin([kind.value for kind in RECORDED_CLASSES])
    bits = (
        _bit(named, 0)
        + ibis.ifelse(is_alone, _bit(named, 1), 0)
        + ibis.ifelse(recorded, RECORDED_BIT, UNCLEAR_BIT)
    )
    # A set has several rows here, whose bits overlap: or, not a sum.
    return named.group_by("category_set").agg(bits=bits.bit_or())


def _bit(groups: ir.Table, offset: int) -> ir.IntegerValue:
    """A group's bit for "named" (offset 0) or "alone" (offset 1)."""
    return ibis.literal(1, "int64") << (groups.position * 2 + FIRST_BIT + offset)

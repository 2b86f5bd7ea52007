"""Who takes part: counts and shares by ancestry group, where people are counted each time.

For each group: **alone** (rows that name only it), **alone or with others**, and the
interval that the unclear rows leave: "European, NR" can hide any group, so the most a
group's share can be counts every unclear row as its own.
"""

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from everygenome.vocabulary.ancestry import SetClass
from everygenome.vocabulary.schemes import RECORDED_CLASSES, Standing
from everygenome.vocabulary.terms import Denominator


def composition(
    ancestry: ir.Table,
    groups: ir.Table,
    *,
    denominator: Denominator,
    by: Sequence[str] = (),
) -> ir.Table:
    """Participations by group, and within `by` (years, trait parents, countries).

    Args:
        ancestry: `category_set`, `participations` (count, missing where unstated), and the
            columns of `by`; one row per group of people in one study and stage.
        groups: what each set of categories counts for under one scheme: `category_set`,
            `group`, `position`, `is_class`, `standing`, `set_class`; groups that no set
            names stand there too, with a missing `category_set`.
        denominator: `RECORDED` leaves out partly and not reported rows; `ALL` keeps them.
        by: columns to split by.

    Returns:
        One row per `by` and group: `group`, `is_class`, `value` (participations, alone;
        missing where rows name the group but none states a number), `share` (0-1 of the
        denominator; missing for a class outside it), `share_with_others`, `share_min`,
        `share_max` (0-1 of all; a share is missing where its value is), `rows` (ancestry rows,
        or units, alone), `rows_with_others`, `denominator_value` and `all_value` (participations).

    Source: Morales et al. 2018, Genome Biology 19:21 (categories).
    """
    by = list(by)
    sets = ancestry.group_by([*by, "category_set"]).agg(
        value=ancestry.participations.sum(), rows=ancestry.count()
    )
    joined = sets.join(groups.filter(groups.category_set.notnull()), "category_set")
    alone = joined.standing == Standing.ALONE.value
    recorded = joined.set_class.isin([kind.value for kind in RECORDED_CLASSES])
    unclear = joined.set_class.notin([SetClass.SINGLE.value, SetClass.MULTIPLE.value])
    counts = joined.aggregate(
        by=[*by, "group"],
        counted=joined.value.sum(where=alone),
        named=joined.value.sum(),
        overlap=ibis.literal(0, "int64"),
        rows=joined.rows.sum(where=alone),
        rows_with_others=joined.rows.sum(),
    )
    totals = joined.aggregate(
        by=by,
        all_value=joined.value.sum(where=alone),
        recorded_value=joined.value.sum(where=alone & recorded),
        unclear_value=joined.value.sum(where=alone & unclear),
    )
    return shares(counts, totals, groups, denominator=denominator, by=by)


def shares(
    counts: ir.Table,
    totals: ir.Table,
    groups: ir.Table,
    *,
    denominator: Denominator,
    by: Sequence[str],
) -> ir.Table:
    """Complete the frame (every group in every split) and divide.

    Args:
        counts: per `by` and group `counted` (alone), `named` (alone or with others),
            `overlap` (of the named, what is unclear too), `rows`, `rows_with_others`.
        totals: per `by` `all_value`, `recorded_value`, `unclear_value`.
        groups: as in `composition`.
        denominator: as in `composition`.
        by: as in `composition`.
    """
    listed = groups.select("group", "position", "is_class", "in_recorded").distinct()
    frame = totals.cross_join(listed)
    keys = [*by, "group"]
    joined = frame.left_join(counts, keys, rname="{name}_counts")
    rows = joined.rows.fill_null(0)
    naming = joined.rows_with_others.fill_null(0)
    # No row names the group: a true zero. Rows without a number: unknown, not zero.
    value = ibis.ifelse(rows == 0, 0.0, joined.counted.cast("float64"))
    named = ibis.ifelse(naming == 0, 0.0, joined.named.cast("float64"))
    everyone = joined.all_value.cast("float64").nullif(0)
    unclear = joined.unclear_value.fill_null(0)
    if denominator is Denominator.RECORDED:
        base, inside = joined.recorded_value, joined.in_recorded
    else:
        base, inside = joined.all_value, ibis.literal(True)
    divisor = ibis.ifelse(inside, base.cast("float64").nullif(0), ibis.null("float64"))
    is_group = ~joined.is_class
    return joined.select(
        *[joined[name] for name in by],
        "group",
        "is_class",
        # A row divided between countries is no whole number: rounded here, exact in the shares.
        value=value.round().cast("int64"),
        share=value / divisor,
        share_with_others=ibis.ifelse(is_group, named / divisor, ibis.null("float64")),
        share_min=ibis.ifelse(is_group, value / everyone, ibis.null("float64")),
        share_max=ibis.ifelse(
            is_group,
            (named.fill_null(0) + unclear - joined.overlap.fill_null(0)) / everyone,
            ibis.null("float64"),
        ),
        rows=rows.cast("int64"),
        rows_with_others=naming.cast("int64"),
        denominator_value=base.round().cast("int64"),
        all_value=joined.all_value.round().cast("int64"),
        recorded_value=joined.recorded_value.round().cast("int64"),
        position=joined.position,
    ).order_by([*by, "position"])

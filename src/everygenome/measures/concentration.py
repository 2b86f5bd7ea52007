"""How few publications, cohorts or countries hold how much of the participations."""

import ibis
import ibis.expr.types as ir


def concentration(weights: ir.Table, *, total: ir.IntegerScalar) -> ir.Table:
    """Rank by participations, with the running share.

    Args:
        weights: `id` and `participations` (count): one row per row to be added up; the same
            row may count for several ids (a study of two cohorts), and the running share
            is then not one of distinct participations.
        total: participations that the shares are of.

    Returns:
        `rank` (from 1), `id`, `value` (participations), `share`, `cumulative_share` (0-1).
    """
    named = weights.filter(weights.id.notnull() & weights.participations.notnull())
    sums = named.group_by("id").agg(value=named.participations.sum().cast("float64"))
    order = ibis.window(order_by=[sums.value.desc(), sums.id])
    running = ibis.cumulative_window(order_by=[sums.value.desc(), sums.id])
    base = total.cast("float64").nullif(0)
    ranked = sums.mutate(
        rank=ibis.row_number().over(order) + 1, running=sums.value.sum().over(running)
    )
    return ranked.select(
        rank=ranked.rank.cast("int64"),
        id=ranked.id,
        value=ranked.value,
        share=ranked.value / base,
        cumulative_share=ranked.running / base,
    ).order_by("rank")

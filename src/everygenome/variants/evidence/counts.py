"""Variants that are asked for, beside the counts of each group: one row for each, always."""

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from everygenome.sources.variation.builds import PSEUDOAUTOSOMAL, Build
from everygenome.sources.variation.preparing.columns import Mark
from everygenome.variants.result import Status

WITH_MALES = ("X", "Y")
_OF_ALL = ("ac", "an", "nhomalt")
_OF_MALES = ("nhemi", "an_xy")
KINDS = (*_OF_ALL, *_OF_MALES)
"""Counts of a group; those of males are known of X and Y alone, outside the ends they share."""


def found_counts(
    calls: ir.Table, sites: ir.Table, *, codes: Sequence[str], build: Build, contig: str
) -> ir.Table:
    """Join variants of one chromosome with the rows of the source.

    Args:
        calls: variants of one chromosome; see `sources.variation.calls`.
        sites: rows of that chromosome; see `Frequencies.sites`.
        codes: groups, with `all`.
        build: of both; contig: the chromosome, for its shared ends.

    Returns:
        One row per variant: columns of `calls`, `status` (null where the source has no row),
        `filters`, `marks`, and of each group `ac_`, `an_`, `nhomalt_`, and on X and Y `nhemi_` and
        `an_xy_`; null is "not known".
    """
    first = sites.filter((sites.marks.cast("int16") & int(Mark.REPEATED)) == 0)
    taken = first.select(
        site_pos="pos", site_ref="ref", site_alt="alt", filters="filters", marks="marks",
        **_group_columns(first, codes, contig),
    )  # fmt: skip
    joined = calls.left_join(
        taken,
        [calls.mpos == taken.site_pos, calls.mref == taken.site_ref, calls.malt == taken.site_alt],
    )
    hemizygous = outside_shared_ends(joined.mpos, build, contig)
    values = {}
    for name in columns_of(_OF_MALES, codes):
        if name in joined.columns:
            values[name] = ibis.ifelse(hemizygous, joined[name], ibis.null("int32"))
    looked_at = ibis.greatest(*(joined[f"an_{code}"] for code in codes))
    status = ibis.cases(
        (joined.problem.notnull(), Status.NOT_COMPARED.value),
        (joined.site_pos.notnull() & (looked_at == 0), Status.NOT_COVERED.value),
        (joined.site_pos.notnull(), Status.FOUND.value),
        else_=ibis.null("string"),
    )
    return joined.mutate(status=status, an_borrowed=False, **values).drop(
        "site_pos", "site_ref", "site_alt"
    )


def columns_of(kinds: Sequence[str], codes: Sequence[str]) -> list[str]:
    """Names of columns: of each kind of count, for each group."""
    return [f"{kind}_{code}" for kind in kinds for code in codes]


def _group_columns(sites: ir.Table, codes: Sequence[str], contig: str) -> dict[str, ir.Value]:
    held = set(sites.columns)
    wanted = {name: name for name in columns_of(_OF_ALL, codes)}
    if contig in WITH_MALES:
        for code in codes:
            wanted |= {f"nhemi_{code}": f"ac_{code}_xy", f"an_xy_{code}": f"an_{code}_xy"}
    return {
        name: sites[column] if column in held else ibis.null("int32")
        for name, column in wanted.items()
    }


def outside_shared_ends(pos: ir.IntegerColumn, build: Build, contig: str) -> ir.BooleanValue:
    """Whether a place is on X or Y, and not in the ends that they share."""
    ends = PSEUDOAUTOSOMAL[build].get(contig)
    if ends is None:
        return ibis.literal(False)
    outside: ir.BooleanValue = ibis.literal(True)
    for first, last in ends:
        outside &= ~pos.between(first, last)
    return outside

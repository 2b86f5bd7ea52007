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
    hemizygous = _outside_shared_ends(joined.mpos, build, contig)
    values = {}
    for name in _named(_OF_MALES, codes):
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


def not_found_counts(
    missing: ir.Table, numbers: ir.Table | None, sites: ir.Table | None, *, codes: Sequence[str]
) -> ir.Table:
    """Variants without a row in the source: how many were looked at there, if that is known.

    Args:
        missing: columns of `calls`, of variants that were not found.
        numbers: chromosomes looked at for every place; None: not given.
        sites: rows of the same chromosome, for places where another allele was seen.
        codes: groups, with `all`.

    Returns:
        The columns of `found_counts`. AC is 0 where AN is known, and null where it is not; of what
        cannot be compared, nothing is known.
    """
    places = None
    if numbers is not None:
        places = numbers.select(pos="pos", borrowed=False, **{f"an_{c}": f"an_{c}" for c in codes})
    if sites is not None:
        lenders = _lenders(sites)
        here = lenders.semi_join(missing, lenders.pos == missing.mpos)
        # The least of them, where several alleles stand in one place with different numbers.
        numbers_here = {f"an_{c}": _believed(here, c).min() for c in codes}
        other = here.group_by("pos").agg(borrowed=ibis.literal(True), **numbers_here)
        places = other if places is None else places.union(other.anti_join(places, "pos"))
    stated = [one for one in missing.columns if one not in _added(codes)]
    columns = missing.select(*stated)
    if places is None:
        joined = columns.mutate(
            borrowed=ibis.null("boolean"), **{f"an_{c}": ibis.null("int32") for c in codes}
        )
    else:
        places = places.rename(site_pos="pos")
        joined = columns.left_join(places, columns.mpos == places.site_pos).drop("site_pos")
    compared = joined.problem.isnull()
    none = ibis.null("int32")
    values: dict[str, ir.Value] = {}
    for code in codes:
        values[f"an_{code}"] = ibis.ifelse(compared, joined[f"an_{code}"], none)
        known = compared & joined[f"an_{code}"].notnull()
        values[f"ac_{code}"] = ibis.ifelse(known, 0, none).cast("int32")
        values[f"nhomalt_{code}"] = ibis.ifelse(known, 0, none).cast("int32")
    values |= {name: none for name in _named(_OF_MALES, codes) if name in missing.columns}
    looked_at = ibis.coalesce(*(joined[f"an_{code}"] for code in codes))
    most = ibis.greatest(*(ibis.coalesce(joined[f"an_{code}"], 0) for code in codes))
    status = ibis.cases(
        (joined.problem.notnull(), Status.NOT_COMPARED.value),
        (looked_at.isnull(), Status.COVERAGE_UNKNOWN.value),
        (most > 0, Status.NOT_SEEN.value),
        else_=Status.NOT_COVERED.value,
    )
    return joined.mutate(
        status=status, filters=ibis.literal(""), marks=ibis.literal(0).cast("uint8"),
        an_borrowed=compared & joined.borrowed.fill_null(False), **values,
    ).drop("borrowed")  # fmt: skip


def _lenders(sites: ir.Table) -> ir.Table:
    """Rows whose chromosomes tell how many were looked at in their place.

    Not those of symbols such as <DEL>: who looks for long deletions looks at other people, and in
    another way.
    """
    marks = sites.marks.cast("int16")
    first = (marks & int(Mark.REPEATED)) == 0
    of_the_place = ((marks & int(Mark.NO_BASES)) == 0) | sites.alt.isin([".", "*"])
    return sites.filter(first & of_the_place)


def _believed(sites: ir.Table, code: str) -> ir.IntegerColumn:
    """AN of a group where its counts do not contradict."""
    ac, an = sites[f"ac_{code}"], sites[f"an_{code}"]
    wrong = ((ac < 0) | (an < 0) | (ac > an)).fill_null(False)
    return ibis.ifelse(wrong, ibis.null("int32"), an)


def _added(codes: Sequence[str]) -> set[str]:
    return {"status", "filters", "marks", "an_borrowed", *_named(KINDS, codes)}


def _named(kinds: Sequence[str], codes: Sequence[str]) -> list[str]:
    return [f"{kind}_{code}" for kind in kinds for code in codes]


def _group_columns(sites: ir.Table, codes: Sequence[str], contig: str) -> dict[str, ir.Value]:
    held = set(sites.columns)
    wanted = {name: name for name in _named(_OF_ALL, codes)}
    if contig in WITH_MALES:
        for code in codes:
            wanted |= {f"nhemi_{code}": f"ac_{code}_xy", f"an_xy_{code}": f"an_{code}_xy"}
    return {
        name: sites[column] if column in held else ibis.null("int32")
        for name, column in wanted.items()
    }


def _outside_shared_ends(pos: ir.IntegerColumn, build: Build, contig: str) -> ir.BooleanValue:
    ends = PSEUDOAUTOSOMAL[build].get(contig)
    if ends is None:
        return ibis.literal(False)
    outside: ir.BooleanValue = ibis.literal(True)
    for first, last in ends:
        outside &= ~pos.between(first, last)
    return outside

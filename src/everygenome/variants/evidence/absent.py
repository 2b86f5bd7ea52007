"""Variants that the source has no row of: how many were looked at in their place."""

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from everygenome.sources.variation.builds import Build
from everygenome.sources.variation.preparing.columns import Mark
from everygenome.variants.evidence.conditions import contradicts
from everygenome.variants.evidence.counts import KINDS, WITH_MALES, columns_of, outside_shared_ends
from everygenome.variants.result import Status


def not_found_counts(
    missing: ir.Table,
    numbers: ir.Table | None,
    sites: ir.Table | None,
    *,
    codes: Sequence[str],
    build: Build,
    contig: str,
) -> ir.Table:
    """Variants without a row in the source: how many were looked at there, if that is known.

    Args:
        missing: columns of `calls`, of variants that were not found.
        numbers: chromosomes looked at for every place; None: not given.
        sites: rows of the same chromosome, for places where another allele was seen.
        codes: groups, with `all`.
        build: of all; contig: the chromosome, for its shared ends.

    Returns:
        The columns of `found_counts`. Each number is the table's, or else another allele's; none
        that is lent is more than the table has of everybody. AC is 0 where AN is known, and null
        where it is not; of what cannot be compared, nothing is known.
    """
    none = ibis.null("int32")
    kinds = columns_of(("an", "an_xy") if contig in WITH_MALES else ("an",), codes)
    stated = [one for one in missing.columns if one not in _added(codes)]
    joined = missing.select(*stated)
    for source, places in (
        ("given", _given(numbers, codes)),
        ("lent", _lent(missing, sites, codes)),
    ):
        if places is None:
            joined = joined.mutate(**{f"{source}_{kind}": none for kind in kinds})
            continue
        named = places.select(site_pos="pos", **{f"{source}_{kind}": kind for kind in kinds})
        joined = joined.left_join(named, joined.mpos == named.site_pos).drop("site_pos")
    numbers_here: dict[str, ir.Value] = {}
    borrowed: ir.BooleanValue = ibis.literal(False)
    for kind in kinds:
        given, lent, most = joined[f"given_{kind}"], joined[f"lent_{kind}"], joined["given_an_all"]
        borrowed |= given.isnull() & lent.notnull()
        lent = ibis.ifelse((most < lent).fill_null(False), most, lent)
        numbers_here[kind] = ibis.coalesce(given, lent)
    joined = joined.mutate(borrowed=borrowed, **numbers_here).drop(
        *(f"{source}_{kind}" for source in ("given", "lent") for kind in kinds)
    )
    compared = joined.problem.isnull()
    values: dict[str, ir.Value] = {}
    for code in codes:
        values[f"an_{code}"] = ibis.ifelse(compared, joined[f"an_{code}"], none)
        known = compared & joined[f"an_{code}"].notnull()
        values[f"ac_{code}"] = ibis.ifelse(known, 0, none).cast("int32")
        values[f"nhomalt_{code}"] = ibis.ifelse(known, 0, none).cast("int32")
    if contig in WITH_MALES:
        of_males = compared & outside_shared_ends(joined.mpos, build, contig)
        for code in codes:
            values[f"an_xy_{code}"] = ibis.ifelse(of_males, joined[f"an_xy_{code}"], none)
            known = of_males & joined[f"an_xy_{code}"].notnull()
            values[f"nhemi_{code}"] = ibis.ifelse(known, 0, none).cast("int32")
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


def _given(numbers: ir.Table | None, codes: Sequence[str]) -> ir.Table | None:
    """What the table of allele numbers says of each place."""
    if numbers is None:
        return None
    held, none = set(numbers.columns), ibis.null("int32")
    return numbers.select(
        "pos",
        **{f"an_{c}": numbers[f"an_{c}"] for c in codes},
        **{f"an_xy_{c}": numbers[f"an_{c}_xy"] if f"an_{c}_xy" in held else none for c in codes},
    )


def _lent(missing: ir.Table, sites: ir.Table | None, codes: Sequence[str]) -> ir.Table | None:
    """What other alleles say of each place: the least of them, where they have other numbers."""
    if sites is None:
        return None
    lenders = _lenders(sites)
    here = lenders.semi_join(missing, lenders.pos == missing.mpos)
    numbers: dict[str, ir.IntegerScalar] = {}
    for code in codes:
        whole = _believed(here, f"ac_{code}", f"an_{code}")
        numbers[f"an_{code}"] = whole.min()
        if f"an_{code}_xy" in here.columns:
            males = _believed(here, f"ac_{code}_xy", f"an_{code}_xy")
            fit = whole.notnull() | here[f"an_{code}"].isnull()
            numbers[f"an_xy_{code}"] = ibis.ifelse(fit, males, ibis.null("int32")).min()
    lent = here.group_by("pos").agg(**numbers)
    kinds = (f"an_xy_{code}" for code in codes)
    return lent.mutate(**{one: ibis.null("int32") for one in kinds if one not in numbers})


def _lenders(sites: ir.Table) -> ir.Table:
    """Rows whose chromosomes tell how many were looked at in their place.

    Not those of symbols such as <DEL>: who looks for long deletions looks at other people, and in
    another way.
    """
    marks = sites.marks.cast("int16")
    first = (marks & int(Mark.REPEATED)) == 0
    of_the_place = ((marks & int(Mark.NO_BASES)) == 0) | sites.alt.isin([".", "*"])
    return sites.filter(first & of_the_place)


def _believed(sites: ir.Table, copies: str, chromosomes: str) -> ir.IntegerColumn:
    """AN of a group where its counts do not contradict."""
    ac, an = sites[copies], sites[chromosomes]
    return ibis.ifelse(contradicts(ac, an), ibis.null("int32"), an)


def _added(codes: Sequence[str]) -> set[str]:
    return {"status", "filters", "marks", "an_borrowed", *columns_of(KINDS, codes)}

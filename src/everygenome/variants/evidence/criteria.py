"""Codes of ACMG and AMP that a verdict can support."""

import ibis
import ibis.expr.types as ir

from everygenome.variants.evidence import judging
from everygenome.variants.evidence.conditions import has
from everygenome.variants.evidence.question import Role
from everygenome.variants.verdict import Verdict


def criterion(
    verdict: ir.IntegerValue, *, against: ir.BooleanValue, towards: ir.BooleanValue
) -> ir.StringValue:
    """The code of ACMG and AMP that a verdict can support; empty where it supports none.

    Args:
        verdict: as its place in `Verdict`.
        against: what is too common here may be held against the variant (BA1, BS1).
        towards: what is rare here may support it (PM2).
    """
    rare = (verdict == judging.code(Verdict.RARE)) & towards
    return ibis.cases(
        (((verdict == judging.code(Verdict.COMMON)) & against).fill_null(False), "BA1"),
        (
            ((verdict == judging.code(Verdict.MORE_THAN_EXPECTED)) & against).fill_null(False),
            "BS1",
        ),
        (rare.fill_null(False), "PM2_supporting"),
        else_="",
    )


def group_criterion(own: ir.Table) -> ir.StringValue:
    """That of a group; `own` holds its columns and the variant's.

    None in a group that does not count, unless it is asked about: a founder population, or
    everybody together. PM2 only in groups that the question is about, and not where the variant is
    too common in another one.
    """
    return criterion(
        own.verdict,
        against=has(own, Role.JUDGING),
        towards=has(own, Role.BACKGROUND) & own.states_rare & (own.groups_above == 0),
    )


def variant_criterion(variants: ir.Table) -> ir.StringValue:
    """That of a variant: see `variant_rows`."""
    return criterion(variants.verdict, against=ibis.literal(True), towards=variants.states_rare)

"""How many chromosomes of a group the source has at most, in places like that of a variant."""

import ibis
import ibis.expr.types as ir

from everygenome.sources.variation.builds import PSEUDOAUTOSOMAL, Build
from everygenome.sources.variation.preparing.most import REGIONS, REST
from everygenome.variants.evidence.question import Question


def with_region(calls: ir.Table, question: Question) -> ir.Table:
    """The table with `region`, as its place in `REGIONS`, where the source has others than REST."""
    cases = []
    for region in _others(question):
        inside: ir.BooleanValue = ibis.literal(True)
        for first, last in PSEUDOAUTOSOMAL[Build(question.held.build)].get(region, ()):
            inside &= ~calls.mpos.between(first, last)
        cases.append(((calls.contig == region) & inside, ibis.literal(_code(region), "int8")))
    if not cases:
        return calls
    return calls.mutate(region=ibis.cases(*cases, else_=ibis.literal(_code(REST), "int8")))


def half_of(calls: ir.Table, question: Question, code: str) -> ir.FloatingValue:
    """Half of the most chromosomes of a group in the region of a variant; 0: not known.

    Args:
        calls: see `with_region`.
        question: what is asked.
        code: the group.
    """
    half = {one: question.most.get(one, {}).get(code, 0) / 2 for one in REGIONS}
    others = _others(question)
    if not others:
        return ibis.literal(half[REST])
    return ibis.cases(
        *((calls.region == _code(one), ibis.literal(half[one])) for one in others),
        else_=ibis.literal(half[REST]),
    )


def _others(question: Question) -> list[str]:
    return [one for one in question.most if one != REST]


def _code(region: str) -> int:
    return REGIONS.index(region)

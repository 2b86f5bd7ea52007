"""Half of the chromosomes that a source has of a group, in places like that of a variant."""

import ibis
import ibis.expr.types as ir

from everygenome.sources.variation.builds import PSEUDOAUTOSOMAL, Build
from everygenome.sources.variation.preparing.most import REGIONS, REST
from everygenome.variants.evidence.question import Question


def halves(calls: ir.Table, question: Question, contig: str) -> dict[str, ir.FloatingValue]:
    """Half of the most chromosomes of each group; 0: not known.

    Args:
        calls: variants of one chromosome, with `mpos`.
        question: what is asked.
        contig: the chromosome.

    Returns:
        Group -> a number for all, or on X and Y one for each variant: the ends that they share
        are like the other chromosomes.
    """
    region = contig if contig in REGIONS else REST
    rest, here = _halves(question, REST), _halves(question, region)
    ends = PSEUDOAUTOSOMAL[Build(question.held.build)].get(region, ())
    if not ends:
        return {code: ibis.literal(half) for code, half in here.items()}
    shared: ir.BooleanValue = ibis.literal(False)
    for first, last in ends:
        shared |= calls.mpos.between(first, last)
    return {
        code: ibis.ifelse(shared, ibis.literal(rest[code]), ibis.literal(here[code]))
        for code in question.codes
    }


def _halves(question: Question, region: str) -> dict[str, float]:
    most = question.most.get(region, {})
    return {code: most.get(code, 0) / 2 for code in question.codes}

"""Counts made into evidence: a row for each variant and group."""

import ibis
import ibis.expr.types as ir

from everygenome.sources.variation.preparing.columns import Mark
from everygenome.variants import disparity
from everygenome.variants.evidence import judging
from everygenome.variants.evidence.conditions import as_bits, contradicts, has
from everygenome.variants.evidence.counts import KINDS
from everygenome.variants.evidence.flags import Flag
from everygenome.variants.evidence.question import EVERYBODY, Question, Role
from everygenome.variants.evidence.regions import halves
from everygenome.variants.result import Status
from everygenome.variants.verdict import Verdict

_KEPT = (
    "place", "chrom", "pos", "ref", "alt", "filters", "problem", "status", "exempt",
    "no_gene_bar", "bar_rare", "bar_enough", "bar_unseen", "bar_expected", "bar_common",
    "bar_statistic", "bar_chromosomes", "bar_copies", "bar_absent", "bar_absent_in_males",
    "bar_states_rare",
)  # fmt: skip
_WHOLE = ("whole_ac", "whole_an", "whole_nhemi", "rare_overall", "shared_bits")


def group_rows(counts: ir.Table, quantiles: ir.Table, question: Question, contig: str) -> ir.Table:
    """One row for each variant and group, in the order of the variants.

    Args:
        counts: see `counts.found_counts` and `Held.beside`; of kinds of counts that it has no
            columns of, nothing is known.
        quantiles: see `Frequencies.quantiles`.
        question: what is asked.
        contig: the chromosome of all variants.

    Returns:
        `place`, `rank` of the group, what it counts for, its counts, bounds, `p_seen`,
        `needed`, `evaluable`, `verdict`, and the conditions that flags are made of.
    """
    own = _of_variants(counts)
    known = [kind for kind in KINDS if f"{kind}_{EVERYBODY}" in counts.columns]
    half = halves(counts, question, contig)
    each = ibis.array(
        [
            ibis.struct(
                {
                    "rank": ibis.literal(place, "int32"),
                    "role": ibis.literal(int(question.roles(code)), "int8"),
                    "half": half[code],
                    **{kind: own[f"{kind}_{code}"] for kind in known},
                }
            )
            for place, code in enumerate(question.codes)
        ]
    )
    rows = own.select(*_KEPT, *_WHOLE, each=each.unnest()).unpack("each")
    rows = rows.mutate(**{kind: ibis.null("int32") for kind in KINDS if kind not in known})
    rows = _cleaned(rows)
    rows = rows.left_join(quantiles, rows.ac == quantiles.copies)
    rows = rows.mutate(**judging.bounds(rows))
    rows = rows.mutate(**_reached(rows))
    return _judged(rows)


def _of_variants(counts: ir.Table) -> ir.Table:
    """What all groups share, reckoned once for each variant and not for each group of it."""
    ac, an = counts[f"ac_{EVERYBODY}"], counts[f"an_{EVERYBODY}"]
    wrong = contradicts(ac, an)
    marks = counts.marks.cast("int16")
    number = ibis.null("float64")
    whole_ac = ibis.ifelse(wrong, number, ac.cast("float64"))
    whole_an = ibis.ifelse(wrong, number, an.cast("float64"))
    return counts.mutate(
        whole_ac=whole_ac,
        whole_an=whole_an,
        whole_nhemi=_males_of_all(counts, wrong),
        rare_overall=whole_ac < disparity.RARE_OVERALL * whole_an,
        # Unreadable for groups whose counts are then not known.
        shared_bits=as_bits(
            (Flag.BORROWED, counts.an_borrowed),
            (Flag.UNREADABLE, (marks & int(Mark.UNREADABLE)) != 0),
            (Flag.ONE_FILE, (marks & int(Mark.ONE_FILE_OF_TWO)) != 0),
            (Flag.EXEMPT, counts.exempt),
            (Flag.NO_GENE_BAR, counts.no_gene_bar),
            (Flag.SEVERAL_GENES, counts.several_genes),
        ),
    )


def _males_of_all(counts: ir.Table, wrong: ir.BooleanValue) -> ir.IntegerValue:
    if f"nhemi_{EVERYBODY}" not in counts.columns:
        return ibis.null("int32")
    nhemi, an_xy = counts[f"nhemi_{EVERYBODY}"], counts[f"an_xy_{EVERYBODY}"]
    return ibis.ifelse(wrong | contradicts(nhemi, an_xy), ibis.null("int32"), nhemi)


def _cleaned(rows: ir.Table) -> ir.Table:
    """AC that contradicts AN is not known; that it was stated is kept as a flag."""
    wrong = contradicts(rows.ac, rows.an)
    males = wrong | contradicts(rows.nhemi, rows.an_xy)
    none = ibis.null("int32")
    return rows.mutate(
        wrong=wrong,
        an=ibis.ifelse(rows.an < 0, none, rows.an),
        **{kind: ibis.ifelse(wrong, none, rows[kind]) for kind in ("ac", "nhomalt")},
        **{kind: ibis.ifelse(males, none, rows[kind]) for kind in ("nhemi", "an_xy")},
    )


def _reached(rows: ir.Table) -> dict[str, ir.Value]:
    """What is held against the bars, and the rule of `variants.disparity`, as columns."""
    ac, an = rows.ac.cast("float64"), rows.an.cast("float64")
    whole_ac, whole_an = rows.whole_ac, rows.whole_an
    contrast = (
        (rows.faf95 * (whole_an - an) >= disparity.CONTRAST * (whole_ac - ac + 1))
        & (ac <= whole_ac)
        & (an <= whole_an)
    )
    found = {
        "common_here": rows.rare_overall & (rows.faf95 >= disparity.RARE_OVERALL) & contrast,
        "copies_here": (whole_ac >= disparity.LEAST_COPIES)
        & (ac >= disparity.NEARLY_ALL * whole_ac)
        & contrast,
        "chromosomes_here": (whole_an > 0)
        & (an >= disparity.NEARLY_ALL * whole_an)
        & (an <= whole_an),
    }
    return {
        "reaches": judging.reaches(rows),
        **{name: (has(rows, Role.NAMED) & value).fill_null(False) for name, value in found.items()},
    }


def _judged(rows: ir.Table) -> ir.Table:
    rows = rows.mutate(
        verdict=judging.verdict(
            rows,
            compared=(rows.status != Status.NOT_COMPARED.value) & ~rows.wrong,
            continental=has(rows, Role.CONTINENTAL),
        ),
        p_seen=judging.chance_of_being_seen(rows),
        needed=judging.needed(rows),
        evaluable=judging.evaluable(rows),
    )
    known = rows.ac.notnull() & rows.an.notnull()
    shared = ibis.ifelse(known, rows.shared_bits & ~int(Flag.UNREADABLE), rows.shared_bits)
    rows = rows.mutate(above=rows.verdict <= judging.code(Verdict.MORE_THAN_EXPECTED))
    return rows.mutate(
        bits=shared
        + as_bits(
            (Flag.NOT_COVERED, rows.an == 0),
            (Flag.FEW_HERE, (rows.an > 0) & (rows.an < rows.half)),
            (Flag.CONTRADICTS, rows.wrong),
            (Flag.COMMON_HERE_ALONE, rows.common_here),
            (Flag.COPIES_HERE, rows.copies_here),
            (Flag.CHROMOSOMES_HERE, rows.chromosomes_here),
            (
                Flag.UNDERSAMPLED,
                (rows.verdict == judging.code(Verdict.NOT_EVALUABLE)) & (rows.af < rows.bar_rare),
            ),
            (Flag.POINT_ALONE, rows.above & judging.not_surely(rows)),
        ),
    )

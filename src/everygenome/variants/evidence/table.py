"""Counts made into evidence: a row for each variant and group, then what all groups say."""

import ibis
import ibis.expr.types as ir

from everygenome.sources.variation.preparing.columns import Mark
from everygenome.variants import disparity
from everygenome.variants.evidence import judging
from everygenome.variants.evidence.flags import OF_COUNTS, Flag
from everygenome.variants.evidence.question import EVERYBODY, Question, Role
from everygenome.variants.evidence.regions import half_of, with_region
from everygenome.variants.result import Status
from everygenome.variants.verdict import Verdict

_KEPT = (
    "place", "chrom", "pos", "ref", "alt", "filters", "problem", "status", "marks", "an_borrowed",
    "exempt", "no_gene_bar", "several_genes", "bar_rare", "bar_unseen", "bar_expected",
    "bar_common", "bar_statistic", "bar_chromosomes", "bar_copies", "bar_absent",
    "bar_absent_in_males", "bar_states_rare",
)  # fmt: skip
_STEPS = 2**40
_LAST_RANK = 255


def group_rows(counts: ir.Table, quantiles: ir.Table, question: Question) -> ir.Table:
    """One row for each variant and group, in the order of the variants.

    Args:
        counts: see `counts.found_counts` and `Held.beside`.
        quantiles: see `Frequencies.quantiles`.
        question: what is asked.

    Returns:
        `place`, `group`, `rank`, what the group counts for, its counts, bounds, `p_seen`,
        `needed`, `verdict`, and the conditions that flags are made of.
    """
    counts = with_region(counts, question)
    each = ibis.array(
        [
            ibis.struct(
                {
                    "group": ibis.literal(code),
                    "rank": ibis.literal(place, "int32"),
                    "role": ibis.literal(int(question.roles(code)), "int8"),
                    "half": half_of(counts, question, code),
                    **{
                        kind: counts[f"{kind}_{code}"]
                        for kind in ("ac", "an", "nhomalt", "nhemi", "an_xy")
                    },
                }
            )
            for place, code in enumerate(question.codes)
        ]
    )
    rows = counts.select(
        *_KEPT,
        whole_ac=f"ac_{EVERYBODY}",
        whole_an=f"an_{EVERYBODY}",
        whole_nhemi=f"nhemi_{EVERYBODY}",
        whole_an_xy=f"an_xy_{EVERYBODY}",
        each=each.unnest(),
    ).unpack("each")
    rows = _cleaned(rows)
    rows = rows.left_join(quantiles, rows.ac == quantiles.copies)
    rows = rows.mutate(**judging.bounds(rows))
    rows = rows.mutate(**_reached(rows))
    return _judged(rows)


def _cleaned(rows: ir.Table) -> ir.Table:
    """AC that contradicts AN is not known; that it was stated is kept as a flag."""
    wrong = contradicts(rows.ac, rows.an)
    whole = contradicts(rows.whole_ac, rows.whole_an)
    males = wrong | contradicts(rows.nhemi, rows.an_xy)
    all_males = whole | contradicts(rows.whole_nhemi, rows.whole_an_xy)
    none = ibis.null("int32")
    return rows.mutate(
        wrong=wrong,
        an=ibis.ifelse(rows.an < 0, none, rows.an),
        whole_ac=ibis.ifelse(whole, none, rows.whole_ac),
        whole_an=ibis.ifelse(whole, none, rows.whole_an),
        whole_nhemi=ibis.ifelse(all_males, none, rows.whole_nhemi),
        **{kind: ibis.ifelse(wrong, none, rows[kind]) for kind in ("ac", "nhomalt")},
        **{kind: ibis.ifelse(males, none, rows[kind]) for kind in ("nhemi", "an_xy")},
    )


def contradicts(ac: ir.IntegerValue, an: ir.IntegerValue) -> ir.BooleanValue:
    """More copies than chromosomes, or a number below 0."""
    return ((ac < 0) | (an < 0) | (ac > an)).fill_null(False)


def _reached(rows: ir.Table) -> dict[str, ir.Value]:
    """What is held against the bars, and the rule of `variants.disparity`, as columns."""
    ac, an = rows.ac.cast("float64"), rows.an.cast("float64")
    whole_ac, whole_an = rows.whole_ac.cast("float64"), rows.whole_an.cast("float64")
    contrast = (
        (rows.faf95 * (whole_an - an) >= disparity.CONTRAST * (whole_ac - ac + 1))
        & (ac <= whole_ac)
        & (an <= whole_an)
    )
    rare = whole_ac < disparity.RARE_OVERALL * whole_an
    found = {
        "common_here": rare & (rows.faf95 >= disparity.RARE_OVERALL) & contrast,
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
    )
    marks = rows.marks.cast("int16")
    unknown = rows.ac.isnull() | rows.an.isnull()
    rows = rows.mutate(above=rows.verdict <= judging.code(Verdict.MORE_THAN_EXPECTED))
    return rows.mutate(
        bits=_bits(
            (Flag.NOT_COVERED, rows.an == 0),
            (Flag.FEW_HERE, (rows.an > 0) & (rows.an < rows.half)),
            (Flag.BORROWED, rows.an_borrowed),
            (Flag.CONTRADICTS, rows.wrong),
            (Flag.UNREADABLE, ((marks & int(Mark.UNREADABLE)) != 0) & unknown),
            (Flag.ONE_FILE, (marks & int(Mark.ONE_FILE_OF_TWO)) != 0),
            (Flag.COMMON_HERE_ALONE, rows.common_here),
            (Flag.COPIES_HERE, rows.copies_here),
            (Flag.CHROMOSOMES_HERE, rows.chromosomes_here),
            (
                Flag.UNDERSAMPLED,
                (rows.verdict == judging.code(Verdict.NOT_EVALUABLE)) & (rows.af < rows.bar_rare),
            ),
            (Flag.EXEMPT, rows.exempt),
            (Flag.NO_GENE_BAR, rows.no_gene_bar),
            (Flag.POINT_ALONE, rows.above & judging.not_surely(rows)),
            (Flag.SEVERAL_GENES, rows.several_genes),
        ),
    )


def variant_rows(rows: ir.Table) -> ir.Table:
    """What all groups say of each variant.

    Args:
        rows: see `group_rows`.

    Returns:
        One row for each `place`: `grpmax`, `grpmax_af`, `fafmax95`, `fafmax95_group`, `fafmax99`,
        `fafmax99_group`, `verdict`, `groups_evaluable`, `groups_rare`, `groups_above`,
        `states_rare`, `bits`, `common_anywhere`. Groups are told by their rank.
    """
    counting, background = has(rows, Role.COUNTING), has(rows, Role.BACKGROUND)
    above = rows.above
    found = rows.group_by("place").agg(
        grpmax_af=rows.af.max(where=counting),
        fafmax95=rows.faf95.max(where=counting),
        fafmax99=rows.faf99.max(where=counting),
        **{
            name: _key(rows[kind], rows["rank"]).max(where=counting & (rows[kind] > 0))
            for name, kind in (
                ("grpmax", "af"), ("fafmax95_group", "faf95"), ("fafmax99_group", "faf99")
            )
        },
        # Of people of a group that counts, too common is too common, whoever is asked about.
        said_above=rows.verdict.min(where=has(rows, Role.JUDGING) & above),
        said=ibis.ifelse(above, judging.code(Verdict.INDETERMINATE), rows.verdict).min(
            where=background
        ),
        groups_evaluable=((rows.needed == 0) & background).fill_null(False).sum().cast("int32"),
        groups_rare=((rows.verdict == judging.code(Verdict.RARE)) & background)
        .sum()
        .cast("int32"),
        groups_above=(above & has(rows, Role.JUDGING)).sum().cast("int32"),
        states_rare=rows.bar_states_rare.any(),
        common_anywhere=rows.common_here.any(),
        not_compared=(
            (rows.verdict == judging.code(Verdict.NOT_COMPARED)) & background
        ).any(),
        common_here=(rows.common_here & background).any(),
        above=(above & background).any(),
        # Of groups that the question is about, and of everybody what holds of counts at all.
        bits=ibis.ifelse(
            background,
            rows.bits,
            ibis.ifelse(rows["rank"] == 0, rows.bits & int(OF_COUNTS), 0),
        ).bit_or().cast("int32"),
    )  # fmt: skip
    # Where the counts of one group contradict, or one that does not count is above the bar, not
    # all of them are rare.
    said = ibis.ifelse(
        found.not_compared & (found.said == judging.code(Verdict.RARE)),
        judging.code(Verdict.NOT_COMPARED),
        found.said,
    )
    return found.mutate(
        verdict=ibis.coalesce(found.said_above, said, judging.code(Verdict.NOT_EVALUABLE)),
        **{
            name: (_LAST_RANK - found[name] % (_LAST_RANK + 1)).cast("int32")
            for name in ("grpmax", "fafmax95_group", "fafmax99_group")
        },
        bits=found.bits + elsewhere(found),
    ).drop("said", "said_above", "not_compared", "common_here", "above")


def _key(frequency: ir.FloatingValue, rank: ir.IntegerValue) -> ir.IntegerValue:
    """A number that is largest where a frequency is, and of equal ones for the first group.

    Engines find the largest number many times quicker than the row that it stands in. Frequencies
    that differ by less than 1e-12 are taken as equal.
    """
    return (frequency * _STEPS).cast("int64") * (_LAST_RANK + 1) + (_LAST_RANK - rank)


def has(rows: ir.Table, role: Role) -> ir.BooleanValue:
    """Whether the group of a row counts for something."""
    return (rows.role & int(role)) != 0


def elsewhere(own: ir.Table) -> ir.IntegerValue:
    """Flags that tell of other groups; `own` holds the columns of one, or of several, and the
    variant's."""
    return _bits(
        (Flag.COMMON_ELSEWHERE_ALONE, own.common_anywhere & ~own.common_here),
        (Flag.ABOVE_ELSEWHERE, (own.groups_above > 0) & ~own.above),
    )


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


def _bits(*flags: tuple[Flag, ir.BooleanValue]) -> ir.IntegerValue:
    total: ir.IntegerValue = ibis.literal(0, "int32")
    for flag, condition in flags:
        total += ibis.ifelse(condition.fill_null(False), int(flag), 0)
    return total.cast("int32")

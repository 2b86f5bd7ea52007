"""Counts made into evidence: a row for each variant and group, then what all groups say."""

import ibis
import ibis.expr.types as ir

from everygenome.sources.variation.preparing.columns import Mark
from everygenome.variants import disparity
from everygenome.variants.evidence import judging
from everygenome.variants.evidence.counts import KINDS
from everygenome.variants.evidence.flags import OF_COUNTS, Flag
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
_STEPS = 2**40
_LAST_RANK = 255


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
        shared_bits=_bits(
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


def contradicts(ac: ir.IntegerValue, an: ir.IntegerValue) -> ir.BooleanValue:
    """More copies than chromosomes, or a number below 0."""
    return ((ac < 0) | (an < 0) | (ac > an)).fill_null(False)


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
        + _bits(
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
        groups_evaluable=(rows.evaluable & background).sum().cast("int32"),
        groups_rare=((rows.verdict == judging.code(Verdict.RARE)) & background)
        .sum()
        .cast("int32"),
        groups_above=(above & has(rows, Role.JUDGING)).sum().cast("int32"),
        states_rare=rows.bar_states_rare.any(),
        common_anywhere=rows.common_here.any(),
        not_compared=(
            (rows.verdict == judging.code(Verdict.NOT_COMPARED)) & background
        ).any(),
        above=(above & background).any(),
        # Of groups that the question is about, and of everybody what holds of counts at all.
        bits=(rows.bits & _told_of_variants(rows)).bit_or().cast("int32"),
    )  # fmt: skip
    # Where the counts of one group contradict, or one that does not count is above the bar, not
    # all of them are rare.
    said = ibis.ifelse(
        found.not_compared & (found.said == judging.code(Verdict.RARE)),
        judging.code(Verdict.NOT_COMPARED),
        found.said,
    )
    found = found.mutate(common_here=(found.bits & int(Flag.COMMON_HERE_ALONE)) != 0)
    return found.mutate(
        verdict=ibis.coalesce(found.said_above, said, judging.code(Verdict.NOT_EVALUABLE)),
        **{
            name: (_LAST_RANK - found[name] % (_LAST_RANK + 1)).cast("int32")
            for name in ("grpmax", "fafmax95_group", "fafmax99_group")
        },
        bits=found.bits + elsewhere(found),
    ).drop("said", "said_above", "not_compared", "common_here", "above")


def _told_of_variants(rows: ir.Table) -> ir.IntegerValue:
    """The flags of a group that are told of the variant too, as bits to keep."""
    return ibis.cases(
        (has(rows, Role.BACKGROUND), ibis.literal(-1, "int32")),
        (rows["rank"] == 0, ibis.literal(int(OF_COUNTS), "int32")),
        else_=ibis.literal(0, "int32"),
    )


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
        total += ibis.ifelse(condition, int(flag), 0)
    return total.cast("int32")

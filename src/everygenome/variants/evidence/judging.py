"""What the counts of one group say, as columns: bounds, chances, and the verdict."""

import ibis
import ibis.expr.types as ir

from everygenome.variants.bars import Statistic
from everygenome.variants.verdict import Verdict

# Of the normal distribution, at 0.975: written down, since the library takes longer to load than a
# file of moderate size to be answered.
_Z = 1.959963984540054
# The generic rule for BA1: Richards 2015, as refined by Ghosh 2018.
GENERIC_COMMON = 0.05
GENERIC_CHROMOSOMES = 2000


ORDER = tuple(Verdict)
"""Of several groups, the first that is said holds."""


def code(verdict: Verdict) -> ir.IntegerScalar:
    """The place of a verdict in that order."""
    return ibis.literal(ORDER.index(verdict), "int8")


def in_words(codes: ir.IntegerValue) -> ir.StringValue:
    """A verdict's own words."""
    return ibis.cases(
        *((codes == place, verdict.value) for place, verdict in enumerate(ORDER)),
        else_=ibis.null("string"),
    )


def bounds(rows: ir.Table) -> dict[str, ir.Value]:
    """`af`, its Wilson interval, `faf95`, `faf99`: 0-1, null where AN is 0 or not known.

    Source: Whiffin et al. 2017 (FAF: gamma.ppf(1 - confidence, AC)/AN, 0 for one copy or none);
    Wilson 1927 (interval).
    """
    ac, an = rows.ac.cast("float64"), rows.an.nullif(0).cast("float64")
    square = _Z * _Z
    middle = (ac + square / 2) / (an + square)
    spread = ac * (1 - ac / an) + square / 4
    reach = _Z * spread.clip(lower=0).sqrt() / (an + square)
    # What rounding leaves above 0, or below 1, is no bound.
    low = ibis.ifelse(rows.ac == 0, 0.0, middle - reach)
    high = ibis.ifelse(rows.ac == rows.an, 1.0, middle + reach)
    few = rows.ac < 2
    known = an.notnull() & ac.notnull()
    none = ibis.null("float64")
    return {
        "af": ac / an,
        "af_low": ibis.ifelse(known, low, none),
        "af_high": ibis.ifelse(known, high, none),
        "faf95": ibis.ifelse(few, 0.0, rows.at_05) / an,
        "faf99": ibis.ifelse(few, 0.0, rows.at_01) / an,
    }


def reaches(rows: ir.Table) -> ir.FloatingValue:
    """What is held against BA1 and BS1: FAF, or AF where the gene's bars say so."""
    enough = (rows.an >= rows.bar_chromosomes) & (rows.ac >= rows.bar_copies)
    frequency = ibis.ifelse(enough, rows.af, 0.0)
    return ibis.ifelse(rows.bar_statistic == Statistic.AF.value, frequency, rows.faf95)


def not_surely(rows: ir.Table) -> ir.BooleanValue:
    """The filtering frequency is below the bar that was reached: `verdict` is BA1 or BS1."""
    generic = rows.bar_common.fill_null(GENERIC_COMMON)
    common = rows.verdict == code(Verdict.COMMON)
    return rows.faf95 < ibis.ifelse(common, generic, rows.bar_expected)


def chance_of_being_seen(rows: ir.Table) -> ir.FloatingValue:
    """That at least one copy was seen, were the variant as common as the bar.

    Of the chromosomes that absence is told by; null where their copies are not known.
    """
    looked_at = sampled(rows)
    nobody = (looked_at.cast("float64") * rows.bar_unseen).exp()
    known = (looked_at > 0) & rows.ac.notnull()
    return ibis.ifelse(known, 1 - nobody, ibis.null("float64"))


def needed(rows: ir.Table) -> ir.IntegerValue:
    """More chromosomes until absence could be told: 0 where it can; null without a bar or AN.

    Null too where the copies are not known: that none was seen cannot be told either.
    """
    until = (rows.bar_enough - sampled(rows)).clip(lower=0)
    return ibis.ifelse(rows.ac.notnull(), until, ibis.null("int64"))


def evaluable(rows: ir.Table) -> ir.BooleanValue:
    """Absence can be told: `needed` is 0."""
    return (rows.ac.notnull() & (sampled(rows) >= rows.bar_enough)).fill_null(False)


def sampled(rows: ir.Table) -> ir.IntegerValue:
    """Chromosomes that absence is told by: of XY alone, where a gene's bars say so."""
    return ibis.ifelse(rows.bar_absent_in_males, rows.an_xy, rows.an)


def verdict(
    rows: ir.Table, *, compared: ir.BooleanValue, continental: ir.BooleanValue
) -> ir.IntegerValue:
    """The verdict of one group, as its place in `Verdict`: engines compare numbers more quickly.

    Args:
        rows: counts of the group that fit together, `reaches`, and its bars; null is "no bar".
        compared: the variant could be compared at all.
        continental: the generic rule of 5% may rest on the group.

    What reaches a bar is told even where few were sampled; absence only where enough were.
    """
    generic = continental & (rows.af > GENERIC_COMMON) & (rows.an >= GENERIC_CHROMOSOMES)
    own = rows.reaches >= rows.bar_common
    common = ibis.ifelse(rows.bar_common.notnull(), own, generic) & ~rows.exempt
    # "Absent" is of all that the source holds: a copy in another group is a copy.
    none = ibis.ifelse(
        rows.bar_absent_in_males,
        (rows.nhemi == 0) & (rows.whole_nhemi == 0),
        (rows.ac == 0) & (rows.whole_ac == 0),
    )
    below = rows.above_95 / rows.an.cast("float64") < rows.bar_rare
    rare = ibis.ifelse(rows.bar_absent | rows.bar_absent_in_males, none, below)
    looked_at = sampled(rows)
    return ibis.cases(
        (~compared | (rows.an > 0) & rows.ac.isnull(), code(Verdict.NOT_COMPARED)),
        (rows.an.isnull(), code(Verdict.COVERAGE_UNKNOWN)),
        (common.fill_null(False), code(Verdict.COMMON)),
        (rows.bar_expected.isnull(), code(Verdict.NO_BAR)),
        ((rows.reaches >= rows.bar_expected).fill_null(False), code(Verdict.MORE_THAN_EXPECTED)),
        (looked_at.isnull(), code(Verdict.COVERAGE_UNKNOWN)),
        (looked_at < rows.bar_enough, code(Verdict.NOT_EVALUABLE)),
        (rare.fill_null(False), code(Verdict.RARE)),
        else_=code(Verdict.INDETERMINATE),
    )

"""What all groups say of each variant."""

import ibis
import ibis.expr.types as ir

from everygenome.variants.evidence import judging
from everygenome.variants.evidence.conditions import as_bits, has
from everygenome.variants.evidence.flags import OF_COUNTS, Flag
from everygenome.variants.evidence.question import Role
from everygenome.variants.verdict import Verdict

_STEPS = 2**40
_LAST_RANK = 255


@ibis.udf.agg.builtin(name="bit_or", signature=(("int32",), "int32"))
def _bit_or(bits):  # type: ignore[no-untyped-def]
    """All flags that are set anywhere. Ibis has it too, but not for Spark, which calls it so."""


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
        bits=_bit_or(rows.bits & _told_of_variants(rows)),
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


def elsewhere(own: ir.Table) -> ir.IntegerValue:
    """Flags that tell of other groups; `own` holds the columns of one, or of several, and the
    variant's."""
    return as_bits(
        (Flag.COMMON_ELSEWHERE_ALONE, own.common_anywhere & ~own.common_here),
        (Flag.ABOVE_ELSEWHERE, (own.groups_above > 0) & ~own.above),
    )

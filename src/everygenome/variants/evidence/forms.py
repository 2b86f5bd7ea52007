"""The two forms of the evidence: a row for each variant and group, or a row for each variant."""

import ibis
import ibis.expr.types as ir

from everygenome.variants.evidence.by_variant import elsewhere
from everygenome.variants.evidence.conditions import contradicts, has
from everygenome.variants.evidence.criteria import group_criterion, variant_criterion
from everygenome.variants.evidence.flags import BYTE
from everygenome.variants.evidence.judging import in_words
from everygenome.variants.evidence.question import EVERYBODY, Question, Role

CALL = ("chrom", "pos", "ref", "alt")
LONG = (
    "group", "ac", "an", "af", "nhomalt", "af_low", "af_high", "faf95", "faf99", "p_seen",
    "verdict", "flags",
)  # fmt: skip
"""Columns that every table has, in this order, after those of the call."""
_LARGEST = ("grpmax", "fafmax95_group", "fafmax99_group")
MORE = ("criterion", "needed", "bar", "status")
"""Columns that come after them."""
SUMMARY = (
    "status", "filters", "ac", "an", "af", "nhomalt", "grpmax", "grpmax_af", "fafmax95",
    "fafmax95_group", "fafmax99", "verdict", "criterion", "groups_evaluable", "groups_rare",
    "flags",
)  # fmt: skip


def long_form(
    asked: ir.Table, rows: ir.Table, variants: ir.Table, flags: ir.Table, question: Question
) -> ir.Table:
    """One row for each variant and group that is shown.

    Args:
        asked: columns of the call, `status`, `filters` and `problem`, by `place`.
        rows: see `group_rows`; variants: see `variant_rows`.
        flags: see `flag_table`.

    Returns:
        `place`, `rank`, `chrom, pos, ref, alt` as in the input, `LONG` and `MORE`.
    """
    told = variants.select("common_anywhere", "groups_above", "states_rare", whose="place")
    del asked
    shown = rows.filter(has(rows, Role.SHOWN))
    both = shown.left_join(told, shown.place == told.whose)
    both = both.mutate(
        group=group_named(both["rank"], question),
        bits=both.bits + elsewhere(both),
        bar="bar_rare",
        verdict=in_words(both.verdict),
        criterion=group_criterion(both),
    )
    return _flagged(both, flags).select("place", "rank", *CALL, *LONG, *MORE)


def summary_form(
    asked: ir.Table, rows: ir.Table, variants: ir.Table, flags: ir.Table, question: Question
) -> ir.Table:
    """One row for each variant.

    Returns:
        `place`, `rank`, `chrom, pos, ref, alt` as in the input, and `SUMMARY`; `ac` to `nhomalt`
        are of everybody; `groups_evaluable` and `groups_rare` count backgrounds.
    """
    del rows
    calls = asked.select(
        *CALL, "status", "filters", "problem", called_at="place", ac=f"ac_{EVERYBODY}",
        an=f"an_{EVERYBODY}", nhomalt=f"nhomalt_{EVERYBODY}",
    )  # fmt: skip
    told = variants.left_join(calls, variants.place == calls.called_at)
    wrong, none = contradicts(told.ac, told.an), ibis.null("int32")
    told = told.mutate(
        an=ibis.ifelse(told.an < 0, none, told.an),
        **{name: ibis.ifelse(wrong, none, told[name]) for name in ("ac", "nhomalt")},
    )
    told = told.mutate(
        rank=ibis.literal(0, "int32"),
        af=told.ac / told.an.nullif(0),
        verdict=in_words(told.verdict),
        criterion=variant_criterion(told),
        **{name: group_named(told[name], question) for name in _LARGEST},
    )
    return _flagged(told, flags, "_of_any").select("place", "rank", *CALL, *SUMMARY)


def group_named(rank: ir.IntegerValue, question: Question) -> ir.StringValue:
    """The code of a group, of its rank."""
    return ibis.cases(
        *((rank == place, code) for place, code in enumerate(question.codes)),
        else_=ibis.null("string"),
    )


def _flagged(rows: ir.Table, flags: ir.Table, of: str = "") -> ir.Table:
    """The rows with `flags` in words: those of a group, or with "_of_any" of a variant."""
    first = flags.select(first_byte="byte", first=f"first{of}")
    second = flags.select(second_byte="byte", second=f"second{of}")
    joined = rows.left_join(first, (rows.bits & 255) == first.first_byte)
    joined = joined.left_join(second, (joined.bits >> BYTE) == second.second_byte)
    from_source = ibis.ifelse(
        joined.filters != "",
        ibis.literal("failed the source's filter ") + joined.filters,
        "",
    )
    text = _together(_together(from_source, joined["first"]), joined["second"])
    return joined.mutate(flags=ibis.coalesce(joined.problem, text))


def _together(first: ir.StringValue, second: ir.StringValue) -> ir.StringValue:
    return ibis.cases((first == "", second), (second == "", first), else_=first + "; " + second)

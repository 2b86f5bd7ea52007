"""All that is said of a variant, as our types: for those that somebody reads one by one."""

from collections.abc import Iterable, Mapping
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa

from everygenome.variants.disparity import disparities
from everygenome.variants.evidence.by_variant import elsewhere
from everygenome.variants.evidence.criteria import group_criterion, variant_criterion
from everygenome.variants.evidence.flags import OF_COUNTS, Flag, words
from everygenome.variants.evidence.forms import CALL, group_named
from everygenome.variants.evidence.judging import ORDER
from everygenome.variants.evidence.question import EVERYBODY, Question
from everygenome.variants.result import GroupEvidence, Status, VariantEvidence

_OF_GROUP = (
    "group", "ac", "an", "nhomalt", "nhemi", "an_xy", "af", "af_low", "af_high", "faf95", "faf99",
    "p_seen", "verdict", "criterion", "needed", "bits",
)  # fmt: skip
_OF_VARIANT = (
    "grpmax", "grpmax_af", "fafmax95", "fafmax95_group", "fafmax99", "fafmax99_group",
    "variant_verdict", "variant_criterion",
)  # fmt: skip
_OF_CALL = (
    "ordinal", "name", *CALL, "contig", "mpos", "mref", "malt", "gene", "status", "filters",
    "problem", "exempt", "no_gene_bar",
)  # fmt: skip
# What a flag says of the place or the source is said once, of the variant.
_ONCE = Flag.BORROWED | Flag.ONE_FILE | Flag.EXEMPT | Flag.NO_GENE_BAR | Flag.SEVERAL_GENES


def detail_form(
    asked: ir.Table, rows: ir.Table, variants: ir.Table, flags: ir.Table, question: Question
) -> ir.Table:
    """One row for each variant and group, everybody among them, with everything that is known."""
    del flags
    told = variants.rename(whose="place", variant_verdict="verdict", variant_bits="bits").mutate(
        variant_criterion=variant_criterion(variants)
    )
    both = rows.left_join(told, rows.place == told.whose)
    both = both.mutate(
        group=group_named(both["rank"], question),
        bits=both.bits + elsewhere(both),
        criterion=group_criterion(both),
    )
    calls = asked.select(
        "ordinal", "name", "contig", "mpos", "mref", "malt", "gene", called_at="place"
    )
    both = both.left_join(calls, both.place == calls.called_at)
    return both.select("place", "rank", *_OF_CALL, *_OF_GROUP, *_OF_VARIANT)


def variants_of(tables: Iterable[pa.Table], question: Question) -> list[VariantEvidence]:
    """The rows of `detail_form` as our types, in the order in which variants were handed in."""
    found: dict[int, list[dict[str, Any]]] = {}
    for table in tables:
        for row in table.to_pylist():
            found.setdefault(row["ordinal"], []).append(row)
    return [_variant(found[ordinal], question) for ordinal in sorted(found)]


def _variant(rows: list[dict[str, Any]], question: Question) -> VariantEvidence:
    first = rows[0]
    groups = {row["group"]: _group(row, question) for row in rows}
    everybody = groups.pop(EVERYBODY)
    gene = first["gene"] or ""
    named = dict(enumerate(question.codes))
    compared = first["problem"] is None
    flags = [] if compared else [first["problem"]]
    flags += words(first["bits"] & _ONCE if compared else 0)
    flags += _disparity_sentences(everybody, groups, question)
    return VariantEvidence(
        name=first["name"] or "-".join(str(first[key]) for key in CALL),
        chrom=first["chrom"],
        pos=first["pos"],
        ref=first["ref"],
        alt=first["alt"],
        matched="-".join(str(first[key]) for key in ("contig", "mpos", "mref", "malt")),
        gene=gene,
        status=Status(first["status"]),
        filters=tuple(one for one in (first["filters"] or "").split(";") if one),
        everybody=everybody,
        groups=tuple(sorted(groups.values(), key=lambda one: _uncertain_first(one, question))),
        grpmax=named.get(first["grpmax"]),
        grpmax_af=first["grpmax_af"],
        fafmax95=first["fafmax95"],
        fafmax95_group=named.get(first["fafmax95_group"]),
        fafmax99=first["fafmax99"],
        fafmax99_group=named.get(first["fafmax99_group"]),
        bars=question.held.of(gene),
        verdict=ORDER[first["variant_verdict"]],
        criterion=first["variant_criterion"],
        flags=tuple(flags),
    )


def _group(row: Mapping[str, Any], question: Question) -> GroupEvidence:
    settings = question.settings.groups.get(row["group"])
    everybody = row["group"] == EVERYBODY
    return GroupEvidence(
        group=row["group"],
        label=settings.label if settings else "Everybody",
        sampled=settings.sampled if settings else "",
        counts=bool(settings and settings.counts),
        **{name: row[name] for name in _OF_GROUP if name not in ("group", "verdict", "bits")},
        verdict=ORDER[row["verdict"]],
        flags=words(row["bits"] & (OF_COUNTS if everybody else ~_ONCE)),
    )


def _uncertain_first(one: GroupEvidence, question: Question) -> tuple[bool, float]:
    """Groups that are asked for first; then those of which fewest chromosomes were looked at."""
    return (bool(question.asked) and one.group not in question.asked, one.an if one.an else -1)


def _disparity_sentences(
    everybody: GroupEvidence, groups: Mapping[str, GroupEvidence], question: Question
) -> list[str]:
    if everybody.ac is None or everybody.an is None:
        return []
    counts = {code: (one.ac, one.an) for code, one in groups.items()}
    return [
        found.sentence(question.settings.groups[found.group].label)
        for found in disparities(counts, (everybody.ac, everybody.an))
    ]

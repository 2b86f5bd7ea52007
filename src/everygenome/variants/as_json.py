"""Evidence as plain data: what programs read. The same evidence gives the same text."""

import json
import math
from collections.abc import Mapping
from importlib.metadata import version
from numbers import Integral, Real
from typing import Any

from everygenome.variants.bars import Bars
from everygenome.variants.result import (
    Evidence,
    FileSummary,
    FrequencySource,
    GroupEvidence,
    GroupSummary,
    VariantEvidence,
)
from everygenome.variants.verdict import Verdict

FORMAT = "everygenome/variants/evidence/1"
# Each number's unit, told once. Frequencies are shares of chromosomes.
UNITS = {
    "ac": "alternate copies among the chromosomes looked at (count)",
    "an": "chromosomes looked at, of this place and group (count)",
    "nhomalt": "people with two copies (count)",
    "nhemi": "people with one X or Y who carry it, outside the pseudoautosomal regions (count)",
    "an_xy": "chromosomes looked at of people with one X or Y, outside these regions (count)",
    "af": "AC/AN (0-1); af_low and af_high: Wilson interval, 95%",
    "faf95": "filtering allele frequency, 95% (0-1): the true frequency is at least this",
    "faf99": "filtering allele frequency, 99% (0-1)",
    "p_seen": "chance that at least one copy was seen, were it as common as `rare` (0-1)",
    "needed": "chromosomes that are still needed until absence could be told (count)",
    "bars": "shares of chromosomes (0-1)",
    "evaluable": "variants of which absence could be told, of `with_bar` (count)",
    "passes": "variants whose frequency alone is below the bar (count)",
    "undersampled": "of `passes`, those that pass only because too few were sampled (count)",
    "median_an": "median of chromosomes looked at, of variants where it is known",
    "null": "not known, or there is none; never zero",
}
_IS_NOT = "Supports a decision and never makes one. Not a medical device."


def evidence_json(evidence: Evidence) -> dict[str, Any]:
    """The whole answer as plain data: texts, whole and finite numbers, null, lists, mappings.

    Args:
        evidence: the answer.

    Returns:
        `format`, `units` (each number's, told once), `verdicts` (what each word means), `source`,
        `asked`, `bars` (by gene; the empty name is of all), `caveats`, `variants`, `summary`.
        What is not a finite number is null.

    Example:
        >>> from everygenome.variants.result import Evidence, FrequencySource
        >>> source = FrequencySource(name="gnomAD v4.0", build="GRCh38", groups={})
        >>> made = evidence_json(Evidence(source=source, input_name="typed"))
        >>> made["format"], made["variants"], made["summary"]
        ('everygenome/variants/evidence/1', [], None)
    """
    return {
        "format": FORMAT,
        "everygenome": version("everygenome"),
        "is_not": _IS_NOT,
        "units": dict(UNITS),
        "verdicts": {one.value: _MEANINGS[one] for one in Verdict},
        "source": _source(evidence.source),
        "input": evidence.input_name,
        "asked": list(evidence.asked),
        "background": "asked" if evidence.asked else "unknown or several",
        "bars": {gene: _bars(evidence.bars[gene]) for gene in sorted(evidence.bars)},
        "caveats": list(evidence.caveats),
        "shown_of": _number(max(evidence.shown_of, len(evidence.variants))),
        "variants": [_variant(one) for one in evidence.variants],
        "summary": None if evidence.summary is None else _summary(evidence.summary),
    }


def evidence_text(evidence: Evidence) -> bytes:
    """The same as JSON in UTF-8.

    A half of a pair of letters, as in names of files that are not UTF-8, is escaped.
    """
    text = json.dumps(evidence_json(evidence), ensure_ascii=False, indent=2, allow_nan=False)
    # The escape that Python writes for it is the one that JSON knows.
    return f"{text}\n".encode("utf-8", "backslashreplace")


_MEANINGS = {
    Verdict.COMMON: "above the bar at which a variant is benign by itself (BA1)",
    Verdict.MORE_THAN_EXPECTED: "reaches the highest frequency that fits the disease (BS1)",
    Verdict.COVERAGE_UNKNOWN: "it is not known how many were looked at",
    Verdict.NOT_EVALUABLE: "too few were sampled, or nobody, to tell; never the same as rare",
    Verdict.INDETERMINATE: "enough were sampled; the frequency can be on either side of the bar",
    Verdict.RARE: "shown to be below the bar, with 95% confidence, in who was sampled",
    Verdict.NO_BAR: "no bar was given",
    Verdict.NOT_COMPARED: "no variant that the source can hold, or its counts contradict",
}


def _number(value: Any) -> int | float | None:
    """A whole or finite number of Python's own; None for anything else."""
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Real) and math.isfinite(value):
        return float(value)
    return None


def _counts(counts: Mapping[Any, int]) -> dict[str, Any]:
    found = {str(getattr(name, "value", name)): _number(many) for name, many in counts.items()}
    return {name: found[name] for name in sorted(found)}


def _source(source: FrequencySource) -> dict[str, Any]:
    return {
        "name": source.name,
        "build": source.build,
        "groups": dict(source.groups),
        "counting": list(source.counting),
        "settings": source.settings,
        "variants": _number(source.variants),
        "prepared": source.prepared,
        "files": {name: source.files[name] for name in sorted(source.files)},
        "notes": list(source.notes),
    }


def _bars(bars: Bars) -> dict[str, Any]:
    return {
        "rare": _number(bars.rare),
        "expected": _number(bars.expected),
        "common": _number(bars.common),
        "statistic": bars.statistic.value,
        "least_chromosomes": _number(bars.least_chromosomes),
        "least_copies": _number(bars.least_copies),
        "absent": bars.absent,
        "absent_in_males": bars.absent_in_males,
        "states_rare": bars.states_rare,
        "source": bars.source,
        "population": bars.population,
    }


def _variant(one: VariantEvidence) -> dict[str, Any]:
    return {
        "name": one.name,
        "chrom": one.chrom,
        "pos": _number(one.pos),
        "ref": one.ref,
        "alt": one.alt,
        "matched": one.matched,
        "gene": one.gene,
        "status": one.status.value,
        "filters": list(one.filters),
        "verdict": one.verdict.value,
        "criterion": one.criterion,
        "flags": list(one.flags),
        "grpmax": one.grpmax,
        "grpmax_af": _number(one.grpmax_af),
        "fafmax95": _number(one.fafmax95),
        "fafmax95_group": one.fafmax95_group,
        "fafmax99": _number(one.fafmax99),
        "fafmax99_group": one.fafmax99_group,
        "bars": None if one.bars is None else _bars(one.bars),
        "everybody": None if one.everybody is None else _group(one.everybody),
        "groups": [_group(group) for group in one.groups],
    }


def _group(one: GroupEvidence) -> dict[str, Any]:
    numbers = ("ac", "an", "nhomalt", "nhemi", "an_xy", "af", "af_low", "af_high", "faf95", "faf99")
    return {
        "group": one.group,
        "label": one.label,
        "sampled": one.sampled,
        "counts": one.counts,
        **{name: _number(getattr(one, name)) for name in (*numbers, "p_seen", "needed")},
        "verdict": one.verdict.value,
        "criterion": one.criterion,
        "flags": list(one.flags),
    }


def _summary(summary: FileSummary) -> dict[str, Any]:
    return {
        "variants": _number(summary.variants),
        "records": _number(summary.records),
        "statuses": _counts(summary.statuses),
        "classes": _counts(summary.classes),
        "verdicts": _counts(summary.verdicts),
        "disparity": _number(summary.disparity),
        "groups": [_group_summary(group) for group in summary.groups],
    }


def _group_summary(one: GroupSummary) -> dict[str, Any]:
    numbers = ("evaluable", "with_bar", "passes", "undersampled", "median_an")
    return {
        "group": one.group,
        "label": one.label,
        "verdicts": _counts(one.verdicts),
        "verdicts_with_bar": _counts(one.held),
        **{name: _number(getattr(one, name)) for name in numbers},
    }

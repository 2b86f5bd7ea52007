"""The evidence as INFO fields of a VCF: one value for each alternate allele."""

from collections.abc import Mapping
from typing import Literal

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from everygenome.sources.variation.calls.info_text import Field
from everygenome.variants.evidence.forms import CALL, summary_form
from everygenome.variants.evidence.question import Question

_Type = Literal["Integer", "Float"]
_NUMBERS: Mapping[str, tuple[str, _Type, str]] = {
    "AN": ("an", "Integer", "chromosomes looked at"),
    "FAF95": ("faf95", "Float", "filtering allele frequency, 95%, reckoned anew"),
}


def info_fields(question: Question, source: str) -> list[Field]:
    """The fields, in order.

    Args:
        question: what is asked.
        source: name of the frequency source.
    """
    of_all = [
        Field(
            "EG_STATUS",
            "A",
            "String",
            f"Whether {source} says anything of the allele (blanks as _)",
        ),
        Field("EG_VERDICT", "A", "String", "Of the backgrounds asked for, or all; not a decision"),
        Field("EG_CRITERION", "A", "String", "ACMG/AMP code that the verdict can support"),
        Field("EG_FAFMAX95", "A", "Float", "Largest FAF95 of groups that count"),
        Field("EG_FAFMAX95_GROUP", "A", "String", "The group that has it"),
        Field(
            "EG_FLAGS",
            "A",
            "String",
            "What is to be known beside the verdict (blanks as _, | between)",
        ),
    ]
    for code in _codes(question):
        label = question.settings.groups[code].label
        of_all.extend(
            Field(f"EG_{name}_{code}", "A", kind, f"{label} ({source}): {text}")
            for name, (_, kind, text) in _NUMBERS.items()
        )
        of_all.append(
            Field(f"EG_VERDICT_{code}", "A", "String", f"{label} ({source}): verdict on the bar")
        )
    return of_all


def info_form(
    asked: ir.Table, rows: ir.Table, variants: ir.Table, flags: ir.Table, question: Question
) -> ir.Table:
    """One row for each allele: its `ordinal`, and the columns of the summary."""
    told = summary_form(asked, rows, variants, flags, question)
    calls = asked.select("ordinal", called_at="place")
    return told.left_join(calls, told.place == calls.called_at).drop("called_at")


def info_rows(alleles: pa.Table, groups: pa.Table, question: Question) -> pa.Table:
    """The columns that a VCF is annotated with.

    Args:
        alleles: rows of `info_form`.
        groups: rows of `long_form` for the same alleles, in the same order.
        question: what was asked.

    Returns:
        `ordinal`, `chrom`, `pos`, `ref`, `alt`, and a column for each of `info_fields`.
    """
    columns = {name: alleles[name] for name in ("ordinal", *CALL)}
    columns |= {
        "EG_STATUS": _one_word(alleles["status"]),
        "EG_VERDICT": _one_word(alleles["verdict"]),
        "EG_CRITERION": _one_word(alleles["criterion"]),
        "EG_FAFMAX95": alleles["fafmax95"],
        "EG_FAFMAX95_GROUP": alleles["fafmax95_group"],
        "EG_FLAGS": _one_word(alleles["flags"]),
    }
    codes = _codes(question)
    groups = groups.select([*(one for one, *_ in _NUMBERS.values()), "verdict"])
    for place, code in enumerate(codes):
        # Each allele has one row for each group, in their order.
        mine = groups.take(pa.array(np.arange(place, groups.num_rows, len(codes))))
        columns |= {f"EG_{name}_{code}": mine[one] for name, (one, *_) in _NUMBERS.items()}
        columns[f"EG_VERDICT_{code}"] = _one_word(mine["verdict"])
    return pa.table(columns)


def _one_word(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    """Texts as INFO holds them: no blanks, "|" between several; nothing is missing."""
    few = texts.combine_chunks().dictionary_encode()
    words = pc.replace_substring(pc.replace_substring(few.dictionary, "; ", "|"), " ", "_")
    return pa.chunked_array([pc.if_else(pc.equal(words, ""), None, words).take(few.indices)])


def _codes(question: Question) -> tuple[str, ...]:
    return question.asked or tuple(question.settings.groups)

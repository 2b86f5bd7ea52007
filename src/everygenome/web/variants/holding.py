"""What a frequency is held against: one that was typed, a gene's own, or the highest of a model."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from everygenome.errors import UsageError
from everygenome.variants.bars import Bars, one_bar
from everygenome.variants.disease import Inheritance
from everygenome.variants.model_file import stated_model
from everygenome.web.moderation.fields.records import Errors
from everygenome.web.variants.fields import (
    BAR,
    DISEASE,
    DISEASES,
    FREQUENCY,
    GENE,
    MODEL,
    NONE,
    OF_GENE,
    POPULATION,
    TYPED,
)

_LABELS = {field.name: field.label for field in DISEASES}
_GENETIC = "genetic"


def bars_of(data: Mapping[str, Any], errors: Errors, genes: Mapping[str, Bars]) -> Bars | None:
    """The bars that a form asks for; what is wrong is added to the errors.

    Args:
        data: the fields that can be used, cleaned.
        errors: by place.
        genes: bars of genes, by their symbol in capitals.
    """
    chosen = data.get(BAR, NONE)
    _only_what_is_chosen(chosen, data, errors)
    if chosen == TYPED:
        _needed(FREQUENCY, "Please give the frequency, such as 0.0001.", data, errors)
        if data.get(FREQUENCY) == 1:
            errors[FREQUENCY] = ["Every frequency is below 1. Please give one such as 0.0001."]
    elif chosen == DISEASE:
        _check_model(data, errors)
    elif chosen == OF_GENE:
        return _of_gene(data, errors, genes)
    if errors or chosen == NONE:
        return None
    if chosen == TYPED:
        whom = data.get(POPULATION, "")
        return one_bar(data[FREQUENCY], source="typed on this page", population=whom)
    return _of_model(data, errors)


def _of_gene(data: Mapping[str, Any], errors: Errors, genes: Mapping[str, Bars]) -> Bars | None:
    if GENE not in data:
        errors.setdefault(GENE, ["Please name the gene: its own bars are asked for below."])
        return None
    found = genes.get(data[GENE].upper())
    if found is None:
        errors[GENE] = [
            f"There are no bars of {data[GENE]} here. Please give a frequency or a disease model. "
            f"Bars are known of: {', '.join(sorted(genes)[:40])}."
        ]
    return found


def _of_model(data: Mapping[str, Any], errors: Errors) -> Bars | None:
    recessive = data["inheritance"] == Inheritance.RECESSIVE
    share = "max_allelic_contribution_" + ("in_gene" if recessive else "of_all_cases")
    try:
        _, bars = stated_model(
            {
                "inheritance": data["inheritance"],
                "prevalence": data["prevalence"],
                share: data["contribution"],
                "max_genetic_contribution": data.get(_GENETIC),
                "penetrance": data["penetrance"],
                "population": data.get(POPULATION),
            }
        )
    except UsageError as error:
        errors["prevalence"] = [f"{error.what} {error.remedy}"]
        return None
    return replace(bars, source=f"{bars.source}: {_said(data)}")


def _said(data: Mapping[str, Any]) -> str:
    """The figures of a model."""
    figures = (
        ("prevalence", "prevalence {}"),
        ("contribution", "one allele at most {} of cases"),
        (_GENETIC, "this gene {} of cases"),
        ("penetrance", "penetrance {}"),
    )
    shown = {n: one if isinstance(one, str) else f"{one:.4g}" for n, one in data.items()
             if n in MODEL}  # fmt: skip
    return ", ".join(words.format(shown[name]) for name, words in figures if name in shown)


def _check_model(data: Mapping[str, Any], errors: Errors) -> None:
    recessive = data.get("inheritance") == Inheritance.RECESSIVE
    for name in MODEL:
        if name != _GENETIC or recessive:
            _needed(name, f"A disease model needs: {_LABELS[name]}.", data, errors)
    if _GENETIC in data and "inheritance" in data and not recessive:
        errors[_GENETIC] = [
            "Only a recessive model has this share. Please leave it empty: the share of one allele "
            "is of all cases here, whatever gene they are of."
        ]


def _only_what_is_chosen(chosen: str, data: Mapping[str, Any], errors: Errors) -> None:
    """Nothing that was filled in is left aside without a word."""
    unused = []
    if chosen != TYPED and FREQUENCY in data:
        unused.append("a frequency")
    if chosen != DISEASE and any(name in data for name in MODEL):
        unused.append("a disease model")
    if unused and BAR not in errors:
        errors[BAR] = [
            f"There is {' and '.join(unused)} below, and another choice here. Please choose it, or "
            "empty its fields."
        ]


def _needed(name: str, message: str, data: Mapping[str, Any], errors: Errors) -> None:
    if name not in data and name not in errors:
        errors[name] = [message]

"""The fields of a disease model, by name: which belong to which inheritance, and what they hold."""

from collections.abc import Callable, Mapping
from typing import Any

from everygenome.errors import EverygenomeError
from everygenome.variants.disease import Inheritance, Model
from everygenome.variants.model_numbers import (
    AS_CASES,
    AS_SHARE,
    Contribution,
    contribution_of,
    share_of,
)

Wrong = Callable[[str, str], EverygenomeError]
"""Makes the error from what is wrong, and what to do."""

OF_ALL = "max_allelic_contribution_of_all_cases"
IN_GENE = "max_allelic_contribution_in_gene"
GENETIC = "max_genetic_contribution"
PREVALENCE_OF = "prevalence_of"
TWO_X = "penetrance_with_two_x"
_ONE_X, _EVERYBODY = "one X", "everybody"
_TEXTS = ("source", "population")
_CHOICES = ("random_mating", "founder_effects")
_ALWAYS = ("inheritance", "prevalence", "penetrance", *_TEXTS, *_CHOICES, "genes")
FIELDS: Mapping[Inheritance, tuple[str, ...]] = {
    Inheritance.DOMINANT: (*_ALWAYS, OF_ALL),
    Inheritance.RECESSIVE: (*_ALWAYS, IN_GENE, GENETIC),
    Inheritance.X_LINKED: (*_ALWAYS, OF_ALL, PREVALENCE_OF, TWO_X),
}
_WHY = {
    OF_ALL: "it is the share of all cases of the disease, whatever gene they are of, that one "
    "allele causes: for dominant and X-linked inheritance",
    IN_GENE: "it is the share of this gene's alleles in its own cases that are of one kind: for "
    f"recessive inheritance, which has {GENETIC} for the gene's share of all cases",
    GENETIC: "it is the share of all cases that this gene causes: for recessive inheritance, "
    f"beside {IN_GENE}. For others, {OF_ALL} says both at once",
    PREVALENCE_OF: "it is for X-linked inheritance",
    TWO_X: "it is for X-linked inheritance",
}


def model_of(told: Mapping[str, Any], *, wrong: Wrong) -> Model:
    """A model from its fields.

    Args:
        told: field to value, as TOML or a command line gives it; see `FIELDS`.
        wrong: makes the error, so that it names the file or the options.

    Example:
        >>> from everygenome.errors import UsageError
        >>> made = model_of({"inheritance": "dominant", "prevalence": "1/500", "penetrance": 0.5,
        ...                  "max_allelic_contribution_of_all_cases": "104/6179"},
        ...                 wrong=lambda what, remedy: UsageError(what, remedy=remedy))
        >>> made.prevalence, made.counted
        (0.002, '104 of 6,179')
    """
    inheritance = _inheritance(told, wrong)
    _check_names(told, inheritance, wrong)
    contribution = _contribution(told, OF_ALL if OF_ALL in FIELDS[inheritance] else IN_GENE, wrong)
    return Model(
        inheritance=inheritance,
        prevalence=_share(told, "prevalence", wrong),
        penetrance=_share(told, "penetrance", wrong),
        max_contribution=contribution.share,
        counted=contribution.counted,
        genetic_contribution=(
            _share(told, GENETIC, wrong) if inheritance is Inheritance.RECESSIVE else 1.0
        ),
        prevalence_of_everybody=_of_everybody(told, wrong),
        penetrance_with_two_x=_two_x(told, wrong),
        random_mating=_choice(told, "random_mating", True, wrong),
        founder_effects=_choice(told, "founder_effects", False, wrong),
        genes=_genes(told, wrong),
        source=_text(told, "source", wrong),
        population=_text(told, "population", wrong),
    )


def _inheritance(told: Mapping[str, Any], wrong: Wrong) -> Inheritance:
    known = {one.value.casefold(): one for one in Inheritance}
    found = known.get(str(told.get("inheritance", "")).strip().casefold())
    if found is None:
        said = f"is {told['inheritance']!r}" if "inheritance" in told else "is missing"
        raise wrong(f"inheritance {said}.", f"Use one of: {', '.join(Inheritance)}.")
    return found


def _check_names(told: Mapping[str, Any], inheritance: Inheritance, wrong: Wrong) -> None:
    fields = FIELDS[inheritance]
    for name in told:
        if name not in fields and name in _WHY:
            raise wrong(
                f"{name} is not for {inheritance.value} inheritance: {_WHY[name]}.",
                f"For {inheritance.value} inheritance use: {', '.join(_particular(inheritance))}.",
            )
        if name not in fields:
            raise wrong(f"{name!r} is no field of a model.", f"Fields are: {', '.join(fields)}.")


def _particular(inheritance: Inheritance) -> tuple[str, ...]:
    return tuple(name for name in FIELDS[inheritance] if name not in _ALWAYS)


def _share(told: Mapping[str, Any], name: str, wrong: Wrong) -> float:
    value = share_of(told.get(name))
    if value is None:
        raise _no_number(told, name, AS_SHARE, wrong)
    return value


def _contribution(told: Mapping[str, Any], name: str, wrong: Wrong) -> Contribution:
    value = contribution_of(told.get(name))
    if value is None:
        raise _no_number(told, name, AS_CASES, wrong)
    return value


def _no_number(told: Mapping[str, Any], name: str, remedy: str, wrong: Wrong) -> EverygenomeError:
    said = f"is {told[name]!r}" if name in told else "is missing"
    return wrong(f"{name} {said}.", remedy)


def _of_everybody(told: Mapping[str, Any], wrong: Wrong) -> bool:
    value = told.get(PREVALENCE_OF, _ONE_X)
    if value not in (_ONE_X, _EVERYBODY):
        raise wrong(
            f"{PREVALENCE_OF} is {value!r}.",
            f'Write "{_ONE_X}" where the prevalence is of people with one X, else "{_EVERYBODY}".',
        )
    return bool(value == _EVERYBODY)


def _two_x(told: Mapping[str, Any], wrong: Wrong) -> float:
    value = told.get(TWO_X, 0)
    if value in (0, "0") and not isinstance(value, bool):
        return 0.0
    if not _of_everybody(told, wrong):
        raise wrong(
            f"{TWO_X} is given, but the prevalence is of people with one X: it would not matter.",
            f'Leave it out, or write {PREVALENCE_OF} = "{_EVERYBODY}" where that is so.',
        )
    return _share(told, TWO_X, wrong)


def _choice(told: Mapping[str, Any], name: str, usual: bool, wrong: Wrong) -> bool:
    value = told.get(name, usual)
    if not isinstance(value, bool):
        raise wrong(f"{name} is {value!r}.", "Write true or false, without quotes.")
    return value


def _text(told: Mapping[str, Any], name: str, wrong: Wrong) -> str:
    value = told.get(name, "")
    if not isinstance(value, str):
        raise wrong(f"{name} is {value!r}.", "Write a text between quotes.")
    return " ".join(value.split())


def _genes(told: Mapping[str, Any], wrong: Wrong) -> tuple[str, ...]:
    value = told.get("genes", [])
    if not isinstance(value, list | tuple) or not all(
        isinstance(one, str) and one.strip() for one in value
    ):
        raise wrong(f"genes is {value!r}.", 'Write a list: genes = ["MYH7", "MYBPC3"].')
    return tuple(dict.fromkeys(one.strip() for one in value))

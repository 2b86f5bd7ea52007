"""The options that a measure has of its own, as parameters.

A measure that is added to `queries` appears in the API by itself: name, type and default of
an option are read from its function. What a type cannot say (the values that there are,
bounds, a sentence) stands here, by the option's name.
"""

import inspect
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from everygenome.queries.entities import KINDS
from everygenome.queries.measures.gap_choices import SHOWN
from everygenome.vocabulary.schemes import CLASS_GROUPS, SCHEMES
from everygenome.web.api.parameters import Parameter

_GROUPS = tuple(
    dict.fromkeys((*(g for scheme in SCHEMES.values() for g in scheme.groups), *CLASS_GROUPS))
)
_PAGE = {"kind": "integer", "least": 1, "most": 1000}
_KNOWN: dict[str, dict[str, Any]] = {
    "bands": {"description": "Add the bootstrap interval (95%) of each share."},
    "top": {"description": "How many of each kind.", **_PAGE},
    "limit": {"description": "Rows of a page.", **_PAGE},
    "after": {"description": "Where the page begins: the Link header of the page before holds it."},
    "group": {
        "description": "Only this ancestry group; those of the chosen scheme can be asked.",
        "valid": _GROUPS,
        "example": "European",
    },
    "with_others": {"description": "With `group`: also where it is named among others."},
    "search": {"description": "Text to look for; case and accents do not matter."},
    "order": {"description": "Order of the rows."},
    "state": {"description": "Which states to list.", "valid": tuple(SHOWN)},
    "at_most": {
        "description": "So many studies that name a group are few.",
        "least": 0,
        "most": 100_000,
    },
    "at_least_studies": {
        "description": "Only subjects with so many studies.",
        "least": 0,
        "most": 100_000,
    },
    "text": {"description": "The words to look for.", "example": "asthma"},
    "period": {"description": "Length of a period."},
    "bins": {
        "description": "Bins for each power of ten: 1, 2, 4, 5 or 10.",
        "least": 1,
        "most": 10,
    },
    "kind": {
        "description": "Whose: funder, cohort, journal, country or trait (or the whole field).",
        "valid": (*KINDS, "field"),
        "example": "journal",
    },
    "name": {"description": "One of that kind, by name or identifier.", "example": "Nat Genet"},
    "min_publications": {
        "description": "Compare none with fewer publications.",
        "least": 1,
        "most": 100_000,
    },
    "inclusive": {"description": "Leave the portfolio in the field, as a check of the method."},
    "accession": {"description": "A study's accession.", "example": "GCST000854"},
}
# Without these a measure has nothing to answer, though its function would take none.
_REQUIRED = {
    "study": "accession",
    "trait_search": "text",
    "beneath": "group",
    "portfolio": "kind",
}


def options_of(measure: Callable[..., Any]) -> tuple[Parameter, ...]:
    """The options of a measure, in the order of its function."""
    found = inspect.signature(measure).parameters.values()
    needed = _REQUIRED.get(measure.__name__)
    return tuple(
        _option(item, required=item.name == needed)
        for item in found
        if item.kind is inspect.Parameter.KEYWORD_ONLY
    )


def _option(item: inspect.Parameter, *, required: bool) -> Parameter:
    usual = None if item.default is inspect.Parameter.empty else item.default
    told: dict[str, Any] = {"description": f"{item.name.replace('_', ' ').capitalize()}."}
    if isinstance(usual, StrEnum):
        told["valid"] = tuple(value.value for value in type(usual))
        usual = usual.value
    elif "bool" in str(item.annotation):
        told["kind"] = "boolean"
    elif "int" in str(item.annotation):
        told["kind"] = "integer"
    told |= _KNOWN.get(item.name, {})
    return Parameter(item.name, **told, default=usual, required=required)

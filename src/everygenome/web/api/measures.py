"""Operations that ask a measure of one release; every measure of `queries` has one."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from everygenome.errors import NotFoundError
from everygenome.queries.answer import Answer
from everygenome.queries.compare import compare
from everygenome.queries.measures import MEASURES, OTHERS
from everygenome.queries.outside import CHOICES
from everygenome.queries.question import Question
from everygenome.queries.release import Release
from everygenome.web.api.answers import Told
from everygenome.web.api.choices import (
    FILTERS_OF_OTHER_SIDE,
    OTHER_SIDE,
    PARAMETERS,
    question_of,
)
from everygenome.web.api.chosen import Chosen
from everygenome.web.api.operation import Operation, Work
from everygenome.web.api.options import options_of
from everygenome.web.api.parameters import Parameter

ALL = MEASURES | OTHERS
_EXAMPLES: dict[str, dict[str, Any]] = {
    "composition": {"unit": "studies", "from_year": 2015},
    "trend": {"unit": "studies", "scheme": "monitor"},
    "countries": {"country_rule": "any"},
    "concentration": {"top": 3},
    "studies": {"order": "largest", "limit": 3},
    "study": {"accession": "DEMO000001"},
    "trait_search": {"text": "asthma", "search": "asthma"},
    "beneath": {"group": "African"},
    "gaps": {"limit": 3},
    "portfolio": {"kind": "journal"},
    "standardised": {"kind": "journal"},
    "peers": {"kind": "journal", "name": "Demonstration Reports"},
}
# What lists all that it has, or finds a thing by its name, is not selected from.
_CHOICES = {"study": ("scheme",), "trait_search": ()}


@dataclass(frozen=True, slots=True)
class _Short:
    """An address of its own for a measure: what it is called there, and how its options are."""

    name: str
    path: str
    summary: str
    called: Mapping[str, str] = field(default_factory=dict)


_SHORT: dict[str, _Short] = {
    "studies": _Short("studies", "/studies", "Studies, page by page"),
    "study": _Short("study", "/studies/{accession}", "One study"),
    "trait_search": _Short("traits", "/traits", "Find a trait", {"text": "search"}),
    "countries": _Short("countries", "/countries", "Countries of recruitment"),
    "portfolio": _Short(
        "portfolios", "/portfolios", "Funders, cohorts, journals, countries or traits, each once"
    ),
}


def meaning(measure: str) -> str:
    """What a measure says, in a sentence."""
    told = getattr(Release, measure, ALL[measure]).__doc__ or ""
    return " ".join(inspect.cleandoc(told).split("\n\n", maxsplit=1)[0].split())


def operations() -> list[Operation]:
    """One operation for each measure, those with a short address, and the comparison."""
    own = (_Short(f"measure_{n}", f"/measures/{n}", n.replace("_", " ").capitalize()) for n in ALL)
    return [
        *(_operation(name, at) for name, at in zip(ALL, own, strict=True)),
        *(_operation(name, at) for name, at in _SHORT.items()),
        _compare(),
    ]


def _operation(measure: str, at: _Short) -> Operation:
    # The options as this address calls them, by the name that the measure has for them.
    own = {
        item.name: replace(item, name=at.called.get(item.name, item.name))
        for item in options_of(ALL[measure])
    }
    in_path = tuple(item for item in own.values() if f"{{{item.name}}}" in at.path)
    chosen_by = [item for item in PARAMETERS if item.name in _CHOICES.get(measure, CHOICES)]
    options = [item for item in own.values() if item not in in_path]
    known = {item.name for item in own.values()} | set(CHOICES)
    return Operation(
        name=at.name,
        path=at.path,
        summary=at.summary,
        description=f"{meaning(measure)}\n\n{text_of(ALL[measure])}",
        begin=lambda chosen, values: _asked(measure, own, chosen, values),
        own=(*chosen_by, *options),
        in_path=in_path,
        example={k: v for k, v in _EXAMPLES.get(measure, {}).items() if k in known},
        tag="Measures" if at.path.startswith("/measures/") else "Studies, traits and places",
    )


def _asked(
    measure: str,
    own: Mapping[str, Parameter],
    chosen: Chosen | None,
    values: Mapping[str, Any],
) -> Work:
    release = _of(chosen)
    question = question_of(release, values)
    given = {name: values[item.name] for name, item in own.items()}
    options = {name: value for name, value in given.items() if value is not None}
    return Work(lambda: told(release.ask(measure, question, **options)))


def _compare() -> Operation:
    return Operation(
        name="compare",
        path="/compare",
        summary="Two selections side by side",
        description=text_of(compare),
        begin=_compared,
        own=(*PARAMETERS, *FILTERS_OF_OTHER_SIDE, *options_of(compare)),
        example={"unit": "studies", "to_year": 2014, "b_from_year": 2015, "bands": "false"},
        tag="Comparisons",
    )


def _compared(chosen: Chosen | None, values: Mapping[str, Any]) -> Work:
    release = _of(chosen)
    first: Question = question_of(release, values)
    second = question_of(release, values, prefix=OTHER_SIDE)
    return Work(lambda: told(compare(release, first, second, bands=values["bands"])))


def _of(chosen: Chosen | None) -> Release:
    if chosen is None:
        raise NotFoundError("A measure is of a release, and none was chosen.")
    return chosen.release


def told(answer: Answer) -> Told:
    """An answer, with the cursor of its next page where it has one."""
    return Told(answer, after=answer.coverage.get("next"))


def text_of(function: Callable[..., Any]) -> str:
    """What a function's documentation says of its answer, without its arguments and errors."""
    kept = []
    for part in inspect.cleandoc(function.__doc__ or "").split("\n\n"):
        head, _, rest = part.partition("\n")
        if head == "Returns:":
            kept.append(inspect.cleandoc(rest))
        elif head not in ("Args:", "Raises:", "Example:"):
            kept.append(part)
    return "\n\n".join(kept)

"""Operations that ask a measure of one release; every measure of `queries` has one."""

import inspect
from collections.abc import Callable, Mapping
from typing import Any

from everygenome.errors import NotFoundError
from everygenome.queries.answer import Answer
from everygenome.queries.compare import compare
from everygenome.queries.measures import MEASURES
from everygenome.queries.question import Question
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

_EXAMPLES: dict[str, dict[str, Any]] = {
    "composition": {"unit": "studies", "from_year": 2015},
    "trend": {"unit": "studies", "scheme": "monitor"},
    "countries": {"country_rule": "any"},
    "concentration": {"top": 3},
    "studies": {"order": "largest", "limit": 3},
    "gaps": {"limit": 3},
}
# Measures with an address of their own, too: the option that it takes from the path.
_SHORT: dict[str, tuple[str, str, str]] = {
    "studies": ("studies", "/studies", "Studies, page by page"),
    "study": ("study", "/studies/{accession}", "One study"),
    "trait_search": ("traits", "/traits", "Traits by name"),
    "countries": ("countries", "/countries", "Countries of recruitment"),
}


def meaning(measure: str) -> str:
    """What a measure says, in a sentence."""
    return " ".join(_text(measure).split("\n\n", maxsplit=1)[0].split())


def operations() -> list[Operation]:
    """One operation for each measure, those with a short address, and the comparison."""
    return [
        *(_operation(name, f"measure_{name}", f"/measures/{name}") for name in MEASURES),
        *(
            _operation(name, operation, path, summary=summary)
            for name, (operation, path, summary) in _SHORT.items()
            if name in MEASURES
        ),
        _compare(),
    ]


def _operation(name: str, operation: str, path: str, *, summary: str = "") -> Operation:
    own = options_of(MEASURES[name])
    in_path = tuple(item for item in own if f"{{{item.name}}}" in path)
    options = tuple(item for item in own if item not in in_path)
    return Operation(
        name=operation,
        path=path,
        summary=summary or f"The measure {name.replace('_', ' ')}",
        description=_text(name),
        begin=lambda chosen, values: _asked(name, own, chosen, values),
        own=(*PARAMETERS, *options),
        in_path=in_path,
        example=_EXAMPLES.get(name, {}),
        tag="Measures" if path.startswith("/measures/") else "Studies, traits and places",
    )


def _asked(
    name: str, own: tuple[Parameter, ...], chosen: Chosen | None, values: Mapping[str, Any]
) -> Work:
    release = _of(chosen)
    question = question_of(release, values)
    options = {item.name: values[item.name] for item in own if values[item.name] is not None}
    return Work(lambda: _told(release.ask(name, question, **options)))


def _compare() -> Operation:
    return Operation(
        name="compare",
        path="/compare",
        summary="Two selections side by side",
        description=_text_of(compare),
        begin=_compared,
        own=(*PARAMETERS, *FILTERS_OF_OTHER_SIDE, *options_of(compare)),
        example={"unit": "studies", "to_year": 2014, "b_from_year": 2015, "bands": "false"},
        tag="Comparisons",
    )


def _compared(chosen: Chosen | None, values: Mapping[str, Any]) -> Work:
    release = _of(chosen)
    first: Question = question_of(release, values)
    second = question_of(release, values, prefix=OTHER_SIDE)
    return Work(lambda: _told(compare(release, first, second, bands=values["bands"])))


def _of(chosen: Chosen | None) -> Any:
    if chosen is None:
        raise NotFoundError("A measure is of a release, and none was chosen.")
    return chosen.release


def _told(answer: Answer) -> Told:
    return Told(answer, after=answer.coverage.get("next"))


def _text(measure: str) -> str:
    return _text_of(MEASURES[measure])


def _text_of(function: Callable[..., Any]) -> str:
    """What a function's documentation says of its answer, without its arguments and errors."""
    kept, skipping = [], False
    for part in inspect.cleandoc(function.__doc__ or "").split("\n\n"):
        head = part.split(":", maxsplit=1)[0]
        skipping = head in ("Args", "Raises", "Example", "Examples")
        if not skipping:
            kept.append(
                inspect.cleandoc(part.removeprefix("Returns:")) if head == "Returns" else part
            )
    return "\n\n".join(kept)

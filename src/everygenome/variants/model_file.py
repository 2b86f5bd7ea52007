"""A disease model from a TOML file or from a command line, with the bar that follows from it."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from everygenome.errors import EverygenomeError, InputError, UsageError
from everygenome.texts import text_of
from everygenome.variants.bars import Bars, one_bar
from everygenome.variants.disease import Model, max_credible_frequency
from everygenome.variants.model_fields import Wrong, model_of

_MAX_BYTES = 200_000
# Of all people, 2e10 chromosomes.
_LEAST = 1e-12
_TEMPLATE = "`everygenome variants model --template > model.toml` writes one to fill in."


def read_model(path: Path) -> tuple[Model, Bars]:
    """A model from a file, and the bar that follows from it.

    Raises:
        InputError: it cannot be read, is no TOML, has a field that is unknown, missing or of
            another inheritance, or its figures allow every frequency; the field is named.

    Example:
        >>> read_model(Path("/dev/null"))
        Traceback (most recent call last):
        everygenome.errors.InputError: /dev/null: inheritance is missing. ...
    """
    path = Path(path)
    text = text_of(path, most=_MAX_BYTES, check=f"Check the path; {_TEMPLATE}")
    return parse_model(text, source=str(path))


def parse_model(text: str, *, source: str = "model.toml") -> tuple[Model, Bars]:
    """A model from the text of a file; see `read_model`.

    Args:
        text: TOML.
        source: what messages call it.
    """
    try:
        told = tomllib.loads(text.replace("\r\n", "\n"))
    except (ValueError, RecursionError) as error:
        # Beside errors of TOML: a number of thousands of digits, and brackets within brackets.
        place = re.search(r"at line (\d+)", str(error))
        line = place[1] if place else str(text.count("\n") + 1)
        raise InputError(
            f"{source}, line {line}: this is not TOML.",
            remedy="Write one field on a line, each once, and text between double quotes, as in "
            'prevalence = "1/500".',
        ) from None

    def wrong(what: str, remedy: str) -> EverygenomeError:
        return InputError(f"{source}: {what}", remedy=remedy)

    return _with_bar(told, f"the model {Path(source).name}", wrong)


def stated_model(told: Mapping[str, Any]) -> tuple[Model, Bars]:
    """A model from fields that were typed; those that are None were not.

    Raises:
        UsageError: as `read_model`.

    Example:
        >>> _, bar = stated_model({"inheritance": "dominant", "prevalence": "1/500",
        ...     "max_allelic_contribution_of_all_cases": 0.02, "penetrance": 0.5})
        >>> f"{bar.rare:.3g}"
        '4e-05'
    """

    def wrong(what: str, remedy: str) -> EverygenomeError:
        return UsageError(f"The model: {what}", remedy=remedy)

    return _with_bar(
        {name: one for name, one in told.items() if one is not None}, "as typed", wrong
    )


def _with_bar(told: Mapping[str, Any], origin: str, wrong: Wrong) -> tuple[Model, Bars]:
    model = model_of(told, wrong=wrong)
    frequency = max_credible_frequency(model)
    if frequency >= 1:
        raise wrong(
            "its figures allow every frequency.",
            "Prevalence cannot be above what the penetrance allows: look at both again.",
        )
    if frequency < _LEAST:
        raise wrong(
            "its figures allow next to no copy at all.",
            "It would be less than one among the chromosomes of all people: look at each again.",
        )
    said = f"Maximum credible frequency, {model.inheritance.value} inheritance; {origin}"
    source = f"{said}: {model.source}" if model.source else said
    return model, one_bar(frequency, source=source, population=model.population)

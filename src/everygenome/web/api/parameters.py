"""The parameters of the API: each is declared once, for reading it and for describing it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from everygenome.queries.question import MOST, SEPARATOR
from everygenome.web.api.problems import ProblemError, shown

LONGEST = 300
_BOOLEANS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter.

    Attributes:
        name: as the address words it.
        description: one sentence for the reader.
        kind: `string`, `integer` or `boolean`.
        valid: the values that there are, where they can be listed.
        default: what is taken where it is not given; None means that it selects nothing.
        least: the smallest integer.
        most: the largest integer.
        example: a value for the documentation.
        required: there is no answer without it.
        longest: letters of a text.
        several: it may be given more than once, and then means any of the values; they may also
            stand in one, with ";" between them.
    """

    name: str
    description: str
    kind: str = "string"
    valid: tuple[str, ...] = ()
    default: Any = None
    least: int | None = None
    most: int | None = None
    example: Any = None
    required: bool = False
    several: bool = False
    longest: int = LONGEST

    def read_all(self, texts: Iterable[str]) -> Any:
        """The value of a parameter that was given, once or, where it may be, several times.

        Raises:
            ProblemError: there is no such value, or there are too many (422).
        """
        if not self.several:
            (text,) = texts
            return self.read(text)
        parts = [part.strip() for text in texts for part in text.split(SEPARATOR)]
        if len(parts) > MOST:
            raise ProblemError(
                422, f"`{self.name}` takes at most {MOST} values.", parameter=self.name
            )
        return SEPARATOR.join(self.read(part) for part in parts)

    def read(self, text: str) -> Any:
        """The value that a text means.

        Raises:
            ProblemError: none that is known (422).
        """
        if self.valid:
            if text not in self.valid:
                raise self._unknown(text, self.valid)
            return text
        if self.kind == "boolean":
            if text not in _BOOLEANS:
                raise self._unknown(text, _BOOLEANS)
            return _BOOLEANS[text]
        if self.kind == "integer":
            return self._integer(text)
        if not text or len(text) > self.longest or not text.isprintable():
            raise ProblemError(
                422,
                f"`{self.name}` takes 1 to {self.longest} printable letters.",
                parameter=self.name,
            )
        return text

    def schema(self) -> dict[str, Any]:
        """Its JSON Schema."""
        one = self._schema_of_one()
        if not self.several:
            return one
        return {"type": "array", "items": one, "minItems": 1, "maxItems": MOST}

    def _schema_of_one(self) -> dict[str, Any]:
        told: dict[str, Any] = {"type": self.kind}
        if self.valid:
            told["enum"] = list(self.valid)
        elif self.kind == "string":
            # No control characters: no name here holds one.
            letters = r"^[^\x00-\x1f\x7f;]+$" if self.several else r"^[^\x00-\x1f\x7f]+$"
            told |= {"minLength": 1, "maxLength": self.longest, "pattern": letters}
        if self.least is not None:
            told["minimum"] = self.least
        if self.most is not None:
            told["maximum"] = self.most
        if self.default is not None:
            told["default"] = self.default
        return told

    def _integer(self, text: str) -> int:
        # Not int(): it would take spaces, signs, underscores and digits of other scripts.
        value = int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None
        low, high = self.least or 0, self.most
        if value is None or value < low or (high is not None and value > high):
            bounds = f"from {low} to {high}" if high is not None else f"from {low}"
            raise ProblemError(
                422,
                f"{shown(text)} is no value of `{self.name}`: use a whole number {bounds}.",
                parameter=self.name,
            )
        return value

    def _unknown(self, text: str, valid: Iterable[str]) -> ProblemError:
        return ProblemError(
            422,
            f"{shown(text)} is no value of `{self.name}`.",
            parameter=self.name,
            valid=valid,
        )


def read(given: QueryDict, known: Iterable[Parameter]) -> dict[str, Any]:
    """The values of a request's parameters; those that are not given have their default.

    Raises:
        ProblemError: an unknown, repeated, empty or missing parameter, or a value that is
            none (422).
    """
    by_name: Mapping[str, Parameter] = {item.name: item for item in known}
    for name, values in given.lists():
        if name not in by_name:
            raise ProblemError(
                422,
                f"There is no parameter {shown(name)} here.",
                parameter=name,
                valid=sorted(by_name),
            )
        if len(values) > 1 and not by_name[name].several:
            raise ProblemError(422, f"`{name}` was given more than once.", parameter=name)
    for name, item in by_name.items():
        if item.required and name not in given:
            raise ProblemError(
                422, f"`{name}` must be given here.", parameter=name, valid=item.valid or None
            )
    return {
        name: item.read_all(given.getlist(name)) if name in given else item.default
        for name, item in by_name.items()
    }

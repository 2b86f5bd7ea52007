"""Fields of entries as JSON Schema: what `data` holds, said from the same place as the forms."""

from collections.abc import Iterable
from functools import singledispatch
from typing import Any

from everygenome.web.moderation.fields import (
    Choice,
    Choices,
    Day,
    Field,
    Lines,
    Number,
    Records,
    Text,
    Truth,
    Web,
    Words,
)


def object_of(fields: Iterable[Field], description: str = "") -> dict[str, Any]:
    """An object of some fields. One that holds nothing is left out: absent means unknown."""
    known = list(fields)
    told: dict[str, Any] = {"type": "object"}
    if description:
        told["description"] = description
    required = [field.name for field in known if field.required]
    if required:
        told["required"] = required
    told["properties"] = {field.name: field_of(field) for field in known}
    return told


def field_of(field: Field) -> dict[str, Any]:
    """A field, with its label and help."""
    told = {"title": field.label, **_kind(field)}
    return told | ({"description": field.help} if field.help else {})


@singledispatch
def _kind(field: Field) -> dict[str, Any]:
    # A new kind of field must say here what it stores.
    raise TypeError(f"no JSON Schema is known for {type(field).__name__}")


@_kind.register(Text)
@_kind.register(Lines)
def _text(field: Text | Lines) -> dict[str, Any]:
    return {"type": "string", "minLength": 1, "maxLength": field.longest}


@_kind.register
def _web(field: Web) -> dict[str, Any]:
    return {"type": "string", "pattern": "^[hH][tT][tT][pP][sS]?://", "maxLength": field.longest}


@_kind.register
def _words(field: Words) -> dict[str, Any]:
    one = {"type": "string", "minLength": 1, "maxLength": field.longest}
    return {"type": "array", "items": one, "minItems": 1, "maxItems": field.most}


@_kind.register
def _choice(field: Choice) -> dict[str, Any]:
    return {"type": "string", "enum": list(field.choices)}


@_kind.register
def _choices(field: Choices) -> dict[str, Any]:
    one = {"type": "string", "enum": list(field.choices)}
    return {"type": "array", "items": one, "minItems": 1, "uniqueItems": True}


@_kind.register
def _number(field: Number) -> dict[str, Any]:
    kind = "integer" if field.whole else "number"
    told = {"type": kind, "minimum": field.least, "maximum": field.most}
    return told | ({"x-unit": field.unit} if field.unit else {})


@_kind.register
def _day(_field: Day) -> dict[str, Any]:
    return {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}


@_kind.register
def _truth(_field: Truth) -> dict[str, Any]:
    return {"type": "boolean"}


@_kind.register
def _records(field: Records) -> dict[str, Any]:
    one = object_of(field.fields)
    if field.single:
        return one
    return {"type": "array", "items": one, "minItems": 1, "maxItems": field.most}

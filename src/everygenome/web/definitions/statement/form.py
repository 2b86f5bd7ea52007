"""The worksheet as a form, and what it becomes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict

from everygenome.errors import InputError
from everygenome.reports.statement.counts import Count, read_counts
from everygenome.reports.statement.worksheet import Action, Worksheet
from everygenome.web.definitions.statement.fields import COUNTS, PARTS
from everygenome.web.moderation.fields import Bound, Day, Lines, Schema, Text
from everygenome.web.moderation.fields.records import Errors

FORM = Schema(tuple(field for _, fields in PARTS for field in fields))
# A worksheet that is saved half filled in is to be loaded again.
_UNFINISHED = Schema(tuple(replace(field, required=False) for field in FORM))


@dataclass(frozen=True, slots=True)
class Filled:
    """A worksheet that was filled in.

    Attributes:
        values: the fields as they were given, with their mistakes.
        data: the fields that can be used, cleaned.
        counts: as they were read.
        errors: what is wrong, by place on the form.
    """

    values: Mapping[str, Any]
    data: Mapping[str, Any]
    counts: tuple[Count, ...]
    errors: Errors

    @property
    def worksheet(self) -> Worksheet:
        """What the statement is made from; only where nothing is wrong."""
        texts = {
            field.name: self.data.get(field.name, "")
            for field in FORM
            if isinstance(field, Text | Lines | Day) and field.name != COUNTS
        }
        return Worksheet(
            **texts,
            counts=self.counts,
            people=self.data.get("people"),
            show_small=self.data.get("small") == "show",
            actions=tuple(Action(**row) for row in self.data.get("actions", ())),
        )


def filled(values: Mapping[str, Any], *, finished: bool = True) -> Filled:
    """Check a worksheet.

    Args:
        values: by name of field.
        finished: what is needed may not be missing.
    """
    data, errors = (FORM if finished else _UNFINISHED).clean(values)
    counts: tuple[Count, ...] = ()
    if COUNTS in data:
        try:
            counts = read_counts(data[COUNTS])
        except InputError as error:
            errors[COUNTS] = [f"{error.what} {error.remedy}".strip()]
    return Filled(values, data, counts, errors)


def sent(form: QueryDict) -> dict[str, Any]:
    """What a form that was sent holds."""
    return FORM.read(form)


def parts(values: Mapping[str, Any], errors: Errors) -> list[tuple[str, list[Bound]]]:
    """The form in parts, each with its heading, values and errors."""
    bounds = {bound.field.name: bound for bound in FORM.bound(values, errors)}
    return [(heading, [bounds[field.name] for field in fields]) for heading, fields in PARTS]

"""All fields of a kind of entry, and what can be done with them together."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from everygenome.web.moderation.fields.bound import Bound
from everygenome.web.moderation.fields.changes import Change, changed
from everygenome.web.moderation.fields.one import Field
from everygenome.web.moderation.fields.records import Errors, cleaned_row


@dataclass(frozen=True, slots=True)
class Schema:
    """The fields of a kind of entry, in the order in which they are shown."""

    fields: tuple[Field, ...]

    def __iter__(self) -> Iterator[Field]:
        return iter(self.fields)

    def __getitem__(self, name: str) -> Field:
        return next(field for field in self.fields if field.name == name)

    @property
    def offered(self) -> tuple[Field, ...]:
        """Those that are on a contributor's form."""
        return tuple(field for field in self.fields if not field.curated)

    def read(self, form: QueryDict) -> dict[str, Any]:
        """What a contributor's form that was sent holds, not yet checked."""
        return {field.name: field.read(form) for field in self.offered}

    def clean(self, values: Mapping[str, Any]) -> tuple[dict[str, Any], Errors]:
        """What can be stored of some values, and what is wrong with the others, by place.

        A place is the name of a field, or within records `sources-0-url`.
        """
        made, errors = cleaned_row(self.fields, values)
        if not made:
            # An entry, unlike a row of a form, cannot be empty.
            errors |= {
                field.name: [f"Please fill in: {field.label}."]
                for field in self.fields
                if field.required
            }
        return made, errors

    def bound(self, values: Mapping[str, Any], errors: Errors | None = None) -> list[Bound]:
        """The fields of a contributor's form, with values and errors."""
        return [Bound(field, values.get(field.name), errors or {}) for field in self.offered]

    def changes(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
        """The fields in which two versions differ."""
        return changed(self.fields, before, after)

    def words(self, values: Mapping[str, Any]) -> dict[str, str]:
        """Every field that holds something, as text."""
        return {
            field.name: field.words(values[field.name])
            for field in self.fields
            if field.name in values
        }

"""A field that holds several records, each of the same few fields."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.http import QueryDict

from everygenome.web.moderation.fields.one import Field

Errors = dict[str, list[str]]
_EMPTY_ROWS = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Records(Field):
    """A list of records: stored as objects, each without the fields that hold nothing.

    With `single`, at most one, stored as an object and not as a list.
    """

    fields: tuple[Field, ...]
    most: int = 30
    single: bool = False
    widget: ClassVar[str] = "records"

    def read(self, form: QueryDict, prefix: str = "") -> Any:
        """The rows of the form that hold anything; `NAME-rows` says how many it showed."""
        name = prefix + self.name
        shown = form.get(f"{name}-rows", "0")
        rows = min(int(shown) if shown.isdecimal() and len(shown) < 4 else 0, self.most + 10)
        read = [
            {field.name: field.read(form, f"{name}-{row}-") for field in self.fields}
            for row in range(rows)
        ]
        return [row for row in read if any(row.values())]

    def clean(self, value: Any) -> Any:
        """All records, cleaned.

        Raises:
            ValidationError: with the messages of all of them, by their place.
        """
        cleaned, errors = self.look(value)
        if errors:
            raise ValidationError(
                [f"{place}: {message}" for place, found in errors.items() for message in found]
            )
        return cleaned

    def look(self, value: Any) -> tuple[Any, Errors]:
        """The records, cleaned, and what is wrong, by place such as `0-title`."""
        rows = [value] if isinstance(value, Mapping) else value
        if rows is None or rows == "":
            return None, {}
        if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
            return None, {"": ["Please give a list of records."]}
        most = 1 if self.single else self.most
        if len(rows) > most:
            return None, {"": [f"Please give at most {most}."]}
        cleaned, errors = [], {}
        for place, row in enumerate(rows):
            made, wrong = cleaned_row(self.fields, row)
            errors |= {f"{place}-{name}": found for name, found in wrong.items()}
            if made:
                cleaned.append(made)
        if self.single:
            return (cleaned[0] if cleaned else None), errors
        return cleaned or None, errors

    def rows_of(self, value: Any) -> list[Mapping[str, Any]]:
        """The rows that a form shows: those stored and an empty one."""
        rows = [value] if isinstance(value, Mapping) else list(value or [])
        if self.single:
            return rows or [{}]
        return rows + [{}] * (_EMPTY_ROWS if len(rows) < self.most else 0)

    def words(self, value: Any) -> str:
        """One record a line."""
        rows = [value] if isinstance(value, Mapping) else value
        return "\n".join(
            "; ".join(
                f"{field.label}: {field.words(row[field.name])}"
                for field in self.fields
                if field.name in row
            )
            for row in rows
        )


def cleaned_row(fields: tuple[Field, ...], row: Mapping[str, Any]) -> tuple[dict[str, Any], Errors]:
    """The fields of one record that hold something, and what is wrong with the others."""
    errors: Errors = {}
    made: dict[str, Any] = {}
    for name in row:
        if name not in {field.name for field in fields}:
            errors.setdefault(str(name)[:60], []).append("There is no such field.")
    for field in fields:
        given = row.get(field.name)
        try:
            if isinstance(field, Records):
                value, wrong = field.look(given)
                errors |= {
                    f"{field.name}-{place}" if place else field.name: found
                    for place, found in wrong.items()
                }
            else:
                value = field.clean(given)
        except ValidationError as error:
            errors[field.name] = list(error.messages)
            continue
        if value is not None:
            made[field.name] = value
    # A row that holds nothing is no row, and lacks nothing.
    if made:
        for field in fields:
            if field.required and field.name not in made and not _wrong(errors, field.name):
                errors[field.name] = [f"Please fill in: {field.label}."]
    return made, errors


def _wrong(errors: Errors, name: str) -> bool:
    return any(place == name or place.startswith(f"{name}-") for place in errors)

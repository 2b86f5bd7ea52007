"""A field on a form: with its value, its place, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from everygenome.web.moderation.fields.one import Field

if TYPE_CHECKING:
    from everygenome.web.moderation.fields.records import Errors


@dataclass(frozen=True, slots=True)
class Bound:
    """A field on a form.

    Attributes:
        field: the field.
        value: what it holds: stored, or as it was sent, with its mistakes.
        all_errors: what is wrong on the whole form, by place.
        prefix: of its place, within records.
    """

    field: Field
    value: Any
    all_errors: "Errors"
    prefix: str = ""

    @property
    def place(self) -> str:
        """Its name on the form and its id."""
        return self.prefix + self.field.name

    @property
    def template(self) -> str:
        """The template that draws it."""
        return f"moderation/fields/{self.field.widget}.html"

    @property
    def errors(self) -> list[str]:
        """What is wrong with it."""
        return self.all_errors.get(self.place, [])

    @property
    def text(self) -> str:
        """What stands in a box for text."""
        if isinstance(self.value, list):
            return "\n".join(str(item) for item in self.value)
        return "" if self.value is None else str(self.value)

    @property
    def options(self) -> list[tuple[str, str, bool]]:
        """The words of a vocabulary: stored, shown, and whether it is chosen."""
        chosen = self.value if isinstance(self.value, list) else [self.value]
        return [(word, label, word in chosen) for word, label in self.field.choices.items()]

    @property
    def rows(self) -> list[list["Bound"]]:
        """The records, each as its fields on the form."""
        rows: list[Mapping[str, Any]] = self.field.rows_of(self.value)
        return [
            [
                Bound(field, row.get(field.name), self.all_errors, f"{self.place}-{number}-")
                for field in self.field.fields
            ]
            for number, row in enumerate(rows)
        ]

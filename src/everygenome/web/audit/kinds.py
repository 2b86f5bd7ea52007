"""Kinds of field that only this form has."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.exceptions import ValidationError

from everygenome.web.moderation.fields import Field


@dataclass(frozen=True, slots=True, kw_only=True)
class Between(Field):
    """A number above 0 and below another, maybe a very small one.

    Attributes:
        below: the other.
        such_as: an example, for who gave none.
    """

    below: float
    such_as: str
    whole: ClassVar[bool] = False
    widget: ClassVar[str] = "number"

    def clean(self, value: Any) -> float | None:
        """The number; a comma could be meant for a point or for thousands, so there is none."""
        text = str(value or "").strip()
        if not text:
            return None
        try:
            number = float(text)
        except ValueError:
            number = 0.0
        # Written so that "not a number" fails too.
        if not 0 < number < self.below:
            raise ValidationError(
                f"Please give a number above 0 and below {self.below:g}, with a point and no "
                f"comma; such as {self.such_as}.",
                code="number",
            )
        return number

"""The form that asks for an alert."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms

from everygenome.web.alerts.models import Watch
from everygenome.web.people.addresses import cleaned


class AlertForm(forms.Form):
    """What to wait for, and where to write."""

    watch = forms.ChoiceField(
        choices=Watch.choices, error_messages={"required": "Please choose when to write to you."}
    )
    group = forms.ChoiceField(required=False)
    threshold = forms.DecimalField(
        required=False,
        min_value=0,
        max_value=100,
        max_digits=4,
        decimal_places=1,
        error_messages={
            "invalid": "Please give a number, such as 90 or 2.5.",
            "min_value": "Please give a number from 0 to 100.",
            "max_value": "Please give a number from 0 to 100.",
            "max_decimal_places": "Please give one decimal place at most.",
        },
    )
    address = forms.CharField(
        max_length=254, error_messages={"required": "Please give an e-mail address."}
    )

    def __init__(self, data: Any = None, *, groups: Iterable[str]) -> None:
        super().__init__(data)
        self.fields["group"].choices = [("", ""), *((group, group) for group in groups)]

    def clean_address(self) -> str:
        """The address as it can be written to."""
        return cleaned(self.cleaned_data["address"])

    def clean(self) -> dict[str, Any]:
        """A group and a number where they are needed, and neither where they are not."""
        found: dict[str, Any] = super().clean()
        watch = found.get("watch")
        if watch == Watch.CHANGED:
            return found | {"group": "", "threshold": Decimal(0)}
        if watch and not found.get("group") and "group" not in self.errors:
            self.add_error("group", "Please choose a group.")
        if watch and found.get("threshold") is None and "threshold" not in self.errors:
            self.add_error("threshold", "Please give a number from 0 to 100.")
        elif watch == Watch.MOVED and found.get("threshold") == 0:
            self.add_error("threshold", "Please give a number above 0.")
        return found

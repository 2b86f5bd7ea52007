"""Contact details, sealed anew with the newest key, so that an old one can be thrown away."""

from dataclasses import dataclass

from django.db import transaction

from everygenome.web.people.models import Contact
from everygenome.web.people.sealing import reseal


@dataclass(frozen=True, slots=True)
class Rotated:
    """What was done.

    Attributes:
        sealed: how many are sealed with the newest key now.
        lost: how many no key opens; they were left as they are.
    """

    sealed: int
    lost: int

    def __str__(self) -> str:
        text = f"{self.sealed} contact details are sealed with the newest key."
        if self.lost:
            text += f" {self.lost} cannot be opened by any key, and were left as they are."
        return text


def rotate() -> Rotated:
    """Seal everything anew."""
    sealed = lost = 0
    for number in Contact.objects.filter(vault="").order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            contact = Contact.objects.select_for_update().filter(pk=number).first()
            if contact is None:
                continue
            anew = reseal(contact.sealed)
            if anew is None:
                lost += 1
                continue
            contact.sealed = anew
            contact.save(update_fields=["sealed"])
            sealed += 1
    return Rotated(sealed, lost)

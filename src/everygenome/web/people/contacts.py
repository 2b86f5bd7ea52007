"""Contact details: sealed, kept for a set time, read only to write one mail."""

from datetime import timedelta

from django.utils import timezone
from django.utils.crypto import salted_hmac

from everygenome.web.people import vaults
from everygenome.web.people.models import Contact
from everygenome.web.people.sealing import seal, unseal

KEPT_FOR = timedelta(days=180)


def fingerprint(address: str) -> str:
    """Tells addresses apart without holding them; needs the site's secret to be made."""
    made = salted_hmac("everygenome.people.contacts", address.lower(), algorithm="sha256")
    return made.hexdigest()


def keep(address: str, *, vault: str = "") -> Contact:
    """Store an address, sealed, until `KEPT_FOR` has passed without anything new.

    With a vault, it can be read for as long as the vault's key is there.
    """
    return Contact.objects.create(
        sealed=vaults.seal(vault, address.encode()) if vault else seal(address),
        vault=vault,
        who=fingerprint(address),
        delete_after=timezone.now() + KEPT_FOR,
    )


def address_of(contact: Contact | None) -> str | None:
    """The address to write to; None where there is none, or it can no longer be opened."""
    if contact is None or not contact.vault:
        return unseal(contact.sealed) if contact else None
    data = vaults.unseal(contact.vault, contact.sealed)
    return None if data is None else data.decode()


def confirm(contact: Contact | None) -> None:
    """Its owner opened our mail and said that we may write."""
    if contact is not None and contact.confirmed_at is None:
        contact.confirmed_at = timezone.now()
        contact.save(update_fields=["confirmed_at"])


def renew(contact: Contact | None) -> None:
    """Something new happened: the time for which it is kept begins anew."""
    if contact is not None:
        contact.delete_after = timezone.now() + KEPT_FOR
        contact.save(update_fields=["delete_after"])


def forget(contact: Contact | None) -> None:
    """Delete it now."""
    if contact is not None:
        contact.delete()


def forget_due() -> int:
    """Delete what is kept long enough; how many."""
    gone, _ = Contact.objects.filter(delete_after__lte=timezone.now()).delete()
    return gone

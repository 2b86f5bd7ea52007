"""What a reader can do: ask for an alert, confirm it, stop it. Each act is done whole or not."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from everygenome.errors import MailError
from everygenome.web.alerts import letters
from everygenome.web.alerts.models import Alert, Recipient
from everygenome.web.alerts.tokens import CONFIRM_WITHIN
from everygenome.web.people import limits
from everygenome.web.site.findings import Finding

MOST_PER_ADDRESS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """An alert that somebody asks for.

    Attributes:
        address: where it should go.
        view: the query of the view, without a release.
        described: the view in words.
        watch: what it waits for.
        group: the group that it is about; none where any number counts.
        threshold: in percent, or percentage points.
        told: what the reader sees now.
    """

    address: str
    view: str
    described: str
    watch: str
    group: str
    threshold: Decimal
    told: Finding


def ask(wanted: Wanted, *, base: str) -> None:
    """Keep an unconfirmed alert, and send the link that confirms it.

    Nothing tells the asker whether the address was known before: a mail goes out in any case,
    unless too many went to that address today.

    Raises:
        MailError: the mail could not be handed over; nothing new is kept then.
    """
    erase_unconfirmed()
    if not limits.address_allowed(wanted.address):
        return
    alert, made = _kept(wanted)
    try:
        if alert is None:
            letters.full(wanted.address, most=MOST_PER_ADDRESS)
        elif alert.confirmed_at is None:
            letters.confirm(alert, described=wanted.described, base=base)
        else:
            letters.already(alert, described=wanted.described, base=base)
    except MailError:
        if made and alert is not None:
            stop(alert.key)
        raise


@transaction.atomic
def _kept(wanted: Wanted) -> tuple[Alert | None, bool]:
    """The alert, and whether it is new; None where the address has as many as it may have."""
    recipient, _ = Recipient.objects.select_for_update().get_or_create(
        address__iexact=wanted.address, defaults={"address": wanted.address}
    )
    asked = {
        "view": wanted.view,
        "watch": wanted.watch,
        "group": wanted.group,
        "threshold": wanted.threshold,
    }
    fresh = {
        "asked_at": timezone.now(),
        "told_release": wanted.told.release,
        "told": wanted.told.to_dict(),
    }
    found = recipient.alerts.filter(**asked).first()
    if found is None:
        if recipient.alerts.count() >= MOST_PER_ADDRESS:
            return None, False
        return recipient.alerts.create(**asked, **fresh), True
    if found.confirmed_at is None:
        # Asked for again: the days to confirm it begin anew.
        recipient.alerts.filter(pk=found.pk).update(**fresh)
    return found, False


def confirm(key: str) -> Alert | None:
    """Begin an alert; None where it is not there any more. Doing it twice does it once."""
    Alert.objects.filter(key=key, confirmed_at=None).update(confirmed_at=timezone.now())
    return find(key)


def find(key: str) -> Alert | None:
    """The alert with a key."""
    return Alert.objects.filter(key=key).first()


@transaction.atomic
def stop(key: str, *, every: bool = False) -> None:
    """Erase an alert, or every alert to its address; an address without alerts goes too."""
    alert = find(key)
    if alert is None:
        return
    recipient = Recipient.objects.select_for_update().filter(pk=alert.recipient_id).first()
    if recipient is None:
        return
    if not every:
        recipient.alerts.filter(key=key).delete()
    if every or not recipient.alerts.exists():
        recipient.delete()


def erase_unconfirmed(now: datetime | None = None) -> int:
    """Erase what nobody confirmed in time, and old traces; how many alerts went."""
    limits.forget()
    late = Alert.objects.filter(
        confirmed_at=None, asked_at__lt=(now or timezone.now()) - CONFIRM_WITHIN
    )
    keys = list(late.values_list("key", flat=True))
    for key in keys:
        stop(key)
    return len(keys)

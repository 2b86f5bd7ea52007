"""What is stored for alerts: an address once, each alert to it, and traces that stop abuse.

Every field is declared in its model's `declared`: `SCRUB` goes with the row and must leave any
copy of the database; `KEEP` tells nothing of anybody. The form prints the sentences, so that it
says all that is stored, and no more.
"""

import secrets
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from everygenome.web.people.declared import Fate
from everygenome.web.people.models import Declared

KEY_LENGTH = 32


class Watch(models.TextChoices):
    """What an alert waits for."""

    CHANGED = "changed", "any number in this view changes"
    ABOVE = "above", "the share of the group rises above the percentage"
    BELOW = "below", "the share of the group falls below the percentage"
    MOVED = "moved", "the share of the group moves by more than so many percentage points"


def new_key() -> str:
    """A key that cannot be guessed: whoever holds it may stop the alert."""
    return secrets.token_urlsafe(KEY_LENGTH)


class Recipient(models.Model):
    """An address, held once however many alerts go to it, so that one act erases it.

    A limit on mails to an address needs to know which alerts share it, too.
    """

    declared: ClassVar[Declared] = {
        "id": (Fate.KEEP, "a number of the entry"),
        "address": (Fate.SCRUB, "your e-mail address"),
    }

    address = models.EmailField(max_length=254)

    class Meta:
        """One row for an address, in whatever case it is written."""

        constraints: ClassVar = [
            models.UniqueConstraint(Lower("address"), name="recipient_address_once"),
            models.CheckConstraint(condition=Q(address__contains="@"), name="recipient_address"),
        ]


class Alert(models.Model):
    """One view that somebody wants to hear of.

    `told` is what the view showed in the release `told_release`: what the reader knows. It is
    kept because a release may be gone by the time that another one comes.
    """

    declared: ClassVar[Declared] = {
        "id": (Fate.KEEP, "a number of the entry"),
        "recipient": (Fate.SCRUB, "which address it goes to"),
        "key": (Fate.SCRUB, "a secret key, which is in the links that confirm and stop it"),
        "view": (Fate.SCRUB, "the view that you chose"),
        "watch": (Fate.SCRUB, "what you want to hear of"),
        "group": (Fate.SCRUB, "the group that you chose"),
        "threshold": (Fate.SCRUB, "the percentage that you chose"),
        "asked_at": (Fate.SCRUB, "when you asked for it"),
        "confirmed_at": (Fate.SCRUB, "when you confirmed it"),
        "told_release": (Fate.SCRUB, "the release that you were last told of"),
        "told": (Fate.SCRUB, "what the view showed in that release"),
        "refusals": (Fate.SCRUB, "how often your mail server refused our mail in a row"),
    }

    recipient = models.ForeignKey(Recipient, on_delete=models.CASCADE, related_name="alerts")
    key = models.CharField(max_length=64, unique=True, default=new_key)
    view = models.CharField(max_length=2000, blank=True)
    watch = models.CharField(max_length=10, choices=Watch)
    group = models.CharField(max_length=100, blank=True)
    threshold = models.DecimalField(max_digits=4, decimal_places=1, default=0)
    asked_at = models.DateTimeField(db_index=True)
    confirmed_at = models.DateTimeField(null=True)
    told_release = models.CharField(max_length=40)
    told = models.JSONField()
    refusals = models.PositiveSmallIntegerField(default=0)

    class Meta:
        """What is watched has what it needs, and nothing is asked for twice."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["recipient", "view", "watch", "group", "threshold"], name="alert_once"
            ),
            models.CheckConstraint(
                condition=Q(watch=Watch.CHANGED, group="", threshold=0)
                | Q(watch__in=(Watch.ABOVE, Watch.BELOW), threshold__gte=0, threshold__lte=100)
                & ~Q(group="")
                | Q(watch=Watch.MOVED, threshold__gt=0, threshold__lte=100) & ~Q(group=""),
                name="alert_watches_something",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(confirmed_at__gte=F("asked_at")),
                name="alert_confirmed_after_asked",
            ),
        ]

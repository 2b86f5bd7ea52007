"""What is kept of stories beside their words, which are sealed: where each stands, and what was
agreed to.

There is no history of a story. See docs/decisions/0026.
"""

import secrets
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from everygenome.web.people.declared import Fate
from everygenome.web.people.models import Declared
from everygenome.web.people.sealed import SealedJSON

# Of letters that make no words, and are not taken for one another.
_LETTERS = "23456789bcdfghjkmnpqrstvwxz"
LONG = 8


class Standing(models.TextChoices):
    """What a story is to readers."""

    PUBLIC = "public", "public"
    RESTRICTED = "restricted", "for registered researchers"
    EMBARGOED = "embargoed", "not before a day"
    HIDDEN = "hidden", "taken down by an editor"
    WITHDRAWN = "withdrawn", "withdrawn"


def new_name() -> str:
    """A name in addresses that tells nothing of the story, such as `k3v9qm2x`."""
    return "".join(secrets.choice(_LETTERS) for _ in range(LONG))


class Story(models.Model):
    """A story that was published once. Its words are sealed under its own key."""

    declared: ClassVar[Declared] = {
        "id": (Fate.KEEP, "a number of the entry"),
        "slug": (Fate.KEEP, "its name in addresses: letters at random"),
        "vault": (Fate.SCRUB, "the name of the key that it is sealed under"),
        "sealed": (Fate.SCRUB, "its words, encrypted"),
        "standing": (Fate.KEEP, "what it is to readers"),
        "contribution": (Fate.KEEP, "the contribution that it came with; empty: a seed"),
        "embargo": (Fate.KEEP, "the day before which nobody reads it"),
        "ends_on": (Fate.KEEP, "the day on which it is destroyed"),
        "ask_on": (Fate.KEEP, "the day on which its teller is asked again"),
        "made_at": (Fate.KEEP, "since when it is there"),
        "changed_at": (Fate.KEEP, "when it changed last"),
        "withdrawn_at": (Fate.KEEP, "when it was withdrawn"),
    }

    slug = models.SlugField(max_length=20, unique=True, default=new_name)
    vault = models.CharField(max_length=32, blank=True, db_index=True)
    sealed = SealedJSON(default=dict)
    standing = models.CharField(max_length=12, choices=Standing, db_index=True)
    contribution = models.BigIntegerField(null=True, db_index=True)
    embargo = models.DateField(null=True, db_index=True)
    ends_on = models.DateField(null=True, db_index=True)
    ask_on = models.DateField(null=True, db_index=True)
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        """Of what is withdrawn nothing is left; what is embargoed says until when."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(standing="withdrawn") | Q(vault="", withdrawn_at__isnull=False),
                name="story_withdrawn_leaves_nothing",
            ),
            models.CheckConstraint(
                condition=~Q(standing="embargoed") | Q(embargo__isnull=False),
                name="story_embargoed_until",
            ),
            models.CheckConstraint(
                condition=Q(standing__in=Standing.values), name="story_standing"
            ),
        ]

    @property
    def vault_name(self) -> str:
        """Under which vault it is sealed."""
        return self.vault

    @property
    def address(self) -> str:
        """Its page."""
        return f"/stories/{self.slug}/"

    @property
    def subject(self) -> str:
        """How moderation names it."""
        return f"stories/{self.slug}"


class Consent(models.Model):
    """What a teller chose, from when on; each change is one more row. It holds no words of theirs.

    It stays when the story is withdrawn: that somebody agreed has to be shown.
    """

    declared: ClassVar[Declared] = {
        "id": (Fate.KEEP, "a number of the entry"),
        "contribution": (Fate.KEEP, "the contribution that it is about"),
        "wording": (Fate.KEEP, "the version of the wording that you agreed to"),
        "tier": (Fate.KEEP, "who may read it"),
        "embargo": (Fate.KEEP, "the day before which nobody reads it"),
        "named": (Fate.KEEP, "whether a name stands beside it, and of which kind"),
        "quotation": (Fate.KEEP, "whether it may be quoted"),
        "reuse": (Fate.KEEP, "whether others may publish it"),
        "keep": (Fate.KEEP, "how long it stays"),
        "keep_day": (Fate.KEEP, "until which day"),
        "family": (Fate.KEEP, "whether it tells of others"),
        "at": (Fate.KEEP, "since when"),
    }

    contribution = models.BigIntegerField(db_index=True)
    wording = models.CharField(max_length=10)
    tier = models.CharField(max_length=12)
    embargo = models.CharField(max_length=10, blank=True)
    named = models.CharField(max_length=12)
    quotation = models.CharField(max_length=4)
    reuse = models.CharField(max_length=20)
    keep = models.CharField(max_length=6)
    keep_day = models.CharField(max_length=10, blank=True)
    family = models.CharField(max_length=8)
    at = models.DateTimeField(default=timezone.now)

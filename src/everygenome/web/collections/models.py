"""Entries of all collections, what they can be narrowed and found by, and who said what.

An entry is a document: its fields are declared by its collection (`schema`) and checked on every
way in. See docs/decisions/0022.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from everygenome.web.people.declared import Fate
from everygenome.web.people.models import Declared


class Standing(models.TextChoices):
    """What an entry is to readers."""

    PUBLISHED = "published", "published"
    RETIRED = "retired", "retired: kept for the record"
    SUPERSEDED = "superseded", "replaced by another entry"
    WITHDRAWN = "withdrawn", "withdrawn"


SHOWN = (Standing.PUBLISHED, Standing.RETIRED, Standing.SUPERSEDED)


class Told(models.Model):
    """What a version says beside the entry: who made it, in public words, and for what."""

    who = models.CharField(max_length=120, blank=True)
    contribution = models.BigIntegerField(null=True)

    class Meta:
        """No table of its own."""

        abstract = True


class Item(models.Model):
    """An entry of a collection, as it is now; `history` holds every version before."""

    declared: ClassVar[Declared] = {
        "id": (Fate.KEEP, "a number of the entry"),
        "collection": (Fate.KEEP, "its collection"),
        "slug": (Fate.KEEP, "its name in addresses"),
        "title": (Fate.KEEP, "how it is called"),
        "sort": (Fate.KEEP, "its place in the alphabet"),
        "standing": (Fate.KEEP, "whether it is published"),
        "data": (Fate.KEEP, "its fields, all public"),
        "successor": (Fate.KEEP, "what replaced it"),
        "made_at": (Fate.KEEP, "since when it is there"),
        "changed_at": (Fate.KEEP, "when it changed last"),
        "version": (Fate.KEEP, "how often it changed"),
    }

    collection = models.CharField(max_length=40)
    slug = models.SlugField(max_length=100)
    title = models.CharField(max_length=200)
    sort = models.CharField(max_length=200)
    standing = models.CharField(max_length=12, choices=Standing, default=Standing.PUBLISHED)
    data = models.JSONField()
    successor = models.ForeignKey("self", null=True, on_delete=models.SET_NULL)
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now, db_index=True)
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords(
        bases=[Told], history_change_reason_field=models.TextField(null=True)
    )

    class Meta:
        """One entry for a name; one that was replaced says by what."""

        indexes: ClassVar = [models.Index(fields=["collection", "sort", "id"])]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["collection", "slug"], name="item_once"),
            models.CheckConstraint(
                condition=~Q(standing=Standing.SUPERSEDED) | Q(successor__isnull=False),
                name="item_superseded_by_something",
            ),
        ]

    @property
    def subject(self) -> str:
        """How moderation names it."""
        return f"{self.collection}/{self.slug}"

    @property
    def address(self) -> str:
        """Its page."""
        return f"/{self.collection}/{self.slug}/"

    def __str__(self) -> str:
        return self.title


class Facet(models.Model):
    """One value by which lists can be narrowed to an entry."""

    declared: ClassVar[Declared] = {
        "id": (Fate.KEEP, "a number of the entry"),
        "item": (Fate.KEEP, "the entry"),
        "name": (Fate.KEEP, "the facet"),
        "value": (Fate.KEEP, "the value"),
    }

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="facets")
    name = models.CharField(max_length=40)
    value = models.CharField(max_length=120)

    class Meta:
        """Each value once."""

        indexes: ClassVar = [models.Index(fields=["name", "value", "item"])]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "name", "value"], name="facet_once"),
        ]


class Speaker(models.TextChoices):
    """Who said a fact."""

    SEED = "seed", "the first collection of this site"
    CONTRIBUTOR = "contributor", "a contributor"
    MAINTAINER = "maintainer", "its maintainer"
    CURATOR = "curator", "a curator"
    IMPORT = "import", "an import"
    MACHINE = "machine", "a check by this site"


class Fact(models.Model):
    """Who said what an entry holds in one field, when, and with what source.

    A locked fact was set by a curator: imports leave it alone.
    """

    declared: ClassVar[Declared] = {
        "id": (Fate.KEEP, "a number of the entry"),
        "item": (Fate.KEEP, "the entry"),
        "field": (Fate.KEEP, "the field"),
        "said_by": (Fate.KEEP, "who said it, as a kind of source"),
        "source": (Fate.KEEP, "where it was read"),
        "at": (Fate.KEEP, "when"),
        "locked": (Fate.KEEP, "whether imports leave it alone"),
        "contribution": (Fate.KEEP, "the contribution that it came with"),
    }

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="facts")
    field = models.CharField(max_length=40)
    said_by = models.CharField(max_length=20, choices=Speaker)
    source = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(default=timezone.now)
    locked = models.BooleanField(default=False)
    contribution = models.BigIntegerField(null=True)

    class Meta:
        """One speaker for a field: the last."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "field"], name="fact_once"),
        ]


class Searched(models.Model):
    """The words by which an entry is found; can be made again from the entries."""

    declared: ClassVar[Declared] = {
        "item": (Fate.KEEP, "the entry"),
        "title": (Fate.KEEP, "words of its title"),
        "words": (Fate.KEEP, "words of its other fields"),
    }

    item = models.OneToOneField(
        Item, on_delete=models.CASCADE, primary_key=True, related_name="searched"
    )
    title = models.TextField()
    words = models.TextField()

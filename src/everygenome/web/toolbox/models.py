"""What the link monitor knows of each address that an entry of the toolbox gives."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from everygenome.web.people.declared import Fate
from everygenome.web.people.models import Declared

# An address that misses this often in a row is said to be failing.
MISSES = 4


class Link(models.Model):
    """One address, and how it answered: the first and the last failure are kept."""

    declared: ClassVar[Declared] = {
        "id": (Fate.KEEP, "a number of the entry"),
        "url": (Fate.KEEP, "the address, which is public"),
        "misses": (Fate.KEEP, "how often it missed in a row"),
        "first_failure_at": (Fate.KEEP, "since when it misses"),
        "last_failure_at": (Fate.KEEP, "when it missed last"),
        "last_ok_at": (Fate.KEEP, "when it answered last"),
        "asked_at": (Fate.KEEP, "when it was asked last"),
        "etag": (Fate.KEEP, "what names its answer"),
        "modified": (Fate.KEEP, "when its answer changed"),
        "status": (Fate.KEEP, "how it answered last, in words"),
        "moved_to": (Fate.KEEP, "where it sends on to, for good"),
    }

    url = models.CharField(max_length=500, unique=True)
    misses = models.PositiveIntegerField(default=0)
    first_failure_at = models.DateTimeField(null=True)
    last_failure_at = models.DateTimeField(null=True)
    last_ok_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True, db_index=True)
    etag = models.CharField(max_length=300, blank=True)
    modified = models.CharField(max_length=60, blank=True)
    status = models.CharField(max_length=200, blank=True)
    moved_to = models.CharField(max_length=500, blank=True)

    class Meta:
        """What misses has a first time."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(misses=0) | Q(first_failure_at__isnull=False), name="link_first_failure"
            ),
        ]

    @property
    def is_failing(self) -> bool:
        """It missed so often in a row that it is no accident."""
        return self.misses >= MISSES

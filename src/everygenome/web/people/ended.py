"""Roles that were ended, remembered beside the keys of stories: no backup gives them back.

A researcher who passed on what was for researchers alone must not read it again because a backup
from before was restored. One line for each role that was ended: its number, and since when it was
held, by which it is told apart from a later one of the same number.
"""

import os
from collections.abc import Iterable

from django.db.models import F, Value
from django.db.models.functions import Concat
from django.utils import timezone

from everygenome.errors import StoreError
from everygenome.web.people.apart import apart
from everygenome.web.people.models import RoleHeld

_FILE = "ended-roles"


def remember(roles: Iterable[RoleHeld]) -> None:
    """Write down which roles are ended, before the database commits.

    Raises:
        StoreError: it cannot be written.
    """
    text = "".join(f"{_line(held)}\n" for held in roles)
    path = apart() / _FILE
    try:
        handle = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise StoreError(
            f"That a role ended cannot be written to {path}: {error.strerror}.",
            remedy="Check that there is room, and that the folder is writable.",
        ) from error


def again() -> int:
    """End them again, after a restore; how many."""
    path = apart() / _FILE
    known = set(path.read_text().splitlines()) if path.exists() else set()
    back = [one.pk for one in RoleHeld.objects.filter(ended_at=None) if _line(one) in known]
    return RoleHeld.objects.filter(pk__in=back).update(
        ended_at=timezone.now(), reason=Concat(F("reason"), Value("\nEnded before a restore."))
    )


def _line(held: RoleHeld) -> str:
    return f"{held.pk} {held.given_at.isoformat()}"

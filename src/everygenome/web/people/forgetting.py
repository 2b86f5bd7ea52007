"""What was kept long enough, deleted; run once a day."""

import logging
from dataclasses import dataclass, fields
from datetime import timedelta

from django.apps import apps
from django.db import transaction
from django.utils import timezone

from everygenome.web.people import contacts, limits, sessions, vaults

_log = logging.getLogger("everygenome.people")
DRAFTS_KEPT_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many of each were deleted."""

    contacts: int
    drafts: int
    links: int
    attempts: int
    sessions: int

    def __str__(self) -> str:
        told = {"contacts": "contact details", "links": "old links", "attempts": "traces of forms"}
        parts = [f"{getattr(self, f.name)} {told.get(f.name, f.name)}" for f in fields(self)]
        return f"Deleted: {', '.join(parts)}."


def forget() -> Forgotten:
    """Delete contact details that are due, drafts that were never sent, old links, and traces."""
    return Forgotten(
        drafts=_drafts(),
        contacts=contacts.forget_due(),
        links=_old_links(),
        attempts=limits.forget(),
        sessions=sessions.forget(),
    )


# Rooms above this one are known by the names of their tables: they must not be imported here.
def _drafts() -> int:
    """Drafts that nobody sent for review, with how to reach their writers."""
    before = timezone.now() - DRAFTS_KEPT_FOR
    model = apps.get_model("moderation", "Contribution")
    # Whoever came back to a draft has not forgotten it.
    due = model.objects.filter(state="draft", round=0, made_at__lt=before)
    due = due.exclude(events__at__gte=before)
    count = 0
    for number in due.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            # It may have been sent a moment ago.
            draft = model.objects.select_for_update(of=("self",)).filter(
                pk=number, state="draft", round=0
            )
            if (found := draft.select_related("contact").first()) is not None:
                contacts.forget(found.contact)
                found.delete()
                # What it would have corrected has the same key, and stays.
                if not model.objects.filter(vault=found.vault).exists():
                    _destroyed(found.vault)
                count += 1
    return count


def _destroyed(vault: str) -> None:
    """Destroy a key; where that fails it is marked, and `stories-due` tries it again."""
    try:
        vaults.destroy(vault)
    except OSError as error:
        _log.error("The key of a draft still stands (%s).", type(error).__name__)


def _old_links() -> int:
    model = apps.get_model("moderation", "Key")
    gone, _ = model.objects.filter(expires_at__lte=timezone.now()).delete()
    return gone

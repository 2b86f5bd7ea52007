"""What is left of a sealed contribution that was withdrawn: its dates, and nothing that was said.

The order matters. First everything that readers can reach, then the words, then the key: whatever
fails in between, nothing is public that was to go. Before all of it the key is marked: nothing
opens it from then on, and what could not be done `stories-due` does later.
"""

import logging

from django.db import transaction
from django.db.models import QuerySet

from everygenome.web.moderation import notices
from everygenome.web.moderation.actions.step import subject_of
from everygenome.web.moderation.kinds import kind_of
from everygenome.web.moderation.models import (
    Appeal,
    Contribution,
    Event,
    Hold,
    Purpose,
    Report,
    Review,
)
from everygenome.web.moderation.states import State
from everygenome.web.people import contacts, ending, vaults

_log = logging.getLogger("everygenome.moderation")
# Where the database wants a reason.
REMOVED = "(removed)"


def purge(contribution: Contribution) -> None:
    """Destroy what is kept of a sealed contribution, and of all others under the same key.

    Call it in the transaction in which it was withdrawn. A receipt goes out on commit.
    """
    if contribution.purpose == Purpose.EDIT:
        # What it would have corrected stays, under the same key.
        drop(contribution)
        return
    contact = contribution.contact
    # Read before the key is marked: nothing opens afterwards.
    address = contacts.address_of(contact)
    ending.mark(contribution.vault, of=contribution.pk)
    kind = kind_of(contribution.kind)
    if kind.withdrawn is not None:
        kind.withdrawn(contribution)
    # Who did not say that we may write gets no mail, and no receipt of a story not theirs.
    if contact is not None and contact.confirmed_at and address:
        published = bool(contribution.subject)
        transaction.on_commit(lambda: notices.withdrawn(address, published=published))
    wipe(contribution.vault)


def ended(contribution: Contribution) -> None:
    """End what stands on what was withdrawn, or waits for it: holds, and second looks.

    That there was one stands in the audit trail.
    """
    contribution.holds.filter(lifted_at=None).delete()
    contribution.appeals.filter(decided_at=None).delete()


def drop(contribution: Contribution) -> None:
    """Empty one contribution, and leave what it is about, and its key, alone."""
    rows = Contribution.objects.filter(pk=contribution.pk)
    rows.update(state=State.WITHDRAWN)
    contribution.refresh_from_db()
    # A restored backup has its key, which is that of what stays.
    kind_of(contribution.kind).remember(contribution)
    _empty(rows)


def wipe(vault: str) -> None:
    """Destroy a vault, and empty every contribution that was sealed under it.

    Where the key cannot be destroyed, all else is done: it is marked, so that nothing opens it,
    not even after a restore, and it is tried again.
    """
    same = Contribution.objects.filter(vault=vault)
    same.update(state=State.WITHDRAWN)
    try:
        vaults.destroy(vault)
    except OSError as error:
        _log.error("The key of what was withdrawn still stands (%s).", type(error).__name__)
    _empty(same)


def _empty(rows: QuerySet[Contribution]) -> None:
    """Leave of contributions their dates."""
    for one in rows.select_related("contact"):
        _words(one)
        contacts.forget(one.contact)
    _emptied(rows, "decision_reason")
    rows.update(proposed={}, before={}, amended=None, note="", credit="", contact=None, vault="")


def _words(contribution: Contribution) -> None:
    """What was said of it, wherever it was said."""
    ended(contribution)
    for model, fields in (
        (Event, ("reason",)),
        (Review, ("reason",)),
        (Appeal, ("text", "reason")),
        (Hold, ("reason", "outcome")),
    ):
        _emptied(model.objects.filter(contribution=contribution), *fields)
    subject = subject_of(contribution)
    if subject and contribution.purpose == Purpose.NEW:
        about = Report.objects.filter(subject=subject)
        for report in about.select_related("contact"):
            contacts.forget(report.contact)
        # Nobody can answer what is destroyed, nor lift what stands on it.
        about.filter(handled_at=None).delete()
        Hold.objects.filter(subject=subject, lifted_at=None).delete()
        for model, fields in (
            (Event, ("reason",)),
            (Hold, ("reason", "outcome")),
            (Report, ("text", "outcome")),
        ):
            _emptied(model.objects.filter(subject=subject), *fields)


def _emptied(rows: QuerySet, *fields: str) -> None:
    for field in fields:
        rows.exclude(**{field: ""}).update(**{field: REMOVED})

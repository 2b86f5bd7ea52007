"""Second looks and readers' reports."""

from django.db import transaction
from django.utils import timezone

from everygenome.web.moderation import notices
from everygenome.web.moderation.actions.step import By, check, locked, noted, step, there
from everygenome.web.moderation.kinds import is_destroyed, named_in, subject_in
from everygenome.web.moderation.models import Appeal, Event, Receiver, Report
from everygenome.web.moderation.refused import NotAllowedError, RefusedError
from everygenome.web.moderation.states import State
from everygenome.web.people import contacts
from everygenome.web.people.models import Account


@transaction.atomic
def decide_appeal(*, appeal: Appeal, by: By, upheld: bool, reason: str) -> Appeal:
    """Decide on a second look: where the contributor was right, it waits for review again.

    Raises:
        RefusedError: see `step.check`; decided already.
        NotAllowedError: whoever declined it cannot be who looks again.
    """
    contribution = locked(appeal.contribution, seen=None)
    check(contribution, action="decide_appeal", by=by, reason=reason)
    found = Appeal.objects.select_for_update().get(pk=appeal.pk)
    if found.decided_at is not None:
        raise RefusedError("This was decided already.")
    if contribution.decided_by == by:
        raise NotAllowedError("You declined it, so somebody else has to look again.")
    after = State.SUBMITTED if upheld else State.DECLINED
    changes = (
        {"round": contribution.round + 1, "submitted_at": timezone.now(), "reviewer": None}
        if upheld
        else {}
    )
    step(contribution, action="decide_appeal", by=by, reason=reason, after=after, **changes)
    found.decided_at, found.decided_by = timezone.now(), by
    found.upheld, found.reason = upheld, reason.strip()
    found.save()
    return found


@transaction.atomic
def report(
    *, subject: str, matter: str, text: str, receiver: Receiver, address: str = ""
) -> Report:
    """Take a reader's report, and tell the receivers on commit.

    Only the name of an entry is kept as what it is about. What else was written there is the
    reader's own words, and goes before the text.

    Raises:
        RefusedError: it is about a story that is not there, or was withdrawn.
    """
    about = subject_in(subject)
    if not about:
        text = f"About: {subject.strip()}\n\n{text}" if subject.strip() else text
        # Whoever names a story anywhere in it writes about that.
        named = named_in(text)
        about = "" if is_destroyed(named) else named
    there(about)
    made = Report.objects.create(
        subject=about,
        matter=matter,
        text=text,
        receiver=receiver,
        contact=contacts.keep(address) if address else None,
    )
    Event.objects.create(subject=about, action="report", role="reader")
    transaction.on_commit(lambda: notices.reported(made))
    return made


@transaction.atomic
def handle_report(*, report: Report, by: Account, outcome: str) -> Report:
    """Answer a report with what was done; who reported hears of it on commit.

    Raises:
        NotAllowedError: no role of theirs allows it.
        RefusedError: nothing was said, it was answered already, or what it is about was withdrawn.
    """
    if not by.may("handle_report"):
        raise NotAllowedError("None of your roles allows this.")
    if not outcome.strip():
        raise RefusedError("Please say what was done.")
    there(report.subject)
    now = Report.objects.select_for_update().get(pk=report.pk)
    if now.handled_at is not None:
        raise RefusedError("It was answered already.")
    now.handled_at, now.handled_by, now.outcome = timezone.now(), by, outcome.strip()
    now.save()
    noted(now.subject, act="handle_report", by=by, reason=outcome)
    transaction.on_commit(lambda: notices.handled(now))
    return now

"""After a restore: what was changed since the backup holds, and the backup does not.

What cannot be told apart from what was taken away is hidden from readers until a person looks.
"""

import logging
from dataclasses import dataclass

from django.db import transaction

from everygenome.errors import StoreError
from everygenome.web.moderation.actions.purging import drop
from everygenome.web.moderation.models import Contribution, Event, Purpose
from everygenome.web.moderation.states import State
from everygenome.web.people import contacts, ended, ending, sessions, vaults
from everygenome.web.people.apart import apart, written
from everygenome.web.people.sealed import under
from everygenome.web.stories.beside import (
    Remembered,
    as_it_is,
    remember,
    remember_standing,
    remembered,
)
from everygenome.web.stories.keeping import say, settle
from everygenome.web.stories.kind import NAME
from everygenome.web.stories.models import Standing, Story
from everygenome.web.stories.narrower import narrower
from everygenome.web.stories.shelving import show

_log = logging.getLogger("everygenome.stories")
# Whoever runs the site: at its command line nobody has an account.
_ROLE = "somebody"
_UNFINISHED = "restoring"
# Sent, and not yet read to the end.
_WAITING = (State.SUBMITTED, State.IN_REVIEW, State.ACCEPTED)
_OLDER = (
    "The site was brought back from a backup, which does not hold its last words. Older ones, "
    "which may have been taken out for a reason, are shown to nobody before somebody has looked."
)


@dataclass(slots=True)
class Doubted:
    """What a person has to look at after a restore.

    Attributes:
        hidden: stories that nobody reads until an editor puts them back.
        returned: contributions that are drafts again, until their tellers send them.
    """

    hidden: int = 0
    returned: int = 0


def begin() -> None:
    """A restore begins: should it end half-way, `stories-due` does the rest of it first.

    Raises:
        StoreError: this cannot be written down.
    """
    written(apart() / _UNFINISHED, b"")


def is_unfinished() -> bool:
    """Whether a restore ended before what must hold after it did."""
    return (apart() / _UNFINISHED).exists()


def finish() -> Doubted:
    """Let nothing come back with the database that was taken away since."""
    sessions.end_all()
    ended.again()
    doubted = as_chosen_last()
    (apart() / _UNFINISHED).unlink(missing_ok=True)
    return doubted


def as_chosen_last() -> Doubted:
    """Let each story be what its teller chose last, and what was taken away stay away."""
    doubted = Doubted()
    stories = Story.objects.exclude(vault="").values_list("vault", flat=True)
    sealed = Contribution.objects.filter(kind=NAME).exclude(vault="")
    for vault in sorted({*stories, *sealed.values_list("vault", flat=True)}):
        try:
            # Those whose keys are gone were withdrawn: `due` does the rest.
            if vaults.is_open(vault):
                vaults.check(vault)
                with transaction.atomic():
                    _held(vault, doubted)
        except (StoreError, OSError) as error:
            hidden = Story.objects.filter(vault=vault).exclude(standing=Standing.WITHDRAWN)
            doubted.hidden += hidden.update(standing=Standing.HIDDEN)
            _log.error("A story could not be brought back (%s).", type(error).__name__)
    return doubted


def _held(vault: str, doubted: Doubted) -> None:
    """All that is sealed under one key."""
    last = remembered(vault)
    older = set()
    rows = Contribution.objects.select_for_update(of=("self",)).filter(vault=vault)
    if any(_was_withdrawn(one, last) for one in rows.filter(purpose=Purpose.NEW)):
        # The power failed before it was marked: its teller said so, and `due` does it.
        ending.mark(vault)
        return
    for one in rows.select_related("contact").order_by("pk"):
        if one.state != State.WITHDRAWN and _is_older(one, last, doubted):
            older.add(one.pk)
    story = Story.objects.select_for_update().filter(vault=vault).first()
    if story is None:
        return
    was_hidden = story.standing == Standing.HIDDEN or (last is not None and last.hidden)
    doubtful = last is None or story.contribution in older
    story.standing = Standing.HIDDEN if was_hidden or doubtful else story.standing
    first = Contribution.objects.filter(pk=story.contribution).first()
    if first is not None and first.proposed:
        settle(story, first)
    else:
        story.save()
        remember_standing(story)
        show(story)
    if doubtful and not was_hidden:
        doubted.hidden += 1
        _told(first, story)


def _was_withdrawn(one: Contribution, last: Remembered | None) -> bool:
    known = last.told.get(one.receipt) if last is not None else None
    return known is not None and known["state"] == State.WITHDRAWN


def _is_older(one: Contribution, last: Remembered | None, doubted: Doubted) -> bool:
    """Bring one to what is remembered of it; whether its words may be older than its last."""
    known = last.told.get(one.receipt) if last is not None else None
    if _was_withdrawn(one, last):
        # A correction that was taken back: its key is that of the story, which stays.
        drop(one)
        return False
    now = as_it_is(one)
    known = known or now | {"words": "", "name": "", "contact": ""}
    if now["contact"] != known["contact"]:
        contacts.forget(one.contact)
        one.contact = None
        one.keys.filter(mailed=True).delete()
    said = narrower(
        one.proposed,
        known["chosen"],
        same_name=now["name"] == known["name"],
        is_older=now["version"] <= known["version"],
    )
    if said != one.proposed:
        say(one, said)
    is_older = now["words"] != known["words"]
    if one.state in _WAITING and (is_older or known["state"] == State.DRAFT):
        _given_back(one)
        doubted.returned += 1
    remember(one)
    return bool(is_older)


def _given_back(one: Contribution) -> None:
    """Let a contribution be a draft again, which only its teller reads and sends."""
    before, version = one.state, one.version + 1
    rows = Contribution.objects.filter(pk=one.pk)
    rows.update(**under(one, state=State.DRAFT, reviewer=None, amended=None, version=version))
    one.refresh_from_db()
    Event.objects.create(
        contribution=one,
        action="restored",
        before=before,
        after=one.state,
        role=_ROLE,
        reason=_OLDER,
    )


def _told(first: Contribution | None, story: Story) -> None:
    """Say in the history why nobody reads it now; its teller and the editors read that."""
    Event.objects.create(
        contribution=first,
        subject="" if first else story.subject,
        action="restored",
        role=_ROLE,
        reason=_OLDER,
    )

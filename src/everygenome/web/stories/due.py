"""What a day brings: embargoes end, stories end, tellers are asked again; and what went wrong is
put right. A timer runs it every day; it does no harm to run it more often.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db import DatabaseError, transaction
from django.utils import timezone

from everygenome.errors import StoreError
from everygenome.web.collections.shelf import items_of
from everygenome.web.collections.storing import remove
from everygenome.web.moderation.actions import offering
from everygenome.web.moderation.actions.step import locked
from everygenome.web.moderation.models import Contribution, Purpose
from everygenome.web.moderation.refused import QuickerError, RefusedError
from everygenome.web.moderation.states import CONTRIBUTOR, State
from everygenome.web.people import belonging, contacts, ending, vaults
from everygenome.web.stories import restored, sweeping
from everygenome.web.stories.beside import remember, remember_standing, remembered
from everygenome.web.stories.collection import COLLECTION
from everygenome.web.stories.keeping import begun_everywhere, say
from everygenome.web.stories.kind import NAME
from everygenome.web.stories.models import Standing, Story
from everygenome.web.stories.shelving import again
from everygenome.web.stories.telling import ask_again
from everygenome.web.stories.withdrawing import end

_log = logging.getLogger("everygenome.stories")


@dataclass(slots=True)
class Done:
    """How many of each.

    Attributes:
        opened: stories whose embargo ended.
        ended: stories whose last day came: destroyed.
        asked: tellers who were asked whether it shall stay.
        forgotten: what was declined long ago: destroyed.
        mended: stories that were not to readers what they should have been.
        swept: keys and files that belonged to no story.
        failed: stories of which something could not be done; the log says which, by number.
    """

    opened: int = 0
    ended: int = 0
    asked: int = 0
    forgotten: int = 0
    mended: int = 0
    swept: int = 0
    failed: int = 0

    def __str__(self) -> str:
        return (
            "; ".join(f"{field.name} {getattr(self, field.name)}" for field in fields(self)) + "."
        )


def due(now: datetime | None = None) -> Done:
    """Do what is due.

    Args:
        now: moves the clock, for tests.

    Raises:
        StoreError: keys and database do not belong together; nothing was done.
    """
    belonging.check()
    if restored.is_unfinished():
        restored.finish()
    now = now or timezone.now()
    today, opens, done = timezone.localtime(now).date(), begun_everywhere(now), Done()
    standing = Story.objects.exclude(standing=Standing.WITHDRAWN).order_by("pk")
    for number in standing.values_list("pk", flat=True):
        _each(done, f"story {number}", lambda number=number: _one(number, today, opens, done))
    # Of what was declined, too: it is kept for a while, in case somebody is to look again. A
    # correction has no last day of its own: it ends with its story.
    waiting = Contribution.objects.filter(kind=NAME, purpose=Purpose.NEW).exclude(
        state__in=(State.PUBLISHED, State.WITHDRAWN)
    )
    waiting = waiting.exclude(state=State.DRAFT, round=0)
    for contribution in waiting.order_by("pk"):
        what = f"contribution {contribution.pk}"
        _each(done, what, lambda one=contribution: _waiting(one, today, done))
    _each(done, "what was declined", lambda: sweeping.declined(now, done))
    _each(done, "what has no key", lambda: sweeping.dead(done))
    for vault in ending.marked():
        _each(done, "a key of what was withdrawn", lambda vault=vault: vaults.destroy(vault))
    _each(done, "the shelf", lambda: _unshelved(done))
    _each(done, "what is left over", lambda: sweeping.sweep(now, done))
    return done


def _each(done: Done, what: str, act: Callable[[], None]) -> None:
    """One after the other: what fails for one is done for all others."""
    try:
        with transaction.atomic():
            act()
    except QuickerError:
        # Somebody else just did something with it. What is still due is done the next time.
        pass
    except (StoreError, RefusedError, OSError, DatabaseError) as error:
        done.failed += 1
        # By number: no word of a story, and no name.
        _log.error("%s could not be seen to (%s).", what, type(error).__name__)


def _one(number: int, today: date, opens: date, done: Done) -> None:
    seen = Story.objects.get(pk=number)
    first = Contribution.objects.filter(pk=seen.contribution).first()
    # Contributions are locked before stories, everywhere.
    contribution = locked(first, seen=None) if first is not None else None
    story = Story.objects.select_for_update().get(pk=number)
    if not vaults.is_open(story.vault):
        # A restored backup brings back rows whose keys are gone: they were withdrawn.
        end(story)
        done.mended += 1
        return
    vaults.check(story.vault)
    if remembered(story.vault) is None:
        # From before it was written down, or lost with the disk.
        remember_standing(story)
        for one in Contribution.objects.filter(vault=story.vault).order_by("pk"):
            remember(one)
    if story.ends_on is not None and story.ends_on <= today:
        if contribution is not None:
            offering.recall(contribution=contribution, by=CONTRIBUTOR)
        done.ended += 1
    else:
        if story.standing == Standing.EMBARGOED and story.embargo and story.embargo <= opens:
            _open(story, contribution, done)
        _stays(story, contribution, today, done)


def _open(story: Story, contribution: Contribution | None, done: Done) -> None:
    story.standing, story.embargo = Standing.PUBLIC, None
    story.save()
    _chosen(contribution, tier="public", embargo=None)
    again(story)
    done.opened += 1


def _stays(story: Story, contribution: Contribution | None, today: date, done: Done) -> None:
    shelved = items_of(COLLECTION).filter(slug=story.slug).exists()
    if (story.standing == Standing.PUBLIC) != shelved:
        done.mended += 1
    again(story)
    if contribution is None:
        return
    # Whoever has a story here has to be reachable about it.
    contacts.renew(contribution.contact)
    if story.ask_on is not None and story.ask_on <= today:
        story.ask_on = None
        story.save()
        _chosen(contribution, keep="open", keep_day=None)
        transaction.on_commit(lambda: ask_again(contribution))
        done.asked += 1


def _chosen(contribution: Contribution | None, **choices: str | None) -> None:
    """What was waited for is over: it is no choice any more."""
    if contribution is not None:
        said = contribution.proposed | choices
        say(contribution, {name: value for name, value in said.items() if value is not None})


def _waiting(contribution: Contribution, today: date, done: Done) -> None:
    """What was never published, and whose last day came."""
    now = locked(contribution, seen=None)
    if remembered(now.vault) is None:
        remember(now)
    if now.proposed.get("keep") == "end" and now.proposed.get("keep_day", "9") <= str(today):
        offering.take_back(contribution=now, by=CONTRIBUTOR)
        done.ended += 1


def _unshelved(done: Done) -> None:
    """Nothing stands on the shelf that no story says may be read."""
    public = set(Story.objects.filter(standing=Standing.PUBLIC).values_list("slug", flat=True))
    for item in items_of(COLLECTION).order_by("pk"):
        if item.slug not in public:
            remove(item, COLLECTION)
            done.mended += 1

"""What a day brings: embargoes end, stories end, tellers are asked again; and what went wrong is
put right. A timer runs it every day; it does no harm to run it more often.
"""

import shutil
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from pathlib import Path

from django import conf
from django.db import transaction
from django.utils import timezone

from everygenome.web.collections.shelf import items_of
from everygenome.web.collections.storing import remove
from everygenome.web.moderation.actions import offering
from everygenome.web.moderation.actions.purging import wipe
from everygenome.web.moderation.models import Contribution, Purpose
from everygenome.web.moderation.states import CONTRIBUTOR, State
from everygenome.web.people import contacts, vaults
from everygenome.web.stories.collection import COLLECTION
from everygenome.web.stories.keeping import again, say, show
from everygenome.web.stories.kind import NAME
from everygenome.web.stories.models import Standing, Story
from everygenome.web.stories.telling import ask_again
from everygenome.web.stories.withdrawing import end

# A vault is made a moment before the story that it is for is stored.
_YOUNG = timedelta(hours=24)
DECLINED_KEPT_FOR = timedelta(days=90)


@dataclass(slots=True)
class Done:
    """How many of each.

    Attributes:
        opened: stories whose embargo ended.
        ended: stories whose last day came: destroyed.
        asked: tellers who were asked whether it shall stay.
        forgotten: stories that were declined long ago: destroyed.
        mended: stories that were not to readers what they should have been.
        swept: keys and files that belonged to no story.
    """

    opened: int = 0
    ended: int = 0
    asked: int = 0
    forgotten: int = 0
    mended: int = 0
    swept: int = 0

    def __str__(self) -> str:
        return (
            "; ".join(f"{field.name} {getattr(self, field.name)}" for field in fields(self)) + "."
        )


def due(now: datetime | None = None) -> Done:
    """Do what is due; `now` moves the clock, for tests."""
    now = now or timezone.now()
    today = timezone.localtime(now).date()
    done = Done()
    for story in Story.objects.exclude(standing=Standing.WITHDRAWN).order_by("pk"):
        with transaction.atomic():
            _one(Story.objects.select_for_update().get(pk=story.pk), today, done)
    _declined(now, done)
    _dead(done)
    _unshelved(done)
    done.swept = _swept(now)
    return done


def _one(story: Story, today: date, done: Done) -> None:
    if not vaults.is_open(story.vault):
        # A restored backup brings back rows whose keys are gone: they were withdrawn.
        end(story)
        done.mended += 1
        return
    contribution = Contribution.objects.filter(pk=story.contribution).first()
    if story.ends_on is not None and story.ends_on <= today:
        if contribution is not None:
            offering.recall(contribution=contribution, by=CONTRIBUTOR)
        done.ended += 1
        return
    if story.standing == Standing.EMBARGOED and story.embargo and story.embargo <= today:
        story.standing, story.embargo = Standing.PUBLIC, None
        story.save()
        if contribution is not None:
            # What was waited for is over: it is no choice any more.
            chosen = {k: v for k, v in contribution.proposed.items() if k != "embargo"}
            say(contribution, chosen | {"tier": "public"})
        done.opened += 1
    elif (story.standing == Standing.PUBLIC) != items_of(COLLECTION).filter(
        slug=story.slug
    ).exists():
        done.mended += 1
        again(story)
        return
    if contribution is not None:
        # Whoever has a story here has to be reachable about it.
        contacts.renew(contribution.contact)
        if story.ask_on is not None and story.ask_on <= today:
            story.ask_on = None
            story.save()
            chosen = {k: v for k, v in contribution.proposed.items() if k != "keep_day"}
            say(contribution, chosen | {"keep": "open"})
            ask_again(contribution)
            done.asked += 1
    show(story)


def _declined(now: datetime, done: Done) -> None:
    """What was declined is kept while a second look may be asked for, and no longer."""
    found = Contribution.objects.filter(
        kind=NAME, state=State.DECLINED, decided_at__lt=now - DECLINED_KEPT_FOR
    )
    for vault in (
        found.exclude(vault="").filter(purpose=Purpose.NEW).values_list("vault", flat=True)
    ):
        with transaction.atomic():
            wipe(vault)
        done.forgotten += 1


def _dead(done: Done) -> None:
    """Of contributions whose key is gone, only a restored backup still holds anything."""
    sealed = Contribution.objects.exclude(vault="").values_list("vault", flat=True)
    for vault in sorted({name for name in sealed if not vaults.is_open(name)}):
        with transaction.atomic():
            wipe(vault)
        done.mended += 1


def _unshelved(done: Done) -> None:
    """Nothing stands on the shelf that no story says may be read."""
    public = set(Story.objects.filter(standing=Standing.PUBLIC).values_list("slug", flat=True))
    for item in items_of(COLLECTION).order_by("pk"):
        if item.slug not in public:
            remove(item, COLLECTION)
            done.mended += 1


def _swept(now: datetime) -> int:
    """Destroy keys and files that belong to nothing: of forms that failed, or after a restore."""
    used = set(Story.objects.exclude(vault="").values_list("vault", flat=True))
    used |= set(Contribution.objects.exclude(vault="").values_list("vault", flat=True))
    count = 0
    for name, made in list(vaults.known()):
        if name not in used and now.timestamp() - made > _YOUNG.total_seconds():
            vaults.destroy(name)
            count += 1
    for left in (vaults.apart() / vaults.INCOMING).iterdir():
        if now.timestamp() - left.stat().st_mtime > _YOUNG.total_seconds():
            shutil.rmtree(left) if left.is_dir() else left.unlink()
            count += 1
    folders = Path(conf.settings.STORE) / "web" / "sealed"
    for folder in folders.iterdir() if folders.is_dir() else ():
        if not vaults.is_open(folder.name):
            shutil.rmtree(folder, ignore_errors=True)
            count += 1
    return count

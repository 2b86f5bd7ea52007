"""What is left over: declined long ago, sealed under a key that is gone, or named by nothing."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from django import conf
from django.db import transaction

from everygenome.web.moderation.actions.purging import drop, wipe
from everygenome.web.moderation.models import Contribution, Purpose
from everygenome.web.moderation.states import State
from everygenome.web.people import vaults
from everygenome.web.people.apart import INCOMING, apart
from everygenome.web.stories.kind import NAME
from everygenome.web.stories.models import Story
from everygenome.web.stories.offering.files import names_in, tidy

if TYPE_CHECKING:
    from everygenome.web.stories.due import Done

DECLINED_KEPT_FOR = timedelta(days=90)
# A file is sealed a moment before the form that it came with is stored.
_YOUNG = timedelta(hours=24)
# Longer than any backup is kept: one that is restored finds the keys of what it holds.
_UNKNOWN_KEPT_FOR = timedelta(days=60)


def declined(now: datetime, done: "Done") -> None:
    """Destroy what was declined long ago, unless somebody is to look again."""
    found = Contribution.objects.filter(
        kind=NAME, state=State.DECLINED, decided_at__lt=now - DECLINED_KEPT_FOR
    )
    for one in found.exclude(vault="").exclude(appeals__decided_at=None, appeals__isnull=False):
        with transaction.atomic():
            wipe(one.vault) if one.purpose == Purpose.NEW else drop(one)
        done.forgotten += 1


def dead(done: "Done") -> None:
    """Empty contributions whose key is gone: only a restored backup still holds anything."""
    sealed = Contribution.objects.exclude(vault="").values_list("vault", flat=True)
    for vault in sorted({name for name in sealed if not vaults.is_open(name)}):
        with transaction.atomic():
            wipe(vault)
        done.mended += 1


def sweep(now: datetime, done: "Done") -> None:
    """Destroy keys and files that belong to nothing, and say how many."""
    done.swept = swept(now)


def swept(now: datetime) -> int:
    """Destroy keys and files that belong to nothing: of forms that failed, or after a crash."""
    young = now.timestamp() - _YOUNG.total_seconds()
    named: dict[str, set[str]] = {}
    for row in (*Story.objects.exclude(vault=""), *Contribution.objects.exclude(vault="")):
        said = row.sealed.get("data", {}) if isinstance(row, Story) else row.proposed
        named.setdefault(row.vault, set()).update(names_in(said))
    # Of what cannot be read, because its key is damaged, nobody knows what it names.
    count = sum(
        tidy(vault, names, before=young) for vault, names in named.items() if vaults.opens(vault)
    )
    for name, made in list(vaults.known()):
        if name not in named and now.timestamp() - made > _UNKNOWN_KEPT_FOR.total_seconds():
            vaults.destroy(name)
            count += 1
    folders = Path(conf.settings.STORE) / "web" / "sealed"
    left = [one for one in (folders.iterdir() if folders.is_dir() else ())
            if not vaults.is_open(one.name)]  # fmt: skip
    chosen = apart() / "chosen"
    left += [one for one in (chosen.iterdir() if chosen.is_dir() else ())
             if not vaults.is_open(one.name) and one.stat().st_mtime < young]  # fmt: skip
    incoming = (apart() / INCOMING).iterdir()
    left += [one for one in incoming if one.stat().st_mtime < young]
    for one in left:
        shutil.rmtree(one) if one.is_dir() else one.unlink()
    return count + len(left)

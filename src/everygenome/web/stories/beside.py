"""What must hold after a restore, kept beside the key of each story: no backup can take it back.

A backup that is restored brings back what was since changed: a name that was taken off, words that
a correction took out, an address that is not its teller's any more. So it is written down where
backups do not reach what each story and each of its corrections was last: choices in words of our
vocabularies, days and numbers; of names and words a digest, from which they cannot be read.

It is written before the database commits. Should the power fail in between, what is remembered is
ahead of the database, and never behind it; and a restore takes the narrower of the two
(`narrower`), so that nothing comes back that was taken away, whichever of them is right.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from everygenome.web.people import vaults
from everygenome.web.people.apart import beside, written
from everygenome.web.stories.models import Standing
from everygenome.web.stories.schema import TOLD

if TYPE_CHECKING:
    from everygenome.web.moderation.models import Contribution
    from everygenome.web.stories.models import Story

CHOSEN = ("personal", "tier", "embargo", "named", "quotation", "reuse", "keep", "keep_day")
_WORDS = [one.name for one in TOLD]


@dataclass(slots=True)
class Remembered:
    """What is remembered under one key.

    Attributes:
        hidden: an editor took the story down.
        told: of each contribution, by the fingerprint of its receipt code: see `as_it_is`.
    """

    hidden: bool = False
    told: dict[str, dict[str, Any]] = field(default_factory=dict)


def remember(contribution: "Contribution") -> None:
    """Write down what a story, or a correction of one, is now; its rows are locked with it.

    Raises:
        StoreError: it cannot be written, so nothing may be stored either.
    """
    if not vaults.is_open(contribution.vault):
        # It is on its way out, and its memory with it.
        return
    same = type(contribution).objects.select_for_update().filter(vault=contribution.vault)
    list(same.order_by("pk").values_list("pk"))
    last = remembered(contribution.vault) or Remembered()
    last.told[contribution.receipt] = as_it_is(contribution)
    _write(contribution.vault, last)


def remember_standing(story: "Story") -> None:
    """Write down whether an editor took a story down.

    Raises:
        StoreError: it cannot be written.
    """
    if vaults.is_open(story.vault):
        last = remembered(story.vault) or Remembered()
        last.hidden = story.standing == Standing.HIDDEN
        _write(story.vault, last)


def remembered(vault: str) -> Remembered | None:
    """What was written down last; None where nothing was, or nobody can read it."""
    try:
        data = vaults.unseal(vault, beside(vault).read_bytes())
        return None if data is None else Remembered(**json.loads(data))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def as_it_is(contribution: "Contribution") -> dict[str, Any]:
    """What is remembered of a contribution."""
    said = contribution.proposed
    return {
        "version": contribution.version,
        "state": str(contribution.state),
        "chosen": {name: said[name] for name in CHOSEN if name in said},
        "name": digest(contribution, ["name"]),
        "words": digest(contribution, _WORDS),
        # A number at random: another address is another contact.
        "contact": str(contribution.contact_id or ""),
    }


def digest(contribution: "Contribution", names: list[str]) -> str:
    """Tells whether fields are what they were, and not what they are."""
    held: Mapping[str, Any] = contribution.proposed
    said = json.dumps([held.get(name) for name in names], sort_keys=True)
    return hashlib.sha256(f"{contribution.receipt} {said}".encode()).hexdigest()


def _write(vault: str, last: Remembered) -> None:
    written(beside(vault), vaults.seal(vault, json.dumps(asdict(last)).encode()))

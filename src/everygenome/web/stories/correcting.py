"""Corrections of a story that is published: one at a time, read as the story was.

A name is free text that everybody sees, so a new one is a correction too: it stands beside the
story once reviewers have read it. Nobody has to read that a name is taken off.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction

from everygenome.web.moderation.actions import offering
from everygenome.web.moderation.actions.offering import Offer
from everygenome.web.moderation.actions.step import locked
from everygenome.web.moderation.models import Contribution, Purpose
from everygenome.web.moderation.refused import RefusedError
from everygenome.web.moderation.states import ACTIONS, CONTRIBUTOR, ENDED, State
from everygenome.web.people.sealed import under
from everygenome.web.stories.beside import remember

if TYPE_CHECKING:
    from everygenome.web.stories.models import Story

_KIND = "stories"
_NAMED = ("named", "name")
# For reviewers and teller, of a correction that nobody began by hand.
NAME_ALONE = "Only the name that stands beside it is new."


def name_in(said: Mapping[str, Any]) -> str:
    """The name that a teller wants beside the story; empty: none."""
    # A name that was typed and not wanted after all stays where it was typed.
    wanted = said.get("named") in ("pseudonym", "own")
    return str(said.get("name") or "") if wanted else ""


def is_new_name(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether a choice brings a name that was not there before."""
    return name_in(after) not in ("", name_in(before))


def unread(first: Contribution, story: "Story") -> bool:
    """Whether a teller wants another name than the one that was read, and stands there."""
    return name_in(first.proposed) not in ("", story.sealed.get("data", {}).get("by"))


def waiting(first: Contribution) -> Contribution | None:
    """The correction of a story that is on its way."""
    found = Contribution.objects.filter(vault=first.vault, purpose=Purpose.EDIT)
    return found.exclude(vault="").exclude(state__in=ENDED).order_by("pk").first()


@transaction.atomic
def begun(first: Contribution) -> Contribution:
    """The correction that is on its way, or a new one: one, however often it is asked for.

    Raises:
        RefusedError: the story is not published any more.
    """
    now = locked(first, seen=None)
    if now.state != State.PUBLISHED:
        raise RefusedError("It is not published any more.")
    return waiting(now) or _made(now, note="", send=False)


def named(first: Contribution, story: "Story") -> None:
    """A teller of a published story chose a name, or none; the caller has locked the story."""
    one, wanted = waiting(first), unread(first, story)
    if one is None:
        if wanted and not _declined(first):
            _made(first, note=NAME_ALONE, send=True)
    elif one.note == NAME_ALONE and not wanted:
        # Nobody has to read it any more, and the name is not kept.
        offering.withdraw(contribution=one, by=CONTRIBUTOR)
    elif any(one.proposed.get(name) != first.proposed.get(name) for name in _NAMED):
        _renamed(one, first.proposed)


def _made(first: Contribution, *, note: str, send: bool) -> Contribution:
    offered = Offer(
        kind=_KIND, purpose=Purpose.EDIT, subject=first.subject, values=first.proposed, note=note
    )
    return offering.offer(offered=offered, send=send).contribution


def _renamed(one: Contribution, said: Mapping[str, Any]) -> None:
    """Let a correction be read with the name that its teller wants now."""
    if one.state in ACTIONS["choose"].before:
        values = {name: said.get(name) for name in _NAMED}
        one = offering.choose(contribution=one, by=CONTRIBUTOR, values=values)
    # Nor does a name that was taken off stand there as what it takes out.
    made = {
        "proposed": _with_names(one.proposed, said),
        "before": _with_names(one.before, said),
    }
    changes = under(one, **made) | {"version": one.version + 1}
    Contribution.objects.filter(pk=one.pk).update(**changes)
    one.refresh_from_db()
    remember(one)


def _with_names(words: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    kept = {k: v for k, v in words.items() if k not in _NAMED}
    return kept | {name: said[name] for name in _NAMED if name in said}


def _declined(first: Contribution) -> bool:
    """Whether reviewers did not want this very name: they are not asked again for each choice."""
    found = Contribution.objects.filter(
        vault=first.vault, purpose=Purpose.EDIT, state=State.DECLINED
    )
    return any(name_in(one.proposed) == name_in(first.proposed) for one in found)

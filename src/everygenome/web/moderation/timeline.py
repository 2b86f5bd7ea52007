"""What happened to a contribution, in words for its contributor; people by role, never by name."""

from dataclasses import dataclass
from datetime import datetime

from everygenome.web.moderation.models import Contribution
from everygenome.web.moderation.states import ACTIONS, CONTRIBUTOR, State
from everygenome.web.people.roles import ROLES

_OTHER = {"begin": "began it", "erase": "erased the personal details",
          "see_contact": "looked at how to reach you",
          "hide_story": "took it down", "show_story": "put it back",
          "restored": "brought the site back from a backup"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened.

    Attributes:
        at: when.
        who: by role.
        did: what.
        reason: why; empty where none was given.
        now: where it stood afterwards; empty where nothing changed.
    """

    at: datetime
    who: str
    did: str
    reason: str
    now: str


def of(contribution: Contribution) -> list[Line]:
    """Everything that happened, oldest first."""
    return [
        Line(
            at=event.at,
            who=who(event.role),
            did=ACTIONS[event.action].past
            if event.action in ACTIONS
            else _OTHER.get(event.action, event.action),
            reason=event.reason,
            now=State(event.after).label if event.after and event.after != event.before else "",
        )
        for event in contribution.events.order_by("at", "pk")
    ]


def who(role: str) -> str:
    """A role as somebody in a sentence."""
    if role == CONTRIBUTOR:
        return "You"
    if role not in ROLES:
        return "Somebody"
    label = ROLES[role].label.lower()
    return f"An {label}" if label[0] in "aeiou" else f"A {label}"


def place(contribution: Contribution) -> int | None:
    """Its place among those that wait for a review, from 1; None where it does not wait."""
    if contribution.state != State.SUBMITTED or contribution.submitted_at is None:
        return None
    before = Contribution.objects.filter(
        state=State.SUBMITTED, submitted_at__lt=contribution.submitted_at
    )
    return before.count() + 1

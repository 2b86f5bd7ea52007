"""The history of a contribution or an entry, in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from everygenome.web.moderation.desk.rows import state_words
from everygenome.web.moderation.models import Event
from everygenome.web.moderation.states import ACTIONS
from everygenome.web.people.roles import ROLES

_PAST = {
    "begin": "began it",
    "erase": "erased who sent it",
    "report": "reported it",
    "handle_report": "answered a report",
    "withdraw_item": "withdrew the entry",
    "retire_item": "retired the entry",
    "supersede_item": "replaced the entry",
    "restore_item": "restored the entry",
    "lock_fact": "locked or opened a fact",
    "see_contact": "looked at how to reach its contributor",
    "hide_story": "took the story down",
    "show_story": "put the story back",
    "restored": "brought the site back from a backup",
}


@dataclass(frozen=True, slots=True)
class Moment:
    """A line of the history."""

    event: Event
    past: str
    role: str
    state: str


def moments(events: Iterable[Event]) -> list[Moment]:
    """Lines of a history."""
    return [
        Moment(
            event,
            ACTIONS[event.action].past if event.action in ACTIONS else _PAST.get(event.action, ""),
            ROLES[event.role].label.lower() if event.role in ROLES else event.role,
            _after(event),
        )
        for event in events
    ]


def _after(event: Event) -> str:
    """Where it led, in words, if it led anywhere."""
    if event.after == event.before:
        return ""
    # Published entries have words of their own for where they stand.
    return state_words(event.after) if event.contribution_id else event.after

"""Roles: what somebody who is logged in may do, as a class each with a sentence.

The actions are those of `moderation.states`. Nobody may do anything by being logged in alone.
"""

from typing import ClassVar


class Role:
    """What every role has.

    Attributes:
        name: the word that is stored.
        label: the word that people read.
        may: what it may do, as a sentence.
        acts: the actions that it allows.
    """

    name: ClassVar[str]
    label: ClassVar[str]
    may: ClassVar[str]
    acts: ClassVar[frozenset[str]]


class Reviewer(Role):
    """Reads contributions and judges them."""

    name = "reviewer"
    label = "Reviewer"
    may = "Reads what is waiting, asks for changes, and accepts or declines it with a reason."
    acts = frozenset({"see_queue", "take", "put_back", "review", "ask_changes", "decline"})


class Curator(Role):
    """Looks after the collections."""

    name = "curator"
    label = "Curator"
    may = (
        "May do what a reviewer may, suggests other wording, publishes what was accepted, and "
        "answers readers' reports."
    )
    acts = Reviewer.acts | {"amend", "publish", "handle_report"}


class Editor(Role):
    """Answers for what is published."""

    name = "editor"
    label = "Editor"
    may = (
        "May do what a curator may, withdraws, retires and replaces what is published, locks "
        "facts, and decides appeals against decisions of others."
    )
    acts = Curator.acts | {
        "withdraw_item",
        "retire_item",
        "supersede_item",
        "restore_item",
        "lock_fact",
        "decide_appeal",
    }


class PanelMember(Role):
    """A named and paid member of a community concerned."""

    name = "panel"
    label = "Community panel member"
    may = (
        "Holds or sends back wording, categories and stories before they are published, with a "
        "reason that everybody can read; and lifts the hold again."
    )
    acts = frozenset({"see_queue", "hold", "lift_hold", "send_back"})


class Administrator(Role):
    """Runs the site."""

    name = "administrator"
    label = "Administrator"
    may = (
        "Invites people, gives and ends roles, erases personal details on request and answers "
        "readers' reports. Judges no contribution."
    )
    acts = frozenset({"see_queue", "invite", "give_role", "end_role", "erase", "handle_report"})


class Safeguarding(Role):
    """Looks after tellers who may be in danger."""

    name = "safeguarding"
    label = "Safeguarding lead"
    may = (
        "Reads how to reach the teller of a story where somebody may be in danger, with a reason; "
        "each look is recorded. Nobody else can."
    )
    acts = frozenset({"see_queue", "see_contact"})


class Researcher(Role):
    """Reads what tellers chose to show to registered researchers."""

    name = "researcher"
    label = "Registered researcher"
    may = "Reads stories whose tellers chose registered researchers. Nothing else."
    acts = frozenset({"read_restricted"})


ROLES: dict[str, type[Role]] = {
    role.name: role
    for role in (
        Reviewer,
        Curator,
        Editor,
        PanelMember,
        Administrator,
        Safeguarding,
        Researcher,
    )
}

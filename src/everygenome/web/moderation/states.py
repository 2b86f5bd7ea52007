"""What may happen to a contribution: each action, from which states, to which, and by whom.

This table is the whole truth: the actions obey it, the pages show what it allows, the public page
on how we review prints it, and a test asks every role for every action in every state.
"""

from dataclasses import dataclass

from django.db import models


class State(models.TextChoices):
    """Where a contribution stands."""

    DRAFT = "draft", "draft"
    SUBMITTED = "submitted", "waiting for review"
    IN_REVIEW = "in review", "in review"
    CHANGES_ASKED = "changes asked", "changes asked of you"
    ACCEPTED = "accepted", "accepted, not yet published"
    PUBLISHED = "published", "published"
    DECLINED = "declined", "declined"
    WITHDRAWN = "withdrawn", "withdrawn by its contributor"


# Each of these was decided by somebody, who says why; the database refuses it otherwise.
DECIDED = (State.CHANGES_ASKED, State.ACCEPTED, State.PUBLISHED, State.DECLINED)
# Nothing more is waited for.
ENDED = (State.PUBLISHED, State.DECLINED, State.WITHDRAWN)

CONTRIBUTOR = "contributor"
# Only what its teller can take back at any time, such as a story.
OF_TELLERS = ("choose", "recall", "discard")


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that can be done to a contribution.

    Attributes:
        name: the word for it, in roles and in the audit trail.
        label: on its button.
        before: the states in which it can be done.
        after: the state that it leads to; None where the state stays.
        by: `CONTRIBUTOR`, or the word that a role must allow.
        decides: it is a decision: it needs a reason that the contributor can read.
        past: in the audit trail, after who did it.
    """

    name: str
    label: str
    before: tuple[State, ...]
    after: State | None
    by: str
    past: str
    decides: bool = False


_OPEN = (State.SUBMITTED, State.IN_REVIEW)
_UNDECIDED = (State.DRAFT, *_OPEN, State.CHANGES_ASKED)

ACTIONS = {
    action.name: action
    for action in (
        Action(
            "save",
            "Save",
            (State.DRAFT, State.CHANGES_ASKED),
            None,
            CONTRIBUTOR,
            "saved it",
        ),
        Action(
            "submit",
            "Send for review",
            (State.DRAFT, State.CHANGES_ASKED),
            State.SUBMITTED,
            CONTRIBUTOR,
            "sent it for review",
        ),
        Action(
            "withdraw",
            "Withdraw it",
            (*_UNDECIDED, State.ACCEPTED),
            State.WITHDRAWN,
            CONTRIBUTOR,
            "withdrew it",
        ),
        Action(
            "choose",
            "Change your choices",
            (*_OPEN, State.ACCEPTED, State.PUBLISHED),
            None,
            CONTRIBUTOR,
            "changed a choice",
        ),
        Action(
            "recall",
            "Withdraw it",
            (State.PUBLISHED,),
            State.WITHDRAWN,
            CONTRIBUTOR,
            "withdrew it",
        ),
        Action(
            "discard",
            "Withdraw it",
            (State.DECLINED,),
            State.WITHDRAWN,
            CONTRIBUTOR,
            "withdrew it",
        ),
        Action(
            "take",
            "Begin the review",
            (State.SUBMITTED,),
            State.IN_REVIEW,
            "take",
            "began the review",
        ),
        Action(
            "put_back",
            "Put it back",
            (State.IN_REVIEW,),
            State.SUBMITTED,
            "put_back",
            "put it back in the queue",
        ),
        Action(
            "ask_changes",
            "Ask for changes",
            (State.IN_REVIEW,),
            State.CHANGES_ASKED,
            "ask_changes",
            "asked for changes",
            decides=True,
        ),
        Action(
            "amend",
            "Suggest other wording",
            (State.IN_REVIEW,),
            State.CHANGES_ASKED,
            "amend",
            "suggested other wording",
            decides=True,
        ),
        Action(
            "review",
            "Accept",
            # Accepted: again, where who accepted it may not review any more.
            (State.IN_REVIEW, State.ACCEPTED),
            State.ACCEPTED,
            "review",
            "accepted it",
            decides=True,
        ),
        Action(
            "decline",
            "Decline",
            (State.IN_REVIEW,),
            State.DECLINED,
            "decline",
            "declined it",
            decides=True,
        ),
        Action(
            "publish",
            "Publish",
            (State.ACCEPTED,),
            State.PUBLISHED,
            "publish",
            "published it",
            decides=True,
        ),
        Action(
            "hold",
            "Hold it",
            (*_OPEN, State.CHANGES_ASKED, State.ACCEPTED),
            None,
            "hold",
            "put it on hold",
            decides=True,
        ),
        Action(
            "lift_hold",
            "Lift the hold",
            (*_OPEN, State.CHANGES_ASKED, State.ACCEPTED),
            None,
            "lift_hold",
            "lifted the hold",
            decides=True,
        ),
        Action(
            "send_back",
            "Send it back",
            (*_OPEN, State.ACCEPTED),
            State.CHANGES_ASKED,
            "send_back",
            "sent it back",
            decides=True,
        ),
        Action(
            "appeal",
            "Ask for a second look",
            (State.DECLINED,),
            None,
            CONTRIBUTOR,
            "asked for a second look",
        ),
        Action(
            "decide_appeal",
            "Decide the appeal",
            (State.DECLINED,),
            None,
            "decide_appeal",
            "decided on the second look",
            decides=True,
        ),
    )
}

"""What somebody can do with a contribution now, and doing it.

Which roles may do what in which state is said in `states` and checked by the actions; here is
only what follows for buttons: one that would be refused is not shown.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from everygenome.web.moderation.actions import holding, reviewing
from everygenome.web.moderation.actions.step import check
from everygenome.web.moderation.models import Contribution
from everygenome.web.moderation.refused import RefusedError
from everygenome.web.moderation.states import ACTIONS, State
from everygenome.web.people.models import Account


@dataclass(frozen=True, slots=True)
class Doing:
    """Something that the desk offers.

    Attributes:
        name: in addresses.
        label: on its button.
        acts: the actions that it consists of, one after the other.
        run: does it.
        past: after who did it.
        key: on the keyboard; empty: none.
    """

    name: str
    label: str
    acts: tuple[str, ...]
    run: Callable[..., Any]
    past: str
    key: str = ""

    @property
    def decides(self) -> bool:
        """It needs a reason."""
        return any(ACTIONS[name].decides for name in self.acts)


def _one(name: str, run: Callable[..., Any], key: str = "") -> Doing:
    return Doing(name, ACTIONS[name].label, (name,), run, ACTIONS[name].past, key)


# In the order of the buttons.
DOINGS: Mapping[str, Doing] = {
    doing.name: doing
    for doing in (
        _one("take", reviewing.take),
        Doing(
            "accept_and_publish",
            "Accept and publish",
            ("review", "publish"),
            reviewing.accept_and_publish,
            "accepted and published it",
            "a",
        ),
        _one("review", reviewing.review, "a"),
        _one("publish", reviewing.publish, "a"),
        _one("ask_changes", reviewing.ask_changes, "c"),
        _one("decline", reviewing.decline, "d"),
        _one("hold", holding.hold, "h"),
        _one("lift_hold", holding.lift_hold, "h"),
        _one("send_back", holding.send_back),
        _one("put_back", reviewing.put_back),
    )
}


def possible(contribution: Contribution, by: Account) -> list[Doing]:
    """What somebody can do with it now."""
    return [doing for doing in DOINGS.values() if not hindrance(contribution, by, doing)]


def hindrance(contribution: Contribution, by: Account, doing: Doing) -> str:
    """Why somebody cannot do this now; empty where they can."""
    return refused(contribution, by, *doing.acts) or _else(contribution, by, doing)


def refused(contribution: Contribution, by: Account, *acts: str) -> str:
    """Why an action is refused by state or role; of several, each must be allowed."""
    try:
        check(contribution, action=acts[0], by=by, reason="asked beforehand")
    except RefusedError as error:
        return error.what
    allowed = all(by.may(ACTIONS[act].by) for act in acts)
    return "" if allowed else "None of your roles allows this."


def do(
    contribution: Contribution,
    *,
    doing: Doing,
    by: Account,
    reason: str,
    seen: int | None,
    checks: Collection[str] = (),
) -> None:
    """Do it; with `checks`, what was looked for before accepting.

    Raises:
        RefusedError: see the action.
    """
    why: dict[str, Any] = {"reason": reason} if doing.decides else {}
    if "review" in doing.acts:
        why["checks"] = checks
    doing.run(contribution=contribution, by=by, seen=seen, **why)


def _else(contribution: Contribution, by: Account, doing: Doing) -> str:
    """What neither role nor state says."""
    has_own_hold = contribution.holds.filter(lifted_at=None).exists()
    before = contribution.reviews.filter(round=contribution.round, by=by).exists()
    accepted = len(reviewing.accepted_by(contribution))
    wanted = reviewing.reviewers_of(contribution)
    is_accepted = contribution.state == State.ACCEPTED
    hindrances = (
        (doing.name == "hold" and has_own_hold, "It is held already."),
        (doing.name == "lift_hold" and not has_own_hold, "It is not held."),
        ("publish" in doing.acts and reviewing.held(contribution), reviewing.HELD),
        ("review" in doing.acts and reviewing.unproven(contribution), reviewing.UNPROVEN),
        ("review" in doing.acts and before, reviewing.ACCEPTED_BEFORE),
        ("review" in doing.acts and is_accepted and accepted >= wanted, reviewing.ENOUGH),
        (doing.name == "publish" and accepted < wanted, reviewing.TOO_FEW),
        (
            doing.name == "accept_and_publish" and accepted + 1 < wanted,
            "Another reviewer has to accept it too before it can be published.",
        ),
    )
    return next((why for stands, why in hindrances if stands), "")

"""What reviewers and curators do: one at a time, each with a reason that the contributor reads."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import transaction

from everygenome.web.moderation.actions.step import By, check, locked, step, subject_of
from everygenome.web.moderation.fields import Choice, Choices
from everygenome.web.moderation.kinds import kind_of
from everygenome.web.moderation.models import Contribution, Hold, Proof
from everygenome.web.moderation.refused import RefusedError
from everygenome.web.moderation.states import ACTIONS, State
from everygenome.web.people.models import Account

# Why something cannot be done, also beforehand, at the desk.
HELD = "The community panel holds it: it cannot be published until it lifts it."
ACCEPTED_BEFORE = "You accepted it already; somebody else has to look at it too."
ENOUGH = "Enough people accepted it already."
TOO_FEW = (
    "Too few reviewers have accepted it. Who may not review any more does not count: somebody else "
    "has to accept it too."
)
UNPROVEN = (
    "Its sender has not opened our mail and said that we may write, so the address proves nothing "
    "yet."
)


@transaction.atomic
def take(*, contribution: Contribution, by: By, seen: int | None = None) -> Contribution:
    """Begin the review.

    Raises:
        RefusedError: see `step.check`; somebody else took it.
    """
    return step(locked(contribution, seen=seen), action="take", by=by, reviewer=by)


@transaction.atomic
def put_back(*, contribution: Contribution, by: By, seen: int | None = None) -> Contribution:
    """Leave the review to others.

    Raises:
        RefusedError: see `step.check`.
    """
    return step(locked(contribution, seen=seen), action="put_back", by=by, reviewer=None)


@transaction.atomic
def ask_changes(
    *, contribution: Contribution, by: By, reason: str, seen: int | None = None
) -> Contribution:
    """Ask the contributor for changes.

    Raises:
        RefusedError: see `step.check`.
    """
    return step(locked(contribution, seen=seen), action="ask_changes", by=by, reason=reason)


@transaction.atomic
def amend(
    *,
    contribution: Contribution,
    by: By,
    values: Mapping[str, Any],
    reason: str,
    seen: int | None = None,
) -> Contribution:
    """Suggest other wording, which the contributor sees before anything is published.

    Raises:
        RefusedError: see `step.check`; nothing differs.
    """
    now = locked(contribution, seen=seen)
    if dict(values) == now.proposed:
        raise RefusedError("Nothing differs from what was sent.")
    return step(now, action="amend", by=by, reason=reason, amended=dict(values))


@transaction.atomic
def review(
    *,
    contribution: Contribution,
    by: By,
    reason: str,
    seen: int | None = None,
    checks: Collection[str] = (),
) -> Contribution:
    """Accept it. Where its kind asks for two reviewers, the first leaves it in review.

    What was accepted can be accepted once more where somebody who did may not review any more.

    Args:
        contribution: what was sent.
        by: who accepts it.
        reason: why.
        seen: the version that was read.
        checks: what of the kind's checks was looked for.

    Raises:
        RefusedError: see `step.check`; the same person accepted it in this round already; enough
            others did; it is a claim by an address whose owner has not opened our mail; something
            was not looked for.
    """
    now = locked(contribution, seen=seen)
    check(now, action="review", by=by, reason=reason)
    if unproven(now):
        raise RefusedError(UNPROVEN)
    if now.reviews.filter(round=now.round, by=by).exists():
        raise RefusedError(ACCEPTED_BEFORE)
    if now.state == State.ACCEPTED and is_enough(now):
        raise RefusedError(ENOUGH)
    wanted = kind_of(now.kind).checks
    if missing := [name for name in wanted if name not in checks]:
        raise RefusedError(f"Please look for this first: {wanted[missing[0]]}")
    now.reviews.create(round=now.round, by=by, reason=reason.strip(), checks=list(wanted))
    after = State.ACCEPTED if is_enough(now) else State.IN_REVIEW
    return step(now, action="review", by=by, reason=reason, after=after)


@transaction.atomic
def decline(
    *, contribution: Contribution, by: By, reason: str, seen: int | None = None
) -> Contribution:
    """Decline it, with a reason.

    Raises:
        RefusedError: see `step.check`.
    """
    return step(locked(contribution, seen=seen), action="decline", by=by, reason=reason)


@transaction.atomic
def publish(
    *, contribution: Contribution, by: By, reason: str, seen: int | None = None
) -> Contribution:
    """Publish what was accepted.

    Raises:
        RefusedError: see `step.check`; the community panel holds it; too few reviewed it.
    """
    now = locked(contribution, seen=seen)
    check(now, action="publish", by=by, reason=reason)
    if held(now):
        raise RefusedError(HELD)
    if not is_enough(now):
        raise RefusedError(TOO_FEW)
    subject = kind_of(now.kind).publish(now)
    return step(now, action="publish", by=by, reason=reason, subject=subject, amended=None)


@transaction.atomic
def accept_and_publish(
    *,
    contribution: Contribution,
    by: By,
    reason: str,
    seen: int | None = None,
    checks: Collection[str] = (),
) -> Contribution:
    """Accept and publish in one go, where nobody else has to accept it.

    Raises:
        RefusedError: see `review` and `publish`.
    """
    accepted = review(contribution=contribution, by=by, reason=reason, seen=seen, checks=checks)
    if accepted.state != State.ACCEPTED:
        return accepted
    return publish(contribution=accepted, by=by, reason=reason)


def reviewers_of(contribution: Contribution) -> int:
    """How many different people must accept it."""
    kind = kind_of(contribution.kind)
    if kind.reviewers_for is None:
        return kind.reviewers
    return kind.reviewers_for(contribution)


def accepted_by(contribution: Contribution) -> list[Account]:
    """Who accepted it in this round, and may still review: of others it does not count."""
    found = contribution.reviews.filter(round=contribution.round).select_related("by")
    return [one.by for one in found.order_by("at", "pk") if one.by.may(ACTIONS["review"].by)]


def is_enough(contribution: Contribution) -> bool:
    """Whether as many accepted it as must."""
    return len(accepted_by(contribution)) >= reviewers_of(contribution)


def unproven(contribution: Contribution) -> bool:
    """It claims an entry by an e-mail address of which nobody has shown that it is theirs."""
    contact = contribution.contact
    confirmed = contact is not None and contact.confirmed_at is not None
    return contribution.proof == Proof.MAIL and not confirmed


def held(contribution: Contribution) -> Hold | None:
    """The hold that keeps a contribution from being published, if there is one."""
    return next(iter(holds_over([contribution])[contribution.pk]), None)


def holds_over(contributions: Iterable[Contribution]) -> dict[int, list[Hold]]:
    """The holds that keep contributions from being published, by their number.

    A hold is on the contribution itself, on its entry, or on a category that the entry is in or
    would be in.
    """
    listed = list(contributions)
    subjects = {c.pk: {subject_of(c), *categories_of(c)} - {""} for c in listed}
    standing = Hold.objects.filter(lifted_at=None).order_by("placed_at", "pk")
    found: dict[int, list[Hold]] = {pk: [] for pk in subjects}
    for hold in standing.filter(contribution__in=subjects):
        found[hold.contribution_id].append(hold)
    by_subject = {hold.subject: hold for hold in standing.exclude(subject="")}
    for pk, named in subjects.items():
        found[pk] += [hold for subject, hold in by_subject.items() if subject in named]
    return found


def categories_of(contribution: Contribution) -> set[str]:
    """The categories of its entry, before and after, as holds name them: `toolbox:kind:service`."""
    found = set()
    for field in kind_of(contribution.kind).schema:
        if isinstance(field, Choice | Choices):
            for data in (contribution.before, contribution.proposed):
                value = data.get(field.name) or []
                words = value if isinstance(value, list) else [value]
                found |= {f"{contribution.kind}:{field.name}:{word}" for word in words}
    return found

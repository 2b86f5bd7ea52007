"""What the community panel may do before publication: hold and send back. All of it is public."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from everygenome.web.moderation.actions.step import (
    OWN,
    By,
    allowed,
    check,
    locked,
    noted,
    step,
    there,
    told_by,
)
from everygenome.web.moderation.kinds import vault_of
from everygenome.web.moderation.models import Contribution, Hold
from everygenome.web.moderation.refused import NotAllowedError, RefusedError
from everygenome.web.people.models import Account


@transaction.atomic
def hold(*, contribution: Contribution, by: By, reason: str, seen: int | None = None) -> Hold:
    """Hold a contribution: it cannot be published until the panel lifts the hold.

    Raises:
        RefusedError: see `step.check`; it is held already.
    """
    now = locked(contribution, seen=seen)
    check(now, action="hold", by=by, reason=reason)
    if now.holds.filter(lifted_at=None).exists():
        raise RefusedError("It is held already.")
    step(now, action="hold", by=by, reason=reason)
    return now.holds.create(by=by, reason=reason.strip())


@transaction.atomic
def lift_hold(*, contribution: Contribution, by: By, reason: str, seen: int | None = None) -> Hold:
    """Lift the hold, with what was decided.

    Raises:
        RefusedError: see `step.check`; it is not held.
    """
    now = locked(contribution, seen=seen)
    check(now, action="lift_hold", by=by, reason=reason)
    found = now.holds.filter(lifted_at=None).first()
    if found is None:
        raise RefusedError("It is not held.")
    step(now, action="lift_hold", by=by, reason=reason)
    return _lifted(found, by, reason)


@transaction.atomic
def send_back(
    *, contribution: Contribution, by: By, reason: str, seen: int | None = None
) -> Contribution:
    """Send wording back to its contributor, before it is published.

    Raises:
        RefusedError: see `step.check`.
    """
    return step(locked(contribution, seen=seen), action="send_back", by=by, reason=reason)


@transaction.atomic
def hold_subject(*, subject: str, by: Account, reason: str) -> Hold:
    """Hold an entry or a category: no correction of it is published while it stands.

    Args:
        subject: an entry (`definitions/brown`), or a category (`toolbox:kind:service`).
        by: a panel member.
        reason: public.

    Raises:
        RefusedError: not allowed, no reason, held already, or a story that was withdrawn.
    """
    _allowed(subject, act="hold", by=by, reason=reason)
    if Hold.objects.filter(subject=subject, lifted_at=None).exists():
        raise RefusedError("It is held already.")
    try:
        with transaction.atomic():
            made = Hold.objects.create(subject=subject, by=by, reason=reason.strip())
    except IntegrityError:
        raise RefusedError("It is held already.") from None
    noted(subject, act="hold", by=by, reason=reason)
    return made


@transaction.atomic
def lift_subject(*, subject: str, by: Account, reason: str) -> Hold:
    """Lift the hold on an entry or a category.

    Raises:
        RefusedError: not allowed, no reason, not held, or a story that was withdrawn.
    """
    _allowed(subject, act="lift_hold", by=by, reason=reason)
    found = Hold.objects.select_for_update().filter(subject=subject, lifted_at=None).first()
    if found is None:
        raise RefusedError("It is not held.")
    noted(subject, act="lift_hold", by=by, reason=reason)
    return _lifted(found, by, reason)


def _allowed(subject: str, *, act: str, by: Account, reason: str) -> None:
    allowed(by, act=act, reason=reason)
    if told_by(vault_of(subject), by):
        raise NotAllowedError(OWN)
    there(subject)


def _lifted(found: Hold, by: By, reason: str) -> Hold:
    found.lifted_at, found.lifted_by, found.outcome = timezone.now(), by, reason.strip()
    found.save()
    return found

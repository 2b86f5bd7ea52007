"""One step of a contribution: checked, stored, written into the audit trail, told on commit."""

from typing import Any, Literal

from django.db import transaction
from django.utils import timezone

from everygenome.web.moderation import notices
from everygenome.web.moderation.kinds import is_destroyed, is_sealed, kind_of, vault_of
from everygenome.web.moderation.models import LONGEST_REASON, Contribution, Event
from everygenome.web.moderation.refused import NotAllowedError, QuickerError, RefusedError
from everygenome.web.moderation.states import ACTIONS, CONTRIBUTOR, OF_TELLERS, Action, State
from everygenome.web.people.contacts import fingerprint
from everygenome.web.people.models import Account
from everygenome.web.people.roles import ROLES
from everygenome.web.people.sealed import under

OWN = "You sent this yourself, so somebody else has to decide on it."
GONE = "There is no such story here, or it was withdrawn."
# Who acts: an account, or whoever holds the secret link or receipt code of the contribution.
By = Account | Literal["contributor"]


def locked(contribution: Contribution, *, seen: int | None) -> Contribution:
    """The contribution as it is now, kept from others until the transaction ends.

    Raises:
        QuickerError: it changed since the version that was seen.
    """
    if contribution.vault:
        # A story and its corrections are locked together, and always in this order.
        same = Contribution.objects.select_for_update().filter(vault=contribution.vault)
        list(same.order_by("pk").values_list("pk"))
    now = Contribution.objects.select_for_update().filter(pk=contribution.pk).first()
    if now is None or (seen is not None and now.version != seen):
        raise QuickerError
    return now


def check(contribution: Contribution, *, action: str, by: By, reason: str = "") -> Action:
    """Whether somebody may do this now.

    Raises:
        NotAllowedError: no role of theirs allows it.
        RefusedError: not in this state, or not without a reason.
    """
    act = ACTIONS[action]
    if by == CONTRIBUTOR:
        if act.by != CONTRIBUTOR:
            raise NotAllowedError(f"A contributor cannot do this: {act.label.lower()}.")
    elif act.by == CONTRIBUTOR or not by.may(act.by):
        raise NotAllowedError(f"None of your roles allows this: {act.label.lower()}.")
    elif act.decides and sent_by(contribution, by):
        raise NotAllowedError(OWN)
    if action in OF_TELLERS and kind_of(contribution.kind).withdrawn is None:
        raise RefusedError("What was published here stays. Its page says how to correct it.")
    if contribution.state not in act.before:
        state = State(contribution.state).label
        raise RefusedError(f"This cannot be done now ({act.label.lower()}): it is {state}.")
    if act.decides and not reason.strip():
        raise RefusedError("Please say why: the contributor reads it.")
    if len(reason) > LONGEST_REASON:
        raise RefusedError(f"Please say why in at most {LONGEST_REASON:,} characters.")
    return act


def step(
    contribution: Contribution,
    *,
    action: str,
    by: By,
    reason: str = "",
    after: State | None = None,
    **changes: Any,
) -> Contribution:
    """Do what an action does; call it with what `locked` gave, in the same transaction.

    Args:
        contribution: locked.
        action: its name.
        by: who does it.
        reason: why.
        after: the state that it leads to, where the action itself does not say.
        changes: other fields to store.

    Raises:
        RefusedError: see `check`.
    """
    act = check(contribution, action=action, by=by, reason=reason)
    now = timezone.now()
    before, state = contribution.state, after or act.after or contribution.state
    changes |= {"state": state, "version": contribution.version + 1}
    if act.decides and state != before:
        changes |= {"decided_at": now, "decided_by": by, "decision_reason": reason.strip()}
    stored = Contribution.objects.filter(pk=contribution.pk, version=contribution.version)
    if not stored.update(**under(contribution, **changes)):
        raise QuickerError
    contribution.refresh_from_db()
    # Before anything is committed: what is remembered may be ahead, and never behind.
    kind_of(contribution.kind).remember(contribution)
    event = Event.objects.create(
        contribution=contribution,
        subject=subject_of(contribution),
        action=action,
        before=before,
        after=state,
        by=None if by == CONTRIBUTOR else by,
        role=role_of(by, act.by),
        reason=reason.strip(),
        at=now,
    )
    transaction.on_commit(lambda: notices.tell(event))
    return contribution


def allowed(by: Account, *, act: str, reason: str) -> None:
    """Whether somebody may do something with what is public already.

    Raises:
        NotAllowedError: no role of theirs allows it.
        RefusedError: no reason was given, or a very long one.
    """
    if not by.may(act):
        raise NotAllowedError("None of your roles allows this.")
    if not reason.strip():
        raise RefusedError("Please say why: everybody can read it.")
    if len(reason) > LONGEST_REASON:
        raise RefusedError(f"Please say why in at most {LONGEST_REASON:,} characters.")


def noted(
    subject: str, *, act: str, by: Account, reason: str, before: str = "", after: str = ""
) -> Event:
    """A line of the audit trail about what is public already, such as `toolbox/tractor`."""
    return Event.objects.create(
        subject=subject,
        action=act,
        by=by,
        role=role_of(by, act),
        reason=reason.strip(),
        before=before,
        after=after,
    )


def subject_of(contribution: Contribution) -> str:
    """How the audit trail names the entry."""
    return f"{contribution.kind}/{contribution.subject}" if contribution.subject else ""


def role_of(by: By, act: str) -> str:
    """The role in which somebody acts: the first of theirs that allows it."""
    if by == CONTRIBUTOR:
        return CONTRIBUTOR
    return next((name for name in by.roles if act in ROLES[name].acts), "")


def sent_by(contribution: Contribution, by: Account) -> bool:
    """Whether somebody sent it, or what it corrects: a story has its address for all of both."""
    return told_by(contribution.vault, by) or (
        contribution.contact is not None and contribution.contact.who == fingerprint(by.email)
    )


def told_by(vault: str, by: Account) -> bool:
    """Whether somebody sent anything of what is sealed under a vault."""
    mine = Contribution.objects.filter(vault=vault, contact__who=fingerprint(by.email))
    return bool(vault) and mine.exists()


def there(subject: str) -> None:
    """Keep what a subject names from being withdrawn until the transaction ends.

    What is said of a story is sealed under its key; when that is gone, nothing more is said.

    Raises:
        RefusedError: it names what is sealed, and has no key.
    """
    if not is_sealed(subject):
        return
    # Those under one key are locked together, and in this order: see `locked`.
    same = Contribution.objects.select_for_update().filter(vault=vault_of(subject))
    list(same.exclude(vault="").order_by("pk").values_list("pk"))
    if is_destroyed(subject):
        raise RefusedError(GONE)

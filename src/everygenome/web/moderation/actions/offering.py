"""What a contributor does, holding the secret link or the receipt code: no account is needed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from everygenome.web.moderation import notices
from everygenome.web.moderation.actions.purging import ended, purge
from everygenome.web.moderation.actions.step import locked, step
from everygenome.web.moderation.keys import new_link, new_receipt, receipt_fingerprint
from everygenome.web.moderation.kinds import kind_of
from everygenome.web.moderation.models import Appeal, Contribution, Event, Purpose
from everygenome.web.moderation.refused import RefusedError
from everygenome.web.moderation.states import ACTIONS, CONTRIBUTOR, State
from everygenome.web.people import contacts, vaults


@dataclass(frozen=True, slots=True)
class Offered:
    """What a contributor takes away.

    Attributes:
        contribution: what is stored.
        secret: of the link, which goes by mail and nowhere else where there is an address;
            stored nowhere.
        receipt: the receipt code; stored nowhere.
    """

    contribution: Contribution
    secret: str
    receipt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What somebody offers.

    Attributes:
        kind: the kind of entry.
        purpose: new, a correction, or a claim.
        values: the fields, cleaned.
        subject: the entry's identifier; empty where it is new.
        note: for the reviewers.
        credit: the name to be thanked by; empty: none.
        address: where to write to; empty: nowhere.
        proof: of a claim, a word of `Proof`.
    """

    kind: str
    purpose: Purpose
    values: Mapping[str, Any]
    subject: str = ""
    note: str = ""
    credit: str = ""
    address: str = ""
    proof: str = ""


@transaction.atomic
def offer(*, offered: Offer, send: bool) -> Offered:
    """Keep a draft, and send it for review if it is ready; a mail with the link goes on commit.

    Raises:
        RefusedError: there is no such entry.
    """
    before = kind_of(offered.kind).current(offered.subject) if offered.subject else {}
    if before is None:
        raise RefusedError("There is no such entry any more.")
    receipt = new_receipt()
    kind = kind_of(offered.kind)
    # A correction stands and falls with what it corrects.
    vault = kind.vault(offered.subject) or (vaults.made() if kind.sealed else "")
    contribution = Contribution.objects.create(
        receipt=receipt_fingerprint(receipt),
        vault=vault,
        kind=offered.kind,
        purpose=offered.purpose,
        subject=offered.subject,
        proposed=dict(offered.values),
        before=dict(before),
        note=offered.note,
        proof=offered.proof,
        credit=offered.credit,
        contact=contacts.keep(offered.address, vault=vault) if offered.address else None,
    )
    kind.remember(contribution)
    secret = new_link(contribution, mailed=contribution.contact is not None)
    Event.objects.create(
        contribution=contribution, action="begin", after=State.DRAFT, role=CONTRIBUTOR
    )
    if send:
        submit(contribution=contribution, by=CONTRIBUTOR)
        contribution.refresh_from_db()
    if contribution.contact:
        transaction.on_commit(lambda: notices.welcome(contribution, secret))
    return Offered(contribution, secret, receipt)


@transaction.atomic
def save(
    *,
    contribution: Contribution,
    by: str,
    values: Mapping[str, Any],
    note: str = "",
    credit: str = "",
    seen: int | None = None,
) -> Contribution:
    """Store what a contributor wrote, without sending it.

    Raises:
        RefusedError: not in this state, or somebody else was quicker.
    """
    now = locked(contribution, seen=seen)
    contacts.renew(now.contact)
    return step(
        now, action="save", by=by, proposed=dict(values), note=note, credit=credit, amended=None
    )


@transaction.atomic
def reach(*, contribution: Contribution, by: str, address: str) -> Contribution:
    """Say where to write to, or that we shall not write; a mail with the link goes on commit.

    Raises:
        RefusedError: not in this state.
    """
    now = locked(contribution, seen=None)
    before = now.contact
    if contacts.address_of(before) == (address or None):
        return now
    contact = contacts.keep(address, vault=now.vault) if address else None
    action = "save" if now.state in ACTIONS["save"].before else "choose"
    done = step(now, action=action, by=by, contact=contact)
    contacts.forget(before)
    # Whoever reads the mails of the former address has no part in it any more.
    done.keys.filter(mailed=True).delete()
    if contact is not None:
        secret = new_link(done, mailed=True)
        transaction.on_commit(lambda: notices.welcome(done, secret))
    return done


@transaction.atomic
def submit(*, contribution: Contribution, by: str, seen: int | None = None) -> Contribution:
    """Send it for review: a new round begins.

    Raises:
        RefusedError: not in this state, or somebody else was quicker.
    """
    now = locked(contribution, seen=seen)
    contacts.renew(now.contact)
    return step(
        now, action="submit", by=by, submitted_at=timezone.now(), round=now.round + 1, reviewer=None
    )


@transaction.atomic
def agree(*, contribution: Contribution, by: str, seen: int | None = None) -> Contribution:
    """Take the wording that a curator suggests, and send it for review.

    Raises:
        RefusedError: nothing was suggested, or not in this state.
    """
    now = locked(contribution, seen=seen)
    if now.amended is None:
        raise RefusedError("No other wording was suggested.")
    saved = save(contribution=now, by=by, values=now.amended, note=now.note, credit=now.credit)
    return submit(contribution=saved, by=by)


@transaction.atomic
def withdraw(*, contribution: Contribution, by: str, seen: int | None = None) -> Contribution:
    """Take it back before it is published. What is sealed is destroyed.

    Raises:
        RefusedError: it is published or ended already.
    """
    return _taken_back(locked(contribution, seen=seen), "withdraw", by)


@transaction.atomic
def choose(
    *, contribution: Contribution, by: str, values: Mapping[str, Any], seen: int | None = None
) -> Contribution:
    """Change a choice of what was sent, such as its licence; of what is published, at once.

    Args:
        contribution: what was sent.
        by: its contributor.
        values: the choices that change, and no other fields; None takes one away.
        seen: the version that was read.

    Raises:
        RefusedError: it was not sent, or its kind does not allow it.
    """
    now = locked(contribution, seen=seen)
    contacts.renew(now.contact)
    said = {k: v for k, v in (now.proposed | dict(values)).items() if v is not None}
    changes: dict[str, Any] = {"proposed": said}
    accepted = now.state != State.PUBLISHED and now.reviews.filter(round=now.round).exists()
    if accepted and kind_of(now.kind).read_again(now.proposed, said):
        # Whoever accepted it has not read this.
        changes |= {"after": State.SUBMITTED, "round": now.round + 1, "reviewer": None}
    done = step(now, action="choose", by=by, **changes)
    if done.state == State.PUBLISHED:
        kind_of(done.kind).chosen(done)
    return done


@transaction.atomic
def recall(*, contribution: Contribution, by: str, seen: int | None = None) -> Contribution:
    """Withdraw what is published, where its kind lets its teller do so; it is destroyed.

    Raises:
        RefusedError: it is not published, or its kind does not allow it.
    """
    return _taken_back(locked(contribution, seen=seen), "recall", by)


def how_back(contribution: Contribution) -> str:
    """The action by which a contributor takes something back where it stands."""
    ways = {State.PUBLISHED: "recall", State.DECLINED: "discard"}
    return ways.get(State(contribution.state), "withdraw")


@transaction.atomic
def take_back(*, contribution: Contribution, by: str) -> Contribution:
    """Take it back, wherever it stands; what is sealed is destroyed.

    Raises:
        RefusedError: it was taken back already.
    """
    now = locked(contribution, seen=None)
    return _taken_back(now, how_back(now), by)


@transaction.atomic
def discard(*, contribution: Contribution, by: str, seen: int | None = None) -> Contribution:
    """Take back what was declined, where its kind is sealed; it is destroyed.

    Raises:
        RefusedError: it was not declined, or its kind does not allow it.
    """
    return _taken_back(locked(contribution, seen=seen), "discard", by)


def _taken_back(contribution: Contribution, action: str, by: str) -> Contribution:
    done = step(contribution, action=action, by=by)
    ended(done)
    if done.vault:
        purge(done)
        done.refresh_from_db()
    return done


@transaction.atomic
def appeal(*, contribution: Contribution, by: str, text: str) -> Appeal:
    """Ask for a second look at what was declined, by somebody else; once for each decision.

    Raises:
        RefusedError: it was not declined, or a second look was asked for already.
    """
    now = locked(contribution, seen=None)
    if not text.strip():
        raise RefusedError("Please say why you think otherwise.")
    if kind_of(now.kind).sealed and not now.vault:
        raise RefusedError("It was destroyed since, so nobody can look at it again.")
    if now.appeals.filter(round=now.round).exists():
        raise RefusedError("You asked for a second look at this decision already.")
    step(now, action="appeal", by=by)
    contacts.renew(now.contact)
    return now.appeals.create(round=now.round, text=text.strip())


@transaction.atomic
def erase(*, contribution: Contribution, by: str) -> None:
    """Erase who sent it: address, name, note, links. What is published stays, without a name.

    What is not published goes whole, text and all.
    """
    now = locked(contribution, seen=None)
    if now.vault:
        # Nothing of what is sealed may outlive who sent it.
        if now.state != State.WITHDRAWN:
            _taken_back(now, how_back(now), by)
        now.delete()
        return
    contacts.forget(now.contact)
    kind_of(now.kind).forget(now)
    if now.state == State.PUBLISHED:
        now.keys.all().delete()
        now.appeals.update(text="")
        Contribution.objects.filter(pk=now.pk).update(
            note="", credit="", contact=None, receipt=receipt_fingerprint(new_receipt())
        )
        Event.objects.create(
            contribution=now, action="erase", before=now.state, after=now.state, role=by
        )
        return
    now.delete()

"""Every table filled: what is about somebody holds a marked word, in whatever way it is stored."""

from datetime import timedelta
from typing import Any

MARK = "Quetzalcoatl"


def fill() -> None:
    """One row or more of every model that is installed."""
    from allauth.account.models import EmailAddress, EmailConfirmation
    from allauth.mfa.models import Authenticator
    from django.contrib.auth.models import Group, Permission
    from django.contrib.sessions.backends.db import SessionStore
    from django.utils import timezone

    from everygenome.web.alerts.models import Recipient
    from everygenome.web.people.models import Account, Attempt

    account = Account.objects.create(email=f"{MARK}@staff.example", name=f"{MARK} Ada")
    Account.objects.update(password=f"!{MARK}", last_login=timezone.now())
    account.roles_held.create(role="curator", reason=f"{MARK} is fit")
    Attempt.objects.create(who=MARK, at=timezone.now())
    address = EmailAddress.objects.create(user=account, email=f"{MARK}@other.example")
    EmailConfirmation.objects.create(email_address=address, key=MARK)
    Authenticator.objects.create(user=account, type="webauthn", data={"name": MARK})
    Group.objects.create(name=MARK).permissions.add(Permission.objects.order_by("pk").first())
    session = SessionStore()
    session["name"] = MARK
    session.create()
    alert = {"view": f"?x={MARK}", "watch": "changed", "told_release": MARK, "told": {"x": MARK}}
    recipient = Recipient.objects.create(address=f"{MARK}@reader.example")
    recipient.alerts.create(key=MARK, asked_at=timezone.now(), **alert)
    _moderation(account)
    _collections(account)
    _stories()
    Attempt.objects.create(who=f"{MARK} again", at=timezone.now() - timedelta(days=3))


def _moderation(account: Any) -> None:
    from django.utils import timezone

    from everygenome.web.moderation.models import Contribution, Event, Hold, Report
    from everygenome.web.people import contacts

    now = timezone.now()
    offered = Contribution.objects.create(
        receipt=f"{MARK} receipt",
        kind="toolbox",
        purpose="new",
        proposed={"name": MARK},
        amended={"name": MARK},
        note=MARK,
        credit=MARK,
        contact=contacts.keep(f"{MARK}@writer.example"),
        state="accepted",
        round=1,
        submitted_at=now,
        decided_at=now,
        decided_by=account,
        decision_reason="It is useful.",
        reviewer=account,
    )
    second = {"receipt": f"{MARK} 2", "contact": contacts.keep(f"{MARK}@b.example")}
    Contribution.objects.create(kind="toolbox", purpose="new", **second)
    offered.keys.create(secret=MARK, expires_at=now)
    offered.reviews.create(round=1, by=account, reason="It is useful.")
    offered.appeals.create(round=1, text=MARK)
    Event.objects.create(
        contribution=offered,
        action="decline",
        by=account,
        role="curator",
        reason=f"{MARK} told us",
    )
    Hold.objects.create(contribution=offered, by=account, reason="Wording.")
    Report.objects.create(
        matter="private",
        text=MARK,
        contact=contacts.keep(f"{MARK}@reporter.example"),
        handled_at=now,
        handled_by=account,
        outcome=f"{MARK} was called",
    )


def _collections(account: Any) -> None:
    from everygenome.web.collections.models import Item, Searched
    from everygenome.web.toolbox.models import Link

    # Other tests of this worker may have put the seeds there.
    Item.objects.all().delete()
    Item.history.all().delete()
    Link.objects.create(url="https://tool.example")
    named = {"slug": "a-tool-for-this-test", "title": "Tractor", "sort": "tractor"}
    item = Item(collection="toolbox", data={"url": "https://tool.example"}, **named)
    item.told_who, item.told_contribution = f"{MARK} Ada", 7
    item._change_reason, item._history_user = f"{MARK} wrote to us", account
    item.save()
    item.facets.create(name="kind", value="software")
    item.facts.create(field="url", said_by="seed")
    Searched.objects.create(item=item, title="tractor", words="tractor")


def _stories() -> None:
    from everygenome.web.people import vaults
    from everygenome.web.stories.models import Consent, Story

    vault = vaults.made()
    Story.objects.create(vault=vault, sealed={"data": {"title": MARK}}, standing="public")
    chosen = {"tier": "public", "named": "none", "quotation": "no", "reuse": "site-only"}
    Consent.objects.create(contribution=1, wording="2026-11", keep="open", family="none", **chosen)

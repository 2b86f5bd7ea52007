"""What is deleted in time, keys that are changed, accounts that are erased."""

from datetime import timedelta

import pytest

from everygenome.errors import NotFoundError, UsageError
from tests.functional.web import database

pytestmark = [pytest.mark.usefixtures("rolled_back")]


def call(name, *arguments):
    from io import StringIO

    from django.core.management import call_command

    out = StringIO()
    call_command(name, *arguments, stdout=out)
    return out.getvalue().strip()


def draft(*, days, address="ada@writer.example", **fields):
    from django.utils import timezone

    from everygenome.web.moderation.models import Contribution
    from everygenome.web.people import contacts

    return Contribution.objects.create(
        kind="toolbox",
        purpose="new",
        receipt=f"{days} days",
        contact=contacts.keep(address),
        made_at=timezone.now() - timedelta(days=days),
        **fields,
    )


def test_what_is_due_is_deleted_and_nothing_else():
    from django.contrib.sessions.models import Session
    from django.utils import timezone

    from everygenome.web.moderation.models import Contribution, Event, Key
    from everygenome.web.people.models import Attempt, Contact

    now = timezone.now()
    old, new = draft(days=31), draft(days=29)
    sent = draft(days=40, state="submitted", round=1, submitted_at=now - timedelta(days=40))
    again = draft(days=50)
    Event.objects.create(contribution=again, action="save", role="contributor", at=now)
    new.keys.create(secret="a", expires_at=now - timedelta(minutes=1))
    new.keys.create(secret="b", expires_at=now + timedelta(days=1))
    Attempt.objects.create(who="x", at=now - timedelta(hours=25))
    Attempt.objects.create(who="y", at=now - timedelta(hours=23))
    Session.objects.create(session_key="a", session_data="", expire_date=now - timedelta(hours=1))
    Session.objects.create(session_key="b", session_data="", expire_date=now + timedelta(hours=1))
    Contact.objects.filter(pk=sent.contact.pk).update(
        made_at=now - timedelta(days=181), delete_after=now - timedelta(days=1)
    )
    assert call("forget") == (
        "Deleted: 1 contact details, 1 drafts, 1 old links, 1 traces of forms, 1 sessions."
    )
    assert set(Contribution.objects.all()) == {new, sent, again}
    # The draft's address went with it.
    assert set(Contact.objects.all()) == {new.contact, again.contact}
    assert old.contact not in Contact.objects.all()
    assert Key.objects.get().secret == "b"
    assert Attempt.objects.get().who == "y"
    assert Session.objects.get().session_key == "b"
    assert call("forget").startswith("Deleted: 0 contact details, 0 drafts")


def test_contact_details_are_sealed_anew_and_old_keys_can_go(monkeypatch):
    from cryptography.fernet import Fernet
    from django.test import override_settings

    from everygenome.web.people import contacts

    first, second = (Fernet.generate_key().decode() for _ in range(2))
    with override_settings(CONTACT_KEYS=first):
        kept = contacts.keep("ada@writer.example")
    with override_settings(CONTACT_KEYS=f"{second},{first}"):
        assert call("rotate_keys") == "1 contact details are sealed with the newest key."
    kept.refresh_from_db()
    with override_settings(CONTACT_KEYS=second):
        assert contacts.address_of(kept) == "ada@writer.example"
    with override_settings(CONTACT_KEYS=first):
        assert contacts.address_of(kept) is None
        before = bytes(kept.sealed)
        assert call("rotate_keys") == (
            "0 contact details are sealed with the newest key. 1 cannot be opened by any key, "
            "and were left as they are."
        )
    kept.refresh_from_db()
    assert bytes(kept.sealed) == before


def test_an_account_is_made_given_roles_and_erased():
    from everygenome.web.people.models import Account

    who = ("--email=Ada@staff.example", "--reason=asked by the board")
    told = call("invite", *who, "--name=Ada", "--role=curator")
    account = Account.objects.get()
    assert told == (
        f"Account {account.pk} is curator now. No mail was sent: tell them to log in with "
        "Ada@staff.example at http://127.0.0.1:8000/people/login/."
    )
    assert call("role", "give", *who, "--role=editor").endswith("has now: curator, editor.")
    assert call("role", "end", *who, "--role=curator").endswith("has now: editor.")
    assert account.roles_held.get(role="curator").reason == (
        "asked by the board\nEnded: asked by the board"
    )
    assert "passkeys and sessions are erased" in call("erase_account", "--email=ada@STAFF.example")
    account.refresh_from_db()
    assert (account.name, account.is_active, account.roles) == ("", False, [])
    assert "Ada" not in account.email
    with pytest.raises(NotFoundError, match="No account has this address"):
        call("erase_account", "--email=ada@staff.example")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--role=king", "--name=Ada", "--reason=x"), "There is no role king"),
        (("--role=curator", "--name=Ada", "--reason= "), "say why"),
        (("--role=curator", f"--name={'a' * 121}", "--reason=x"), "more than 120 letters"),
    ],
)
def test_what_is_wrong_with_an_invitation_is_told(options, told):
    from everygenome.web.people.models import Account

    with pytest.raises(UsageError, match=told):
        call("invite", "--email=ada@staff.example", *options)
    assert not Account.objects.exists()


def test_a_role_is_not_given_twice_and_not_ended_twice():
    database.account("curator", "ada@staff.example")
    who = ("--email=ada@staff.example", "--reason=x", "--role=curator")
    with pytest.raises(UsageError, match="already"):
        call("role", "give", *who)
    call("role", "end", *who)
    with pytest.raises(UsageError, match="does not have"):
        call("role", "end", *who)

"""Erasure: afterwards no word that tells who somebody was stands in any column of any table."""

import pytest

from tests.functional.web import database
from tests.functional.web.moderation import standing

pytestmark = [pytest.mark.usefixtures("rolled_back")]
ADDRESS = "quillfeather@person.example"
WORDS = ("quillfeather", "Zumbroke", "notemark", "appealmark")


def where(*words):
    """Each column in which one of the words stands, as table.column."""
    from django.db import connection

    from everygenome.web.people.contacts import fingerprint

    words = [word.lower() for word in (*words, fingerprint(ADDRESS))]
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for name, value in zip(names, row, strict=True):
                    raw = bytes(value).decode("latin-1") if _is_bytes(value) else str(value)
                    if any(word in raw.lower() for word in words):
                        found.add(f"{table}.{name}")
    return found


def _is_bytes(value):
    return isinstance(value, bytes | bytearray | memoryview)


def sent(*, publish):
    """A contribution by somebody, once declined, and published after a second look."""
    from everygenome.web.moderation.actions import answering, offering, reviewing

    one = standing.at("draft", address=ADDRESS)
    one = offering.save(
        contribution=one,
        by="contributor",
        values=one.proposed,
        note="I am Zumbroke, notemark.",
        credit="Quillfeather Zumbroke",
    )
    judge, editor = standing.judge(), database.account("editor")
    one = offering.submit(contribution=one, by="contributor")
    one = reviewing.take(contribution=one, by=judge)
    one = reviewing.decline(contribution=one, by=judge, reason="It does not fit.")
    appeal = offering.appeal(
        contribution=one, by="contributor", text="I, Zumbroke, think otherwise: appealmark."
    )
    if publish:
        answering.decide_appeal(appeal=appeal, by=editor, upheld=True, reason="You are right.")
        one.refresh_from_db()
        one = reviewing.take(contribution=one, by=editor)
        one = reviewing.accept_and_publish(contribution=one, by=editor, reason="Right.")
    return one


def test_the_search_finds_what_is_there():
    sent(publish=True)
    assert where(*WORDS) == {
        "collections_historicalitem.who",
        "moderation_appeal.text",
        "moderation_contribution.credit",
        "moderation_contribution.note",
        "people_contact.who",
    }


def test_what_is_published_stays_without_any_trace_of_its_sender():
    from everygenome.web.collections.models import Item
    from everygenome.web.moderation.actions.offering import erase
    from everygenome.web.moderation.keys import by_link, by_receipt, new_link
    from everygenome.web.moderation.models import Contribution, Key
    from everygenome.web.people.models import Contact

    one = sent(publish=True)
    secret = new_link(one, mailed=True)
    erase(contribution=one, by="contributor")
    assert where(*WORDS) == set()
    one.refresh_from_db()
    assert (one.state, one.contact, one.credit, one.note) == ("published", None, "", "")
    assert Item.objects.get(slug="alpha").title == "Alpha"
    assert by_link(secret) is None
    assert by_receipt("") is None
    assert (Contact.objects.count(), Key.objects.count()) == (0, 0)
    # What was decided, by whom, when and why: that stays.
    decided = Contribution.objects.get(pk=one.pk)
    assert decided.decision_reason == "Right."
    assert decided.appeals.get().reason == "You are right."
    assert decided.events.filter(action="erase").count() == 1


def test_what_is_not_published_goes_whole():
    from everygenome.web.moderation.actions.offering import erase
    from everygenome.web.moderation.models import Appeal, Contribution, Event

    one = sent(publish=False)
    erase(contribution=one, by="contributor")
    assert where(*WORDS, "Counts who takes part") == set()
    assert Contribution.objects.count() == Appeal.objects.count() == 0
    assert Event.objects.filter(contribution__isnull=False).count() == 0


def test_an_account_leaves_what_it_decided_and_no_name():
    from everygenome.web.moderation.models import Event
    from everygenome.web.people.accounts import erase, invite

    account = invite(
        email=ADDRESS, name="Quillfeather Zumbroke", role="curator", reason="asked", by=None
    )
    database.client(account)
    from everygenome.web.moderation.actions import reviewing

    one = standing.at("in review")
    reviewing.decline(contribution=one, by=account, reason="It does not fit.")
    assert where(*WORDS) == {"people_account.email", "people_account.name"}
    erase(account=account, by=database.account("administrator"))
    assert where(*WORDS) == set()
    account.refresh_from_db()
    assert (account.roles, str(account)) == ([], f"account {account.pk}")
    event = Event.objects.get(action="decline")
    assert (event.by, event.role, event.reason) == (account, "curator", "It does not fit.")


def test_two_people_who_leave_do_not_stand_in_each_others_way():
    from everygenome.web.people.accounts import erase

    administrator = database.account("administrator")
    for name in ("one@staff.example", "two@staff.example"):
        erase(account=database.account("curator", name), by=administrator)
    assert administrator.may("erase")

"""A story is sealed, shown as far as its teller chose, and gone when it is withdrawn."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.functional.web.stories import tellers

pytestmark = [pytest.mark.usefixtures("rolled_back"), pytest.mark.slow]


def shelf():
    from everygenome.web.collections.shelf import items_of
    from everygenome.web.stories.collection import COLLECTION

    # Other tests of this process may have put the seeds there.
    told = items_of(COLLECTION).exclude(data__licence="linked")
    return {item.slug: item for item in told}


def raw(table, column):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table}")
        return " ".join(str(row[0]) for row in cursor.fetchall())


def test_what_is_offered_is_sealed_in_the_database():
    made = tellers.offered(address="ada@writer.example")
    assert made.contribution.proposed["title"] == "The letter that never came"
    made.contribution.refresh_from_db()
    assert made.contribution.proposed["title"] == "The letter that never came"
    stored = raw("moderation_contribution", "proposed")
    assert "letter" not in stored
    assert made.contribution.vault in stored


def test_two_read_it_and_then_everybody():
    from everygenome.web.moderation.actions import reviewing
    from everygenome.web.moderation.refused import RefusedError
    from everygenome.web.stories.kind import CHECKS

    one = tellers.offered().contribution
    one = reviewing.take(contribution=one, by=tellers.reviewer(1))
    with pytest.raises(RefusedError, match="look for this first"):
        reviewing.review(contribution=one, by=tellers.reviewer(1), reason="Yes.")
    one = reviewing.review(
        contribution=one, by=tellers.reviewer(1), reason="It is kind.", checks=list(CHECKS)
    )
    assert one.state == "in review"
    assert shelf() == {}
    one = reviewing.review(
        contribution=one, by=tellers.reviewer(2), reason="It is kind.", checks=list(CHECKS)
    )
    assert one.state == "accepted"
    one = reviewing.publish(contribution=one, by=tellers.reviewer(2), reason="Read by two.")
    (item,) = shelf().values()
    assert item.slug == one.subject == tellers.story(one).slug
    assert item.data["by"] == "Nightingale"
    assert item.data["licence"] == "site-only"
    assert "personal" not in item.data
    assert "agreed" not in item.data
    assert "kind" not in raw("moderation_review", "reason")


def test_withdrawn_is_gone_at_once_and_for_ever():
    from everygenome.web.moderation.actions import offering
    from everygenome.web.moderation.models import Contribution, Event
    from everygenome.web.people import vaults
    from everygenome.web.people.models import Contact
    from everygenome.web.stories.models import Consent

    one = tellers.published(address="ada@writer.example")
    vault = one.vault
    assert len(shelf()) == 1
    assert vaults.is_open(vault)
    one = offering.recall(contribution=one, by="contributor")
    assert one.state == "withdrawn"
    assert one.proposed == {}
    assert one.vault == ""
    assert shelf() == {}
    assert not vaults.is_open(vault)
    story = tellers.story(one)
    assert (story.standing, story.vault, story.sealed) == ("withdrawn", "", {})
    assert Contact.objects.count() == 0
    reasons = set(Event.objects.filter(contribution=one).values_list("reason", flat=True))
    assert reasons <= {"", "(removed)"}
    assert Contribution.objects.get(pk=one.pk).decision_reason == "(removed)"
    # That somebody had agreed stays.
    assert Consent.objects.filter(contribution=one.pk).count() == 1


def test_a_choice_takes_effect_at_once_and_each_is_kept():
    from everygenome.web.moderation.actions import offering
    from everygenome.web.stories.models import Consent

    one = tellers.published()
    said = one.proposed | {"tier": "restricted"}
    one = offering.choose(contribution=one, by="contributor", values=said)
    assert shelf() == {}
    assert tellers.story(one).standing == "restricted"
    said |= {"tier": "public", "named": "none"}
    one = offering.choose(contribution=one, by="contributor", values=said)
    (item,) = shelf().values()
    assert "by" not in item.data
    tiers = Consent.objects.filter(contribution=one.pk).order_by("pk").values_list("tier", "named")
    assert list(tiers) == [
        ("public", "pseudonym"), ("restricted", "pseudonym"), ("public", "none"),
    ]  # fmt: skip


def test_a_day_comes():
    from everygenome.web.people import vaults
    from everygenome.web.stories.due import due

    one = tellers.published(
        tier="embargoed", embargo="2031-01-10", keep="end", keep_day="2031-02-01"
    )
    assert shelf() == {}
    assert tellers.story(one).standing == "embargoed"
    before = due(datetime(2031, 1, 9, 12, tzinfo=UTC))
    assert (before.opened, shelf()) == (0, {})
    assert due(datetime(2031, 1, 10, 12, tzinfo=UTC)).opened == 1
    assert len(shelf()) == 1
    assert due(datetime(2031, 1, 31, 12, tzinfo=UTC)).ended == 0
    assert due(datetime(2031, 2, 1, 12, tzinfo=UTC)).ended == 1
    assert shelf() == {}
    assert not vaults.is_open(one.vault)
    assert tellers.story(one).standing == "withdrawn"


def test_a_backup_does_not_bring_back_what_was_withdrawn():
    from everygenome.web.moderation.actions import offering
    from everygenome.web.stories.due import due
    from everygenome.web.stories.models import Story

    one = tellers.published()
    before = Story.objects.filter(contribution=one.pk).values().get()
    offering.recall(contribution=one, by="contributor")
    # The row as a backup holds it.
    Story.objects.filter(pk=before["id"]).update(
        vault=before["vault"], standing="public", withdrawn_at=None
    )
    assert due().mended == 1
    assert tellers.story(one).standing == "withdrawn"
    assert shelf() == {}


def test_a_correction_that_is_taken_back_or_forgotten_leaves_the_story_alone():
    from django.utils import timezone

    from everygenome.web.moderation.actions import offering
    from everygenome.web.moderation.actions.offering import Offer, offer
    from everygenome.web.moderation.models import Contribution, Purpose
    from everygenome.web.people import vaults
    from everygenome.web.people.forgetting import forget

    one = tellers.published()

    def corrected():
        offered = Offer(
            kind="stories", purpose=Purpose.EDIT, subject=one.subject, values=one.proposed
        )
        return offer(offered=offered, send=False).contribution

    taken_back = offering.withdraw(contribution=corrected(), by="contributor")
    assert (taken_back.state, taken_back.proposed, taken_back.vault) == ("withdrawn", {}, "")
    offering.erase(contribution=corrected(), by="contributor")
    old = corrected()
    long_ago = timezone.now() - timedelta(days=40)
    Contribution.objects.filter(pk=old.pk).update(made_at=long_ago)
    old.events.all().delete()
    assert forget().drafts == 1
    assert vaults.is_open(one.vault)
    assert len(shelf()) == 1


def test_when_an_embargo_ended_other_choices_can_be_changed():
    from datetime import date

    from everygenome.web.stories import consent
    from everygenome.web.stories.due import due

    one = tellers.published(
        tier="embargoed", embargo="2031-01-10", keep="ask", keep_day="2031-02-01"
    )
    due(datetime(2031, 1, 10, 12, tzinfo=UTC))
    assert due(datetime(2031, 2, 1, 12, tzinfo=UTC)).asked == 1
    assert due(datetime(2031, 2, 2, 12, tzinfo=UTC)).asked == 0
    one.refresh_from_db()
    assert (one.proposed["tier"], one.proposed["keep"]) == ("public", "open")
    assert consent.wrong(one.proposed, today=date(2031, 2, 3), form="own-words") == {}
    assert len(shelf()) == 1


def test_what_was_declined_is_destroyed_in_time():
    from everygenome.web.moderation.actions import reviewing
    from everygenome.web.people import vaults
    from everygenome.web.stories.due import due

    one = tellers.offered().contribution
    one = reviewing.take(contribution=one, by=tellers.reviewer(1))
    one = reviewing.decline(contribution=one, by=tellers.reviewer(1), reason="It names a child.")
    assert due(one.decided_at + timedelta(days=89)).forgotten == 0
    assert vaults.is_open(one.vault)
    assert due(one.decided_at + timedelta(days=91)).forgotten == 1
    assert not vaults.is_open(one.vault)
    one.refresh_from_db()
    assert (one.state, one.proposed, one.decision_reason) == ("withdrawn", {}, "(removed)")


def test_what_was_opened_and_what_was_mended_are_counted_apart():
    from everygenome.web.collections.storing import remove
    from everygenome.web.stories.collection import COLLECTION
    from everygenome.web.stories.due import due

    due()
    tellers.published(tier="embargoed", embargo="2031-01-10")
    lost = tellers.published()
    remove(shelf()[lost.subject], COLLECTION)
    done = due(datetime(2031, 1, 10, 12, tzinfo=UTC))
    assert (done.opened, done.mended) == (1, 1)
    assert len(shelf()) == 2

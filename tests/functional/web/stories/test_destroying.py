"""Destroying takes several steps: whatever fails between them, nobody reads what is to go."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.functional.web import database
from tests.functional.web.moderation import offers
from tests.functional.web.page import read
from tests.functional.web.stories import tellers
from tests.functional.web.stories.test_attacked import link

pytestmark = [pytest.mark.usefixtures("django"), pytest.mark.slow]


def broken(*_given, **_more):
    raise PermissionError(13, "Permission denied")


def test_a_key_that_was_written_over_and_not_yet_removed_is_gone(web):
    from everygenome.web.people import vaults
    from everygenome.web.stories.due import due

    one = tellers.published()
    # The power failed in the middle of `destroy`.
    vaults._path(one.vault).write_bytes(bytes(range(200, 244)))
    desk = database.client(database.account("editor"))
    seen = {path: web.get(path).status_code for path in (f"/stories/{one.subject}/", "/stories/")}
    seen["/desk/stories/"] = desk.get("/desk/stories/").status_code
    assert [path for path, status in seen.items() if status == 500] == []
    due()
    assert web.get(f"/stories/{one.subject}/").status_code == 410
    assert not vaults._path(one.vault).exists()


@pytest.mark.parametrize("held", [b"", b"half of a ke", bytes(4096)])
def test_a_key_that_is_damaged_can_be_brought_back(web, held):
    from django.utils import timezone

    from everygenome.web.people import vaults
    from everygenome.web.stories.due import due

    with database.committed():
        one = tellers.published()
    path = vaults._path(one.vault)
    key = path.read_bytes()
    folder = vaults.folder(one.vault)
    folder.mkdir(parents=True)
    (folder / "picture").write_bytes(b"x")
    path.write_bytes(held)
    # Another disk has it still, so nothing of the story is destroyed, and the others go on.
    done = due(timezone.now() + timedelta(days=2))
    assert done.failed >= 1
    desk = database.client(database.account("editor"))
    assert desk.get("/desk/stories/").status_code == 200
    assert web.get("/stories/").status_code == 200
    assert (folder / "picture").exists()
    path.write_bytes(key)
    due()
    assert web.get(f"/stories/{one.subject}/").status_code == 200


def test_what_could_not_be_withdrawn_is_not_put_back_before_readers(web, monkeypatch):
    from everygenome.web.people import vaults
    from everygenome.web.stories.due import due

    with database.committed():
        one = tellers.published()
    vault, secret, destroy = one.vault, link(one), vaults.destroy
    monkeypatch.setattr(vaults, "destroy", broken)
    assert offers.act(web, f"/contributions/{secret}/withdraw/").status_code == 303
    # All but its key is gone, and its teller reads that.
    own = f"/contributions/{secret}/"
    assert "its key could not be removed" in read(web.get(own)).text
    assert web.get(f"/stories/{one.subject}/").status_code == 410
    assert due().failed >= 1
    assert vaults._path(vault).exists()
    assert not vaults.is_open(vault)
    monkeypatch.setattr(vaults, "destroy", destroy)
    due()
    assert web.get(f"/stories/{one.subject}/").status_code == 410
    assert not vaults._path(vault).exists()
    assert "its key could not be removed" not in read(web.get(own)).text


def test_what_could_not_be_withdrawn_does_not_come_back_with_a_backup(web, monkeypatch):
    from everygenome.web.moderation.actions import offering
    from everygenome.web.moderation.models import Contribution
    from everygenome.web.people import vaults
    from everygenome.web.stories.due import due
    from everygenome.web.stories.models import Story
    from everygenome.web.stories.restored import finish

    one = tellers.published()
    rows = [model.objects.filter(vault=one.vault).values().get() for model in (Story, Contribution)]
    # The folder of keys cannot be written, for a while.
    monkeypatch.setattr(vaults, "destroy", broken)
    offering.recall(contribution=one, by="contributor")
    for model, row in zip((Story, Contribution), rows, strict=True):
        keep = ("vault", "standing", "withdrawn_at", "state")
        changes = {name: value for name, value in row.items() if name in keep}
        model.objects.filter(pk=row["id"]).update(**changes)
    finish()
    due()
    assert web.get(f"/stories/{one.subject}/").status_code == 410
    one.refresh_from_db()
    assert (one.state, one.vault) == ("withdrawn", "")


@pytest.mark.parametrize("failing", ["end", "remove", "wipe"])
def test_a_withdrawal_that_ended_half_way_is_done_by_the_daily_run(web, monkeypatch, failing):
    from everygenome.web.moderation.actions import purging
    from everygenome.web.people import vaults
    from everygenome.web.stories import withdrawing
    from everygenome.web.stories.due import due

    with database.committed():
        one = tellers.published()
    vault, secret = one.vault, link(one)
    module = purging if failing == "wipe" else withdrawing
    with monkeypatch.context() as patched:
        patched.setattr(module, failing, broken)
        assert offers.act(web, f"/contributions/{secret}/withdraw/").status_code == 500
    # The database has it as it was before, and nobody reads it all the same.
    assert tellers.story(one).standing == "public"
    for client in (web, database.client(database.account("researcher"))):
        shown = client.get(f"/stories/{one.subject}/")
        assert tellers.STORY["text"][:20] not in shown.content.decode()
        assert shown.status_code in (404, 410)
    due()
    assert web.get(f"/stories/{one.subject}/").status_code == 410
    assert tellers.STORY["title"] not in web.get("/stories/?licence=site-only").content.decode()
    assert not vaults._path(vault).exists()
    one.refresh_from_db()
    assert (one.state, one.proposed, one.vault) == ("withdrawn", {}, "")


def test_what_could_not_be_withdrawn_is_withdrawn_when_it_is_asked_for_again(web, monkeypatch):
    from everygenome.web.moderation.actions import purging
    from everygenome.web.people import vaults

    with database.committed():
        one = tellers.published()
    secret = link(one)
    with monkeypatch.context() as patched:
        patched.setattr(purging, "wipe", broken)
        assert offers.act(web, f"/contributions/{secret}/withdraw/").status_code == 500
    assert offers.act(web, f"/contributions/{secret}/withdraw/").status_code == 303
    assert "This page is your receipt" in read(web.get(f"/contributions/{secret}/")).text
    assert not vaults._path(one.vault).exists()


def test_what_waits_and_could_not_be_withdrawn_is_read_by_no_reviewer(web, monkeypatch):
    from everygenome.web.moderation.actions import purging
    from everygenome.web.stories.due import due

    with database.committed():
        one = tellers.offered(title="UNWANTEDTITLE").contribution
    with monkeypatch.context() as patched:
        patched.setattr(purging, "wipe", broken)
        assert offers.act(web, f"/contributions/{link(one)}/withdraw/").status_code == 500
    desk = database.client(tellers.reviewer(1))
    for path in (f"/desk/{one.pk}/", "/desk/"):
        assert "UNWANTEDTITLE" not in desk.get(path).content.decode()
    due()
    one.refresh_from_db()
    assert (one.state, one.vault) == ("withdrawn", "")


def test_what_is_left_beside_a_key_that_is_gone_is_swept(rolled_back):
    from django.utils import timezone

    from everygenome.web.people.apart import beside, written
    from everygenome.web.stories.sweeping import swept

    one = tellers.published()
    left = beside("0" * 32)
    written(left, b"x")
    swept(timezone.now() + timedelta(days=2))
    assert not left.exists()
    assert beside(one.vault).exists()


def test_a_last_day_is_kept_of_what_was_declined(rolled_back):
    from everygenome.web.moderation.actions import offering, reviewing
    from everygenome.web.people import vaults
    from everygenome.web.stories.due import due

    one = tellers.offered(keep="end", keep_day="2031-01-01").contribution
    one = reviewing.take(contribution=one, by=tellers.reviewer(1))
    one = reviewing.decline(contribution=one, by=tellers.reviewer(1), reason="No.")
    # Not even for a second look: it was to be there until then.
    offering.appeal(contribution=one, by="contributor", text="Please look again.")
    type(one).objects.filter(pk=one.pk).update(decided_at=datetime(2030, 12, 20, tzinfo=UTC))
    assert due(datetime(2030, 12, 30, 12, tzinfo=UTC)).ended == 0
    assert due(datetime(2031, 1, 2, 12, tzinfo=UTC)).ended == 1
    assert not vaults.is_open(one.vault)


@pytest.mark.parametrize("kind", ["QuickerError", "RefusedError", "DatabaseError"])
def test_what_somebody_else_did_meanwhile_stops_no_other_story(rolled_back, monkeypatch, kind):
    from django.db import DatabaseError

    from everygenome.web.moderation.refused import QuickerError, RefusedError
    from everygenome.web.stories import due as module

    errors = {
        "QuickerError": QuickerError(),
        "RefusedError": RefusedError("It is held."),
        "DatabaseError": DatabaseError("deadlock detected"),
    }
    one = tellers.published(keep="end", keep_day="2031-01-01")
    two = tellers.published(keep="end", keep_day="2031-01-01")
    locked = module.locked

    def meanwhile(contribution, *, seen):
        if contribution.pk == one.pk:
            raise errors[kind]
        return locked(contribution, seen=seen)

    monkeypatch.setattr(module, "locked", meanwhile)
    done = module.due(datetime(2031, 1, 1, 12, tzinfo=UTC))
    assert tellers.story(two).standing == "withdrawn"
    # What somebody else did is no fault; the next run does what is still due.
    assert done.failed == (0 if kind == "QuickerError" else 1)


def test_a_key_of_a_draft_that_cannot_be_removed_keeps_no_other_draft(rolled_back, monkeypatch):
    from django.utils import timezone

    from everygenome.web.moderation.models import Contribution
    from everygenome.web.people import vaults
    from everygenome.web.people.forgetting import forget

    drafts = [tellers.offered(send=False).contribution for _ in range(2)]
    long_ago = timezone.now() - timedelta(days=40)
    Contribution.objects.filter(pk__in=[one.pk for one in drafts]).update(made_at=long_ago)
    for one in drafts:
        one.events.all().delete()
    monkeypatch.setattr(vaults, "destroy", broken)
    assert forget().drafts == 2
    assert not Contribution.objects.filter(pk__in=[one.pk for one in drafts]).exists()


def test_a_last_day_is_kept_of_what_a_restore_made_a_draft_again(rolled_back):
    from everygenome.web.people import vaults
    from everygenome.web.stories.due import due

    one = tellers.offered(keep="end", keep_day="2031-01-01").contribution
    type(one).objects.filter(pk=one.pk).update(state="draft")
    due(datetime(2031, 1, 2, 12, tzinfo=UTC))
    assert not vaults.is_open(one.vault)

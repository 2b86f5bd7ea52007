"""Faults that an attack on the room found, each with what would have caught it."""

import logging
import re
import smtplib

import pytest

from everygenome.errors import StoreError
from tests.functional.web import database
from tests.functional.web.moderation import offers
from tests.functional.web.page import read
from tests.functional.web.stories import tellers
from tests.functional.web.stories.test_offering import begun, fill

pytestmark = [pytest.mark.usefixtures("django")]


def link(one):
    from everygenome.web.moderation.keys import new_link

    return new_link(one, mailed=True)


def test_nothing_is_destroyed_where_keys_and_database_do_not_belong_together(web):
    from everygenome.web.people import vaults
    from everygenome.web.people.models import Belonging
    from everygenome.web.stories.due import due

    one = tellers.published()
    Belonging.objects.update(word="another")
    with pytest.raises(StoreError, match="do not belong together"):
        due()
    Belonging.objects.all().delete()
    with pytest.raises(StoreError, match="do not belong together"):
        due()
    assert vaults.is_open(one.vault)


def test_keys_that_nothing_names_are_kept_for_longer_than_any_backup(rolled_back):
    from datetime import timedelta

    from django.utils import timezone

    from everygenome.web.people import vaults
    from everygenome.web.stories.sweeping import swept

    later = vaults.made()
    swept(timezone.now() + timedelta(days=59))
    assert vaults.is_open(later)
    swept(timezone.now() + timedelta(days=61))
    assert not vaults.is_open(later)


def test_what_was_chosen_since_a_backup_holds_after_it_is_restored(web):
    from everygenome.web.moderation.actions import offering
    from everygenome.web.moderation.models import Contribution
    from everygenome.web.people.sealed import under
    from everygenome.web.stories.restored import as_chosen_last

    one = tellers.published()
    old = dict(one.proposed)
    values = {"tier": "restricted", "named": "none"}
    one = offering.choose(contribution=one, by="contributor", values=values)
    # As a backup has it.
    Contribution.objects.filter(pk=one.pk).update(**under(one, proposed=old))
    story = tellers.story(one)
    story.standing = "public"
    story.save()
    as_chosen_last()
    assert tellers.story(one).standing == "restricted"
    assert "by" not in tellers.story(one).sealed["data"]


def test_what_an_editor_took_down_stays_down_after_a_restore(web):
    from everygenome.web.stories.desk import changed
    from everygenome.web.stories.restored import as_chosen_last

    one = tellers.published()
    by = database.account("editor")
    changed(tellers.story(one), action="hide", by=by, reason="It names a doctor.")
    story = tellers.story(one)
    story.standing = "public"
    story.save()
    as_chosen_last()
    assert tellers.story(one).standing == "hidden"


def test_a_choice_that_is_made_while_a_file_is_looked_at_stays_made(web, monkeypatch):
    from everygenome.web.moderation.actions import offering
    from everygenome.web.stories.offering import files
    from tests.functional.web.stories.test_files import picture

    on, _ = begun(web, form="picture")
    (one,) = offers.contributions()
    taken = files.take_in

    def slowly(vault, sent):
        now = offers.contributions()[-1]
        offering.save(
            contribution=now, by="contributor", values=now.proposed | {"tier": "restricted"}
        )
        return taken(vault, sent)

    monkeypatch.setattr(files, "take_in", slowly)
    fill(web, f"{on}words/", title="Meanwhile", text="Words.", file=picture())
    one.refresh_from_db()
    assert one.proposed["tier"] == "restricted"
    assert len(one.proposed["media"]) == 1


def test_a_file_that_arrives_after_the_story_was_withdrawn_is_no_fault(web, monkeypatch):
    from everygenome.web.moderation.actions import offering
    from everygenome.web.stories.offering import files
    from tests.functional.web.stories.test_files import picture

    on, _ = begun(web, form="picture")
    taken = files.take_in

    def too_late(vault, sent):
        offering.withdraw(contribution=offers.contributions()[-1], by="contributor")
        return taken(vault, sent)

    monkeypatch.setattr(files, "take_in", too_late)
    response = fill(web, f"{on}words/", title="Late", file=picture())
    assert response.status_code == 404


def test_what_is_for_this_site_only_is_in_no_feed_but_by_its_title(web):
    with database.committed():
        one = tellers.published(summary=None)
    for path in ("/stories/feed.atom", "/stories/feed.rss", "/stories/export.json",
                 "/stories/export.csv", "/stories/podcast.rss",
                 f"/stories/{one.subject}/entry.json"):  # fmt: skip
        text = web.get(path).content.decode()
        assert "They took my blood" not in text, path
        assert "Nightingale" not in text, path


def test_the_links_of_a_former_address_end_and_an_address_can_be_taken_out(web, outbox):
    on, _ = begun(web, **{"by-address": "wrong@writer.example"})
    (first,) = outbox
    old = offers.links(first)[0]
    assert web.get(old).status_code == 200
    response = fill(web, f"{on}reach/", **{"by-address": "right@writer.example"})
    assert web.get(old).status_code == 404
    # Whoever is at work goes on by a link that no mail holds.
    on = response["Location"].removesuffix("look/")
    assert web.get(f"{on}look/").status_code == 200
    one = offers.contributions()[-1]
    assert one.contact is not None
    fill(web, f"{on}reach/", **{"no-address": "1"})
    assert offers.contributions()[-1].contact is None


def test_addresses_cannot_be_tried_without_end(web, outbox, monkeypatch):
    from everygenome.web.people import limits

    on, _ = begun(web)
    monkeypatch.setattr(limits, "client_allowed", lambda _request: False)
    response = fill(web, f"{on}reach/", **{"by-address": "somebody@writer.example"})
    assert "too many times within an hour" in read(response).text
    assert outbox == []


@pytest.mark.parametrize("form", ["{}", "/{}/", "https://site.example/{}/", "{}/", "S{}"])
def test_a_report_is_sealed_however_it_names_the_story(web, form):
    from django.db import connection

    from everygenome.web.moderation.actions import offering

    with database.committed():
        one = tellers.published()
    about = form.format(f"stories/{one.subject}").replace("Sstories", "Stories")
    sent = {"about": about, "matter": "private", "text": "It tells of MARKEDPERSON."}
    assert web.post("/report/", database.gate() | sent).status_code == 303
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM moderation_report")
        assert "MARKEDPERSON" not in str(cursor.fetchall())
    offering.recall(contribution=one, by="contributor")
    again = web.post("/report/", database.gate() | sent)
    assert again.status_code == 400
    assert "There is no such story here, or it was withdrawn." in read(again).text


def test_what_was_declined_can_be_taken_back_and_not_be_appealed_afterwards(web):
    from everygenome.web.moderation.actions import offering, reviewing
    from everygenome.web.moderation.refused import RefusedError

    with database.committed():
        one = tellers.offered().contribution
        one = reviewing.take(contribution=one, by=tellers.reviewer(1))
        one = reviewing.decline(contribution=one, by=tellers.reviewer(1), reason="No.")
    own = f"/contributions/{link(one)}/"
    assert "Withdraw it" in read(web.get(own)).text
    assert offers.act(web, f"{own}withdraw/").status_code == 303
    one.refresh_from_db()
    assert (one.state, one.proposed, one.vault) == ("withdrawn", {}, "")
    with pytest.raises(RefusedError):
        offering.appeal(contribution=one, by="contributor", text="Please.")


def test_a_second_look_that_is_asked_for_keeps_what_was_declined(rolled_back):
    from datetime import timedelta

    from everygenome.web.moderation.actions import offering, reviewing
    from everygenome.web.people import vaults
    from everygenome.web.stories.due import due

    one = tellers.offered().contribution
    one = reviewing.take(contribution=one, by=tellers.reviewer(1))
    one = reviewing.decline(contribution=one, by=tellers.reviewer(1), reason="No.")
    offering.appeal(contribution=one, by="contributor", text="Please look again.")
    assert due(one.decided_at + timedelta(days=100)).forgotten == 0
    assert vaults.is_open(one.vault)


def test_withdrawing_a_correction_says_that_the_story_stays(web):
    with database.committed():
        one = tellers.published()
    response = fill(web, f"/stories/offer/{link(one)}/again/")
    path = response["Location"]
    own = path.replace("/stories/offer/", "/contributions/").replace("words/", "")
    shown = read(web.get(f"{own}withdraw/")).text
    assert "What is published stays as it is." in shown
    assert "are destroyed, with the key" not in shown
    offers.act(web, f"{own}withdraw/")
    after = read(web.get(own)).text
    assert "is still there" in after
    assert "Nothing of it is left" not in after
    assert web.get(f"/stories/{one.subject}/").status_code == 200


def test_a_picture_taken_out_of_a_correction_stays_in_the_story(web):
    from everygenome.web.moderation.actions import offering
    from everygenome.web.stories.offering.files import take_in
    from tests.functional.web.stories.test_files import picture

    with database.committed():
        one = tellers.offered(send=False, form="picture").contribution
        said = take_in(one.vault, picture()) | {"alt": "A house"}
        offering.save(contribution=one, by="contributor", values=one.proposed | {"media": [said]})
        one.refresh_from_db()
        offering.submit(contribution=one, by="contributor")
        one.refresh_from_db()
        one = tellers.read_by_two(one)
    path = fill(web, f"/stories/offer/{link(one)}/again/")["Location"]
    fill(web, path, title="Without", text="Words.", **{f"remove-{said['id']}": "1"})
    assert "media" not in offers.contributions()[-1].proposed
    assert web.get(f"/stories/{one.subject}/media/{said['id']}").status_code == 200


def test_a_correction_can_be_sent_when_a_chosen_day_is_past(web):
    from everygenome.web.moderation.models import Contribution
    from everygenome.web.people.sealed import under

    with database.committed():
        one = tellers.published()
    old = one.proposed | {"tier": "embargoed", "embargo": "2020-01-01"}
    Contribution.objects.filter(pk=one.pk).update(**under(one, proposed=old))
    path = fill(web, f"/stories/offer/{link(one)}/again/")["Location"]
    fill(web, path, title="The letter", text="Other words.")
    assert fill(web, path.replace("words/", "look/")).status_code == 303
    assert offers.contributions()[-1].state == "submitted"


def test_how_many_have_to_read_it_cannot_be_changed_after_it_was_sent(web):
    with database.committed():
        one = tellers.published()
    path = f"/stories/offer/{link(one)}/choices/"
    names = {e["attrs"].get("name") for e in read(web.get(path)).elements}
    assert "tier" in names
    assert not {"personal", "family", "agreed"} & names
    choices = {k: tellers.STORY[k] for k in ("tier", "named", "name", "quotation", "reuse", "keep")}
    fill(web, path, **choices, personal="no")
    one.refresh_from_db()
    assert one.proposed["personal"] == "yes"


def test_a_link_holds_no_long_texts(web):
    on, _ = begun(web, form="link")
    names = {e["attrs"].get("name") or "" for e in read(web.get(f"{on}about/")).elements}
    assert "summary" in names
    assert [name for name in names if "translations" in name] == []
    own = f"/contributions/{on.split('/')[3]}/"
    assert "Change your choices" not in read(web.get(own)).text


def test_a_choice_can_be_changed_while_it_waits(web):
    with database.committed():
        one = tellers.offered().contribution
    path = f"/stories/offer/{link(one)}/choices/"
    choices = {k: tellers.STORY[k] for k in ("tier", "quotation", "reuse", "keep")}
    assert fill(web, path, **choices, named="none").status_code == 303
    one.refresh_from_db()
    assert (one.state, one.proposed["named"]) == ("submitted", "none")


def test_a_teller_reads_why_a_story_was_taken_down(web):
    with database.committed():
        one = tellers.published()
    editor = database.client(database.account("editor"))
    editor.post(f"/desk/stories/{one.subject}/hide/", {"reason": "It names a doctor."})
    own = read(web.get(f"/contributions/{link(one)}/")).text
    assert "An editor took it down, so nobody reads it now." in own
    assert "It names a doctor." in own
    assert "See it on its page" not in own


def test_a_last_day_is_kept_before_publication_too(rolled_back):
    from datetime import UTC, datetime

    from everygenome.web.people import vaults
    from everygenome.web.stories.due import due

    one = tellers.offered(keep="end", keep_day="2031-01-01").contribution
    assert due(datetime(2030, 12, 31, 12, tzinfo=UTC)).ended == 0
    assert due(datetime(2031, 1, 1, 12, tzinfo=UTC)).ended == 1
    assert not vaults.is_open(one.vault)


def test_a_story_whose_last_day_came_is_not_published(rolled_back):
    from everygenome.web.moderation.refused import RefusedError

    with pytest.raises(RefusedError, match="that day has come"):
        tellers.published(keep="end", keep_day="2020-01-01")


def test_an_address_that_a_mail_server_refuses_is_in_no_log(web, monkeypatch, caplog):
    from django.core.mail import EmailMessage

    def refuse(self):
        raise smtplib.SMTPRecipientsRefused({self.to[0]: (550, b"no such user")})

    monkeypatch.setattr(EmailMessage, "send", refuse)
    with caplog.at_level(logging.DEBUG):
        begun(web, **{"by-address": "secretteller@writer.example"})
    assert "could not be sent" in caplog.text
    assert "secretteller" not in caplog.text
    assert not re.search(r"Traceback", caplog.text)


def test_nobody_looks_at_the_address_of_who_suggested_a_tool(web):
    offers.send(web, **{"by-address": "ada@writer.example"})
    one = offers.contributions()[-1]
    client = database.client(database.account("safeguarding"))
    answer = client.post(f"/desk/{one.pk}/contact/", {"reason": "I want to."})
    assert answer.status_code == 400
    assert "ada@writer.example" not in answer.content.decode()


def test_the_public_page_of_the_panel_names_no_story_that_is_not_public(web):
    from everygenome.web.moderation.actions import holding, reviewing
    from everygenome.web.stories.kind import CHECKS

    with database.committed():
        one = tellers.offered(tier="restricted", personal="no").contribution
        by = database.account("panel")
        holding.hold(contribution=one, by=by, reason="We know MARKEDPERSON.")
        holding.lift_hold(contribution=one, by=by, reason="It is well, MARKEDPERSON says.")
        one.refresh_from_db()
        one = reviewing.take(contribution=one, by=tellers.reviewer(1))
        why = {"by": tellers.reviewer(1), "reason": "Good."}
        one = reviewing.review(contribution=one, checks=list(CHECKS), **why)
        one = reviewing.publish(contribution=one, **why)
    shown = read(web.get("/moderation/panel/")).text
    assert one.subject not in shown
    assert "MARKEDPERSON" not in shown


def test_what_is_not_yet_sent_again_is_not_read_at_the_desk(web):
    from everygenome.web.moderation.actions import offering, reviewing

    with database.committed():
        one = tellers.offered().contribution
        one = reviewing.take(contribution=one, by=tellers.reviewer(1))
        one = reviewing.ask_changes(contribution=one, by=tellers.reviewer(1), reason="Shorter.")
        offering.save(
            contribution=one, by="contributor", values=one.proposed | {"text": "UNSENTWORDS"}
        )
    desk = database.client(tellers.reviewer(1))
    assert "UNSENTWORDS" not in desk.get(f"/desk/{one.pk}/").content.decode()
    assert desk.get(f"/desk/stories/{one.pk}/").status_code == 404


def test_a_recording_elsewhere_needs_its_words_too():
    from everygenome.web.stories.keeping import needs_transcript

    assert needs_transcript({"form": "audio", "format": "story", "url": "https://a.example/"})
    assert not needs_transcript({"form": "link", "format": "podcast"})


def test_what_fails_for_one_story_is_done_for_all_others(rolled_back, monkeypatch):
    from datetime import UTC, datetime

    from everygenome.web.people import vaults
    from everygenome.web.stories.due import due

    one = tellers.published(keep="end", keep_day="2031-01-01")
    two = tellers.published(keep="end", keep_day="2031-01-01")
    key = vaults._key

    def broken(vault):
        if vault == one.vault:
            raise PermissionError(13, "Permission denied")
        return key(vault)

    monkeypatch.setattr(vaults, "_key", broken)
    done = due(datetime(2031, 1, 1, 12, tzinfo=UTC))
    assert done.failed >= 1
    assert tellers.story(two).standing == "withdrawn"


def test_a_fault_writes_no_secret_into_the_log(web, monkeypatch):
    import io

    from everygenome.web.stories.offering import views

    on, _ = begun(web)
    monkeypatch.setattr(views, "fields_for", lambda *_, **__: 1 / 0)
    written = io.StringIO()
    (handler,) = (one for one in logging.getLogger("django").handlers if one.filters)
    before = handler.setStream(written)
    try:
        assert web.get(f"{on}words/").status_code == 500
    finally:
        handler.setStream(before)
    assert "Internal Server Error: /stories/offer/(secret)/words/" in written.getvalue()
    assert on.split("/")[3] not in written.getvalue()


@pytest.mark.slow
def test_a_link_that_an_editor_took_down_does_not_come_back_with_the_seeds(rolled_back):
    from django.core.management import call_command

    from everygenome.web.collections.shelf import items_of
    from everygenome.web.stories.collection import COLLECTION
    from everygenome.web.stories.desk import changed
    from everygenome.web.stories.models import Story

    call_command("seed", verbosity=0)
    story = Story.objects.filter(contribution=None).first()
    by = database.account("editor")
    changed(story, action="hide", by=by, reason="Its author asked for it.")
    call_command("seed", verbosity=0)
    assert not items_of(COLLECTION).filter(slug=story.slug).exists()
    assert Story.objects.get(pk=story.pk).standing == "hidden"

"""Faults that a second attack found in what is said of a story: holds, reports, mails."""

import pytest

from tests.functional.web import database
from tests.functional.web.moderation import offers
from tests.functional.web.page import read
from tests.functional.web.stories import tellers
from tests.functional.web.stories.test_attacked import link
from tests.functional.web.stories.test_offering import begun

pytestmark = [pytest.mark.usefixtures("django")]


def stored(*places):
    """What the database holds in some columns, each as `table.column`, just as it is stored."""
    from django.db import connection

    found = []
    with connection.cursor() as cursor:
        for place in places:
            table, _, column = place.partition(".")
            cursor.execute(f"SELECT {column} FROM moderation_{table}")
            found += cursor.fetchall()
    return str(found)


def told(web, **fields):
    """A reader reports something."""
    sent = {"about": "", "matter": "private", "text": "It names MARKEDPERSON."} | fields
    return web.post("/report/", database.gate() | sent)


def reports():
    from everygenome.web.moderation.models import Report

    return list(Report.objects.order_by("pk"))


# Holds.


def test_a_hold_on_a_story_that_is_not_public_is_named_nowhere(web):
    from everygenome.web.moderation.actions import holding, offering

    with database.committed():
        one = tellers.published()
    by = database.account("panel")
    holding.hold_subject(subject=f"stories/{one.subject}", by=by, reason="We know MARKEDPERSON.")
    for path in ("/moderation/", "/moderation/panel/"):
        assert one.subject in read(web.get(path)).text, path
    offering.choose(contribution=one, by="contributor", values={"tier": "restricted"})
    for path in ("/moderation/", "/moderation/panel/"):
        shown = web.get(path).content.decode()
        assert "MARKEDPERSON" not in shown, path
        assert one.subject not in shown, path
        assert "a story that is not public" in shown, path


def test_a_hold_on_a_correction_is_named_nowhere(web):
    from everygenome.web.moderation.actions import holding

    with database.committed():
        one = tellers.published()
        edit = tellers.corrected(one)
    by = database.account("panel")
    holding.hold(contribution=edit, by=by, reason="It says MARKEDPERSON now.")
    shown = web.get("/moderation/panel/").content.decode()
    assert "MARKEDPERSON" not in shown
    assert one.subject not in shown


def test_a_hold_that_is_lifted_after_a_story_was_withdrawn_says_nothing_of_it(web):
    from everygenome.web.moderation.actions import holding, offering
    from everygenome.web.moderation.refused import RefusedError

    with database.committed():
        one = tellers.published()
    by, subject = database.account("panel"), f"stories/{one.subject}"
    holding.hold_subject(subject=subject, by=by, reason="We know her.")
    offering.recall(contribution=one, by="contributor")
    for act in (holding.lift_subject, holding.hold_subject):
        with pytest.raises(RefusedError, match="it was withdrawn"):
            act(subject=subject, by=by, reason="MARKEDPERSON took it back.")
    assert "MARKEDPERSON" not in read(web.get("/moderation/panel/")).text
    assert "MARKEDPERSON" not in stored("hold.reason", "hold.outcome", "event.reason")


def test_a_hold_on_what_was_withdrawn_stands_no_more(web):
    from everygenome.web.moderation.actions import holding, offering
    from everygenome.web.moderation.models import Hold

    with database.committed():
        one = tellers.offered().contribution
        holding.hold(contribution=one, by=database.account("panel"), reason="We know her.")
        one.refresh_from_db()
        offering.withdraw(contribution=one, by="contributor")
    assert "Nothing is held just now." in read(web.get("/moderation/panel/")).text
    assert not Hold.objects.exists()


def test_a_hold_on_a_withdrawn_entry_and_on_a_withdrawn_tool_stand_no_more(web):
    from everygenome.web.moderation.actions import holding, offering

    by = database.account("panel")
    with database.committed():
        one = tellers.published()
        holding.hold_subject(subject=f"stories/{one.subject}", by=by, reason="We know her.")
        offering.recall(contribution=one, by="contributor")
        offers.send(web, name="A tool")
        tool = offers.contributions()[-1]
        holding.hold(contribution=tool, by=by, reason="Wait.")
        tool.refresh_from_db()
        offering.withdraw(contribution=tool, by="contributor")
    assert "Nothing is held just now." in read(web.get("/moderation/panel/")).text


# Second looks.


def test_a_second_look_at_what_was_withdrawn_waits_no_more(web):
    from everygenome.web.moderation.actions import offering, reviewing

    with database.committed():
        one = tellers.offered().contribution
        one = reviewing.take(contribution=one, by=tellers.reviewer(1))
        one = reviewing.decline(contribution=one, by=tellers.reviewer(1), reason="No.")
        offering.appeal(contribution=one, by="contributor", text="Please.")
        one.refresh_from_db()
        offering.discard(contribution=one, by="contributor")
    editor = database.client(database.account("editor"))
    shown = editor.get("/desk/appeals/")
    assert f"/desk/{one.pk}/" not in shown.content.decode()
    assert "No appeal is waiting." in read(shown).text
    # Its teller's page says that it was asked for, and not that it waits.
    own = read(web.get(f"/contributions/{link(one)}/")).text
    assert "asked for a second look" in own
    assert "It is not decided yet." not in own


# Reports.


def test_what_is_answered_after_a_story_was_withdrawn_is_not_kept_in_the_clear(web):
    from everygenome.web.moderation.actions import answering, offering
    from everygenome.web.moderation.refused import RefusedError

    with database.committed():
        one = tellers.published()
    told(web, about=f"stories/{one.subject}", **{"by-address": "reader@reader.example"})
    (report,) = reports()
    offering.recall(contribution=one, by="contributor")
    desk = database.client(database.account("administrator"))
    answer = {"reason": "We told MARKEDPERSON that it is gone."}
    assert desk.post(f"/desk/reports/{report.pk}/", answer).status_code == 404
    assert "No report is waiting." in read(desk.get("/desk/reports/")).text
    by = database.account("curator")
    with pytest.raises(RefusedError, match="it was withdrawn"):
        answering.handle_report(report=report, by=by, outcome=answer["reason"])
    columns = ("report.text", "report.outcome", "event.reason")
    assert "MARKEDPERSON" not in stored(*columns)


def test_what_was_answered_before_stays_answered_without_its_words(web):
    from everygenome.web.moderation.actions import answering, offering

    with database.committed():
        one = tellers.published()
    told(web, about=f"stories/{one.subject}")
    by = database.account("curator")
    answering.handle_report(report=reports()[0], by=by, outcome="We told MARKEDPERSON.")
    offering.recall(contribution=one, by="contributor")
    (report,) = reports()
    assert (report.text, report.outcome) == ("(removed)", "(removed)")
    assert "MARKEDPERSON" not in stored("report.text", "report.outcome", "event.reason")


@pytest.mark.parametrize("about", ["{}", " {} ", "The story {}.", "story {}", "stories/{}#top"])
def test_a_report_is_sealed_where_it_names_the_story_by_its_name_alone(web, about):
    with database.committed():
        one = tellers.published()
    about = about.format(one.subject.upper())
    assert told(web, about=about).status_code == 303
    assert reports()[0].subject == f"stories/{one.subject}"
    assert "MARKEDPERSON" not in stored("report.text")


def test_a_report_is_sealed_where_its_text_alone_names_the_story(web):
    with database.committed():
        one = tellers.published()
    text = f"https://site.example/stories/{one.subject}/ names MARKEDPERSON."
    assert told(web, about="a page of yours", text=text).status_code == 303
    (report,) = reports()
    assert report.subject == f"stories/{one.subject}"
    assert report.text == f"About: a page of yours\n\n{text}"
    assert "MARKEDPERSON" not in stored("report.text", "report.subject", "event.subject")


def test_a_report_about_a_story_that_was_withdrawn_is_refused_by_its_name_alone(web):
    from everygenome.web.moderation.actions import offering

    with database.committed():
        one = tellers.published()
    offering.recall(contribution=one, by="contributor")
    answer = told(web, about=one.subject)
    assert answer.status_code == 400
    assert "There is no such story here, or it was withdrawn." in read(answer).text
    # That copies of it are elsewhere can be said.
    text = f"A copy of {one.subject} is still at https://archive.example/."
    assert told(web, text=text).status_code == 303
    assert reports()[0].subject == ""


def test_the_page_of_a_published_story_says_what_a_report_is_about(web):
    with database.committed():
        one = tellers.published()
    shown = web.get(f"/contributions/{link(one)}/").content.decode()
    assert f'href="/report/?about=stories/{one.subject}"' in shown


@pytest.mark.slow
def test_a_copy_for_others_holds_nothing_that_a_reader_typed(rolled_back, tmp_path):
    from everygenome.web.moderation.actions import answering
    from everygenome.web.moderation.models import Receiver
    from everygenome.web.people.scrub import scrub

    offers.entry()
    for subject in ("The story of MARKEDPERSON", "toolbox/markedperson", "toolbox/tractor"):
        answering.report(
            subject=subject, matter="private", text="It names her.", receiver=Receiver.BOTH
        )
    assert [one.subject for one in reports()] == ["", "", "toolbox/tractor"]
    assert reports()[0].text == "About: The story of MARKEDPERSON\n\nIt names her."
    scrub(to=tmp_path / "copy.sqlite3")
    copy = (tmp_path / "copy.sqlite3").read_bytes().lower()
    assert b"markedperson" not in copy
    assert b"toolbox/tractor" in copy


# Mails, and addresses.


def test_whom_nobody_asked_gets_no_mail_about_a_withdrawal(web, outbox):
    on, _ = begun(web, **{"by-address": "somebodyelse@writer.example"})
    outbox.clear()
    offers.act(web, f"/contributions/{on.split('/')[3]}/withdraw/")
    assert outbox == []


def test_who_said_that_we_may_write_gets_a_receipt_of_the_withdrawal(web, outbox):
    from everygenome.web.people import contacts

    on, _ = begun(web, **{"by-address": "ada@writer.example"})
    contacts.confirm(offers.contributions()[-1].contact)
    outbox.clear()
    offers.act(web, f"/contributions/{on.split('/')[3]}/withdraw/")
    (mail,) = outbox
    assert mail.to == ["ada@writer.example"]
    assert "This mail is your receipt." in mail.body


def test_the_address_of_a_receipt_is_no_fault_elsewhere(web):
    response = web.post("/stories/offer/", database.gate() | {"form": "own-words"})
    token = response["Location"].split("/")[4]
    assert web.get(f"/contributions/sent/{token}/").status_code == 404
    sent = offers.send(web)["Location"].split("/")[3]
    assert web.get(f"/stories/offer/started/{sent}/").status_code == 404


# Letters.


@pytest.mark.parametrize("first", [0xE0000, 0xE0100])
def test_letters_that_nobody_can_see_are_taken_out(first):
    from everygenome.web.moderation.fields.plain import plain

    hidden = "".join(chr(first + ord(c)) for c in "Mary Realname")
    assert plain(f"A story{hidden}", longest=100) == "A story"
    assert plain(hidden, longest=100) == ""


@pytest.mark.parametrize(
    "letter", "\u00ad\u034f\u061c\u115f\u180e\u2061\u206f\u3164\uffa0\u2800\ufffb"
)
def test_what_is_drawn_as_nothing_is_no_title(letter):
    from everygenome.web.moderation.fields.plain import plain

    assert plain(letter * 3, longest=100) == ""


def test_joiners_and_forms_that_writing_needs_stay_and_no_more():
    from everygenome.web.moderation.fields.plain import plain

    for text in ("می\u200cخواهم", "क्\u200dष", "\u2764\ufe0f", "葛\U000e0100",
                 "\U0001f468\u200d\U0001f469"):  # fmt: skip
        assert plain(text, longest=100) == text
    assert plain("a\u200c\u200d\u200c\u200db", longest=100) == "a\u200cb"
    assert plain("葛\U000e0100\U000e0141\ufe0f\ufe0e", longest=100) == "葛\U000e0100"

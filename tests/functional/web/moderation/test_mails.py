"""The mails: plain text, short lines, and no line of ours that a stranger wrote."""

import pytest

from tests.functional.web import database
from tests.functional.web.moderation import offers

pytestmark = [pytest.mark.usefixtures("django")]
ADDRESS = "ada@people.example"
# What a stranger might write so that it looks like a line of ours.
LINES = "First.\n\nBcc: all@victims.example\n\nPress here:\nhttps://elsewhere.example/"


def proper(mail, *, subject, to=ADDRESS):
    """What holds of every mail."""
    assert mail.subject == f"everygenome: {subject}"
    assert mail.to == [to]
    assert mail.extra_headers == {"Auto-Submitted": "auto-generated"}
    assert (mail.content_subtype, mail.attachments) == ("plain", [])
    lines = mail.body.splitlines()
    for line in lines:
        assert len(line) < 72 or line.startswith(("http", "> ")), line
        assert not line.startswith("Bcc:")
    assert "https://elsewhere.example/" not in lines
    assert "&amp;" not in mail.body
    assert "&#" not in mail.body
    assert "\n\n\n" not in mail.body
    assert "You get this mail because" in " ".join(mail.body.split())
    return " ".join(mail.body.split())


@pytest.fixture
def sent(web, outbox):
    """A contribution whose owner said that we may write."""
    offers.send(web, name="Ada & Bob's “tool” " + "x" * 100, **{"by-address": ADDRESS})
    (mailed,) = offers.links(outbox[0])
    offers.act(web, mailed, act="confirm")
    return offers.contributions()[0]


def test_welcome(web, outbox):
    offers.send(web, name="Ada & Bob", **{"by-address": ADDRESS})

    (mail,) = outbox
    text = proper(mail, subject="Your contribution")
    assert "sent a tool to everygenome and gave this address: > Ada & Bob It is: waiting" in text
    assert "We aim to answer within 7 days." in text
    assert "press “Erase my details”" in text
    assert len(offers.links(mail)) == 1


def test_welcome_to_a_draft(web, outbox):
    offers.send(web, button="draft", **{"by-address": ADDRESS})

    text = proper(outbox[0], subject="Your contribution")
    assert "It is: draft." in text
    assert "We aim" not in text


def test_links(web, outbox, sent):
    outbox.clear()
    web.post("/contributions/", database.gate() | {"by": "mail", "by-address": ADDRESS})

    (mail,) = outbox
    text = proper(mail, subject="Your links")
    assert "> Ada & Bob's “tool” > xxx" in text
    assert "This is a tool." in text
    assert "It is: waiting for review." in text
    assert len(offers.links(mail)) == 1


def test_links_to_somebody_unknown(web, outbox):
    web.post("/contributions/", database.gate() | {"by": "mail", "by-address": ADDRESS})

    text = proper(outbox[0], subject="Your links")
    assert "Nothing that we have was sent with this address" in text
    assert offers.links(outbox[0]) == []


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        (["take"], "An editor began the review. It is now: in review."),
        (["take", "ask_changes"], "An editor asked for changes. It is now: changes asked of you."),
        (["take", "decline"], "An editor declined it. It is now: declined."),
        (["take", "accept_and_publish"], "An editor published it. It is now: published."),
    ],
)
def test_told(web, outbox, sent, steps, said):
    outbox.clear()
    for step in steps:
        reason = {} if step == "take" else {"reason": f"{LINES} Thanks & bye."}
        offers.change(step, sent, **reason)

    mail = outbox[-1]
    text = proper(mail, subject="Your contribution")
    assert said in text
    assert ("Why: > First. Bcc: all@victims.example Press here:" in text) == (len(steps) > 1)
    # It holds a link that works.
    (link,) = offers.links(mail)
    assert web.get(link).status_code == 200
    assert "The editor" not in text


def test_nobody_is_told_who_did_not_say_yes(web, outbox):
    offers.send(web, **{"by-address": ADDRESS})
    outbox.clear()

    offers.change("take", offers.contributions()[0])

    assert outbox == []


def test_reported_and_handled(web, outbox):
    from django.test import override_settings

    from everygenome.web.moderation.actions.answering import handle_report
    from everygenome.web.moderation.models import Report

    form = {"about": "About a & b", "matter": "harm", "text": LINES, "by-address": ADDRESS}
    with override_settings(REPORT_RECEIVERS=("first@r.example",)):
        web.post("/report/", database.gate() | form)
    text = proper(outbox[0], subject="A report", to="first@r.example")
    assert "What it is about: It harms or insults people" in text
    assert "Page or entry: not said" in text
    assert "> About: About a & b First. Bcc: all@victims.example Press here:" in text
    assert ADDRESS not in outbox[0].body

    with database.committed():
        handle_report(report=Report.objects.get(), by=offers.staff("curator"), outcome=LINES)
    text = proper(outbox[1], subject="Your report")
    assert "What it was about" not in text
    assert "What was done: > First. Bcc:" in text


def test_reported_and_handled_of_an_entry(web, outbox):
    from django.test import override_settings

    from everygenome.web.moderation.actions.answering import handle_report
    from everygenome.web.moderation.models import Report

    offers.entry()
    about = "https://site.example/toolbox/tractor/?from=here"
    form = {"about": about, "matter": "harm", "text": LINES, "by-address": ADDRESS}
    with override_settings(REPORT_RECEIVERS=("first@r.example",)):
        web.post("/report/", database.gate() | form)
    text = proper(outbox[0], subject="A report", to="first@r.example")
    assert "Page or entry: > toolbox/tractor What is wrong: > First." in text
    with database.committed():
        handle_report(report=Report.objects.get(), by=offers.staff("curator"), outcome=LINES)
    text = proper(outbox[1], subject="Your report")
    assert "What it was about: > toolbox/tractor" in text


def test_a_mail_server_that_is_down_undoes_nothing(web, caplog):
    from django.test import override_settings

    backend = "django.core.mail.backends.smtp.EmailBackend"
    # Port 9 of this machine: nothing listens there.
    with override_settings(EMAIL_BACKEND=backend, EMAIL_HOST="127.0.0.1", EMAIL_PORT=9):
        response = offers.send(web, **{"by-address": ADDRESS})

    assert response.status_code == 303
    assert len(offers.contributions()) == 1
    assert "could not be sent" in caplog.text
    assert ADDRESS not in caplog.text

"""The way back: links in mails, receipt codes, and what is said where they do not work."""

from datetime import timedelta

import pytest

from tests.functional.web import database
from tests.functional.web.moderation import offers
from tests.functional.web.page import read

pytestmark = [pytest.mark.usefixtures("django")]
ADDRESS = "ada@people.example"


def find(web, **fields):
    return web.post("/contributions/", database.gate() | fields)


def test_a_receipt_code_opens_the_page_however_it_is_typed(web):
    receipt = offers.receipt_of(web, offers.send(web))
    typed = receipt.lower().replace("-", " ").replace("0", "o").replace("1", "l")

    opened = find(web, by="code", code=typed)

    assert opened.status_code == 303
    assert offers.heading(read(web.get(opened["Location"]))) == "Lantern: waiting for review"


def test_a_link_for_a_receipt_code_works_for_two_hours(web):
    from everygenome.web.moderation.models import Key

    own = offers.open_by(web, offers.receipt_of(web, offers.send(web)))
    key = Key.objects.latest("made_at")

    assert timedelta(hours=1, minutes=59) < key.expires_at - key.made_at < timedelta(hours=2)
    Key.objects.filter(pk=key.pk).update(expires_at=key.made_at)
    assert web.get(own).status_code == 404


@pytest.mark.parametrize("code", ["", "   ", "7K2Q", "\x00", "x" * 10_000, "<b>", "٣" * 20])
def test_a_wrong_code_is_told_beside_its_field(web, code):
    response = find(web, by="code", code=code)

    page = read(response)
    assert response.status_code == 400
    assert next(i for i in page.all("p") if i["attrs"].get("id") == "code-wrong")
    assert "<b>" not in response.content.decode().replace("<bdi>", "")


def test_codes_cannot_be_guessed_for_long(web):
    statuses = [
        web.post(
            "/contributions/",
            database.gate() | {"by": "code", "code": f"7K2Q-{n:04}"},
            headers={"x-forwarded-for": "203.0.113.77"},
        ).status_code
        for n in range(12)
    ]
    assert statuses == [400] * 10 + [429] * 2


def test_links_that_do_not_work_all_get_one_answer(web):
    from everygenome.web.moderation.models import Key

    own = offers.open_by(web, offers.receipt_of(web, offers.send(web)))
    Key.objects.update(expires_at=Key.objects.latest("made_at").made_at)
    paths = (
        own,
        "/contributions/nothing/",
        "/contributions/%00%ff/",
        f"/contributions/{'x' * 9000}/",
    )
    answers = {
        web.get(path + end).content
        for path in paths
        for end in ("", "edit/", "withdraw/", "erase/")
    }
    sent = {offers.act(web, path).content for path in paths}

    assert len(answers | sent) == 1
    assert web.get(own).status_code == 404
    assert "This link does not work (any more)" in answers.pop().decode()


def test_new_links_are_mailed_and_the_answer_tells_nobody_who_is_known(web, outbox):
    offers.send(web, **{"by-address": ADDRESS})
    offers.send(web, name="Second tool", **{"by-address": ADDRESS.upper()})
    outbox.clear()

    known = find(web, by="mail", **{"by-address": ADDRESS})
    unknown = find(web, by="mail", **{"by-address": "else@people.example"})

    assert known.status_code == unknown.status_code == 303
    assert known["Location"] == unknown["Location"] == "/contributions/mailed/"
    first, second = outbox
    found = offers.links(first)
    assert len(found) == 2
    assert offers.heading(read(web.get(found[0]))).startswith("Lantern")
    assert offers.heading(read(web.get(found[1]))).startswith("Second tool")
    assert offers.links(second) == []
    assert "Nothing that we have was sent with this address" in second.body


def test_one_address_is_sent_five_mails_a_day(web, outbox):
    answers = {find(web, by="mail", **{"by-address": ADDRESS})["Location"] for _ in range(7)}

    assert answers == {"/contributions/mailed/"}
    assert len(outbox) == 5


def test_what_is_no_address_is_told_beside_its_field(web, outbox):
    for address in ("", "nobody", "a@b\r\nBcc: c@d.example", "x" * 10_000):
        response = find(web, by="mail", **{"by-address": address})
        assert response.status_code == 400
        assert "by-address-wrong" in response.content.decode()
    assert outbox == []


def test_only_a_link_that_was_mailed_confirms_an_address(web, outbox):
    receipt = offers.receipt_of(web, offers.send(web, **{"by-address": ADDRESS}))
    by_code = offers.open_by(web, receipt)

    assert "May we write to you?" not in read(web.get(by_code)).text
    offers.act(web, by_code, act="confirm")
    assert offers.contributions()[0].contact.confirmed_at is None
    (mailed,) = offers.links(outbox[0])
    assert "May we write to you?" in read(web.get(mailed)).text
    # Looking confirms nothing: programs that look through mail open links.
    assert offers.contributions()[0].contact.confirmed_at is None
    assert offers.act(web, mailed, act="confirm").status_code == 303
    assert offers.contributions()[0].contact.confirmed_at is not None
    assert "May we write to you?" not in read(web.get(mailed)).text


def test_a_program_is_told_nothing_new(web, outbox):
    offers.send(web)
    code = find(web, by="code", code="x", website="y")
    mail = find(web, by="mail", website="y", **{"by-address": ADDRESS})

    assert code.status_code == 400
    assert mail["Location"] == "/contributions/mailed/"
    assert outbox == []

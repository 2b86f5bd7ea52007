"""Readers report something, to two people or to one of them."""

import pytest

from tests.functional.web import database
from tests.functional.web.moderation import offers
from tests.functional.web.page import read

pytestmark = [pytest.mark.usefixtures("django")]
REPORT = {"about": "toolbox/tractor", "matter": "wrong", "text": "It moved.", "receiver": "both"}


@pytest.fixture
def two():
    from django.test import override_settings

    with override_settings(REPORT_RECEIVERS=("first@r.example", "second@r.example")):
        yield


def reports():
    from everygenome.web.moderation.models import Report

    return list(Report.objects.order_by("made_at", "pk"))


def test_the_form_knows_what_it_is_about(web, two):
    response = web.get("/report/?about=toolbox/tractor")
    form = offers.form_of(response)

    assert form["about"] == ["toolbox/tractor"]
    assert form["receiver"] == ["both"]
    assert "Two people who are not related get the reports" in read(response).text
    assert not response.cookies


@pytest.mark.parametrize(
    ("receiver", "to"),
    [
        ("both", ["first@r.example", "second@r.example"]),
        ("first", ["first@r.example"]),
        ("second", ["second@r.example"]),
    ],
)
def test_a_report_goes_to_whom_its_reader_chose(web, two, outbox, receiver, to):
    offers.entry()
    response = web.post("/report/", database.gate() | REPORT | {"receiver": receiver})

    assert (response.status_code, response["Location"]) == (303, "/report/sent/")
    (stored,) = reports()
    assert (stored.subject, stored.matter, stored.text) == ("toolbox/tractor", "wrong", "It moved.")
    assert [mail.to[0] for mail in outbox] == to


def test_without_two_receivers_there_is_nothing_to_choose(web, outbox):
    response = web.get("/report/")
    assert "receiver" not in offers.form_of(response)
    assert "It goes to the people who run this site." in read(response).text

    sent = {name: value for name, value in REPORT.items() if name != "receiver"}
    assert web.post("/report/", database.gate() | sent).status_code == 303
    assert (reports()[0].receiver, outbox) == ("both", [])


def test_whoever_gave_an_address_hears_what_was_done(web, two, outbox):
    from everygenome.web.moderation.actions.answering import handle_report

    web.post("/report/", database.gate() | REPORT | {"by-address": "ada@people.example"})
    outbox.clear()
    with database.committed():
        handle_report(report=reports()[0], by=offers.staff("curator"), outcome="Mended.")

    (mail,) = outbox
    assert mail.to == ["ada@people.example"]
    assert "What was done:\n\n> Mended.\n" in mail.body


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"matter": "nonsense"}, "matter"),
        ({"matter": ""}, "matter"),
        ({"text": " \n"}, "text"),
        ({"text": "<script>x</script>"}, "text"),
        ({"text": "x" * 5001}, "text"),
        ({"receiver": "the king"}, "receiver"),
        ({"about": "x" * 10_000}, "about"),
        ({"by-address": "nobody"}, "by-address"),
    ],
)
def test_what_is_wrong_is_told_and_the_text_stays(web, two, changes, place):
    response = web.post("/report/", database.gate() | REPORT | changes)

    page = read(response)
    assert response.status_code == 400
    assert f"#{place}" in [i["attrs"]["href"] for i in page.all("a")]
    assert next(i for i in page.elements if i["attrs"].get("id") == f"{place}-wrong")
    assert reports() == []
    kept = offers.form_of(response)
    assert kept["text"] == [REPORT["text"] if place != "text" else changes["text"]]


def test_the_gate_stands_here_too(web, two, outbox):
    elsewhere = web.post("/report/", REPORT)
    program = web.post("/report/", database.gate() | REPORT | {"website": "x"})

    assert (elsewhere.status_code, program.status_code) == (403, 303)
    assert offers.form_of(elsewhere)["text"] == ["It moved."]
    assert (reports(), outbox) == ([], [])
    statuses = [
        web.post(
            "/report/", database.gate() | REPORT, headers={"x-forwarded-for": "203.0.113.8"}
        ).status_code
        for _ in range(11)
    ]
    assert statuses == [303] * 10 + [429]

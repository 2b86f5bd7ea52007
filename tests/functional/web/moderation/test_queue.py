"""The queue: what waits, since when, and counts that agree with what a click shows."""

import functools
import itertools
import re
from datetime import timedelta

import pytest

from tests.functional.web import database
from tests.functional.web.moderation import standing
from tests.functional.web.page import read

pytestmark = [pytest.mark.usefixtures("django")]


@pytest.fixture
def reviewer(web):
    return database.client(database.account("reviewer"))


def aged(one, days):
    """Sent a number of days ago."""
    from django.utils import timezone

    from everygenome.web.moderation.models import Contribution

    at = timezone.now() - timedelta(days=days, minutes=5)
    Contribution.objects.filter(pk=one.pk).update(submitted_at=at)
    return one


def titles(answer):
    page = read(answer)
    return [
        i["text"].strip() for i in page.all("h3") if not i["text"].strip().startswith("Keyboard")
    ]


def test_an_empty_queue_says_so(reviewer):
    text = read(reviewer.get("/desk/")).text
    assert "Nothing is waiting." in text
    assert "Nothing is here." in text


def test_the_oldest_comes_first_and_what_is_late_is_said_in_words(reviewer):
    for name, state, days in (
        ("Two", "submitted", 2),
        ("Nine", "in review", 9),
        ("Eight", "submitted", 8),
        ("Seven", "submitted", 7),
    ):
        aged(standing.at(state, name=name), days)
    aged(standing.at("changes asked", name="Theirs"), 20)
    aged(standing.at("accepted", name="Accepted"), 30)
    answer = reviewer.get("/desk/")
    text = read(answer).text
    assert titles(answer) == ["Nine", "Eight", "Seven", "Two"]
    assert "4 waiting, oldest 9 days, 2 overdue." in text
    assert "Sent 9 days ago. Overdue by 2 days: answer by" in text
    assert "Sent 8 days ago. Overdue by 1 day: answer by" in text
    # It waits for its contributor, so we are not late.
    assert "Overdue" not in read(reviewer.get("/desk/?show=changes-asked")).text
    assert "Overdue by 23 days" in read(reviewer.get("/desk/?show=accepted")).text


def test_a_row_says_who_reviews_it_and_what_to_know_before(reviewer):
    from everygenome.web.moderation.actions import holding

    one = standing.at(
        "in review", name="Alpha", address="ada@reader.example", url="https://a.example"
    )
    standing.at("submitted", name="Beta", address="Ada@Reader.example")
    standing.at("submitted", name="Gamma", address="bob@reader.example")
    standing.at("submitted", name="Delta")
    holding.hold(contribution=one, by=database.account("panel"), reason="Wait.")
    standing.judge().__class__.objects.filter(email="judge@staff.example").update(name="<b>Jo")
    answer = reviewer.get("/desk/")
    rows = [
        " ".join(i["text"].split()) for i in read(answer).all("li") if "Choose number" in i["text"]
    ]
    assert [row.partition(" Sent")[0].partition(", ")[2] for row in rows] == [
        "Alpha Alpha A tool · a new entry · in review · on hold",
        "Beta Beta A tool · a new entry · waiting for review",
        "Gamma Gamma A tool · a new entry · waiting for review",
        "Delta Delta A tool · a new entry · waiting for review",
    ]
    assert rows[0].endswith("With <b>Jo . 1 link. Others came from this address.")
    assert rows[1].endswith("With nobody yet. No links. Others came from this address.")
    assert rows[2].endswith("First contribution from this address.")
    assert rows[3].endswith("No address given.")


def test_every_count_is_what_a_click_on_it_shows(reviewer):
    from everygenome.web.moderation.actions import holding

    panel = database.account("panel")
    with standing.kind("second", label="a second thing", reviewers=1):
        for kind, state in itertools.product(("toolbox", "second"), standing.STATES):
            one = standing.at(state, kind=kind, name=f"{kind} {state}")
            if state in ("accepted", "submitted") and kind == "second":
                holding.hold(contribution=one, by=panel, reason="Wait.")
        holding.hold_subject(subject="toolbox:kind:software", by=panel, reason="Wait.")
        # Nothing changes meanwhile: an address that stands on many pages is opened once.
        shown = functools.cache(reviewer.get)
        looked, waiting = set(), ["/desk/"]
        while waiting:
            address = waiting.pop()
            looked.add(address)
            page = read(shown(address))
            for link in page.all("a"):
                found = re.fullmatch(r"(.+) \((\d+)\)", link["text"].strip())
                href = link["attrs"]["href"]
                if not found or not (href == "/desk/" or href.startswith("/desk/?")):
                    continue
                assert len(titles(shown(href))) == int(found[2]), (address, href)
                if href not in looked and href not in waiting:
                    waiting.append(href)
        # Six parts; all kinds, the toolbox, the three others that are registered, the second.
        from everygenome.web.moderation.kinds import kinds

        assert len(looked) == 6 * (len(kinds()) + 1)
        counts = [
            len(titles(reviewer.get(f"/desk/?show={show}")))
            for show in ("waiting", "submitted", "in-review", "changes-asked", "accepted", "held")
        ]
        # The whole category is held, so all four of the toolbox; and two of the second kind.
        assert counts == [4, 2, 2, 2, 2, 6]


@pytest.mark.parametrize("query", ["?show=nothing", "?kind=nothing", "?show=&kind=", "?page=9"])
def test_what_is_not_known_is_left_out(reviewer, query):
    standing.at("submitted")
    assert titles(reviewer.get(f"/desk/{query}")) == ["Alpha"]


def test_drafts_are_not_in_the_queue(reviewer):
    standing.at("draft", name="Secret")
    assert "Secret" not in reviewer.get("/desk/").content.decode()


def test_reports_are_answered_once_and_for_whom_they_are_meant(web, outbox):
    from django.test import override_settings

    from everygenome.web.moderation.actions.answering import report

    made = {
        receiver: report(
            subject="toolbox/alpha",
            matter="conduct",
            text=f"About {receiver}.",
            receiver=receiver,
            address="ada@reader.example" if receiver == "both" else "",
        )
        for receiver in ("both", "first", "second")
    }
    editor = database.client(database.account("editor"))
    first = database.client(database.account("curator", "first@staff.example"))
    administrator = database.client(database.account("administrator"))

    def seen(client):
        text = read(client.get("/desk/reports/")).text
        return [name for name in made if f"About {name}." in text]

    with override_settings(REPORT_RECEIVERS=("First@staff.example",)):
        # Nobody is set as the second receiver, so the administrators stand in.
        assert seen(editor) == ["both"]
        assert seen(first) == ["both", "first"]
        assert seen(administrator) == ["both", "second"]
        hidden = f"/desk/reports/{made['first'].pk}/"
        assert editor.post(hidden, {"reason": "x"}).status_code == 404
        address = f"/desk/reports/{made['both'].pk}/"
        wrong = editor.post(address, {"reason": " "})
        assert wrong.status_code == 400
        assert "Please say what was done." in read(wrong).text
        done = editor.post(address, {"canned": "0", "reason": "Today."})
        assert (done.status_code, done["Location"]) == (303, "/desk/reports/?done=1")
        assert [mail.to for mail in outbox] == [["ada@reader.example"]]
        again = editor.post(address, {"reason": "Once more."})
        assert again.status_code == 400
        assert "It was answered already." in read(again).text
        made["both"].refresh_from_db()
        assert made["both"].outcome == "Thank you. The fact was wrong, and we corrected it.\nToday."


def test_appeals_are_decided_by_somebody_else(web):
    from everygenome.web.moderation.actions import offering, reviewing

    one_who_declined = database.account("editor")
    other = database.client(database.account("editor", "other@staff.example"))
    same = database.client(one_who_declined)
    one = standing.at("in review")
    one = reviewing.decline(contribution=one, by=one_who_declined, reason="It does not fit.")
    appeal = offering.appeal(contribution=one, by="contributor", text="It does fit.")
    address = f"/desk/appeals/{appeal.pk}/"
    page = read(same.get("/desk/appeals/"))
    assert "You declined it, so somebody else has to look again." in page.text
    assert not [i for i in page.all("form") if i["attrs"].get("action") == address]
    assert same.post(address, {"upheld": "no", "reason": "No."}).status_code == 400
    assert other.post(address, {"upheld": "maybe", "reason": "No."}).status_code == 400
    assert other.post(address, {"upheld": "yes", "reason": ""}).status_code == 400
    assert other.post("/desk/appeals/99999999/", {"upheld": "yes"}).status_code == 404
    assert other.post(address, {"upheld": "yes", "canned": "1"}).status_code == 303
    one.refresh_from_db()
    assert (one.state, one.round) == ("submitted", 2)
    text = read(other.get("/desk/appeals/?done=1")).text
    assert "The appeal was decided." in text
    assert "the contributor was right. You are right: it fits the collection." in text


def test_the_panel_holds_entries_and_categories_and_lifts_the_holds(web):
    from everygenome.web.moderation.models import Hold

    panel = database.client(database.account("panel"))
    curator = database.client(database.account("curator"))
    standing.entry()
    assert (
        curator.post("/desk/holds/", {"entry": "toolbox/alpha", "reason": "x"}).status_code == 404
    )
    for sent, told in (
        ({}, "one of the two"),
        ({"entry": "toolbox/alpha", "category": "toolbox:kind:software"}, "one of the two"),
        ({"entry": "toolbox/none"}, "There is no such entry"),
        ({"entry": "toolbox"}, "There is no such entry"),
        ({"entry": "x\0/" + "y" * 10_000}, "There is no such entry"),
        ({"category": "toolbox:kind:nothing"}, "Please choose a category of the list."),
        ({"entry": "toolbox/alpha", "reason": ""}, "Please say why: everybody can read it."),
    ):
        answer = panel.post("/desk/holds/", {"reason": "Wait."} | sent)
        assert answer.status_code == 400, sent
        assert told in read(answer).text, sent
    for sent in (
        {"entry": "https://site.example/toolbox/alpha/", "reason": "Wait."},
        {"category": "toolbox:kind:service", "canned": "0"},
    ):
        assert panel.post("/desk/holds/", sent).status_code == 303
    assert list(Hold.objects.order_by("pk").values_list("subject", flat=True)) == [
        "toolbox/alpha",
        "toolbox:kind:service",
    ]
    text = read(curator.get("/desk/holds/")).text
    assert "Standing (2)" in text
    assert "a tool, Kind: Service" in text
    assert "Lift it" not in text
    twice = panel.post("/desk/holds/", {"entry": "toolbox/alpha", "reason": "Wait."})
    assert "It is held already." in read(twice).text
    number = Hold.objects.get(subject="toolbox/alpha").pk
    address = f"/desk/holds/{number}/lift/"
    assert curator.post(address, {"reason": "So."}).status_code == 404
    assert panel.post(address, {"reason": ""}).status_code == 400
    assert panel.post(address, {"reason": "We agree."}).status_code == 303
    assert panel.post(address, {"reason": "We agree."}).status_code == 400
    assert "Standing (1)" in read(curator.get("/desk/holds/")).text
    # A hold on one contribution is lifted there too.
    one = standing.at("submitted")
    panel.post(f"/desk/{one.pk}/hold/", {"version": one.version, "reason": "Wait."})
    own = Hold.objects.get(contribution=one)
    assert panel.post(f"/desk/holds/{own.pk}/lift/", {"reason": "So."}).status_code == 303
    own.refresh_from_db()
    assert own.outcome == "So."


def test_an_administrator_invites_gives_ends_and_erases(web):
    from everygenome.web.people.models import Account, RoleHeld

    client = database.client(database.account("administrator"))
    sent = {"email": "Ida@New.example", "name": "Ida", "role": "curator", "reason": "Asked."}
    for wrong, told in (
        ({"email": "nobody"}, "This does not look like an e-mail address."),
        ({"email": "a\0@b.example"}, "This does not look like an e-mail address."),
        ({"role": "king"}, "There is no role king."),
        ({"reason": " "}, "Please say why."),
        ({"name": "x" * 121}, "Please use at most 120 characters; this has 121."),
        ({"reason": "x" * 1001}, "Please use at most 1,000 characters; this has 1,001."),
        ({"name": "<b>Ida</b>"}, "Please write plain text"),
    ):
        answer = client.post("/desk/people/invite/", sent | wrong)
        assert answer.status_code == 400, wrong
        assert told in read(answer).text, wrong
    assert client.post("/desk/people/invite/", sent)["Location"] == "/desk/people/?done=invited"
    again = client.post("/desk/people/invite/", sent)
    assert "The account has this role already: curator." in read(again).text
    ida = Account.objects.get(name="Ida")
    assert (ida.email, ida.roles) == ("Ida@new.example", ["curator"])
    address = f"/desk/people/{ida.pk}"
    assert client.post(f"{address}/give/", {"role": "panel", "reason": "Asked."}).status_code == 303
    assert client.post(f"{address}/end/", {"role": "curator", "reason": ""}).status_code == 400
    assert client.post(f"{address}/end/", {"role": "king", "reason": "x"}).status_code == 404
    assert client.post(f"{address}/end/", {"role": "curator", "reason": "Left."}).status_code == 303
    assert ida.roles == ["panel"]
    text = read(client.get("/desk/people/")).text
    assert "Community panel member since" in text
    assert "given by The administrator : Asked." in text
    assert "Curator until" in text
    page = read(client.get(f"{address}/erase/"))
    assert "This cannot be undone." in page.text
    ida.refresh_from_db()
    assert ida.name == "Ida"
    assert client.post(f"{address}/erase/").status_code == 303
    ida.refresh_from_db()
    assert (ida.name, ida.is_active, ida.roles) == ("", False, [])
    assert client.get(f"{address}/erase/").status_code == 404
    assert RoleHeld.objects.filter(account=ida, ended_at=None).count() == 0
    for number in (0, 10**30):
        assert client.post(f"/desk/people/{number}/give/", {"role": "panel"}).status_code == 404


def test_whoever_ends_their_own_role_leaves_the_desk(web):
    account = database.account("administrator")
    client = database.client(account)
    address = f"/desk/people/{account.pk}/end/"
    answer = client.post(address, {"role": "administrator", "reason": "Enough."})
    assert (answer.status_code, answer["Location"]) == (303, "/")
    assert client.get("/desk/people/").status_code == 404


def test_an_editor_retires_replaces_withdraws_and_locks(web):
    from everygenome.web.collections.models import Fact, Item
    from everygenome.web.moderation.models import Event

    editor = database.client(database.account("editor"))
    reviewer = database.client(database.account("reviewer"))
    standing.entry("alpha", maintainer="The Alpha team")
    standing.entry("beta", name="Beta")
    address = "/desk/items/toolbox/alpha"
    text = read(reviewer.get(f"{address}/")).text
    assert "Maintainer The Alpha team Said by the first collection of this site" in text
    assert "What you can do" not in text
    for action in ("retire_item", "withdraw_item", "lock/name"):
        assert reviewer.post(f"{address}/{action}/", {"reason": "x"}).status_code == 404
    for nothing in ("nothing", "lock/nothing", "save"):
        assert editor.post(f"{address}/{nothing}/", {"reason": "x"}).status_code == 404
    for gone in ("/desk/items/toolbox/none/", "/desk/items/none/alpha/"):
        assert editor.get(gone).status_code == 404
    assert editor.post(f"{address}/retire_item/", {"reason": ""}).status_code == 400
    assert editor.post(f"{address}/retire_item/", {"canned": "1"}).status_code == 303
    lost = editor.post(f"{address}/retire_item/", {"reason": "My own words."})
    assert "My own words." in read(lost).text
    for successor in ("none", "alpha", "", "x\0" + "y" * 5000):
        sent = {"reason": "Newer.", "successor": successor}
        answer = editor.post(f"{address}/supersede_item/", sent)
        assert "Please say which other entry replaces it." in read(answer).text
    sent = {"reason": "Newer.", "successor": "toolbox/beta"}
    assert editor.post(f"{address}/supersede_item/", sent).status_code == 303
    item = Item.objects.get(slug="alpha")
    assert (item.standing, item.successor.slug) == ("superseded", "beta")
    assert editor.post(f"{address}/restore_item/", {"reason": "Mistake."}).status_code == 303
    assert editor.post(f"{address}/withdraw_item/", {"reason": "Asked."}).status_code == 303
    assert "withdrew the entry. It is now: withdrawn." in read(editor.get(f"{address}/")).text
    sent = {"reason": "Checked by hand.", "locked": "yes"}
    assert editor.post(f"{address}/lock/maintainer/", sent).status_code == 303
    assert editor.post(f"{address}/lock/cost/", sent).status_code == 400
    assert Fact.objects.get(item=item, field="maintainer").locked is True
    assert "Maintainer (locked)" in read(editor.get(f"{address}/")).text
    editor.post(f"{address}/lock/maintainer/", {"reason": "Open again.", "locked": "no"})
    assert Fact.objects.get(item=item, field="maintainer").locked is False
    events = Event.objects.filter(subject="toolbox/alpha").order_by("pk")
    assert [event.action for event in events] == [
        "retire_item",
        "supersede_item",
        "restore_item",
        "withdraw_item",
        "lock_fact",
        "lock_fact",
    ]


def test_an_entry_is_found_whatever_it_is_to_readers(web):
    client = database.client(database.account("reviewer"))
    item = standing.entry("alpha", name="Ålpha tool")
    standing.entry("beta", name="Betazed")

    def found(query):
        page = read(client.get("/desk/items/", {"q": query}))
        return [
            i["text"].strip()
            for i in page.all("a")
            if i["attrs"]["href"].startswith("/desk/items/toolbox/")
        ]

    assert found("alpha") == ["Ålpha tool"]
    assert found("ÅLPHA") == ["Ålpha tool"]
    assert found("betaz") == ["Betazed"]
    assert found("") == []
    type(item).objects.filter(pk=item.pk).update(standing="withdrawn")
    assert found("") == found("alpha") == ["Ålpha tool"]
    for hostile in ("\0", "x" * 10_000, "%", "'; --", "🧬", "«"):
        assert client.get("/desk/items/", {"q": hostile}).status_code == 200

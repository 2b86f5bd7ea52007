"""The same for several: a list first, each by itself, and one that fails stops no other."""

import pytest

from tests.functional.web import database
from tests.functional.web.moderation import standing
from tests.functional.web.page import read

pytestmark = [pytest.mark.usefixtures("django")]


@pytest.fixture
def curator(web):
    return database.client(database.account("curator"))


def pair(one):
    return f"{one.pk}:{one.version}"


def chosen(page):
    return [i["attrs"]["value"] for i in page.all("input") if i["attrs"].get("name") == "chosen"]


def states(made):
    for one in made:
        one.refresh_from_db()
    return [one.state for one in made]


def test_nothing_is_done_before_the_list_is_confirmed(curator):
    made = [standing.at(s, name=s) for s in ("in review", "submitted", "in review", "declined")]
    sent = {"doing": "decline", "chosen": [pair(one) for one in made]}
    page = read(curator.post("/desk/bulk/", sent))
    assert page.one("h1")["text"] == "Decline: what would happen"
    assert "Nothing has been done yet. 2 can be done, 2 cannot." in page.text
    assert "submitted : This cannot be done now (decline): it is waiting for review." in page.text
    assert "declined : This cannot be done now (decline): it is declined." in page.text
    assert states(made) == ["in review", "submitted", "in review", "declined"]
    # The form holds what can be done, with the versions that were shown.
    assert chosen(page) == [pair(made[0]), pair(made[2])]


def test_each_is_done_by_itself_and_one_that_changed_stops_no_other(curator):
    from everygenome.web.moderation.actions import reviewing
    from everygenome.web.moderation.models import Event

    made = [standing.at("in review", name=f"Number {n}") for n in range(4)]
    sent = {"doing": "ask_changes", "chosen": [pair(one) for one in made], "confirmed": "yes"}
    wrong = curator.post("/desk/bulk/", sent)
    assert wrong.status_code == 400
    assert "Please say why: the contributors read it." in read(wrong).text
    # Somebody else is quicker with the second.
    reviewing.decline(contribution=made[1], by=standing.judge(), reason="It does not fit.")
    page = read(curator.post("/desk/bulk/", sent | {"canned": "0", "reason": "Thanks."}))
    assert "3 done, 1 not." in page.text
    assert "Number 1 : Somebody else was quicker: it changed after you opened it." in page.text
    assert states(made) == ["changes asked", "declined", "changes asked", "changes asked"]
    reasons = set(Event.objects.filter(action="ask_changes").values_list("reason", flat=True))
    assert reasons == {"Thank you. Please add a source that a reader can open.\nThanks."}
    # Sent once more, nothing is done twice.
    again = read(curator.post("/desk/bulk/", sent | {"canned": "0"}))
    assert "0 done, 4 not." in again.text
    assert Event.objects.filter(action="ask_changes").count() == 3


def test_a_row_that_changes_between_look_and_deed_stops_no_other(curator, monkeypatch):
    from everygenome.web.moderation.actions import reviewing
    from everygenome.web.moderation.desk import bulk

    made = [standing.at("in review", name=f"Number {n}") for n in range(3)]
    judge, usual = standing.judge(), bulk.preview

    def quicker(*args):
        found = usual(*args)
        reviewing.decline(contribution=made[0], by=judge, reason="It does not fit.")
        return found

    monkeypatch.setattr(bulk, "preview", quicker)
    sent = {
        "doing": "accept_and_publish",
        "chosen": [pair(one) for one in made],
        "confirmed": "yes",
        "reason": "Right.",
    }
    page = read(curator.post("/desk/bulk/", sent))
    assert "2 done, 1 not." in page.text
    assert states(made) == ["declined", "published", "published"]


def test_what_needs_no_reason_asks_for_none(curator):
    made = [standing.at("submitted", name=f"Number {n}") for n in range(2)]
    sent = {"doing": "take", "chosen": [pair(one) for one in made]}
    page = read(curator.post("/desk/bulk/", sent))
    assert not page.all("textarea")
    curator.post("/desk/bulk/", sent | {"confirmed": "yes"})
    assert states(made) == ["in review", "in review"]


def test_holds_two_reviewers_and_own_contributions_are_told_beforehand(curator):
    from everygenome.web.moderation.actions import holding

    with standing.kind(reviewers=2):
        two = standing.at("in review", kind="twofold", name="Two")
        held = standing.at("in review", name="Held")
        own = standing.at("in review", name="Own", address="curator@staff.example")
        free = standing.at("in review", name="Free")
        panel = database.account("panel")
        held_version = held.version
        holding.hold(contribution=held, by=panel, reason="Wait.")
        held.refresh_from_db()
        assert held.version == held_version + 1
        made = [two, held, own, free]
        sent = {"doing": "accept_and_publish", "chosen": [pair(one) for one in made]}
        page = read(curator.post("/desk/bulk/", sent))
        assert "Two : Another reviewer has to accept it too" in page.text
        assert "Held : The community panel holds it" in page.text
        assert "Own : You sent this yourself" in page.text
        assert chosen(page) == [pair(free)]


@pytest.mark.parametrize(
    "pairs",
    [
        [],
        ["x"],
        ["1"],
        ["1:"],
        [":1"],
        ["-1:1"],
        ["1:1:1"],
        ["9" * 30 + ":1"],
        ["999999999:1"],
        ["1\0:1"],
        ["٣:١"],
    ],
)
def test_whatever_is_no_choice_is_left_out(curator, pairs):
    for confirmed in ({}, {"confirmed": "yes", "reason": "x"}):
        answer = curator.post("/desk/bulk/", {"doing": "decline", "chosen": pairs} | confirmed)
        assert answer.status_code == 200
        assert "Nothing was chosen." in read(answer).text


def test_at_most_fifty_at_once(curator):
    from django.http import QueryDict

    from everygenome.web.moderation.desk.bulk import pairs

    form = QueryDict(mutable=True)
    form.setlist("chosen", [f"{n}:1" for n in range(200)])
    assert len(pairs(form)) == 50


def test_drafts_and_actions_of_others_are_out_of_reach(curator):
    one = standing.at("draft")
    page = curator.post("/desk/bulk/", {"doing": "decline", "chosen": [pair(one)]})
    assert "Nothing was chosen." in read(page).text
    for doing in ("hold", "send_back", "save", "erase", "", "nothing"):
        assert curator.post("/desk/bulk/", {"doing": doing}).status_code == 404
    assert curator.get("/desk/bulk/").status_code == 303


def test_the_queue_offers_only_what_a_role_allows(web):
    expected = {
        "reviewer": ["take", "review", "ask_changes", "decline", "put_back"],
        "curator": [
            "take",
            "accept_and_publish",
            "review",
            "publish",
            "ask_changes",
            "decline",
            "put_back",
        ],
        "panel": ["hold", "lift_hold", "send_back"],
        "administrator": [],
    }
    standing.at("submitted")
    for role, names in expected.items():
        page = read(database.client(database.account(role)).get("/desk/"))
        options = [i["attrs"]["value"] for i in page.all("option")]
        assert options == names, role
        # Without anything to do there is nothing to tick.
        assert bool([i for i in page.all("input") if i["attrs"].get("name") == "chosen"]) is bool(
            names
        )

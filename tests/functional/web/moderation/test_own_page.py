"""A contributor's own page: where it stands, and each thing that can be done there."""

import pytest

from tests.functional.web import database
from tests.functional.web.moderation import offers
from tests.functional.web.page import read

pytestmark = [pytest.mark.usefixtures("django")]


@pytest.fixture
def own(web):
    """The path of the page of a tool that was sent for review."""
    return offers.open_by(web, offers.receipt_of(web, offers.send(web)))


def _asked(**words):
    """Changes are asked for what was sent."""
    (sent,) = offers.contributions()
    offers.change("take", sent)
    offers.change("ask_changes", sent, reason="Please say for whom it works.", **words)


def test_the_timeline_names_roles_and_no_person(web, own):
    _asked()
    page = read(web.get(own))

    assert "changes asked of you" in offers.heading(page)
    assert "An editor" in page.text
    assert "asked for changes" in page.text
    assert page.text.count("Please say for whom it works.") == 2
    assert "The editor" not in page.text
    assert "staff.example" not in page.text


def test_what_was_asked_for_is_changed_saved_and_sent(web, own):
    _asked()
    form = offers.form_of(web.get(own + "edit/"))
    assert form["name"] == ["Lantern"]

    kept = web.post(own + "edit/", form | {"name": "Lantern 2", "draft": "1"})
    assert kept.status_code == 303
    (stored,) = offers.contributions()
    assert (stored.state, stored.proposed["name"]) == ("changes asked", "Lantern 2")
    form = offers.form_of(web.get(own + "edit/"))
    sent = web.post(own + "edit/", form | {"purpose": "For clinics.", "send": "1"})
    assert (sent.status_code, sent["Location"]) == (303, own)
    (stored,) = offers.contributions()
    assert (stored.state, stored.round) == ("submitted", 2)
    assert stored.proposed["purpose"] == "For clinics."


def test_a_draft_is_finished_on_its_page(web):
    draft = offers.send(web, button="draft", purpose=None)
    own = offers.open_by(web, offers.receipt_of(web, draft))
    form = offers.form_of(web.get(own + "edit/"))

    wrong = web.post(own + "edit/", form | {"send": "1"})
    assert wrong.status_code == 400
    assert "Please fill in: What it is for." in read(wrong).text
    more = web.post(own + "edit/", form | {"more": "sources"})
    assert offers.form_of(more)["sources-rows"] == ["3"]
    assert web.post(own + "edit/", form | {"purpose": "x", "send": "1"}).status_code == 303
    assert offers.contributions()[0].state == "submitted"


def test_whoever_was_slower_is_told_so_and_keeps_the_text(web, own):
    _asked()
    form = offers.form_of(web.get(own + "edit/"))
    web.post(own + "edit/", form | {"name": "First", "draft": "1"})

    slower = web.post(own + "edit/", form | {"name": "Second", "draft": "1"})

    assert slower.status_code == 409
    assert "what you wrote is still here" in read(slower).text
    kept = offers.form_of(slower)
    assert kept["name"] == ["Second"]
    assert offers.contributions()[0].proposed["name"] == "First"
    # Having been told, whoever presses again means it.
    assert web.post(own + "edit/", kept | {"draft": "1"}).status_code == 303
    assert offers.contributions()[0].proposed["name"] == "Second"


@pytest.mark.parametrize("version", ["", "-1", "x", "9" * 5000, "٣", "1.0"])
def test_a_version_that_never_was_changes_nothing(web, own, version):
    response = offers.act(web, own + "withdraw/", version=version)

    assert response.status_code == 409
    assert offers.contributions()[0].state == "submitted"


def test_what_waits_cannot_be_edited(web, own):
    response = web.get(own + "edit/")

    assert response.status_code == 409
    assert "This cannot be done now: it is waiting for review." in read(response).text


def test_suggested_wording_is_shown_and_agreed_with(web, own):
    (sent,) = offers.contributions()
    offers.change("take", sent)
    wording = sent.proposed | {"purpose": "Shows which people a score works for."}
    offers.change("amend", sent, values=wording, reason="Shorter.")
    page = read(web.get(own))

    assert "[put in: " in page.text
    assert "I agree with this wording" in page.text
    assert offers.act(web, own, act="agree").status_code == 303
    (stored,) = offers.contributions()
    assert stored.proposed["purpose"] == "Shows which people a score works for."
    assert (stored.state, stored.round, stored.amended) == ("submitted", 2, None)


def test_agreeing_with_wording_that_changed_meanwhile_is_refused(web, own):
    (sent,) = offers.contributions()
    offers.change("take", sent)
    offers.change("amend", sent, values=sent.proposed | {"purpose": "One."}, reason="Shorter.")

    response = offers.act(web, own, act="agree", version="1")

    assert response.status_code == 409
    assert offers.contributions()[0].state == "changes asked"


def test_withdrawing_asks_first(web, own):
    page = read(web.get(own + "withdraw/"))
    assert offers.heading(page) == "Withdraw “Lantern”?"
    assert offers.contributions()[0].state == "submitted"

    assert offers.act(web, own + "withdraw/").status_code == 303
    page = read(web.get(own))
    assert "withdrawn by its contributor" in offers.heading(page)
    assert "Withdraw it" not in page.text
    assert web.get(own + "withdraw/").status_code == 409


def test_a_decision_is_appealed_once_with_a_reason(web, own):
    (sent,) = offers.contributions()
    offers.change("take", sent)
    offers.change("decline", sent, reason="It is about something else.")

    page = read(web.get(own))
    assert page.text.count("It is about something else.") == 2
    empty = offers.act(web, own, act="appeal", text="  ")
    assert empty.status_code == 400
    assert "text-wrong" in empty.content.decode()
    markup = offers.act(web, own, act="appeal", text="<b>no</b>")
    assert markup.status_code == 400
    assert "&lt;b&gt;no&lt;/b&gt;" in markup.content.decode()
    assert offers.act(web, own, act="appeal", text="It is not.").status_code == 303
    again = offers.act(web, own, act="appeal", text="Really not.")
    assert again.status_code == 409
    page = read(web.get(own))
    assert "You asked for a second look on" in page.text
    assert [a.text for a in offers.contributions()[0].appeals.all()] == ["It is not."]


def test_a_hold_of_the_panel_is_shown_with_its_reason(web, own):
    (sent,) = offers.contributions()
    offers.change("hold", sent, role="panel", reason="We are asking the elders.")

    text = read(web.get(own)).text
    assert "The community panel put it on hold" in text
    assert "We are asking the elders." in text
    assert "A community panel member put it on hold" in text


def test_a_hold_of_the_entry_is_shown_on_the_page_of_its_correction(web):
    from everygenome.web.moderation.actions import holding

    offers.entry()
    form = offers.form_of(web.get("/contribute/toolbox/tractor/"))
    sent = web.post("/contribute/toolbox/tractor/", form | {"purpose": "Other.", "send": "1"})
    own = offers.open_by(web, offers.receipt_of(web, sent))
    panel = offers.staff("panel")
    holding.hold_subject(subject="toolbox/tractor", by=panel, reason="Its wording hurts.")
    assert "Why: Its wording hurts." in read(web.get(own)).text

    holding.lift_subject(subject="toolbox/tractor", by=panel, reason="Settled.")
    assert "on hold" not in read(web.get(own)).text


def test_the_place_in_the_queue_counts_those_before(web, own):
    later = offers.open_by(web, offers.receipt_of(web, offers.send(web, name="Another")))

    assert "Place in the queue: 2" in read(web.get(later)).text
    offers.change("take", offers.contributions()[0])
    assert "Place in the queue: 1" in read(web.get(later)).text


def test_a_published_contribution_links_to_its_entry_and_its_details_can_be_erased(web, outbox):
    address = {"by-address": "ada@people.example", "by-credit": "Ada", "by-note": "Mine."}
    receipt = offers.receipt_of(web, offers.send(web, **address))
    own = offers.open_by(web, receipt)
    (sent,) = offers.contributions()
    offers.change("take", sent)
    offers.change("accept_and_publish", sent, reason="Good.")

    page = read(web.get(own))
    assert [i for i in page.all("a") if i["attrs"]["href"] == "/toolbox/lantern/"]
    asked = read(web.get(own + "erase/"))
    assert "the entry and its text, without a name" in asked.text
    done = offers.act(web, own + "erase/")
    assert (done.status_code, done["Location"]) == (303, "/contributions/erased/")
    (stored,) = offers.contributions()
    assert (stored.note, stored.credit, stored.contact) == ("", "", None)
    assert web.get(own).status_code == 404
    code = web.post("/contributions/", database.gate() | {"by": "code", "code": receipt})
    assert code.status_code == 400


def test_what_is_not_published_is_erased_whole(web, own):
    from everygenome.web.moderation.models import Event

    page = read(web.get(own + "erase/"))
    assert "it is not published, so it goes whole" in page.text
    assert offers.act(web, own + "erase/", version="0").status_code == 409
    assert len(offers.contributions()) == 1
    assert offers.act(web, own + "erase/").status_code == 303
    assert offers.contributions() == []
    assert not Event.objects.exists()
    assert "erased" in read(web.get("/contributions/erased/")).text


def test_nothing_happens_without_a_button_or_from_elsewhere(web, own):
    (sent,) = offers.contributions()
    bare = web.post(own + "withdraw/", {"version": "1"})
    elsewhere = web.post(
        own + "erase/",
        database.gate() | {"version": "1"},
        headers={"origin": "https://elsewhere.example"},
    )
    unknown = offers.act(web, own, act="publish")

    assert (bare.status_code, elsewhere.status_code) == (403, 403)
    assert unknown.status_code == 303
    assert "press the button once more" in read(bare).text
    (now,) = offers.contributions()
    assert (now.state, now.version) == (sent.state, sent.version)


def test_a_contributor_can_do_what_the_table_of_actions_says_and_nothing_else(web, own):
    from everygenome.web.moderation.models import Contribution
    from everygenome.web.moderation.states import ACTIONS, OF_TELLERS, State
    from everygenome.web.moderation.views.standing import allowed

    (sent,) = offers.contributions()
    for state in State:
        shown = allowed(Contribution(pk=sent.pk, kind="toolbox", state=state))
        assert shown == {
            a.name
            for a in ACTIONS.values()
            if a.by == "contributor" and state in a.before and a.name not in OF_TELLERS
        }
        taken_back = {a for a in OF_TELLERS if state in ACTIONS[a].before}
        story = Contribution(pk=sent.pk, kind="stories", state=state)
        assert allowed(story) - shown == taken_back
    assert allowed(sent) == {"withdraw"}


def test_no_page_of_a_contribution_is_kept_or_found(web, own):
    for path in (own, own + "withdraw/", own + "erase/"):
        response = web.get(path)
        assert response["Cache-Control"] == "no-store"
        assert response["X-Robots-Tag"] == "noindex"
        assert not response.cookies

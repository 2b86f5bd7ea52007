"""What readers see of stories, and who is let in where."""

import json
import xml.etree.ElementTree as ET

import pytest

from tests.functional.web import database
from tests.functional.web.page import read
from tests.functional.web.stories import tellers

pytestmark = [pytest.mark.usefixtures("django")]
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def told(web):
    """A published story."""
    with database.committed():
        return tellers.published()


def test_the_content_note_stands_before_the_content(web, told):
    text = read(web.get(f"/stories/{told.subject}/")).text
    assert text.index("It speaks of: Serious illness") < text.index("They took my blood")
    assert "told by Nightingale" in text
    assert "This site only: please do not copy it." in text
    assert "Please do not quote it." in text
    # Search engines may find it, and keep no copy.
    answer = web.get(f"/stories/{told.subject}/")
    assert answer["X-Robots-Tag"] == "noarchive, noimageindex"


def test_the_list_is_narrowed_searched_and_counted(web, told):
    text = read(web.get("/stories/?licence=site-only")).text
    assert "1 of" in text
    assert told.proposed["title"] in text
    found = web.get("/stories/?q=blood+spring&licence=site-only").content.decode()
    assert f"/stories/{told.subject}/" in found


def test_files_of_a_story_for_this_site_only_hold_no_words(web, told):
    whole = json.loads(web.get(f"/stories/{told.subject}/entry.json").content)
    assert whole["fields"]["title"] == told.proposed["title"]
    assert "text" not in whole["fields"]
    rows = json.loads(web.get("/stories/export.json?licence=site-only").content)["items"]
    assert [("text" in row["fields"]) for row in rows] == [False]
    assert "blood" not in web.get("/stories/export.csv?licence=site-only").content.decode()


def test_feeds_by_theme_and_format(web, told):
    for query, count in (("?themes=trust&licence=site-only", 1), ("?format=poem", 0)):
        tree = ET.fromstring(web.get(f"/stories/feed.atom{query}").content)
        assert len(tree.findall(f"{ATOM}entry")) == count, query


def test_what_may_be_withdrawn_is_kept_by_nobody_on_the_way(web, told):
    for path in (
        "/stories/",
        f"/stories/{told.subject}/",
        f"/stories/{told.subject}/entry.json",
        "/stories/feed.atom",
        "/stories/feed.rss",
        "/stories/export.csv",
        "/stories/podcast.rss",
    ):
        response = web.get(path)
        assert response.status_code == 200, path
        assert response["Cache-Control"] == "no-store", path
        assert "ETag" not in response, path


def test_nothing_is_kept_of_what_a_story_was_before_and_nobody_corrects_it(web, told):
    assert web.get(f"/stories/{told.subject}/history/").status_code == 404
    assert web.get(f"/contribute/stories/{told.subject}/").status_code == 404
    assert web.get(f"/contribute/stories/{told.subject}/claim/").status_code == 404


def test_only_registered_researchers_read_what_is_for_them(web):
    with database.committed():
        one = tellers.published(tier="restricted")
    path = f"/stories/{one.subject}/"
    researcher = database.client(database.account("researcher"))
    assert one.proposed["title"] in read(researcher.get("/stories/restricted/")).text
    assert "They took my blood" in read(researcher.get(path)).text
    assert researcher.get(f"{path}entry.json").status_code == 404
    for client in (web, database.client(database.account("editor"))):
        assert client.get(path).status_code == 404
        assert client.get("/stories/restricted/").status_code == 404
    assert one.proposed["title"] not in read(web.get("/stories/?licence=site-only")).text
    # A researcher has no desk.
    assert researcher.get("/desk/").status_code == 404


def test_an_embargoed_story_is_nowhere(web):
    with database.committed():
        one = tellers.published(tier="embargoed", embargo="2199-01-01")
    assert web.get(f"/stories/{one.subject}/").status_code == 404
    assert "blood" not in web.get("/stories/?q=blood&licence=site-only").content.decode().replace(
        "q=blood", ""
    ).replace('value="blood"', "").replace("<bdi>blood</bdi>", "")


def test_how_to_reach_a_teller_is_seen_by_one_role_for_a_reason_and_recorded(web):
    from everygenome.web.moderation.models import Event

    with database.committed():
        one = tellers.published(address="ada@writer.example")
    path = f"/desk/{one.pk}/contact/"
    for role in ("reviewer", "curator", "editor", "panel", "administrator", "researcher"):
        client = database.client(database.account(role))
        assert client.post(path, {"reason": "I want to."}).status_code == 404, role
        shown = client.get(f"/desk/{one.pk}/")
        assert "ada@writer.example" not in shown.content.decode()
        assert "How to reach its teller" not in shown.content.decode()
    assert Event.objects.filter(action="see_contact").count() == 0
    lead = database.account("safeguarding")
    client = database.client(lead)
    refused = client.post(path, {"reason": " "})
    assert refused.status_code == 400
    assert "ada@writer.example" not in refused.content.decode()
    seen = client.post(path, {"reason": "They wrote that they are in danger."})
    assert "ada@writer.example" in seen.content.decode()
    assert seen["Cache-Control"] == "no-store"
    (event,) = Event.objects.filter(action="see_contact")
    assert (event.by, event.reason) == (lead, "They wrote that they are in danger.")
    # It is not shown again, and its teller reads that somebody looked, and why.
    assert "ada@writer.example" not in client.get(f"/desk/{one.pk}/").content.decode()
    from everygenome.web.moderation.keys import new_link

    own = read(web.get(f"/contributions/{new_link(one, mailed=True)}/")).text
    assert "A safeguarding lead looked at how to reach you" in own
    assert "They wrote that they are in danger." in own


def test_an_editor_takes_a_story_down_and_puts_it_back(web, told):
    editor = database.client(database.account("editor"))
    path = f"/desk/stories/{told.subject}"
    assert database.client(database.account("curator")).post(f"{path}/hide/").status_code == 404
    assert editor.post(f"{path}/hide/", {"reason": ""}).status_code == 400
    assert editor.post(f"{path}/hide/", {"reason": "It names a doctor."}).status_code == 303
    assert web.get(f"/stories/{told.subject}/").status_code == 404
    assert "taken down by an editor" in read(editor.get("/desk/stories/")).text.lower()
    assert editor.post(f"{path}/show/", {"reason": "The name is out."}).status_code == 303
    assert web.get(f"/stories/{told.subject}/").status_code == 200


def test_a_mail_about_a_story_holds_nothing_of_it(web, outbox):
    from everygenome.web.moderation.actions import offering, reviewing
    from everygenome.web.people import contacts

    with database.committed():
        one = tellers.offered(address="ada@writer.example").contribution
        contacts.confirm(one.contact)
    with database.committed():
        one = reviewing.take(contribution=one, by=tellers.reviewer(1))
        one = reviewing.ask_changes(
            contribution=one, by=tellers.reviewer(1), reason="Please leave out Nightingale."
        )
    with database.committed():
        offering.withdraw(contribution=one, by="contributor")
    assert len(outbox) == 4
    for mail in outbox:
        for word in ("letter", "blood", "Nightingale", "Waiting for a result"):
            assert word not in mail.body + mail.subject, mail.subject
    assert "This mail is your receipt" in outbox[-1].body


def test_talking_points_show_what_is_there_and_leave_out_what_was_withdrawn(web, told):
    from everygenome.web.collections.models import Speaker
    from everygenome.web.collections.registry import collection_of
    from everygenome.web.collections.storing import Saying, store
    from everygenome.web.moderation.actions import offering

    data = {
        "finding": "Results do not come back.",
        "say": "Ask what comes back.",
        "stories": [f"https://site.example/stories/{told.subject}/", "/stories/nothing/"],
    }
    cleaned, errors = collection_of("talking-points").schema.clean(data)
    assert errors == {}
    saying = Saying(speaker=Speaker.CURATOR, why="for a test")
    store(collection_of("talking-points"), cleaned, slug="results", saying=saying)
    shown = read(web.get("/talking-points/results/")).text
    assert told.proposed["title"] in shown
    assert "Results do not come back." in read(web.get(f"/stories/{told.subject}/")).text
    with database.committed():
        offering.recall(contribution=told, by="contributor")
    after = read(web.get("/talking-points/results/")).text
    assert told.proposed["title"] not in after
    assert "No story stands here now." in after


def test_a_link_leads_elsewhere_and_loads_nothing(web, seeded):
    from everygenome.web.collections.registry import collection_of
    from everygenome.web.collections.shelf import shown_of

    items = list(shown_of(collection_of("stories")).filter(data__licence="linked"))
    assert len(items) == 80
    item = next(one for one in items if one.data.get("url"))
    page = read(web.get(item.address))
    assert "Open it where it was published" in page.text
    sources = [e["attrs"].get("src", "") for e in page.elements if e["attrs"].get("src")]
    assert [source for source in sources if source.startswith("http")] == []


def test_talking_points_are_offered_and_published_like_a_tool(web, told):
    from everygenome.web.collections.models import Item
    from everygenome.web.moderation.actions import reviewing
    from tests.functional.web.moderation import offers

    form = {
        "finding": "Results do not come back.",
        "stories": f"/stories/{told.subject}/",
        "themes": ["feedback"],
        "send": "1",
    }
    answer = web.post("/contribute/talking-points/", database.gate() | form)
    assert answer.status_code == 303, read(answer).text
    one = offers.contributions()[-1]
    assert (one.kind, one.state, one.vault) == ("talking-points", "submitted", "")
    with database.committed():
        one = reviewing.take(contribution=one, by=tellers.reviewer(1))
        why = {"by": tellers.reviewer(1), "reason": "It helps."}
        one = reviewing.accept_and_publish(contribution=one, **why)
    item = Item.objects.get(collection="talking-points")
    shown = read(web.get(item.address)).text
    assert "Results do not come back." in shown
    assert told.proposed["title"] in shown
    assert "Results do not come back." in read(web.get("/talking-points/?themes=feedback")).text

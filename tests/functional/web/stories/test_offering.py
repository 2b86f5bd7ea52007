"""Offering a story: steps that are kept, a code to come back with, a look before it is sent."""

import re

import pytest

from tests.functional.web import database
from tests.functional.web.moderation import offers
from tests.functional.web.page import read
from tests.functional.web.stories import tellers

pytestmark = [pytest.mark.usefixtures("django")]


def begun(web, form="own-words", **more):
    """The path of the first step of a new story, and its receipt code."""
    response = web.post("/stories/offer/", database.gate() | {"form": form} | more)
    assert response.status_code == 303, read(response).text
    shown = web.get(response["Location"])
    (code,) = re.findall(r'<code class="code">([0-9A-Z-]{24})</code>', shown.content.decode())
    (on,) = re.findall(r'href="(/stories/offer/[\w-]{30,}/)"', shown.content.decode())
    return on, code


def fill(web, path, **fields):
    form = database.gate() | {k: v for k, v in fields.items() if v is not None}
    return web.post(path, form)


def test_a_story_from_an_empty_form_to_the_reviewers(web):
    on, code = begun(web)
    assert web.get(on)["Location"] == f"{on}words/"
    words = {"title": tellers.STORY["title"], "text": tellers.STORY["text"]}
    response = fill(web, f"{on}words/", **words)
    assert (response.status_code, response["Location"]) == (303, f"{on}about/")
    about = {
        k: tellers.STORY[k] for k in ("summary", "format", "themes", "region", "language", "notes")
    }
    response = fill(web, f"{on}about/", **about)
    assert response["Location"] == f"{on}choices/"
    page = web.get(f"{on}choices/")
    # What protects most stands chosen.
    chosen = set(re.findall(r'value="([\w.-]+)" checked', page.content.decode()))
    assert {"yes", "public", "none", "no", "site-only", "open"} <= chosen
    look = read(web.get(f"{on}look/"))
    assert "Before you can send it" in look.text
    assert "Please fill in: I agree" in look.text
    choices = {
        k: tellers.STORY[k]
        for k in (
            "personal",
            "family",
            "tier",
            "named",
            "name",
            "quotation",
            "reuse",
            "keep",
            "agreed",
        )
    }
    response = fill(web, f"{on}choices/", **choices)
    assert response["Location"] == f"{on}reach/"
    response = fill(web, f"{on}reach/", **{"by-note": "Thank you"})
    assert response["Location"] == f"{on}look/"
    look = web.get(f"{on}look/")
    text = read(look).text
    assert "They took my blood in spring." in text
    assert "told by Nightingale" in text
    assert "It speaks of: Serious illness" in text
    response = fill(web, f"{on}look/")
    assert response.status_code == 303
    (one,) = offers.contributions()
    assert (one.state, one.kind, one.note) == ("submitted", "stories", "Thank you")
    own = web.get(response["Location"])
    assert "Place in the queue" in read(own).text
    # The receipt code opens the same.
    assert web.get(offers.open_by(web, code)).status_code == 200


def test_nobody_on_the_way_keeps_a_page_of_it(web):
    on, _ = begun(web)
    for path in (f"{on}words/", f"{on}look/", "/stories/offer/", "/stories/"):
        assert web.get(path)["Cache-Control"] == "no-store", path


def test_what_is_wrong_is_told_beside_it_and_nothing_is_lost(web):
    on, _ = begun(web)
    fill(web, f"{on}words/", title="Kept", text="These words stay.")
    response = fill(web, f"{on}words/", title="x" * 500, text="Other words.")
    assert response.status_code == 400
    assert "x" * 500 in response.content.decode()
    (one,) = offers.contributions()
    assert (one.proposed["title"], one.proposed["text"]) == ("Kept", "Other words.")
    response = fill(web, f"{on}choices/", tier="embargoed", embargo="1999-01-01")
    assert "still to come" in read(response).text
    assert response.status_code == 400


def test_a_link_needs_no_consent_and_one_reader(web):
    on, _ = begun(web, form="link")
    assert web.get(on)["Location"] == f"{on}work/"
    assert web.get(f"{on}choices/").status_code == 404
    response = fill(web, f"{on}work/", url="https://paper.example.org/a", title="A paper")
    assert response["Location"] == f"{on}about/"
    fill(web, f"{on}about/", format="article", language="en", themes=["trust"])
    assert fill(web, f"{on}look/").status_code == 303
    (one,) = offers.contributions()
    from everygenome.web.moderation.actions.reviewing import reviewers_of

    assert (one.state, reviewers_of(one)) == ("submitted", 1)


def test_who_writes_for_somebody_else_says_whose_and_how(web):
    on, _ = begun(web, form="behalf")
    fill(web, f"{on}words/", title="Hers", text="She told me.")
    response = fill(
        web,
        f"{on}choices/",
        **{
            k: tellers.STORY[k]
            for k in ("personal", "family", "tier", "quotation", "reuse", "keep", "agreed")
        },
        named="none",
    )
    assert response.status_code == 400
    assert "Please fill in: Whose story it is." in read(response).text


def test_strangers_find_nothing(web):
    for path in ("/stories/offer/nothing-of-the-kind/", "/stories/offer/x/words/"):
        assert web.get(path).status_code == 404
    # A link to a tool is no link to a story.
    offers.send(web)
    made = offers.contributions()[-1]
    from everygenome.web.moderation.keys import new_link

    secret = new_link(made, mailed=True)
    assert web.get(f"/stories/offer/{secret}/").status_code == 404


def test_the_common_form_leads_to_the_own_one(web):
    assert web.get("/contribute/stories/")["Location"] == "/stories/offer/"


def test_a_choice_changed_after_publication_takes_effect_at_once(web):
    from everygenome.web.moderation.keys import new_link
    from everygenome.web.stories.models import Standing

    with database.committed():
        one = tellers.published()
    path = f"/stories/offer/{new_link(one, mailed=True)}/choices/"
    page = read(web.get(path))
    assert "takes effect at once" in page.text
    choices = {
        k: tellers.STORY[k]
        for k in ("personal", "family", "tier", "named", "name", "quotation", "reuse", "keep")
    }
    response = fill(web, path, **(choices | {"tier": "restricted"}))
    assert response.status_code == 303, read(response).text
    assert tellers.story(one).standing == Standing.RESTRICTED
    assert web.get(f"/stories/{one.subject}/").status_code == 404


def test_withdrawn_in_one_step(web):
    from everygenome.web.moderation.keys import new_link

    with database.committed():
        one = tellers.published(address="ada@writer.example")
    secret = new_link(one, mailed=True)
    assert web.get(f"/stories/{one.subject}/").status_code == 200
    own = web.get(f"/contributions/{secret}/")
    assert "Withdraw it" in read(own).text
    assert "Erase my details" not in read(own).text
    page = web.get(f"/contributions/{secret}/withdraw/")
    assert "cannot be undone" in read(page).text
    response = offers.act(web, f"/contributions/{secret}/withdraw/")
    assert response.status_code == 303
    gone = web.get(f"/stories/{one.subject}/")
    assert (gone.status_code, gone["Cache-Control"]) == (410, "no-store")
    assert "A story was withdrawn" in read(gone).text
    assert "letter" not in read(gone).text
    receipt = web.get(f"/contributions/{secret}/")
    assert "This page is your receipt" in read(receipt).text


def test_the_words_of_what_is_published_are_changed_after_a_review(web):
    from everygenome.web.moderation.actions import offering, reviewing
    from everygenome.web.moderation.keys import new_link
    from everygenome.web.people import vaults
    from everygenome.web.stories.kind import CHECKS

    with database.committed():
        one = tellers.published()
    first = new_link(one, mailed=True)
    assert "Change the words" in read(web.get(f"/contributions/{first}/")).text
    response = fill(web, f"/stories/offer/{first}/again/")
    path = response["Location"]
    assert path.endswith("/words/")
    fill(web, path, title="The letter", text="Somebody wrote to me after all.")
    assert web.get(path.replace("/words/", "/choices/")).status_code == 404
    assert fill(web, path.replace("/words/", "/look/")).status_code == 303
    edit = offers.contributions()[-1]
    assert (edit.state, edit.purpose, edit.vault) == ("submitted", "edit", one.vault)
    # Until it is read, the story stays as it is; a choice that is made meanwhile stays made.
    assert "They took my blood" in read(web.get(f"/stories/{one.subject}/")).text
    one.refresh_from_db()
    values = one.proposed | {"named": "none"}
    one = offering.choose(contribution=one, by="contributor", values=values)
    edit = reviewing.take(contribution=edit, by=tellers.reviewer(1))
    for number in (1, 2):
        edit = reviewing.review(
            contribution=edit, by=tellers.reviewer(number), reason="Good.", checks=list(CHECKS)
        )
    reviewing.publish(contribution=edit, by=tellers.reviewer(1), reason="Read by two.")
    text = read(web.get(f"/stories/{one.subject}/")).text
    assert "Somebody wrote to me after all." in text
    assert "Nightingale" not in text
    # The first link is still the one that withdraws it, and all of it.
    one.refresh_from_db()
    offering.recall(contribution=one, by="contributor")
    edit.refresh_from_db()
    assert (edit.state, edit.proposed, edit.vault) == ("withdrawn", {}, "")
    assert not vaults.is_open(values["title"])
    assert web.get(f"/stories/{one.subject}/").status_code == 410

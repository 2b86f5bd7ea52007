"""Tellers can leave each page of a story at once, and editors can take each story down."""

import re

import pytest

from tests.functional.web import database
from tests.functional.web.moderation import offers
from tests.functional.web.stories import tellers
from tests.functional.web.stories.test_attacked import link

pytestmark = [pytest.mark.usefixtures("django")]


@pytest.mark.parametrize(
    "path",
    ["/contributions/{}/", "/contributions/{}/withdraw/", "/stories/offer/{}/again/",
     "/stories/offer/{}/choices/", "/stories/offer/{}/look/"],
)  # fmt: skip
def test_a_teller_can_leave_each_page_of_a_story_at_once(web, path):
    with database.committed():
        one = tellers.published()
        if "look" in path:
            one = tellers.offered(send=False).contribution
    shown = web.get(path.format(link(one))).content.decode()
    assert "data-leave" in shown
    assert re.search(r'<script type="module" src="[^"]*/leave\b', shown)


def test_the_receipt_of_what_was_withdrawn_can_be_left_too(web):
    from everygenome.web.moderation.actions import offering

    with database.committed():
        one = tellers.published()
    secret = link(one)
    offering.recall(contribution=one, by="contributor")
    assert "data-leave" in web.get(f"/contributions/{secret}/").content.decode()


def test_who_offers_a_tool_is_asked_to_leave_nothing(web):
    own = offers.open_by(web, offers.receipt_of(web, offers.send(web)))
    assert "data-leave" not in web.get(own).content.decode()


@pytest.fixture
def editor(web):
    return database.client(database.account("editor"))


def test_every_story_can_be_taken_down_from_the_desk(editor, monkeypatch):
    from everygenome.web.stories import desk

    monkeypatch.setattr(desk, "_A_PAGE", 1)
    with database.committed():
        first = tellers.published()
        tellers.published(title="Another")
    path, found = "/desk/stories/", []
    while path:
        shown = editor.get(path).content.decode()
        found += re.findall(r"/desk/stories/(\w+)/hide/", shown)
        path = next(iter(re.findall(r'rel="next" href="(/desk/stories/\?[^"]+)"', shown)), "")
    assert first.subject in found
    assert len(found) == len(set(found)) >= 2


@pytest.mark.parametrize("asked", ["{}", "/stories/{}/", "https://site.example/stories/{}/"])
def test_a_story_is_found_at_the_desk_by_its_address(editor, asked):
    with database.committed():
        one = tellers.published()
        tellers.published(title="Another")
    shown = editor.get("/desk/stories/", {"story": asked.format(one.subject)}).content.decode()
    assert re.findall(r"/desk/stories/(\w+)/hide/", shown) == [one.subject]
    assert "No story at this address" in editor.get("/desk/stories/?story=x%00").content.decode()


def test_what_was_wrong_is_told_beside_the_story_also_on_a_later_page(editor, monkeypatch):
    from everygenome.web.stories import desk

    monkeypatch.setattr(desk, "_A_PAGE", 1)
    with database.committed():
        first = tellers.published()
        tellers.published(title="Another")
    response = editor.post(f"/desk/stories/{first.subject}/hide/", {"reason": ""})
    assert response.status_code == 400
    assert f"/desk/stories/{first.subject}/hide/" in response.content.decode()

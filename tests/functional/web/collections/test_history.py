"""The public history of an entry."""

import pytest

from tests.functional.web.collections.shelf import get, put, tool
from tests.functional.web.database import account

pytestmark = [pytest.mark.usefixtures("django")]


def versions(page):
    return [" ".join(e["text"].split()) for e in page.all("li")
            if e["attrs"].get("id", "").startswith("version-")]  # fmt: skip


@pytest.fixture
def told(web):
    put("told", tool(1, purpose="Helps people with old words."), why="The seeds had it.")
    new = tool(1, purpose="Helps people with new words.", note="A note.")
    put("told", new, speaker="contributor", who="Ada of the Lab", why="It reads better.",
        contribution=7)  # fmt: skip
    return put("told", new | {"cost": "Free"}, speaker="contributor", why="Cost.", contribution=8)


def test_each_version_says_who_why_and_what(web, told):
    newest, middle, first = versions(get(web, "/toolbox/told/history/"))
    assert newest.startswith("Version 3, ")
    assert "By a contributor . Cost." in newest
    assert "Cost (new) +put in: Free" in newest
    assert "By Ada of the Lab . It reads better." in middle
    assert "Helps people with −taken out: old +put in: new words." in middle
    assert "Good to know (new)" in middle
    assert "By this site . The seeds had it. The entry began." in first


def test_words_taken_and_put_in_are_marked_up_and_marked_in_text(web, told):
    page = get(web, "/toolbox/told/history/")
    assert [" ".join(e["text"].split()) for e in page.all("del")][1:] == ["−taken out: old"]
    put_in = [" ".join(e["text"].split()) for e in page.all("ins")][1:]
    assert put_in == ["+put in: Free", "+put in: new", "+put in: A note."]


def test_a_change_of_standing_is_a_version_and_names_no_account(web, told):
    from everygenome.web.collections.standing import change

    editor = account("editor")
    change(item=told, action="retire_item", by=editor, reason="Its site is gone.")
    newest = versions(get(web, "/toolbox/told/history/"))[0]
    assert "By a curator . Its site is gone. The entry became: retired" in newest
    assert editor.email not in newest
    assert "The editor" not in newest


def test_long_histories_have_pages_that_miss_nothing(web, told):
    for number in range(41):
        put("told", tool(1, note=f"Note {number}."), speaker="curator")
    seen = []
    for number in (1, 2, 3):
        page = get(web, f"/toolbox/told/history/?page={number}")
        seen += [int(one.split(",")[0].removeprefix("Version ")) for one in versions(page)]
        assert versions(page)[-1].count("The entry began.") == (number == 3)
    assert seen == list(range(44, 0, -1))
    # The last of the first page is compared with the first of the next.
    last = versions(get(web, "/toolbox/told/history/"))[-1]
    assert last.startswith("Version 25, ")
    assert "−taken out: 20. +put in: 21." in last
    for wrong in ("0", "99", "x", "%00", "9" * 50):
        assert versions(get(web, f"/toolbox/told/history/?page={wrong}"))


def test_holds_stand_in_the_history_with_what_was_decided(web, told):
    from django.utils import timezone

    from everygenome.web.moderation.models import Hold

    panel = account("panel")
    Hold.objects.create(subject="toolbox/told", by=panel, reason="A word hurts.", lifted_by=panel,
                        lifted_at=timezone.now(), outcome="It was changed.")  # fmt: skip
    text = get(web, "/toolbox/told/history/").text
    assert "A word hurts. Decided: It was changed." in text
    assert "Held by" not in get(web, "/toolbox/told/").text

"""A tool's page: is it there, how open is it, what does it relate to, who uses it."""

from datetime import date

import pytest

from everygenome.web.toolbox.openness import QUESTIONS, assessed
from tests.functional.web.page import read

pytestmark = [pytest.mark.usefixtures("django")]
TODAY = date(2026, 11, 26)


def answers(**data):
    return {one.word: one.answer for one in assessed(data, today=TODAY)}


def test_six_criteria_have_two_to_four_questions_each_and_nothing_known_is_no_no():
    per = [group for group, _ in QUESTIONS.values()]
    assert {group: per.count(group) for group in per} == {
        "Openness": 2,
        "Documentation": 2,
        "Trustworthiness": 2,
        "Accessibility": 3,
        "Sustainability": 2,
        "Interoperability": 2,
    }
    assert set(answers().values()) == {"not assessed"}


@pytest.mark.parametrize(
    ("data", "word", "answer"),
    [
        ({"licence": {"id": "MIT"}}, "open-licence", "yes"),
        ({"licence": {"id": "none stated"}, "checked": "repo"}, "open-licence", "no"),
        ({"licence": {"id": "none stated"}}, "open-licence", "not assessed"),
        ({"licence": {"id": "conflict"}}, "open-licence", "not assessed"),
        ({"licence": {"id": "other"}}, "open-licence", "not assessed"),
        ({"last_commit_seen": "2025-01-01"}, "active", "yes"),
        ({"last_commit_seen": "2024-01-01"}, "active", "not assessed"),
        ({"last_commit_seen": "2025"}, "active", "not assessed"),
        ({"languages": ["English"]}, "languages", "not assessed"),
        ({"languages": ["English", "French"]}, "languages", "yes"),
        ({"doi": "10.1/x"}, "peer-reviewed", "yes"),
    ],
)
def test_a_machine_answers_what_the_entry_shows_and_nothing_more(data, word, answer):
    assert answers(**data)[word] == answer


def test_what_people_saw_counts_before_what_a_machine_concludes():
    row = {"question": "open-licence", "answer": False, "source": "https://x.example"}
    found = assessed({"licence": {"id": "MIT"}, "openness": [row]}, today=TODAY)[0]
    assert (found.answer, found.source) == ("no", "https://x.example")


def test_relations_are_shown_from_both_ends(web, seeded):
    from everygenome.web.collections.models import Item

    item, row = next(
        (item, row)
        for item in Item.objects.filter(collection="toolbox").order_by("slug")
        for row in item.data.get("relations", ())
    )
    links = [a["attrs"]["href"] for a in read(web.get(item.address)).all("a")]
    assert f"/toolbox/{row['to']}/" in links
    back = [a["attrs"]["href"] for a in read(web.get(f"/toolbox/{row['to']}/")).all("a")]
    assert item.address in back


def test_a_failing_link_is_told_with_since_when(web, seeded):
    from datetime import UTC, datetime

    from everygenome.web.collections.models import Item
    from everygenome.web.toolbox.models import Link

    item = Item.objects.get(collection="toolbox", slug="tractor")
    day = datetime(2026, 3, 1, tzinfo=UTC)
    made = {"first_failure_at": day, "last_failure_at": day, "asked_at": day}
    Link.objects.create(url=item.data["url"], misses=4, status="404 Not Found", **made)
    assert "failing since 1 March 2026 (404 Not Found" in read(web.get(item.address)).text
    Link.objects.update(misses=1)
    assert "missed 1 time in a row (404 Not Found)" in read(web.get(item.address)).text
    Link.objects.update(misses=0, first_failure_at=None, last_ok_at=day)
    assert "live on 1 March 2026" in read(web.get(item.address)).text


def test_what_nobody_looked_at_is_marked_and_who_uses_it_is_asked(web, seeded):
    from everygenome.web.collections.models import Item

    found = Item.objects.filter(collection="toolbox").order_by("slug")
    unchecked = next(item for item in found if item.data["checked"] == "catalogue")
    text = read(web.get(unchecked.address)).text
    assert "Unchecked." in text
    assert "Do you use it?" in text
    checked = next(item for item in found if item.data["checked"] == "repo")
    assert "Unchecked." not in read(web.get(checked.address)).text


def test_who_uses_it_and_what_shows_it_have_sections_of_their_own(web, seeded):
    from everygenome.web.collections.models import Item

    item = Item.objects.get(collection="toolbox", slug="tractor")
    shown = Item.objects.filter(collection="evidence").order_by("slug").first()
    used = {"who": "A <clinic>", "what_changed": "Less waiting.", "reported_by": "The clinic"}
    item.data |= {"adoption": [used], "evidence": [shown.slug]}
    item.data["archived_on"] = "2026-01-05"
    Item.objects.filter(pk=item.pk).update(data=item.data)
    page = read(web.get(item.address))
    for words in ("A <clinic>", "Less waiting.", "Reported by The clinic"):
        assert words in page.text
    assert "Nobody has said yet" not in page.text
    assert "Archived on 2026-01-05." in page.text
    assert shown.address in [a["attrs"]["href"] for a in page.all("a")]

"""The page of a card and of a case study; and who may set what."""

import pytest

from tests.functional.web import database
from tests.functional.web.evidence.cards import RULE, card
from tests.functional.web.page import read

pytestmark = [pytest.mark.usefixtures("django")]


@pytest.fixture
def own(web):
    from everygenome.web.collections.models import Item

    Item.objects.all().delete()
    return web


def text_of(web, slug="a-card"):
    answer = web.get(f"/evidence/{slug}/")
    assert answer.status_code == 200
    return read(answer).text


def test_the_claim_is_the_heading_and_numbers_stand_in_a_table(own):
    card(numbers=[
        {"what": "Letters", "value": "296485284", "unit": "DNA letters", "table": "abstract"},
        {"what": "Share", "value": "under 2"},
    ])  # fmt: skip
    page = read(own.get("/evidence/a-card/"))

    assert page.one("h1")["text"].strip() == "As of 2018, most were European."
    assert "Letters 296,485,284 DNA letters – not stated abstract" in page.text
    assert "Share under 2 not stated – not stated not stated" in page.text
    assert "Then and today" not in page.text


def test_a_claim_without_certainty_was_not_assessed(own):
    card()
    text = text_of(own)
    assert "Certainty: Not assessed." in text
    assert "Where we read it not stated" in text
    assert "How it was counted not stated" in text


def test_certainty_and_a_second_hand_reading_are_in_words(own):
    card(certainty="low", certainty_why="Copies disagree.", read_in="secondary copy")
    text = text_of(own)
    assert "Certainty: Low (it may be quite different). Not read in its source" in text
    assert "Low: it may be quite different Copies disagree." in text
    assert "Second hand: read in a text that quotes its source" in text


@pytest.mark.parametrize(
    ("review", "late"), [("2020", True), ("2020-01-31", True), ("2099", False)]
)
def test_a_review_that_is_overdue_is_marked(own, review, late):
    card(next_review=review)
    text = text_of(own)
    assert ("Its review is overdue." in text) is late
    assert (f"Next review {review} (overdue)" in text) is late


def test_related_tools_are_links_and_unknown_ones_are_left_out(own):
    from tests.functional.web.collections.shelf import put, tool

    put("tool-01", tool(1))
    card(tools=["tool-01", "no-such-tool"])
    links = [e["attrs"].get("href") for e in read(own.get("/evidence/a-card/")).all("a")]
    assert links.count("/toolbox/tool-01/") == 1
    assert not any("no-such-tool" in str(link) for link in links)


def test_a_case_study_tells_four_things_in_order(own):
    card("a-case", kind="case-study", claim=None, numbers=None, title="A stop, and a survey",
         tried="We asked.", happened="Few answered.", would_do="Ask earlier.")  # fmt: skip
    page = read(own.get("/evidence/a-case/"))

    told = [e["text"] for e in page.all("h3")]
    assert told == [
        "What was tried", "What came of it", "What did not work", "What they would do now"
    ]  # fmt: skip
    assert "What did not work The sources do not say." in page.text
    assert "Numbers" not in [e["text"] for e in page.all("h2")]
    assert "Case study A stop, and a survey" in read(own.get("/evidence/")).text


def test_names_from_strangers_are_text(own):
    card(claim="A claim", rule={"cannot": "Because of 1 < 2 & so on."}, population="x < y & z")
    page = own.get("/evidence/a-card/")
    assert "Because of 1 &lt; 2 &amp; so on." in page.content.decode()
    assert "x < y & z" in read(page).text


def test_contributors_are_not_asked_for_a_rule_and_cannot_send_one(own):
    from everygenome.web.evidence.schema import SCHEMA
    from everygenome.web.moderation.models import Contribution

    assert SCHEMA["live"].curated
    form = own.get("/contribute/evidence/").content.decode()
    assert 'name="live' not in form
    sent = {
        "kind": "claim", "claim": "Everybody is counted.", "themes": "participation",
        "sources-rows": "1", "sources-0-title": "Paper", "sources-0-url": "https://doi.org/10.1/x",
        "live-rows": "1", **{f"live-0-{name}": str(value) for name, value in RULE.items()},
        **{f"live-{name}": str(value) for name, value in RULE.items()},
    }  # fmt: skip
    answer = own.post("/contribute/evidence/", database.gate() | sent | {"send": "1"})
    assert answer.status_code == 303, read(answer).text
    (stored,) = Contribution.objects.all()
    assert stored.proposed["claim"] == "Everybody is counted."
    assert "live" not in stored.proposed
    assert "certainty" not in stored.proposed


def test_what_a_contributor_changes_leaves_the_rule_as_it_is(own):
    from everygenome.web.moderation.models import Contribution

    card(rule={})
    sent = {
        "kind": "claim", "claim": "As of 2018, most were European, we think.",
        "themes": "participation", "numbers-rows": "1", "numbers-0-what": "European",
        "numbers-0-value": "78", "sources-rows": "1", "sources-0-title": "Paper",
        "sources-0-url": "https://doi.org/10.1/x", "live-cannot": "No", "live-0-group": "African",
    }  # fmt: skip
    answer = own.post("/contribute/evidence/a-card/", database.gate() | sent | {"send": "1"})
    assert answer.status_code == 303, read(answer).text
    (stored,) = Contribution.objects.all()
    assert stored.proposed["live"] == {**RULE, "published": stored.proposed["live"]["published"]}
    assert stored.proposed["live"]["published"] == 78

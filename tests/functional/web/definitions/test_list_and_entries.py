"""The list of all terms on one page, and what stands on a term's own."""

import json

import pytest

from tests.functional.web.collections.shelf import get, put

pytestmark = [pytest.mark.usefixtures("django")]
TOOLKIT = "https://doi.org/10.5281/zenodo.10013320"
SENSE = {"definition": "It is so.", "whose": "A clinic", "context": "clinic", "status": "avoid"}


def term(**changes):
    made = {"term": "A term", "simple": "A word.", "senses": [SENSE]} | changes
    return put(made["term"].lower().replace(" ", "-"), made, collection="definitions")


@pytest.fixture
def empty(web):
    from everygenome.web.collections.models import Item
    from everygenome.web.collections.terms import forget

    Item.objects.all().delete()
    forget()
    yield web
    forget()


def described(page):
    scripts = [e for e in page.all("script") if e["attrs"].get("type") == "application/ld+json"]
    return {one["@type"]: one for script in scripts for one in json.loads(script["text"])}


def advices(page, within="span"):
    """The advice beside terms, in order."""
    return [
        " ".join(e["text"].split())
        for e in page.all(within)
        if e["attrs"].get("class", "").startswith("advice ")
    ]


def test_all_terms_stand_on_one_page_with_their_letters(web, seeded):
    from everygenome.web.collections.models import Item

    items = list(Item.objects.filter(collection="definitions").order_by("sort", "pk"))
    assert len(items) >= 60
    page = get(web, "/definitions/")
    assert [" ".join(e["text"].split()) for e in page.all("h3")] == [item.title for item in items]
    for item in items:
        assert item.data["simple"] in page.text
    ids = {e["attrs"].get("id") for e in page.elements}
    letters = [e["attrs"]["href"][1:] for e in page.all("a")
               if e["attrs"]["href"].startswith("#letter-")]  # fmt: skip
    assert letters == sorted(letters)
    assert len(letters) > 15
    assert set(letters) <= ids
    listed = described(page)
    assert len(listed["DefinedTermSet"]["hasDefinedTerm"]) == len(items)
    assert listed["ItemList"]["itemListElement"][0]["name"] == items[0].title
    assert TOOLKIT in {e["attrs"]["href"] for e in page.all("a")}


def test_advice_is_a_word_and_a_shape_and_says_by_how_many(empty):
    other = SENSE | {"status": "use-with-care", "whose": "Others"}
    term(senses=[SENSE, other, SENSE | {"whose": "A third"}])
    page = get(empty, "/definitions/")
    assert advices(page) == ["■ Avoid (2)", "▲ Use with care"]
    assert advices(page, "dd") == [
        "● Preferred", "▲ Use with care", "■ Avoid", "◆ No agreement", "○ Not assessed"
    ]  # fmt: skip
    # Nothing of the toolkit is on the page, and one letter needs no index.
    assert TOOLKIT not in {e["attrs"]["href"] for e in page.all("a")}
    assert not [e for e in page.all("nav") if e["attrs"].get("aria-label") == "Letters"]


def test_the_list_is_searched_and_narrowed(empty):
    term(term="Alpha", simple="One of Greek letters.")
    term(term="Beta", simple="Another.", senses=[SENSE | {"status": "preferred"}])
    page = get(empty, "/definitions/?status=preferred")
    assert [e["text"].strip() for e in page.all("h3")] == ["Beta"]
    chips = [e["attrs"]["href"] for e in page.all("a") if e["text"].startswith("Remove ")]
    assert chips == ["/definitions/", "/definitions/"]
    page = get(empty, "/definitions/?q=greek&page=2&sort=changed")
    assert [e["text"].strip() for e in page.all("h3")] == ["Alpha"]
    assert "There is one page; this is the last." in page.text
    assert "Nothing here fits all of that" in get(empty, "/definitions/?q=none&where=%00").text


@pytest.mark.parametrize("query", ["status=%FF", "q=" + "x" * 5000, "page=9" * 40, "where=%00"])
def test_no_query_brings_the_list_down(empty, query):
    term()
    assert empty.get(f"/definitions/?{query}").status_code == 200


def test_an_entry_shows_its_parts_in_order_and_what_is_not_known(empty):
    term(
        aliases=["the terms"],
        why_it_matters="It does.",
        alternatives=[{"term": "Another term", "when": "Always."}, {"term": "A third"}],
        debate="One side.\n\nThe other.",
        named_by_it=True,
        sources=[{"title": "A paper", "url": "https://doi.org/10.5555/1"}],
    )
    term(term="Another term")
    page = get(empty, "/definitions/a-term/")
    assert [" ".join(e["text"].split()) for e in page.all("h2")][:6] == [
        "Definitions side by side, and whose they are",
        "Those whom it names",
        "Why it matters",
        "What to write instead",
        "The debate",
        "Sources",
    ]
    assert "Also: the terms" in page.text
    assert "Since not known Source not stated" in page.text
    assert "how many of the definitions above come from them is not known." in page.text
    assert "When is not stated." in page.text
    links = [e["attrs"]["href"] for e in page.all("a") if e["attrs"].get("class") == "term"]
    assert links == ["/definitions/another-term/"]
    entry = described(page)["DefinedTerm"]
    assert entry["inDefinedTermSet"]["@type"] == "DefinedTermSet"
    assert entry["alternateName"] == ["the terms"]
    assert TOOLKIT not in {e["attrs"]["href"] for e in page.all("a")}


def test_an_entry_without_more_has_no_empty_parts(empty):
    term()
    page = get(empty, "/definitions/a-term/")
    assert "The debate" not in page.text
    assert "No other words are suggested yet." in page.text
    assert "The advice differs" not in page.text


def test_the_toolkit_is_named_where_its_advice_is_used_and_differing_advice_is_said(empty):
    theirs = SENSE | {"whose": "The toolkit", "status": "use-with-care", "source": TOOLKIT}
    term(senses=[SENSE, theirs])
    page = get(empty, "/definitions/a-term/")
    assert "CC BY 4.0" in page.text
    assert "The advice differs" in page.text


def test_a_hold_of_the_panel_is_public_on_the_page(empty):
    from everygenome.web.moderation.models import Hold
    from tests.functional.web.database import account

    term()
    Hold.objects.create(
        subject="definitions/a-term", reason="We were not asked.", by=account("panel")
    )
    text = get(empty, "/definitions/a-term/").text
    assert "Held by the community panel" in text
    assert "We were not asked." in text


def test_names_from_strangers_mean_nothing(empty):
    hostile = "A & “b” {{ 7 }} < c"
    put("x", {"term": hostile, "simple": hostile, "aliases": [hostile],
              "senses": [SENSE | {"whose": hostile, "definition": hostile, "where": hostile}],
              "alternatives": [{"term": hostile, "when": hostile}], "debate": hostile,
              "related": ["no-such", "' OR 1=1"]}, collection="definitions")  # fmt: skip
    for address in ("/definitions/", "/definitions/x/"):
        page = get(empty, address)
        assert page.unclosed == []
        assert hostile in page.text

"""Terms: definitions side by side with whose they are, and every term on one page."""

import pytest

from tests.functional.web.page import read

pytestmark = [pytest.mark.usefixtures("django")]


def test_a_term_shows_whose_each_definition_is_and_what_it_advises(web, seeded):
    from everygenome.web.collections.models import Item

    item = Item.objects.get(collection="definitions", slug="bame")
    page = read(web.get("/definitions/bame/"))
    headings = [h["text"].strip() for h in page.all("h3")]
    assert headings[: len(item.data["senses"])] == [s["whose"] for s in item.data["senses"]]
    for sense in item.data["senses"]:
        assert sense["definition"] in page.text
    # Advice is a word and a shape, never a colour alone.
    assert page.text.count("■ Avoid") == sum(s["status"] == "avoid" for s in item.data["senses"])
    assert "Lost in Translation" in page.text


def test_a_term_that_names_people_says_that_nobody_asked_them_yet(web, seeded):
    text = read(web.get("/definitions/bame/")).text
    assert "This term names people" in text
    assert "We have not asked them yet" in text
    assert "This term names people" not in read(web.get("/definitions/bias/")).text


def test_the_list_holds_every_term_with_its_simple_sentence_on_one_page(web, seeded):
    from everygenome.web.collections.models import Item

    items = Item.objects.filter(collection="definitions")
    page = read(web.get("/definitions/"))
    links = [a["attrs"]["href"] for a in page.all("a")]
    assert {item.address for item in items} <= set(links)
    assert len(items) >= 40
    for item in items:
        assert item.data["simple"] in page.text


def test_terms_related_are_links_and_unknown_ones_are_not(web, seeded):
    from everygenome.web.collections.models import Item

    item = Item.objects.get(collection="definitions", slug="bame")
    item.data["related"] = ["black", "no-such-term"]
    item.save()
    links = [a["attrs"]["href"] for a in read(web.get("/definitions/bame/")).all("a")]
    assert "/definitions/black/" in links
    assert "/definitions/no-such-term/" not in links

"""Searching: one contract, whatever the engine."""

import pytest

from tests.functional.web.collections.shelf import count_of, get, put, titles, tool

pytestmark = [pytest.mark.usefixtures("django")]


CASES = [
    # Case and accents.
    ("sao paulo", ["sao-paulo"]),
    ("SÃO PAULO", ["sao-paulo"]),
    ("indice", ["sao-paulo"]),
    ("São", ["sao-paulo"]),
    ("STRASSENKARTE", ["strasse"]),
    # The beginnings of words, and no other part of them.
    ("bra", ["sao-paulo"]),
    ("razil", []),
    ("poly sco anc", ["prs-csx"]),
    # Hyphens part words.
    ("PRS-CSx", ["prs-csx"]),
    ("csx prs", ["prs-csx"]),
    ("prscsx", []),
    # In the title comes first.
    ("prs", ["prs-csx", "latin"]),
    # What engines take for commands is words here, or nothing.
    ("OR NOT NEAR", ["or-not"]),
    ("or", ["or-not"]),
    ("AND", ["or-not"]),
    ('"PRS-CSx"', ["prs-csx"]),
    ("prs*", ["prs-csx", "latin"]),
    ("title:prs", []),
    ("-prs latin", []),
    ("prs & !scores | <-> ()", ["prs-csx"]),
    ("prs:*", ["prs-csx", "latin"]),
    ("NEAR(or not, 2)", []),
    ("'; DROP TABLE collections_item; --", []),
    ("prs\\", ["prs-csx", "latin"]),
    ("prs'", ["prs-csx", "latin"]),
    ("^prs", ["prs-csx", "latin"]),
    ("{title} : prs", []),
    # Other scripts.
    ("الجينوم", ["arabic"]),
    ("العربي الوراثة", ["arabic"]),
    ("基因组", ["chinese"]),
    ("基因", ["chinese"]),
    ("c++ dna", ["dna"]),
    # Without any letter nothing is found.
    ("🧬", []),
    ("***", []),
    ("\x00", []),
    ("_", []),
    ("x" * 10_000, []),
    ("prs " * 3_000, ["prs-csx", "latin"]),
]


@pytest.fixture
def found(web):
    """Words -> the slugs of the entries that they find, in order."""
    from everygenome.web.collections.listing import Asked
    from everygenome.web.collections.models import Item
    from everygenome.web.collections.registry import collection_of

    Item.objects.all().delete()

    def search(query):
        asked = Asked(collection_of("toolbox"), query)
        return [item.slug for item in asked.ordered()]

    def put_tool(slug, **changes):
        # Labels are searched too, so these have few.
        plain = {"stages": ["participants"], "audiences": ["laboratory"], "tasks": ["teaching"]}
        put(slug, tool(0, checked=None, **plain, **changes))

    put_tool("sao-paulo", name="Índice de São Paulo", purpose="Counts people in Brazil.")
    put_tool("prs-csx", name="PRS-CSx", purpose="Polygenic scores across ancestries.")
    put_tool("arabic", name="الجينوم العربي", purpose="علم الوراثة للجميع")
    put_tool("chinese", name="中国 基因组 数据库", purpose="数据 共享")
    put_tool("or-not", name="OR NOT NEAR", purpose="A tool called by search words: AND.")
    put_tool("dna", name="🧬 Helix", purpose="It draws a 🧬 of DNA in C++.")
    put_tool("strasse", name="Straßenkarte", purpose="Karte der Straßen.")
    put_tool("latin", name="Plain", purpose="The word PRS is in its purpose.")
    return search


def test_what_is_found(found):
    assert {query[:40]: found(query) for query, _ in CASES} == {
        query[:40]: slugs for query, slugs in CASES
    }


def test_the_first_page_of_a_search_has_those_named_so_first(web, found):
    put("aaa", tool(98, name="AAA", purpose="Better than Helix."))
    assert titles(get(web, "/toolbox/?q=helix")) == ["🧬 Helix", "AAA"]
    assert titles(get(web, "/toolbox/?q=helix&sort=changed")) == ["AAA", "🧬 Helix"]


def test_words_of_both_title_and_text_are_found_together(found):
    assert found("plain purpose") == ["latin"]


def test_a_changed_entry_is_found_by_its_new_words_only(found):
    put("latin", tool(97, name="Plain", purpose="It says something about quokkas."))
    assert found("quokkas") == ["latin"]
    assert "latin" not in found("prs")


def test_a_withdrawn_entry_is_found_no_more_and_comes_back_when_restored(web, found):
    from everygenome.web.collections.models import Item, Searched
    from everygenome.web.collections.standing import change
    from tests.functional.web.database import account

    editor = account("editor")
    item = Item.objects.get(collection="toolbox", slug="prs-csx")
    change(item=item, action="withdraw_item", by=editor, reason="Its makers asked for it.")
    assert found("csx") == []
    assert not Searched.objects.filter(item=item).exists()
    assert count_of(get(web, "/toolbox/?q=csx")) == 0
    change(item=item, action="restore_item", by=editor, reason="They changed their mind.")
    assert found("csx") == ["prs-csx"]


def test_the_index_can_be_made_again_from_the_entries(found):
    from django.core.management import call_command

    from everygenome.web.collections.models import Facet, Item, Searched
    from everygenome.web.collections.search import drop

    facets = sorted(Facet.objects.values_list("item", "name", "value"))
    for item in Item.objects.all():
        drop(item)
    Facet.objects.all().delete()
    assert found("prs") == []
    call_command("reindex", verbosity=0)
    assert found("prs") == ["prs-csx", "latin"]
    assert sorted(Facet.objects.values_list("item", "name", "value")) == facets
    assert Searched.objects.count() == Item.objects.count()


def test_another_collections_entries_are_not_found(web, found):
    put(
        "helix",
        {"name": "Helix bank", "about": "A bank.", "kind": "biobank", "region": "Africa"},
        collection="datasets",
    )
    assert found("helix") == ["dna"]
    assert titles(get(web, "/datasets/?q=helix")) == ["Helix bank"]

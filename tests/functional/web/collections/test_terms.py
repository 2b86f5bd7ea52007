"""Defined terms become links where they occur in text, each once, and nothing else changes."""

import re
import time

import pytest

from tests.functional.web.collections import shelf

pytestmark = [pytest.mark.usefixtures("django")]
KNOWN = [
    ("/definitions/ancestry/", "Ancestry", ["ancestries", "ancestral background"]),
    ("/definitions/genetic-ancestry/", "Genetic ancestry", ["genetic ancestries"]),
    ("/definitions/weird/", "WEIRD", ["Western, educated, industrialised, rich and democratic"]),
    ("/definitions/lmic/", "Low- and middle-income countries", ["LMIC", "LMICs"]),
    ("/definitions/white/", "White", ["White people"]),
    ("/definitions/care/", "CARE principles", []),
    ("/definitions/non-white/", "Non-White", ["nonwhite"]),
]


@pytest.fixture
def link():
    from everygenome.web.collections.linking import terms_of

    return terms_of(KNOWN).linked


@pytest.fixture
def fresh():
    from everygenome.web.collections.terms import forget

    forget()
    yield
    forget()


def marked(html):
    """Links as [words>name], so that a line can be read."""
    return re.sub(r'<a class="term" href="/definitions/([^"/]+)/">([^<]*)</a>', r"[\2>\1]", html)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Genetic ancestry is not ancestry.", "[Genetic ancestry>genetic-ancestry] is not "
         "[ancestry>ancestry]."),
        ("ancestry, Ancestry, ancestries", "[ancestry>ancestry], Ancestry, ancestries"),
        ("weird or Weird but WEIRD", "weird or Weird but [WEIRD>weird]"),
        ("lmic, LMICs", "lmic, [LMICs>lmic]"),
        ("a white coat and a White nurse", "a white coat and a [White>white] nurse"),
        ("white people", "[white people>white]"),
        ("care principles, CARE Principles", "care principles, [CARE Principles>care]"),
        ("non-white; multi-ancestry; ancestry-matched; ancestryX", "[non-white>non-white]; "
         "multi-ancestry; ancestry-matched; ancestryX"),
        ("race/ancestry (ancestry)", "race/[ancestry>ancestry] (ancestry)"),
        ("https://x.org/ancestry www.ancestry.org ancestry.com me@ancestry.com",
         "https://x.org/ancestry www.ancestry.org ancestry.com me@ancestry.com"),
        ("`ancestry` is code", "`ancestry` is code"),
        ("genetic\u00a0ancestry", "[genetic\u00a0ancestry>genetic-ancestry]"),
        ("genetic\n\nancestry", "genetic\n\n[ancestry>ancestry]"),
        ("", ""),
        (None, "None"),
    ],
)  # fmt: skip
def test_terms_are_found_as_they_are_written(link, text, expected):
    assert marked(link(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "<script>ancestry</script>",
        "\"><img src=x onerror='1'> White",
        "&lt;ancestry&gt; &amp;ancestry; &#ancestry",
        "\x00ancestry\u202eWEIRD\ud800",
        "{{ ancestry }} {% White %}",
        "ancestry" * 2000,
        "<" * 5000 + "ancestry" + ">" * 5000,
    ],
)
def test_whatever_the_text_holds_only_our_links_are_markup(link, text):
    import html

    made = str(link(text))
    without = re.sub(r'<a class="term" href="/definitions/[a-z-]+/">([^<]*)</a>', r"\1", made)
    assert "<" not in without
    assert ">" not in without
    assert html.unescape(without) == html.unescape(html.escape(text))


def test_within_html_links_code_and_headings_stay_as_they_are(link):
    from django.utils.safestring import mark_safe

    closed = (
        "<h2>ancestry</h2><a href='/ancestry'>ancestry</a><code>ancestry</code>"
        '<img alt="ancestry"><!-- ancestry -->'
    )
    made = link(mark_safe(f"{closed}<p>White &amp; <b>ancestry</b></p>"))
    assert marked(made) == f"{closed}<p>[White>white] &amp; <b>[ancestry>ancestry]</b></p>"


def test_what_is_linked_already_is_not_linked_again(link):
    done = {"/definitions/white/"}
    assert "<a" not in link("White", already=done)
    assert "<a" in link("ancestry", already=done)
    assert "<a" not in link("ancestry", already=done)


def test_ten_thousand_words_take_less_than_50_milliseconds(seeded, fresh):
    from everygenome.web.collections.terms import known

    terms = known()
    assert len(terms.ways) > 100
    # Every other word could begin a term, and none is one.
    text = "genetic words; people of nothing, health and the self-assured " * 1100
    assert len(text.split()) >= 9_900
    took = []
    for _ in range(5):
        began = time.perf_counter()
        terms.linked(text)
        took.append(time.perf_counter() - began)
    assert min(took) < 0.05


def test_pages_of_all_collections_link_terms_once(web, seeded, fresh):
    shelf.put("a-tool", shelf.tool(1, note="Ancestry and race.\n\nRace again, ancestry."))
    page = shelf.get(web, "/toolbox/a-tool/")
    links = [e["attrs"]["href"] for e in page.all("a") if e["attrs"].get("class") == "term"]
    assert links == ["/definitions/ancestry/", "/definitions/race/"]


def test_a_term_is_not_linked_to_itself(web, seeded, fresh):
    page = shelf.get(web, "/definitions/ancestry/")
    links = [e["attrs"]["href"] for e in page.all("a") if e["attrs"].get("class") == "term"]
    assert links
    assert "/definitions/ancestry/" not in links
    assert len(links) == len(set(links))


def test_a_withdrawn_term_is_not_linked_once_that_is_seen(web, seeded, fresh):
    from everygenome.web.collections.models import Item, Standing
    from everygenome.web.collections.terms import forget, known

    assert "<a" in known().linked("ancestry")
    Item.objects.filter(collection="definitions", slug="ancestry").update(
        standing=Standing.WITHDRAWN
    )
    assert "<a" in known().linked("ancestry")
    forget()
    assert "<a" not in known().linked("ancestry")


def test_after_a_minute_the_same_terms_are_kept_and_others_read(web, seeded, fresh, monkeypatch):
    from everygenome.web.collections import terms

    first = terms.known()
    now = time.monotonic()
    monkeypatch.setattr(terms.time, "monotonic", lambda: now + 120)
    assert terms.known() is first
    shelf.put(
        "newest",
        {
            "term": "Newest term",
            "simple": "A term.",
            "senses": [
                {"definition": "A.", "whose": "Us", "context": "research", "status": "avoid"}
            ],
            "sources": [],
        },
        collection="definitions",
    )
    assert terms.known() is first
    monkeypatch.setattr(terms.time, "monotonic", lambda: now + 240)
    assert "/definitions/newest/" in terms.known().linked("the newest term")


def test_without_tables_pages_are_the_same_without_links(fresh, monkeypatch):
    from django.db import DatabaseError

    from everygenome.web.collections import terms

    def broken():
        raise DatabaseError("no such table")

    monkeypatch.setattr(terms, "_read", broken)
    assert terms.known().linked("a < ancestry") == "a &lt; ancestry"


def test_how_we_count_links_the_words_that_are_defined(web, seeded, fresh):
    page = shelf.get(web, "/about/counting/")
    links = [e["attrs"]["href"] for e in page.all("a") if e["attrs"].get("class") == "term"]
    assert "/definitions/ancestry/" in links
    assert len(links) == len(set(links))

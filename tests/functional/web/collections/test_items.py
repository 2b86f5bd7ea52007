"""The page of an entry: what is known, who said it, what it became, and what machines read."""

import json
import re

import pytest

from tests.functional.web.collections.shelf import get, put, tool
from tests.functional.web.database import account
from tests.functional.web.page import read

pytestmark = [pytest.mark.usefixtures("django")]
FULL = {
    "licence": {"id": "MIT", "note": "In its repository."},
    "doi": "10.5555/full",
    "repository": "https://github.com/example/full",
    "latest_release": {"version": "1.10", "date": "2024-05-06"},
    "maintainer": "A laboratory",
    "languages": ["English", "isiZulu"],
    "populations_tested": [
        {"population": "UK Biobank", "group": "European", "sample_size": 337205,
         "source": "https://doi.org/10.5555/1"},
        {"population": "Biobank Japan", "source": "https://doi.org/10.5555/2"},
    ],
    "note": "First line.\nSecond line with a < b & c.",
}  # fmt: skip


@pytest.fixture
def full(web):
    from everygenome.web.collections.models import Item

    Item.objects.all().delete()
    return put("full", tool(4, **FULL), source="https://doi.org/10.5555/source")


def change(item, action, **more):
    from everygenome.web.collections.standing import change

    editor = account("editor", f"{action}@staff.example")
    return change(item=item, action=action, by=editor, reason="For a reason.", **more)


def described(page):
    """Every description for machines on a page."""
    scripts = [e for e in page.all("script") if e["attrs"].get("type") == "application/ld+json"]
    return [one for script in scripts for one in json.loads(script["text"])]


def test_fields_stand_in_their_order_and_what_matters_is_said_to_be_missing(web, full):
    page = get(web, "/toolbox/full/")
    labels = [" ".join(e["text"].split()) for e in page.all("dt")]
    fields = ["Kind", "Stage", "Audience", "Helps with", "Populations tested", "Licence"]
    assert [label for label in labels if label in fields] == [*fields[:6], "Licence"]
    text = page.text
    assert "Who uses it, and what changed not reported" in text
    assert "337,205" in text
    assert "Biobank Japan –not reported –not reported source" in text
    assert "Second line with a < b & c." in text
    assert text.count("Region") == 0


def test_addresses_from_strangers_are_not_vouched_for(web, full):
    page = get(web, "/toolbox/full/")
    away = [e["attrs"] for e in page.all("a") if "://" in e["attrs"].get("href", "")]
    assert len(away) >= 6
    inside = [a for a in away if a.get("rel") != "nofollow noopener"]
    assert [a["href"] for a in inside if "example" in a["href"] or "doi.org" in a["href"]] == []


def test_each_fact_says_who_said_it_and_when(web, full):
    data = tool(4, **FULL) | {"purpose": "It was put in other words."}
    put("full", data, speaker="maintainer", source="https://example.org/said")
    page = get(web, "/toolbox/full/")
    rows = [" ".join(e["text"].split()) for e in page.all("tr")]
    (said,) = [row for row in rows if row.startswith("What it is for its maintainer on") or
               row.startswith("What it is for its maintainer")]  # fmt: skip
    assert said.endswith("where it was read")
    (name,) = [row for row in rows if row.startswith("Name ")]
    assert "the first collection of this site" in name
    assert len([row for row in rows if "first collection" in row]) == len(full.data) - 1


def test_what_is_said_since_stands_beside_its_field(web, full):
    put("full", tool(4, **FULL) | {"maintainer": "Another"}, speaker="contributor")
    text = get(web, "/toolbox/full/").text
    assert re.search(r"Maintainer Another Said by a contributor on \d+ \w+ \d{4}", text)
    assert text.count("Said by a contributor") == 1


def test_a_source_that_is_no_address_is_no_link(web, full):
    put("full", tool(4, **FULL) | {"cost": "Free"}, speaker="import", source="javascript:alert(1)")
    page = get(web, "/toolbox/full/")
    assert "javascript:alert(1)" in page.text
    assert [e for e in page.all("a") if "javascript" in e["attrs"].get("href", "")] == []


def test_everything_one_can_do_is_one_link_away(web, full):
    found = {e["attrs"].get("href") for e in get(web, "/toolbox/full/").all("a")}
    assert {
        "/contribute/toolbox/full/",
        "/contribute/toolbox/full/claim/",
        "/report/?about=toolbox/full",
        "/toolbox/full/history/",
        "/toolbox/full/entry.json",
        "/toolbox/full/CITATION.cff",
        "/toolbox/full/codemeta.json",
        "/toolbox/full/biotools.json",
    } <= found


def test_a_retired_entry_says_so(web, full):
    change(full, "retire_item")
    assert "Retired." in get(web, "/toolbox/full/").text
    assert "Retired: kept for the record." in get(web, "/toolbox/").text


def test_a_replaced_entry_leads_to_what_replaced_it(web, full):
    other = put("other", tool(5, name="The other"))
    change(full, "supersede_item", successor=other)
    page = get(web, "/toolbox/full/")
    assert "Use The other instead." in page.text
    assert "/toolbox/other/" in {e["attrs"].get("href") for e in page.all("a")}
    change(other, "withdraw_item")
    assert "The other" not in get(web, "/toolbox/full/").text


def test_of_a_withdrawn_entry_nothing_is_left_anywhere(web, full):
    put("full", tool(4, **FULL) | {"maintainer": "Another"}, speaker="contributor", who="Ada")
    change(full, "withdraw_item")
    names = ("", "history/", "entry.json", "CITATION.cff", "codemeta.json", "biotools.json")
    told = set()
    for name in names:
        answer = web.get(f"/toolbox/full/{name}")
        assert answer.status_code == 410
        assert answer["Cache-Control"] == "no-store"
        assert answer["X-Robots-Tag"] == "noindex"
        told.add(read(answer).text)
    (text,) = told
    assert "An entry was withdrawn." in text
    for page in ("", "feed.atom", "feed.rss", "export.csv", "export.json", "export/"):
        body = web.get(f"/toolbox/{page}").content.decode()
        assert full.title not in body
        assert "Another" not in body
        assert "toolbox/full/" not in body
    assert full.title not in text
    assert "toolbox/full/" not in web.get("/sitemap.xml").content.decode()


def test_what_never_was_is_not_found(web, full):
    addresses = ["/toolbox/none/", "/toolbox/none/history/", "/toolbox/none/entry.json",
                 "/toolbox/full/other.json", "/evidence/full/", "/evidence/full/codemeta.json",
                 f"/toolbox/{'x' * 5000}/", "/toolbox/%00/", "/toolbox/%FF/"]  # fmt: skip
    assert {web.get(address).status_code for address in addresses} == {404}


def test_holds_of_the_panel_are_public_on_the_entry_and_its_category(web, full):
    from everygenome.web.moderation.models import Hold

    panel = account("panel")
    Hold.objects.create(subject="toolbox/full", by=panel, reason="Its words are looked at.")
    Hold.objects.create(subject="toolbox:kind:software", by=panel, reason="A category is.")
    Hold.objects.create(subject="toolbox:kind:dataset", by=panel, reason="Another is.")
    text = get(web, "/toolbox/full/").text
    assert "Held by the community panel" in text
    assert "Its words are looked at." in text
    assert "A category is." in text
    assert "Another is." not in text
    assert "The panel" not in text


def test_a_page_tells_machines_what_it_is_about(web, full):
    entry, way = described(get(web, "/toolbox/full/"))
    assert entry["@context"] == "https://schema.org"
    assert entry["@type"] == "SoftwareApplication"
    assert entry["name"] == full.title
    assert entry["url"] == "http://localhost/toolbox/full/"
    assert entry["description"] == full.data["purpose"]
    assert way["@type"] == "BreadcrumbList"
    assert [step["item"] for step in way["itemListElement"]] == [
        "http://localhost/",
        "http://localhost/toolbox/",
        "http://localhost/toolbox/full/",
    ]


REQUIRED = {
    "SoftwareApplication": {"name", "url"},
    "WebApplication": {"name", "url"},
    "Dataset": {"name", "description", "url"},
    "LearningResource": {"name", "url"},
    "CreativeWork": {"name", "url"},
    "Organization": {"name", "url"},
    "Service": {"name", "url"},
    "DefinedTermSet": {"name", "url"},
    "DefinedTerm": {"name", "description", "url", "inDefinedTermSet"},
    "Article": {"headline", "url", "dateModified"},
}


def test_every_kind_of_entry_has_what_its_type_needs(web):
    from everygenome.web.toolbox.words import KINDS

    put("a-bank", {"name": "A bank", "about": "It is one.", "kind": "biobank", "region": "Africa"},
        collection="datasets")  # fmt: skip
    sense = {"definition": "It is so.", "whose": "All", "context": "law", "status": "avoid"}
    put("a-term", {"term": "A term", "simple": "A word.", "senses": [sense]},
        collection="definitions")  # fmt: skip
    put("a-claim", {"kind": "claim", "claim": "It is so.", "themes": ["trust"]},
        collection="evidence")  # fmt: skip
    addresses = ["/datasets/a-bank/", "/definitions/a-term/", "/evidence/a-claim/"]
    for number, kind in enumerate(KINDS):
        put(f"of-{kind}", tool(number, kind=kind))
        addresses.append(f"/toolbox/of-{kind}/")
    types = set()
    for address in addresses:
        entry, _ = described(get(web, address))
        types.add(entry["@type"])
        for name in REQUIRED[entry["@type"]]:
            assert entry[name], (address, name)
    assert types == set(REQUIRED)


def test_a_list_tells_machines_what_is_on_it(web, tools):
    listed, _ = described(get(web, "/toolbox/?page=2"))
    assert listed["@type"] == "ItemList"
    places = [one["position"] for one in listed["itemListElement"]]
    assert places == list(range(31, 61))
    assert listed["itemListElement"][0]["url"] == "http://localhost/toolbox/tool-30/"


def test_no_text_can_end_the_script_element():
    from everygenome.web.collections.json_ld import written

    text = written({"name": "</script><!-- & \u2028"})
    assert not set("<>&") & set(text)
    assert json.loads(text) == [{"name": "</script><!-- & \u2028"}]


def test_the_sitemap_knows_lists_and_entries(web, full):
    found = web.get("/sitemap.xml").content.decode()
    for path in ("/toolbox/", "/toolbox/export/", "/datasets/", "/toolbox/full/"):
        assert found.count(f"<loc>http://localhost{path}</loc>") == 1
    assert re.search(r"/toolbox/full/</loc><lastmod>\d{4}-\d\d-\d\d</lastmod>", found)

"""What a fixed copy of the site holds of the collections: pages and files, and no form."""

import pytest

from everygenome.web.export.places import read
from tests.functional.web.collections import shelf

pytestmark = [pytest.mark.usefixtures("django")]


def place(link, base="/toolbox/"):
    return read(link, base=base, release="2025-06-30").place


def test_pages_and_files_have_a_place_in_a_copy():
    assert place("/toolbox/") == "toolbox/index.html"
    assert place("/toolbox/export/") == "toolbox/export/index.html"
    assert place("/toolbox/export.csv") == "toolbox/export.csv"
    assert place("/toolbox/tool-01/history/") == "toolbox/tool-01/history/index.html"
    assert place("/toolbox/tool-01/CITATION.cff") == "toolbox/tool-01/CITATION.cff"


def test_forms_feeds_and_lists_with_choices_have_none():
    for link in (
        "/contribute/toolbox/",
        "/contribute/toolbox/tool-01/claim/",
        "/contributions/",
        "/report/?about=toolbox/tool-01",
        "/desk/",
        "/toolbox/feed.atom",
        "/toolbox/feed.rss",
        "/toolbox/?kind=software",
        "/toolbox/?page=2",
    ):
        assert place(link) is None, link


def test_every_entry_can_be_reached_without_a_choice(web, tools):
    links = [e["attrs"].get("href", "") for e in shelf.get(web, "/toolbox/").all("a")]
    assert "/toolbox/export/" in links
    page = shelf.get(web, "/toolbox/export/")
    found = {place(e["attrs"]["href"]) for e in page.all("a") if "/tool-" in e["attrs"]["href"]}
    assert found == {f"toolbox/tool-{number:02}/index.html" for number in range(shelf.SIZE)}

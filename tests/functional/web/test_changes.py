"""What changed between releases: in a sentence, in full, and as feeds.

The real releases are those of 12 July (7,230 studies) and 6 December 2019 (8,223 of 8,232 with
ancestry records).
"""

import itertools
import json
import shutil
from xml.etree import ElementTree

import pytest

from everygenome.store.folder import Store
from tests.functional.web.page import read

pytestmark = [pytest.mark.usefixtures("django"), pytest.mark.slow]
ATOM = "{http://www.w3.org/2005/Atom}"
BOTH = "/changes/2019-07-12/2019-12-06/"


@pytest.fixture
def two(site, real):
    return site(real)


@pytest.fixture
def own(tmp_path, real):
    """The two real releases in a store of the test's own, of which nothing is kept yet."""
    from everygenome.web.site.releases import SHELF

    shutil.copytree(real / "releases", tmp_path / "releases")
    # Releases of the same names are open from another store.
    SHELF._open.clear()
    yield tmp_path
    SHELF._open.clear()


def difference(real):
    """The same, asked of `queries` itself."""
    from everygenome.queries.difference import difference as ask

    return ask("2019-07-12", "2019-12-06", store=real)


def test_the_list_says_in_a_sentence_what_each_release_changed(two, real):
    page = read(two("/changes/"))
    heads = [item["text"] for item in page.all("h3")]
    assert heads == ["6 December 2019 (current)", "12 July 2019"]
    totals = difference(real).totals
    assert f"{totals['studies_added']:,} studies were added in " in page.text
    assert f"{totals['publications_added']:,} new publications" in page.text
    assert f"{totals['studies_changed']:,} studies were changed" in page.text
    assert (
        "the share of European went up by 0.5 percentage points, from 90.2% to 90.7%." in page.text
    )
    assert "The first release that this site has." in page.text


def test_the_page_of_two_releases_has_the_numbers_of_the_query(two, real):
    asked = difference(real)
    response = two(BOTH)
    page = read(response)
    assert page.one("h1")["text"] == "From 12 July 2019 to 6 December 2019"
    cells = {item["text"] for item in page.all("td")}
    for name in ("studies_before", "studies_after", "studies_added", "participations_after"):
        assert f"{asked.totals[name]:,}" in cells, name
    assert asked.totals["studies_after"] - asked.totals["studies_before"] == (
        asked.totals["studies_added"] - asked.totals["studies_removed"]
    )
    tables = page.all("table")
    assert len(tables) == 1 + 4 + 1
    assert "90.2%" in cells
    assert "+0.5" in cells
    assert len(page.all("summary")) == 4


def test_studies_are_listed_page_by_page_each_once(two, real):
    asked = difference(real)
    for kind in ("added", "removed", "changed"):
        found, address = [], f"{BOTH}?change={kind}"
        while address:
            page = read(two(address))
            rows = [i for i in page.all("a") if i["attrs"]["href"].startswith("/studies/")]
            assert len(rows) <= 50
            found += [(item["text"], item["attrs"]["href"]) for item in rows]
            following = [i for i in page.all("a") if i["text"] == "The next ones"]
            address = following[0]["attrs"]["href"].partition("#")[0] if following else ""
        expected = [r["study_accession"] for r in asked.studies if r["change"] == kind]
        assert [text for text, _ in found] == expected
        place = "2019-07-12-" if kind == "removed" else "2019-12-06-"
        assert all(f"?release={place}" in href for _, href in found)


def test_what_changed_in_a_study_is_told_in_words(two):
    page = read(two(f"{BOTH}?change=changed"))
    assert "_stated" not in page.text
    assert "association_count" not in page.text
    assert "number of associations" in page.text or "trait’s term in the ontology" in page.text


def test_any_two_releases_may_be_compared_and_looking_backwards_is_said(two, real):
    early, late = Store(real).ids()
    response = two(f"/changes/?before={late}&after=2019-07-12")
    assert (response.status_code, response["Location"]) == (302, f"/changes/{late}/{early}/")
    page = read(two(response["Location"]))
    assert "looking backwards" in page.text
    assert "went down by 0.5 percentage points" in page.text
    same = read(two(f"/changes/{late}/{late}/"))
    assert "No studies were added" in same.text or "no studies were added" in same.text
    chosen = [i["attrs"]["value"] for i in page.all("option") if "selected" in i["attrs"]]
    assert chosen == [late, early]


def test_addresses_that_name_both_releases_may_be_kept(two, real):
    early, late = Store(real).ids()
    assert two(f"/changes/{early}/{late}/")["Cache-Control"] == "public, max-age=86400"
    assert two(BOTH)["Cache-Control"] == "no-cache"
    assert two("/changes/")["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/changes/1999-01-01/2019-12-06/", 404),
        ("/changes/2019-07-12/..%2f../", 404),
        ("/changes/?before=1999-01-01&after=2019-12-06", 404),
        (f"{BOTH}?change=moved", 400),
        (f"{BOTH}?start=nonsense", 400),
        (f"{BOTH}?start=%00", 400),
        ("/changes/?page=0", 400),
        ("/changes/?page=2", 400),
        ("/changes/?page=-1", 400),
        ("/changes/?page=" + "9" * 5000, 400),
        ("/changes/?page=000001" + "9" * 5000, 400),
        ("/changes/?page=0000019", 400),
        ("/changes/?page=١", 400),
        ("/changes/view.atom?trait=EFO_9999999", 400),
        ("/changes/view.atom?unit=people", 400),
        ("/changes/view.atom?nonsense=1", 400),
    ],
)
def test_what_is_not_there_is_told(two, address, status):
    response = two(address)
    assert response.status_code == status
    assert read(response).all("h1")


def test_a_demonstration_is_compared_with_nothing(site, tmp_path, real, demonstration):
    (tmp_path / "releases").mkdir()
    for store in (real, demonstration):
        for name in Store(store).ids():
            (tmp_path / "releases" / name).symlink_to(store / "releases" / name)
    early, late = Store(real).ids()
    (made_up,) = Store(demonstration).ids()
    get = site(tmp_path)
    page = read(get("/changes/"))
    assert "Demonstration data, not real. They are compared with nothing." in page.text
    assert f"/changes/{early}/{late}/" in [i["attrs"]["href"] for i in page.all("a")]
    response = get(f"/changes/{late}/{made_up}/")
    assert response.status_code == 400
    assert "demonstration" in read(response).text
    # The demonstration is the newest, and so the current one: its views are told of alone.
    entries = ElementTree.fromstring(get("/changes/view.atom").content).findall(ATOM + "entry")
    assert len(entries) == 1


def test_a_release_without_its_ancestry_file_has_counts_and_no_shares(site, incomplete):
    (name,) = Store(incomplete).ids()
    page = read(site(incomplete)(f"/changes/{name}/{name}/"))
    assert page.all("summary") == []
    assert "no figure" in [item["text"] for item in page.all("td")]


def test_a_pair_is_reckoned_once_and_kept_for_ever(site, own, monkeypatch):
    get = site(own)
    first = get("/changes/").content
    (kept,) = (own / "web" / "changes").iterdir()
    assert json.loads(kept.read_text())["totals"]["studies_after"] > 8000

    def never(*_args, **_named):
        raise AssertionError("reckoned again")

    monkeypatch.setattr("everygenome.web.changes.pairs.difference", never)
    assert get("/changes/").content == first
    monkeypatch.undo()
    kept.write_text("{damaged")
    assert get("/changes/").content == first


def test_a_store_that_cannot_be_written_only_costs_time(site, own):
    (own / "web").write_text("a file where a folder should be")
    assert "studies were added" in read(site(own)("/changes/")).text


def test_nobody_waits_for_a_whole_history_at_once(two, monkeypatch):
    monkeypatch.setattr("everygenome.web.changes.pages.RECKONED_AT_ONCE", 0)
    monkeypatch.setattr("everygenome.web.changes.pairs.FORMAT", -1)
    page = read(two("/changes/"))
    assert "Load this page again" in page.text
    assert "What changed since 12 July 2019" in page.text


def test_who_would_wait_for_others_is_told_to_come_back(two, monkeypatch):
    """Otherwise a few strangers could keep every thread of the site busy."""
    from everygenome.web.site import turns

    monkeypatch.setattr(turns, "_WAIT_SECONDS", 0.01)
    with turns.turn():
        for address in (f"{BOTH}?change=removed", "/changes/view.atom?unit=associations"):
            response = two(address)
            assert (response.status_code, response["Retry-After"]) == (503, "30")
            assert "half a minute" in read(response).text
        assert two("/changes/").status_code == 200
    assert two(f"{BOTH}?change=removed").status_code == 200


def feed(response):
    """The feed, after what RFC 4287 requires of it has been checked."""
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = ElementTree.fromstring(response.content)
    assert root.tag == ATOM + "feed"
    for name in ("id", "title", "updated", "author"):
        assert len(root.findall(ATOM + name)) == 1, name
    links = {item.get("rel"): item.get("href") for item in root.findall(ATOM + "link")}
    assert set(links) == {"self", "alternate"}
    entries = root.findall(ATOM + "entry")
    for entry in entries:
        for name in ("id", "title", "updated", "summary"):
            assert len(entry.findall(ATOM + name)) == 1, name
            assert entry.find(ATOM + name).text
        assert entry.find(ATOM + "link").get("rel") == "alternate"
        assert entry.find(ATOM + "id").text.startswith("tag:everygenome,2026:")
    names = [entry.find(ATOM + "id").text for entry in entries]
    assert len(names) == len(set(names))
    return root, entries


def test_the_feed_has_an_entry_for_each_release_in_the_words_of_the_page(two, real):
    early, late = Store(real).ids()
    root, (entry,) = feed(two("/changes/feed.atom"))
    assert entry.find(ATOM + "id").text == f"tag:everygenome,2026:changes:{late}"
    assert entry.find(ATOM + "title").text == "Release of 6 December 2019"
    assert entry.find(ATOM + "updated").text == "2019-12-06T00:00:00+00:00"
    assert root.find(ATOM + "updated").text == "2019-12-06T00:00:00+00:00"
    assert entry.find(ATOM + "link").get("href").endswith(f"/changes/{early}/{late}/")
    summary = entry.find(ATOM + "summary").text
    assert "Since the release of 12 July 2019" in summary
    assert "went up by 0.5 percentage points, from 90.2% to 90.7%." in summary


def test_a_view_has_a_feed_of_its_own(two, real):
    early, late = Store(real).ids()
    query = "?view=1&unit=studies&trait_parent=Cancer"
    root, entries = feed(two(f"/changes/view.atom{query}"))
    assert root.find(ATOM + "title").text == (
        "everygenome: Studies in the discovery stage, on the subject “Cancer”"
    )
    assert [entry.find(ATOM + "id").text.rpartition(":")[2] for entry in entries] == [late, early]
    new, old = (entry.find(ATOM + "summary").text for entry in entries)
    assert "Since the release of 12 July 2019:" in new
    assert "studies more" in new
    assert old.startswith("Of every 100 clearly recorded studies, ")
    href = entries[0].find(ATOM + "link").get("href")
    assert href.endswith(f"/composition/{query}&release={late}")


def test_identifiers_are_those_of_the_site_whatever_it_is_called(two):
    from django.test import override_settings

    one = feed(two("/changes/view.atom"))[1][0].find(ATOM + "id").text
    other = two("/changes/view.atom", headers={"host": "127.0.0.1"})
    assert feed(other)[1][0].find(ATOM + "id").text == one
    with override_settings(SITE_URL="https://monitor.example.org"):
        root = ElementTree.fromstring(two("/changes/view.atom").content)
    assert root.find(ATOM + "id").text == "tag:monitor.example.org,2026:view:"
    links = [item.get("href") for item in root.iter(ATOM + "link")]
    assert all(link.startswith("https://monitor.example.org/") for link in links)


def test_a_small_share_is_text_and_not_a_tag(two):
    """Django calls a summary HTML: what is less than something must not become an element."""
    from everygenome.web.changes.feeds import _Feed, _prepared

    made = _Feed(title="t", link="/", description="d", author_name="a")
    made.add_item("t", "/", "A <0.1% & more", unique_id="tag:x,2026:y")
    (entry,) = ElementTree.fromstring(_prepared(made).body).findall(ATOM + "entry")
    summary = entry.find(ATOM + "summary")
    assert (summary.get("type"), summary.text) == ("html", "A &lt;0.1% &amp; more")


@pytest.mark.parametrize("address", ["/changes/feed.atom", "/changes/view.atom?unit=studies"])
def test_who_has_a_feed_is_told_that_it_is_the_same(two, address):
    response = two(address)
    assert response["Last-Modified"] == "Fri, 06 Dec 2019 00:00:00 GMT"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in response
    again = two(address, headers={"if-none-match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Access-Control-Allow-Origin"] == "*"
    assert two(address).content == response.content


def test_an_empty_store_has_an_empty_feed(site, tmp_path):
    get = site(tmp_path / "nothing")
    _, entries = feed(get("/changes/feed.atom"))
    assert entries == []
    for address in ("/changes/", "/changes/view.atom", BOTH):
        assert get(address).status_code == 503


@pytest.mark.parametrize("address", ["/changes/", BOTH])
def test_pages_are_well_formed_and_lead_to_the_feed(two, address):
    page = read(two(address))
    assert page.unclosed == []
    assert page.all("style") == []
    feeds = [i["attrs"]["href"] for i in page.all("link") if i["attrs"]["rel"] == "alternate"]
    assert feeds == ["/changes/feed.atom"]
    assert len(page.all("caption")) == len(page.all("table"))
    names = [item["attrs"]["id"] for item in page.elements if "id" in item["attrs"]]
    assert len(names) == len(set(names))
    levels = [int(item["tag"][1]) for item in page.all("h1", "h2", "h3")]
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))

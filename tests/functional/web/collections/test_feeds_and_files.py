"""Feeds and files: the same entries as the list of the same address."""

import csv
import io
import json
from datetime import datetime
from xml.etree import ElementTree as ET

import pytest

from tests.functional.web.collections.shelf import SIZE, count_of, get, put, tool
from tests.functional.web.database import account

pytestmark = [pytest.mark.usefixtures("django")]
ATOM = "{http://www.w3.org/2005/Atom}"
QUERY = "?q=helps&kind=software"


def entries(web, address):
    return ET.fromstring(web.get(address).content)


def rows(web, address):
    answer = web.get(address)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode(), newline="")))


def test_an_atom_feed_has_what_the_format_asks_for(web, tools):
    feed = entries(web, f"/toolbox/feed.atom{QUERY}")
    assert feed.tag == f"{ATOM}feed"
    assert feed.find(f"{ATOM}id").text == "tag:everygenome,2026:toolbox:q=helps&kind=software"
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"] == f"http://localhost/toolbox/feed.atom{QUERY}"
    assert links["alternate"] == f"http://localhost/toolbox/{QUERY}"
    found = feed.findall(f"{ATOM}entry")
    assert len(found) == 17 == count_of(get(web, f"/toolbox/{QUERY}"))
    for entry in found:
        slug = entry.find(f"{ATOM}link").get("href").split("/")[-2]
        assert entry.find(f"{ATOM}id").text == f"tag:everygenome,2026:toolbox:{slug}"
        assert datetime.fromisoformat(entry.find(f"{ATOM}updated").text).tzinfo
        assert entry.find(f"{ATOM}title").text
    assert len({entry.find(f"{ATOM}id").text for entry in found}) == 17


def test_an_rss_feed_has_the_same_entries(web, tools):
    atom = entries(web, f"/toolbox/feed.atom{QUERY}")
    channel = entries(web, f"/toolbox/feed.rss{QUERY}").find("channel")
    assert channel.find("link").text == f"http://localhost/toolbox/{QUERY}"
    assert channel.find(f"{ATOM}link").get("rel") == "self"
    guids = [item.find("guid") for item in channel.findall("item")]
    assert [g.text for g in guids] == [e.text for e in atom.findall(f"{ATOM}entry/{ATOM}id")]
    assert {g.get("isPermaLink") for g in guids} == {"false"}


def test_a_feed_holds_the_fifty_that_changed_last(web, tools):
    put("tool-03", tool(3, name="Changed < just & now"), speaker="curator")
    found = entries(web, "/toolbox/feed.atom").findall(f"{ATOM}entry")
    assert len(found) == 50
    assert found[0].find(f"{ATOM}title").text == "Changed < just & now"
    assert found[0].find(f"{ATOM}id").text == "tag:everygenome,2026:toolbox:tool-03"


def test_feeds_are_fetched_again_only_when_they_changed(web, tools):
    for kind in ("atom", "rss"):
        first = web.get(f"/toolbox/feed.{kind}")
        assert first["Content-Type"].startswith(f"application/{kind}+xml")
        assert first["Last-Modified"].endswith("GMT")
        again = web.get(f"/toolbox/feed.{kind}", headers={"If-None-Match": first["ETag"]})
        assert again.status_code == 304
    put("tool-03", tool(3, name="Changed"), speaker="curator")
    again = web.get(f"/toolbox/feed.{kind}", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200


def test_an_empty_feed_is_valid_and_the_same_each_time(web, tools):
    one, two = (web.get("/toolbox/feed.atom?q=zzzz") for _ in range(2))
    assert one.content == two.content
    assert ET.fromstring(one.content).find(f"{ATOM}updated").text == "2026-01-01T00:00:00+00:00"


def test_a_csv_file_holds_every_field_licence_date_and_who_said_it(web, tools):
    from everygenome.web.toolbox.schema import SCHEMA

    found = rows(web, "/toolbox/export.csv")
    assert len(found) == SIZE
    first = found[0]
    assert list(first) == [
        *("id", "address", "standing", "successor", "made", "changed", "version"),
        *(field.name for field in SCHEMA),
        *("said_by", "licence_of_entry"),
    ]
    assert first["id"] == "tool-00"
    assert first["address"] == "http://localhost/toolbox/tool-00/"
    assert first["licence_of_entry"] == "CC0-1.0"
    assert first["kind"] == "Software"
    assert first["said_by"].startswith("name: seed ")
    assert datetime.fromisoformat(first["changed"]).tzinfo


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_spreadsheet_runs_what_a_stranger_wrote(web, tools, start):
    put("evil", tool(1, name=f"{start}HYPERLINK(1)", maintainer=f"{start}1+1"))
    (row,) = [row for row in rows(web, "/toolbox/export.csv") if row["id"] == "evil"]
    assert row["name"] == f"'{start}HYPERLINK(1)"
    assert row["maintainer"] == f"'{start}1+1"


def test_a_json_file_holds_fields_as_they_are_stored(web, tools):
    answer = web.get(f"/toolbox/export.json{QUERY}")
    assert answer["Content-Type"] == "application/json"
    said = json.loads(answer.content)
    assert said["collection"] == "toolbox"
    assert said["licence"] == "CC0-1.0"
    assert said["filter"] == {"q": "helps", "kind": ["software"]}
    assert said["count"] == len(said["items"]) == 17
    first = said["items"][0]
    assert first["id"] == "tool-00"
    assert first["fields"] == tools[0].data
    assert first["said"]["name"] == {
        "by": "seed",
        "by_words": "the first collection of this site",
        "at": first["changed"],
        "source": None,
        "locked": False,
    }


def test_one_entry_is_the_same_in_its_own_file(web, tools):
    one = json.loads(web.get("/toolbox/tool-05/entry.json").content)
    whole = json.loads(web.get("/toolbox/export.json").content)
    assert one == {"collection": "toolbox", "licence": "CC0-1.0"} | whole["items"][5]


def test_files_and_feeds_hold_what_the_list_of_their_address_shows(web, tools):
    for query in ("", QUERY, "?stages=analysis&sort=changed", "?checked=not-stated"):
        count = count_of(get(web, f"/toolbox/{query}"))
        assert len(rows(web, f"/toolbox/export.csv{query}")) == count
        assert json.loads(web.get(f"/toolbox/export.json{query}").content)["count"] == count


def test_a_choice_that_is_not_known_is_refused_where_nothing_could_tell_of_it(web, tools):
    for name in ("export.csv", "export.json", "feed.atom", "feed.rss"):
        answer = web.get(f"/toolbox/{name}?kind=spoon")
        assert answer.status_code == 400
        assert "“spoon”" in answer.content.decode()
        # A fixed copy names its release in every file.
        assert web.get(f"/toolbox/{name}?release=2025-06-30").status_code == 200


def test_everything_is_written_to_a_folder_with_its_history(web, tools, tmp_path):
    from django.core.management import call_command

    from everygenome.errors import UsageError
    from everygenome.web.collections.registry import collection_of
    from everygenome.web.collections.shelf import shown_of
    from everygenome.web.collections.standing import change

    put("tool-03", tool(3, name="Changed"), speaker="contributor", who="Ada", why="Better.")
    gone = put("gone", tool(9, name="Secretive"))
    change(item=gone, action="withdraw_item", by=account("editor"), reason="Asked for.")
    folder = tmp_path / "all"
    # Other tests of this process may have put the seeds on the shelf.
    stories = shown_of(collection_of("stories")).count()
    call_command("export", folder, verbosity=0)
    index = json.loads((folder / "collections.json").read_text())
    counts = {one["collection"]: one["count"] for one in index["collections"]}
    assert counts == {
        "toolbox": SIZE,
        "definitions": 0,
        "evidence": 0,
        "datasets": 0,
        "stories": stories,
        "talking-points": 0,
    }
    assert {f for one in index["collections"] for f in one["files"]} | {"collections.json"} == {
        path.name for path in folder.iterdir()
    }
    history = json.loads((folder / "toolbox-history.json").read_text())["versions"]
    assert len(history) == SIZE + 1
    two = [one for one in history if one["id"] == "tool-03"]
    assert [one["version"] for one in two] == [1, 2]
    assert (two[1]["by"], two[1]["why"]) == ("Ada", "Better.")
    with (folder / "toolbox-history.csv").open(newline="") as opened:
        table = list(csv.DictReader(opened))
    assert len(table) == SIZE + 1
    assert not [p for p in folder.iterdir() if "Secretive" in p.read_text()]
    # A former export is written anew; a folder of other things is left alone.
    call_command("export", folder, verbosity=0)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("Dear")
    with pytest.raises(UsageError, match="holds other files"):
        call_command("export", tmp_path / "mine", verbosity=0)

"""Entries of collections by the API: what lists show, page by page, also without any release."""

import json

import pytest
from django.http import QueryDict

from tests.functional.web.api.conftest import BASE, problem
from tests.functional.web.collections.shelf import SIZE, fill, put, tool

pytestmark = [pytest.mark.usefixtures("django")]
NAMES = ("toolbox", "definitions", "evidence", "datasets")


@pytest.fixture
def tools(api, rolled_back):
    """The invented tools; nothing else is in any collection."""
    return fill()


def walk(api, path, **query):
    """The ids of all pages, by the Link header of each."""
    met, response = [], api(path, **query)
    while True:
        told = response.json()
        met += [item["id"] for item in told["items"]]
        link = response.get("Link")
        assert (link is None) is (told["next"] is None)
        if link is None:
            return met
        assert link.endswith('>; rel="next"')
        response = api.get(link.split(">")[0].removeprefix("<"))
        assert response.status_code == 200, response.content


def listed(query=""):
    """The ids of the list of the same address, in its order."""
    from everygenome.web.collections.listing import read
    from everygenome.web.collections.registry import collection_of

    asked = read(QueryDict(query), collection_of("toolbox"))
    return [item.slug for item in asked.ordered()]


@pytest.mark.slow
@pytest.mark.parametrize(
    "query",
    [
        {},
        {"q": "tool"},
        {"q": "imputation"},
        {"sort": "changed"},
        {"q": "helps", "sort": "changed"},
        {"kind": ["software", "dataset"], "stages": "analysis"},
        {"checked": "not-stated"},
    ],
    ids=str,
)
@pytest.mark.parametrize("limit", [1, 7, 66, 200])
def test_a_walk_meets_what_the_list_shows_once_and_in_its_order(api, tools, query, limit):
    if limit == 1 and len(query) < 2 and "q" not in query:
        pytest.skip("long, and the same as with 7")
    text = QueryDict(mutable=True)
    for name, value in query.items():
        text.setlist(name, value if isinstance(value, list) else [value])
    expected = listed(text.urlencode())
    assert len(expected) > 2
    assert walk(api, "/toolbox", limit=limit, **query) == expected
    told = api.json("/toolbox", limit=limit, **query)
    assert told["count"] == len(expected)
    assert len(told["items"]) == min(limit, len(expected))


def test_a_walk_is_not_disturbed_by_what_is_added_meanwhile(api, tools):
    first = api.json("/toolbox", limit=10)
    put("a-first", tool(90, name="A first of all"))
    put("tool-09-b", tool(91, name="Tool 09 and a half"))
    second = api.json("/toolbox", limit=10, cursor=first["next"])
    assert [item["id"] for item in first["items"]] == [f"tool-{n:02}" for n in range(10)]
    assert [item["id"] for item in second["items"]] == [f"tool-{n:02}" for n in range(10, 20)]
    assert second["count"] == SIZE + 2


def test_facets_count_what_choosing_them_shows(api, tools):
    told = api.json("/toolbox", stages="analysis")
    followed = 0
    for name, values in told["facets"].items():
        for value in values:
            narrowed = {"stages": "analysis", name: value["value"]}
            assert api.json("/toolbox", **narrowed)["count"] == value["count"], (name, value)
            followed += 1
    assert followed > 15
    kinds = api.json("/toolbox")["facets"]["kind"]
    assert [value["count"] for value in kinds] == [17, 17, 16, 16]


def test_an_entry_says_all_that_it_holds_and_who_said_it(api, tools):
    told = api.json("/toolbox/tool-03")
    assert set(told) == {
        "collection", "licence", "id", "title", "url", "standing", "successor", "made_at",
        "changed_at", "version", "data", "facts",
    }  # fmt: skip
    assert told["data"] == tools[3].data
    assert told["url"].endswith("/toolbox/tool-03/")
    assert (told["collection"], told["licence"]) == ("toolbox", "CC0-1.0")
    assert {fact["field"] for fact in told["facts"]} == set(tools[3].data)
    assert {fact["said_by"] for fact in told["facts"]} == {"seed"}
    (listed_one,) = [i for i in api.json("/toolbox")["items"] if i["id"] == "tool-03"]
    assert listed_one.items() <= told.items()


def test_history_is_newest_first_and_in_pages(api, tools):
    for number in range(1, 6):
        put("tool-03", tool(3, purpose=f"Purpose {number}."), speaker="curator", who="Ada")
    told = api.json("/toolbox/tool-03/history", limit=4)
    assert told["count"] == 6
    assert [row["version"] for row in told["versions"]] == [6, 5, 4, 3]
    assert told["versions"][0]["data"]["purpose"] == "Purpose 5."
    assert told["versions"][0]["by"] == "Ada"
    rest = api.json("/toolbox/tool-03/history", limit=4, cursor=told["next"])
    assert [row["version"] for row in rest["versions"]] == [2, 1]
    assert rest["next"] is None
    assert rest["versions"][1]["by"] == "this site"


def test_what_was_withdrawn_is_gone_and_what_replaced_it_is_named(api, tools):
    from everygenome.web.collections.standing import change
    from tests.functional.web import database

    editor = database.account("editor")
    change(item=tools[4], action="withdraw_item", by=editor, reason="For a test.")
    change(
        item=tools[5],
        action="supersede_item",
        by=editor,
        reason="For a test.",
        successor=tools[6],
    )
    for path in ("/toolbox/tool-04", "/toolbox/tool-04/history"):
        told = problem(api(path))
        assert (told["status"], told["title"]) == (410, "It was withdrawn")
        assert "Tool 04" not in json.dumps(told)
    assert api.json("/toolbox")["count"] == SIZE - 1
    told = api.json("/toolbox/tool-05")
    assert (told["standing"], told["successor"]) == ("superseded", "tool-06")


def test_not_modified_until_something_changes(api, tools):
    from everygenome.web.collections.standing import lock
    from tests.functional.web import database

    paths = [
        f"{BASE}/toolbox?limit=2",
        f"{BASE}/toolbox/tool-00",
        f"{BASE}/toolbox/tool-00/history",
    ]

    def tags():
        return {path: api.get(path)["ETag"] for path in paths}

    before = tags()
    for path, tag in before.items():
        assert api.get(path, headers={"if-none-match": tag}).status_code == 304
    put("tool-01", tool(1, purpose="Another purpose."))
    after = tags()
    assert not set(before.values()) & set(after.values())
    editor = database.account("editor")
    lock(item=tools[0], field="name", by=editor, locked=True, reason="For a test.")
    assert not set(tags().values()) & set(after.values())
    facts = api.json("/toolbox/tool-00")["facts"]
    assert [fact["field"] for fact in facts if fact["locked"]] == ["name"]


def test_without_any_release(over, rolled_back, tmp_path):
    fill()
    api = over(tmp_path)
    assert api.problem("/measures/summary")["status"] == 503
    assert api.json("/toolbox")["count"] == SIZE
    assert api.json("/toolbox/tool-00")["title"] == "Tool 00 for imputation"
    assert api.json("/evidence") == {
        "collection": "evidence",
        "licence": "CC0-1.0",
        "count": 0,
        "items": [],
        "next": None,
        "facets": {facet: [] for facet in api.json("/evidence")["facets"]},
    }
    assert "Everygenome-Release" not in api("/toolbox")


@pytest.mark.parametrize(
    ("path", "query", "status", "parameter"),
    [
        ("/toolbox", {"colour": "red"}, 422, "colour"),
        ("/toolbox", {"release": "current"}, 422, "release"),
        ("/toolbox", {"page": "2"}, 422, "page"),
        ("/toolbox", {"limit": "201"}, 422, "limit"),
        ("/toolbox", {"limit": "0"}, 422, "limit"),
        ("/toolbox", {"sort": "sideways"}, 422, "sort"),
        ("/toolbox", {"kind": "spaceship"}, 422, "kind"),
        ("/toolbox", {"q": "\0"}, 422, "q"),
        ("/toolbox", {"q": ""}, 422, "q"),
        ("/toolbox", {"cursor": "x"}, 422, "cursor"),
        ("/toolbox", {"cursor": "x" * 2001}, 422, "cursor"),
        ("/toolbox", {"cursor": "é"}, 422, "cursor"),
        ("/definitions", {"where": "Atlantis"}, 422, "where"),
        ("/toolbox/no-such-tool", {}, 404, "id"),
        ("/toolbox/no-such-tool/history", {}, 404, "id"),
        ("/toolbox/%00", {}, 404, "id"),
        ("/toolbox/" + "x" * 301, {}, 404, "id"),
        ("/stories", {}, 404, None),
    ],
    ids=str,
)
def test_what_is_refused(api, tools, path, query, status, parameter):
    told = api.problem(path, **query)
    assert (told["status"], told.get("parameter")) == (status, parameter)


def test_a_cursor_made_up_is_refused_and_breaks_nothing(api, tools):
    from everygenome.web.api.cursors import written

    made_up = [
        written("title"),
        written("title", 1, 1),
        written("title", "x", -1),
        written("title", "x", True),
        written("title", "x", 2**70),
        written("title", "x\0", 1),
        written("title", "\ud800", 1),
        written("title", "x" * 201, 1),
        written("title", None, 1),
        written("title", "x", 1.5),
        written("changed", 1, 1),
        written("found", 0, "x", 1),
        "W1tb" * 200,
        "bnVsbA",
    ]
    for cursor in made_up:
        assert api.problem("/toolbox", cursor=cursor)["parameter"] == "cursor", cursor
    for order, place in (("found", (2**52, "x", 1)), ("changed", (2**53 - 1, 2**53 - 1))):
        asked = {"q": "tool"} if order == "found" else {"sort": order}
        assert api("/toolbox", cursor=written(order, *place), **asked).status_code == 200
    version = written("version", 2**53 - 1)
    assert len(api.json("/toolbox/tool-00/history", cursor=version)["versions"]) == 1
    # The cursor of one order says nothing in another.
    first = api.json("/toolbox", limit=5)["next"]
    for other in ({"sort": "changed"}, {"q": "tool"}):
        assert api.problem("/toolbox", cursor=first, **other)["parameter"] == "cursor"


def test_the_longest_title_has_a_cursor(api, tools):
    put("long", tool(80, name="aaa " + "字" * 150))
    put("longer", tool(81, name="aaa " + "字" * 151))
    first = api.json("/toolbox", limit=1)
    assert first["items"][0]["id"] == "long"
    assert api.json("/toolbox", limit=1, cursor=first["next"])["items"][0]["id"] == "longer"


@pytest.mark.parametrize("name", NAMES)
def test_every_entry_is_as_described(api, seeded, name):
    import jsonschema_rs

    described = api.json("/openapi.json")
    schemas = {"components": described["components"]}
    paths = described["paths"]

    def holds(told, path):
        schema = paths[f"{BASE}{path}"]["get"]["responses"]["200"]["content"]
        schema = schema["application/json"]["schema"]
        jsonschema_rs.Draft202012Validator(schema | schemas).validate(told)

    told = api.json(f"/{name}", limit=200)
    holds(told, f"/{name}")
    for item in told["items"][:5]:
        holds(api.json(f"/{name}/{item['id']}"), f"/{name}/{{id}}")
        holds(api.json(f"/{name}/{item['id']}/history"), f"/{name}/{{id}}/history")
    if told["items"]:
        wrong = told | {"items": [told["items"][0] | {"data": {"name": 1}}]}
        with pytest.raises(jsonschema_rs.ValidationError):
            holds(wrong, f"/{name}")


def test_every_field_is_described(api):
    from everygenome.web.collections.registry import collection_of

    schemas = api.json("/openapi.json")["components"]["schemas"]
    # Stories are for people: programs that copy them could not give them back.
    for collection in map(collection_of, ("toolbox", "definitions", "evidence", "datasets")):
        told = schemas[f"{collection.name.capitalize()}Data"]
        assert list(told["properties"]) == [field.name for field in collection.schema]
        for field in collection.schema:
            assert told["properties"][field.name]["title"] == field.label
    licence = schemas["ToolboxData"]["properties"]["licence"]
    assert (licence["type"], licence["required"]) == ("object", ["id"])
    tested = schemas["ToolboxData"]["properties"]["populations_tested"]
    assert tested["items"]["properties"]["sample_size"] == {
        "title": "People",
        "type": "integer",
        "minimum": 1,
        "maximum": 10**10,
    }

"""Find a tool by need: three clicks, at most seven tools; an empty shelf is said to be empty."""

import pytest

from everygenome.web.toolbox.needs import ANYONE, Need, counts, shelf
from everygenome.web.toolbox.words import AUDIENCES, TASKS
from tests.functional.web.page import read

pytestmark = [pytest.mark.usefixtures("django")]
NEED = {"audiences": ["clinician"], "tasks": ["interpreting-a-variant"]}


def tool(name, group="", size=None, **more):
    data = {"name": name, "purpose": "P."} | NEED | more
    if group:
        row = {"population": f"{group} people", "group": group, "source": "https://x.example"}
        data["populations_tested"] = [row | ({"sample_size": size} if size else {})]
    return (f"/toolbox/{name}/", data)


def names(found):
    return [fit.title for fit in found.fits]


def test_tools_tested_with_the_people_asked_for_come_first_and_others_last():
    tools = [
        tool("others", "European"),
        tool("silent"),
        tool("tested", "South Asian", 4500),
        tool("elsewhere", "South Asian", audiences=["funder"]),
    ]
    found = shelf(tools, Need("clinician", "interpreting-a-variant", "South Asian"))
    assert names(found) == ["tested", "silent", "others"]
    assert (found.tested, found.left_out) == (1, 0)
    assert found.fits[0].tested == (("South Asian people", 4500),)
    assert found.fits[2].others == ("European",)


def test_of_equals_the_better_checked_comes_first_then_the_name():
    tools = [
        tool("b", checked="catalogue"),
        tool("c", checked="repo"),
        tool("a", checked="repo"),
        tool("d"),
        tool("e", checked="page"),
    ]
    found = shelf(tools, Need("clinician", "interpreting-a-variant"))
    assert names(found) == ["a", "c", "e", "b", "d"]
    assert [fit.unchecked for fit in found.fits] == [False, False, False, True, False]


def test_at_most_seven_and_the_rest_is_counted():
    found = shelf([tool(f"t{n:02}") for n in range(10)], Need(*[v[0] for v in NEED.values()]))
    assert (len(found.fits), found.left_out) == (7, 3)


def test_whatever_the_order_of_the_tools_the_shelf_is_the_same():
    tools = [tool("b"), tool("a", "South Asian"), tool("c", "European")]
    need = Need("clinician", "interpreting-a-variant", "South Asian")
    assert shelf(tools, need) == shelf(tools[::-1], need)


@pytest.mark.parametrize("people", ["South Asian", "Oceanian"])
def test_three_clicks_lead_from_the_toolbox_to_the_shelf(web, seeded, people):
    page = read(web.get("/toolbox/"))
    for words in ("Clinician", "interpreting a variant", people):
        links = [a["attrs"]["href"] for a in page.all("a") if a["text"].startswith(words)]
        address = next(link for link in links if link.startswith("/toolbox/find/"))
        page = read(web.get(address))
    said = people.replace(" ", "+")
    assert address.endswith(f"?audience=clinician&task=interpreting-a-variant&people={said}")
    # The seeds hold one for South Asian people, a database of frequencies, and none for Oceanian.
    headings = [h["text"] for h in page.all("h2")]
    if people == "Oceanian":
        assert "The shelf is empty" in headings
        assert "says that it was tested with Oceanian people" in page.text
    else:
        assert "1 tool tested with South Asian people, or with data of theirs" in headings
        assert "holds data of" in page.text
        assert "Not known to work for South Asian people" in headings
    assert 1 <= page.text.count("Why it is here") <= 7


def test_with_a_tool_that_was_tested_the_shelf_says_so(web):
    from everygenome.web.collections.models import Item, Speaker
    from everygenome.web.collections.registry import collection_of
    from everygenome.web.collections.storing import Saying, store

    Item.objects.all().delete()
    _, data = tool("Tried", "South Asian", 4500)
    data |= {"kind": "software", "stages": ["interpretation"]}
    cleaned, wrong = collection_of("toolbox").schema.clean(data)
    assert wrong == {}
    saying = Saying(speaker=Speaker.SEED, why="For a test.")
    store(collection_of("toolbox"), cleaned, slug="tried", saying=saying)
    address = "/toolbox/find/?audience=clinician&task=interpreting-a-variant&people=South+Asian"
    text = read(web.get(address)).text
    assert "1 tool tested with South Asian people" in text
    assert "South Asian people (4,500 people)" in text
    other = read(web.get(address.replace("South+Asian", "European"))).text
    assert "The shelf is empty" in other
    assert "tested only with others: South Asian" in other


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_count_beside_a_task_is_what_the_shelf_and_the_list_hold(web, seeded, audience):
    from everygenome.web.toolbox.views import _tools

    tools = _tools()
    beside = {word: count for word, _label, count in counts(tools, audience)}
    for task, count in beside.items():
        found = shelf(tools, Need(audience, task, ANYONE))
        assert len(found.fits) + found.left_out == count
    task = max(TASKS, key=lambda one: beside[one])
    listed = web.get("/toolbox/export.json", {"audiences": audience, "tasks": task}).json()
    assert listed["count"] == beside[task]


@pytest.mark.parametrize(
    "query",
    ["audience=%00", "audience=clinician&task=<script>", "people=x", "audience=" + "x" * 9000],
)
def test_what_is_not_known_is_told_and_nothing_breaks(web, query):
    answer = web.get(f"/toolbox/find/?{query}")
    assert answer.status_code == 200
    assert b"<script>alert" not in answer.content


def test_a_tool_whose_people_have_no_category_is_not_said_to_be_silent():
    row = {"population": "Quechua", "source": "https://x.example"}
    found = shelf(
        [tool("a", populations_tested=[row])],
        Need("clinician", "interpreting-a-variant", "South Asian"),
    )
    assert (found.tested, found.fits[0].others) == (0, ("Quechua",))

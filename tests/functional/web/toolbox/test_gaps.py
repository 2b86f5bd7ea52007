"""The map of gaps: each number is the number of what its link shows, and each gap asks for help."""

from urllib.parse import parse_qs, urlsplit

import pytest

from everygenome.web.toolbox import gaps
from everygenome.web.toolbox.words import AUDIENCES, STAGES, TASKS
from tests.functional.web.page import read

pytestmark = [pytest.mark.usefixtures("django")]


def links(page):
    return [(a["text"], a["attrs"]["href"]) for a in page.all("a")]


def test_a_tool_counts_in_every_row_and_column_that_it_names():
    data = {"stages": ["analysis", "interpretation"], "audiences": ["clinician", "funder"]}
    rows = gaps.by_stage([data, {"stages": ["analysis"], "audiences": ["clinician"]}])
    counted = {(c.row, c.column): c.count for row in rows for c in row.cells if c.count}
    assert counted == {
        ("analysis", "clinician"): 2,
        ("analysis", "funder"): 1,
        ("interpretation", "clinician"): 1,
        ("interpretation", "funder"): 1,
    }
    assert (len(rows), {len(row.cells) for row in rows}) == (len(STAGES), {len(AUDIENCES)})


def test_people_of_no_category_and_people_not_reported_have_columns_of_their_own():
    told = [{"group": "European"}, {"population": "Quechua"}, {"group": "European"}]
    data = [{"tasks": ["teaching"], "populations_tested": told}, {"tasks": ["teaching"]}]
    row = gaps.by_people(data, ["European", "Oceanian"])[list(TASKS).index("teaching")]
    assert [(cell.label, cell.count) for cell in row.cells] == [
        ("European", 1),
        ("Oceanian", 0),
        ("In other words", 1),
        ("Not reported", 1),
    ]


def test_every_number_of_the_map_is_what_its_link_shows(web, seeded):
    page = read(web.get("/toolbox/gaps/"))
    listed = [link for link in links(page) if link[1].startswith("/toolbox/?stages=")]
    assert len(listed) > 40
    for text, address in listed:
        shown = web.get(address.replace("/toolbox/", "/toolbox/export.json")).json()["count"]
        assert int(text.split()[0].removesuffix("tools")) == shown, address


def test_every_number_of_people_is_how_many_tools_its_page_names(web, seeded):
    page = read(web.get("/toolbox/gaps/"))
    cells = [link for link in links(page) if link[1].startswith("?task=")]
    assert len(cells) == len(TASKS) * 18
    full = [cell for cell in cells if not cell[0].startswith("none")]
    for text, address in full[::4]:
        shown = read(web.get(f"/toolbox/gaps/{address}"))
        number = int(text.split(":")[0])
        assert len(shown.all("h3")) == number
        assert shown.one("h1")["text"].startswith(f"{number} tool")


def test_a_retired_tool_counts_as_in_the_lists(web, seeded):
    from everygenome.web.collections.models import Item, Standing

    Item.objects.filter(collection="toolbox", slug="tractor").update(standing=Standing.RETIRED)
    asked = {"stages": "analysis", "audiences": "researcher"}
    listed = web.get("/toolbox/export.json", asked).json()["count"]
    found = [
        text
        for text, address in links(read(web.get("/toolbox/gaps/")))
        if address == "/toolbox/?stages=analysis&audiences=researcher"
    ]
    assert found[0].split()[0] == str(listed)


def test_an_empty_cell_leads_to_a_call_that_says_what_is_missing(web, seeded):
    page = read(web.get("/toolbox/gaps/"))
    empty = [
        address
        for text, address in links(page)
        if text.startswith("none: ") and address.startswith("?stage=")
    ]
    assert empty
    asked = parse_qs(urlsplit(empty[0]).query)
    call = read(web.get(f"/toolbox/gaps/{empty[0]}"))
    assert call.one("h1")["text"].startswith("A gap: no tool for ")
    (suggest,) = [a for text, a in links(call) if text == "Suggest a tool"]
    stage, audience = asked["stage"][0], asked["audience"][0]
    assert suggest == f"/contribute/toolbox/?stages={stage}&audiences={audience}"
    assert web.get(suggest).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "stage=%00&audience=clinician",
        "stage=analysis&audience=nobody",
        "task=teaching&people=<script>",
        "people=" + "x" * 9000,
    ],
)
def test_a_cell_that_is_none_is_told_and_the_whole_map_is_shown(web, query):
    answer = web.get(f"/toolbox/gaps/?{query}")
    assert answer.status_code == 200
    page = read(answer)
    assert "is not known here, so this is the whole map" in page.text
    assert page.one("h1")["text"] == "Where tools are missing"

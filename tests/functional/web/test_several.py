"""Filters that name several things: joined, repeated, by name, and wrongly."""

import pytest

from everygenome.queries.release import open_release
from tests.functional.web.page import read

TRUST, AGENCY = "demonstration-trust", "demonstration-health-agency"
JOINED = f"{AGENCY}%3B{TRUST}"


@pytest.mark.parametrize(
    "query",
    [
        f"funder={TRUST}&funder={AGENCY}",
        f"funder={TRUST};{AGENCY}",
        f"funder={AGENCY};{TRUST};{AGENCY};;",
        "funder=Demonstration%20Trust&funder=demonstration%20health%20AGENCY",
        f"funder=Demonstration%20Trust%20({TRUST})%3B%20Demonstration%20Health%20Agency%20({AGENCY})",
    ],
)
def test_however_it_is_written_one_address_is_shared(get, query):
    response = get("/composition/?" + query)
    assert response.status_code == 302
    assert response["Location"] == f"/composition/?view=1&funder={JOINED}"
    assert get(response["Location"]).status_code == 200


def test_the_union_is_shown_and_told_by_name(get, demonstration):
    page = read(get(f"/composition/?view=1&funder={JOINED}"))
    answer = open_release(store=demonstration).composition(funder=[TRUST, AGENCY])
    line = next(i["text"] for i in page.all("tr") if i["text"].strip().startswith("European"))
    assert f"{answer.rows[0]['value']:,}" in line
    (chip,) = [a["text"] for a in page.all("a") if "take this choice back" in a["text"]]
    assert chip.startswith("Funder: Demonstration Health Agency or Demonstration Trust ×")
    field = next(i for i in page.all("input") if i["attrs"].get("name") == "funder")
    assert field["attrs"]["value"] == (
        f"Demonstration Health Agency ({AGENCY}); Demonstration Trust ({TRUST})"
    )
    assert "data-suggest" in field["attrs"]


def test_a_file_reads_it_in_any_form_and_gives_the_same(get):
    forms = [
        f"funder={TRUST}&funder={AGENCY}",
        f"funder={JOINED}",
        f"funder=demonstration trust;{AGENCY}",
    ]
    bodies = {get("/data/composition.csv?" + form).content for form in forms}
    assert len(bodies) == 1


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("country", "DEU%3BGBR", "Germany or United Kingdom"),
        ("trait_parent", "Cancer%3BNeurological%20disorder", "Cancer or Neurological disorder"),
    ],
)
def test_a_list_of_which_several_were_named_keeps_them(get, name, value, words):
    page = read(get(f"/composition/?view=1&{name}={value}"))
    assert words in page.text
    chosen = [o["text"].strip() for o in page.all("option") if "selected" in o["attrs"]]
    assert words in chosen


def test_one_unknown_among_several_is_told_and_the_others_count(get):
    page = read(get(f"/composition/?funder={TRUST}%3Bmartian-fund"))
    assert "“martian-fund” is no funder that is known here, so it was left out." in page.text
    assert "Funder: Demonstration Trust ×" in page.text
    assert get(f"/data/composition.csv?funder={TRUST}%3Bmartian-fund").status_code == 400


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("%3B".join(f"x{n}" for n in range(20)), "There are more that are not known here"),
        ("%3B".join(f"x{n}" for n in range(60)), "60 things are named as funder; name at most 50."),
        ("y" * 2500, "is no funder that is known here"),
        ("%3B%3B+%3B", ""),
        ("%00", "“�” is no funder"),
    ],
)
def test_long_and_odd_lists_are_told_and_left_out(get, value, told):
    response = get(f"/composition/?funder={value}")
    assert response.status_code == 200
    page = read(response)
    assert told in page.text
    assert "Funder:" not in page.text


def test_a_release_without_grants_says_so_and_has_no_such_control(site, real):
    get = site(real)
    early = "release=2019-07-12"
    page = read(get(f"/composition/?{early}&funder=nih"))
    told = "was made without grants, so nothing is known of funders. So the funder was left out."
    assert told in page.text
    names = {i["attrs"].get("name") for i in page.all("input", "select")}
    assert "journal" in names
    assert names.isdisjoint({"funder", "cohort"})
    assert get(f"/data/composition.csv?{early}&funder=nih").status_code == 400
    assert get(f"/funders/?{early}").status_code == 404
    lacking = get(f"/funders/nih/?{early}")
    assert lacking.status_code == 404
    assert "was made without grants" in read(lacking).text
    overview = read(get(f"/portfolios/?{early}"))
    links = " ".join(a["attrs"]["href"] for a in overview.all("a"))
    assert " /journals/?" in links
    assert "/funders/" not in links
    assert "/cohorts/" not in links
    assert "it knows no funders" in overview.text
    assert get(f"/funders/suggest.json?{early}&search=nih").json()["entities"] == []
    # The current one has grants, and no cohorts.
    found = get("/sitemap.xml").content.decode()
    for path in ("/journals/nat-genet/", "/funders/", "/funders/nih/", "/countries/GBR/"):
        assert f"{path}</loc>" in found
    assert "/cohorts/" not in found


def test_suggestions_begin_with_what_begins_so(get):
    found = get("/funders/suggest.json?search=demonstration+trust").json()
    assert found["entities"] == [{"id": TRUST, "name": "Demonstration Trust", "of": ""}] or (
        found["entities"][0]["id"] == TRUST
    )
    assert get("/funders/suggest.json?search=d").json() == {"entities": []}
    assert get("/journals/suggest.json?search=letters").json()["entities"][0]["id"] == (
        "demonstration-letters"
    )


def test_feeds_and_alerts_take_a_funder(get):
    feed = get(f"/changes/view.atom?view=1&funder={JOINED}")
    assert feed.status_code == 200
    assert "funded by Demonstration Health Agency or Demonstration Trust" in feed.content.decode()
    form = read(get(f"/alerts/?view=1&funder={TRUST}"))
    assert "funded by Demonstration Trust" in form.text


def test_two_funders_are_compared(get, demonstration):
    page = read(get(f"/compare/?view=1&funder={TRUST}&b_funder={AGENCY}"))
    assert "A: Demonstration Trust. B: Demonstration Health Agency." in page.text
    answer = open_release(store=demonstration).compare({"funder": TRUST}, {"funder": AGENCY})
    both = answer.coverage["overlap"]["publications"]["both"]
    assert both > 0
    line = next(i["text"] for i in page.all("tr") if i["text"].strip().startswith("Publications"))
    assert str(both) in line
    response = get(f"/compare/?funder={TRUST}&b_funder={TRUST}&b_funder={AGENCY}")
    assert response["Location"] == f"/compare/?view=1&funder={TRUST}&b_funder={JOINED}"

"""The call simulator and the report of an award: pages over an address, with nothing stored."""

import csv
import io
from html import unescape
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from everygenome.charts.findings.simulated import simulated_finding
from everygenome.charts.rows import percent
from everygenome.queries.release import open_release
from everygenome.vocabulary.governance import Extent, extent
from everygenome.vocabulary.schemes import BROAD
from tests.functional.web.page import read

TRUST = "demonstration-trust"
TRAIT = "asthma (demonstration)"
PLAN = f"study,group,participants,trait\nA,African,2000,{TRAIT}\nA,South Asian,500,{TRAIT}"
ROW = {"group_1": "African", "participants_1": "2000", "trait_1": TRAIT}
GOVERNED = next(name for name in BROAD.groups if extent(BROAD, name) is Extent.WHOLE)
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</textarea><script>alert(1)</script>",
    "=HYPERLINK(1)",
    "@SUM(1+1)",
    "\x00\x01\x1b[31m",
    "\u202e\u2028evil",
    "9" * 3000,
    "{{ 7*7 }}{% now %}",
    "\U0001f9ec" * 200,
]


@pytest.fixture(scope="module")
def release(demonstration):
    return open_release(store=demonstration)


@pytest.fixture
def simulate(get):
    return lambda **given: get("/simulate/", {"view": "1", **given})


@pytest.fixture
def report(get):
    return lambda **given: get("/award/", {"view": "1", **given})


def links(page):
    return [item["attrs"]["href"] for item in page.all("a") if "href" in item["attrs"]]


def field(response, name):
    """What a text area of a page holds."""
    text = response.content.decode().split(f'name="{name}"')[1]
    return unescape(text.split(">\n", 1)[1].split("</textarea>")[0])


def test_the_empty_forms_explain_themselves(get):
    page = read(get("/simulate/"))
    assert page.one("h1")["text"] == "What would a call change?"
    assert "Nothing is stored" in page.text
    assert "everygenome simulate plan.csv" in page.text
    assert page.all("figure") == []
    award = read(get("/award/"))
    assert "Nothing is stored" in award.text
    assert "What a funder could ask for" in award.text
    assert "log addresses" in award.text
    forms = [form for one in (page, award) for form in one.all("form")]
    assert [form["attrs"]["method"] for form in forms] == ["get", "get"]


def test_a_table_says_what_python_says(simulate, release):
    response = simulate(plan=PLAN, funder=TRUST)
    page = read(response)
    answer = release.simulate(PLAN, funder=TRUST)
    assert simulated_finding(answer.rows) in page.text
    assert "2,500 participations in 1 study, which join the portfolio of" in page.text
    lines = [" ".join(row["text"].split()) for row in page.all("tr")]
    african = next(row for row in answer.rows if row["group"] == "African")
    line = next(one for one in lines if one.startswith("African 2,000"))
    for side in ("portfolio", "field"):
        before, after = percent(african[f"{side}_before"]), percent(african[f"{side}_after"])
        assert f"{before} {after}" in line
        assert f"{african[f'{side}_value_after']:,}" in line
    for row in answer.coverage["traits"]:
        if row["planned"]:
            told = f"{TRAIT} {row['group']} {row['planned']:,} {percent(row['before'])}"
            assert any(told in one for one in lines), told
    assert "It is no forecast." in page.text
    for note in answer.caveats:
        assert note.text in page.text
    assert field(response, "plan") == PLAN


def test_rows_ask_the_same_as_a_table_and_both_are_added_up(simulate, release):
    rows = read(simulate(**ROW))
    told = simulated_finding(
        release.simulate(f"group,participants,trait\nAfrican,2000,{TRAIT}").rows
    )
    assert told in rows.text
    assert "of the portfolio" not in told
    assert told in read(simulate(**ROW | {"participants_1": "2,000"})).text
    both = read(simulate(plan=PLAN, group_4="European", participants_4="70"))
    assert "2,570 participations in 2 studies" in both.text
    chosen = [i for i in both.all("option") if "selected" in i["attrs"] and i["text"] == "European"]
    assert len(chosen) == 1


def test_a_form_of_a_browser_leads_to_the_short_address(simulate):
    given = dict.fromkeys((f"{c}_{n}" for n in range(1, 5) for c in ("group", "trait")), "")
    response = simulate(**given, plan=PLAN.replace("\n", "\r\n"), funder="", stage="discovery")
    assert response.status_code == 302
    address = urlsplit(response["Location"])
    assert parse_qs(address.query) == {"view": ["1"], "plan": [PLAN]}


def test_picture_files_and_frame_come_with_the_plan(get, simulate, release):
    page = read(simulate(plan=PLAN, funder=TRUST))
    found = [link for link in links(page) if "/simulate." in link]
    assert len(found) == 6
    for link in [*found, page.one("img")["attrs"]["src"]]:
        response = get(link)
        assert response.status_code == 200, link
    answer = release.simulate(PLAN, funder=TRUST)
    told = get(next(link for link in found if ".json" in link)).json()
    assert [row["planned"] for row in told["rows"]] == [row["planned"] for row in answer.rows]
    text = get(next(link for link in found if ".csv" in link)).content.decode()
    rows = {row["group"]: row for row in csv.DictReader(io.StringIO(text))}
    assert float(rows["African"]["field_after"]) == next(
        row["field_after"] for row in answer.rows if row["group"] == "African"
    )
    for looks in ("", "&layout=narrow", "&theme=dark"):
        drawn = get(f"/charts/simulate.svg?view=1&plan={quote(PLAN)}{looks}").content.decode()
        assert "The whole field" in drawn
        assert "The portfolio" not in drawn
    framed = read(get(f"/embed/simulate/?view=1&funder={TRUST}&plan={quote(PLAN)}"))
    assert framed.one("h1")["text"] == simulated_finding(answer.rows)
    assert any(link.endswith("/about/method/simulated/") for link in links(page))
    assert get("/about/method/simulated/").status_code == 200


@pytest.mark.parametrize("ending", ["svg", "png"])
def test_a_picture_without_a_plan_or_of_a_bad_one_is_refused(ending, get):
    assert get(f"/charts/simulate.{ending}").status_code == 400
    bad = get(f"/charts/simulate.{ending}?plan=%3Cscript%3E")
    assert bad.status_code == 400
    assert "<script>" not in bad.content.decode()


@pytest.mark.parametrize(
    ("given", "told", "at"),
    [
        ({"plan": "group,participants\nAfricn,5"}, "line 2, column group", "plan"),
        ({"plan": "group,participants\nAfrican,many"}, "line 2, column participants", "plan"),
        ({"plan": "group,participants\nAfrican,5,7"}, "3 cells under 2 columns", "plan"),
        ({"plan": "people\n5"}, "has no column group", "plan"),
        ({"plan": "group,participants"}, "The plan has no sample.", "plan"),
        ({"plan": "x" * 4001}, "4,001 letters, and an address holds 4,000", "plan"),
        ({"group_3": "African"}, "Row 3, column participants", "participants_3"),
        ({"participants_2": "5"}, "Row 2, column group", "group_2"),
        ({"group_2": "Martian", "participants_2": "5"}, "Row 2, column group", "group_2"),
        (ROW | {"trait_1": "asthma demonstratio"}, "Row 1, column trait", "trait_1"),
        (ROW | {"participants_1": "9" * 12}, "Row 1, column participants", "participants_1"),
    ],
)
def test_a_slip_is_told_with_its_place_and_nothing_is_lost(given, told, at, simulate):
    response = simulate(**given)
    assert response.status_code == 200
    page = read(response)
    assert told in page.text
    assert "Nothing that you wrote is lost" in page.text
    assert f"#{at}" in links(page)
    (marked,) = [i for i in page.elements if i["attrs"].get("aria-invalid") == "true"]
    assert marked["attrs"]["id"] == at
    html = response.content.decode()
    for name, value in given.items():
        if name == "plan":
            assert field(response, "plan") == value
        else:
            assert f'value="{value}"' in html, name
    assert page.all("figure") == []


def test_what_may_be_meant_and_what_else_to_do_is_told(simulate):
    assert (
        "Did you mean asthma (demonstration) (DEMO_"
        in read(simulate(**ROW | {"trait_1": "asthma demonstratio"})).text
    )
    near = read(simulate(plan="group,participants\nAfricn,5")).text
    assert "Did you mean 'African'" in near
    assert "everygenome simulate plan.csv" in read(simulate(plan="x" * 5000)).text


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_plans_run_nothing_and_are_given_back(text, simulate, report):
    for response in (
        simulate(plan=f"group,participants\n{text},5"),
        simulate(plan=text),
        simulate(group_1=text, participants_1=text, trait_1=text),
        simulate(plan=f'study,group,participants\n"{text.replace(chr(34), "")[:90]}",African,5'),
        report(title=text, publications=text, plan=text, shared=text),
        report(title=text[:90], publications="1", studies=text[:90], grants=text[:90]),
    ):
        assert response.status_code == 200
        html = response.content.decode()
        page = read(response)
        assert page.unclosed == []
        assert "<script>" not in html
        assert "<img src=x" not in html
        assert "{{ 7*7 }}" in html or "7*7" not in text
        assert not set("\x00\x01\x1b\u202e\u2028") & set(html)


def test_five_hundred_rows_are_too_many_letters_and_four_thousand_fit(simulate, get):
    many = "group,participants\n" + "African,1\n" * 500
    assert "Save it as plan.csv" in read(simulate(plan=many)).text
    fits = ("group,participants\n" + "African,1\n" * 398)[:3990].rsplit("\n", 1)[0]
    response = simulate(plan=fits, funder="")
    assert response.status_code == 200, "a long address is not moved: headers are short"
    page = read(response)
    assert f"{fits.count('African'):,} participations" in page.text
    link = next(one for one in links(page) if "/simulate.csv" in one)
    assert "Link" not in get(link)
    assert len(link) < 8190


def test_a_governed_group_is_never_offered_as_a_gap(simulate, release):
    page = read(
        simulate(plan=f"group,participants,trait\n{GOVERNED},500,{TRAIT}\nAfrican,1,{TRAIT}")
    )
    assert f"Not offered as a gap: {GOVERNED}." in page.text
    gaps = page.text.split("Which gaps of the catalogue is the plan about?")[1]
    table = gaps.split("Within the traits of the plan")[0]
    assert f"{TRAIT} {GOVERNED}" not in table
    for scheme in ("detailed", "monitor"):
        answer = release.simulate(
            [{"group": one, "participants": 5, "trait": [TRAIT]} for one in _groups(scheme)],
            scheme=scheme,
        )
        rows = "\n".join(f'"{one}",5,{TRAIT}' for one in _groups(scheme))
        text = f"group,participants,trait\n{rows}"
        told = read(simulate(plan=text, scheme=scheme)).text
        shown = told.split("Which gaps of the catalogue")[1].split("Within the traits")[0]
        assert answer.coverage["governed"]
        for one in answer.coverage["governed"]:
            assert f"{TRAIT} {one} " not in shown


def _groups(scheme):
    from everygenome.vocabulary.schemes import SCHEMES

    return SCHEMES[scheme].groups


def test_choices_that_a_plan_cannot_have_are_told(simulate):
    page = read(simulate(plan=PLAN, unit="studies", trait_parent="Cancer"))
    assert "Not used here: Count: studies; Subject: Cancer." in page.text
    assert "2,500 participations" in page.text
    split = read(simulate(plan=PLAN, country="DEU", country_rule="split"))
    assert "divides records by a guess" in split.text
    other = read(simulate(plan=PLAN, stage="replication"))
    assert "2,500 of them are planned for another stage" in other.text
    against = read(simulate(plan=PLAN, reference="un_wpp2024_subregions"))
    assert "share that would have to change group" in against.text


def test_pages_of_portfolios_lead_here(get):
    entity = links(read(get(f"/funders/{TRUST}/?unit=studies")))
    assert f"/simulate/?view=1&funder={TRUST}" in entity
    listed = links(read(get("/portfolios/")))
    assert {"/simulate/", "/award/"} <= set(listed)
    page = read(get(f"/simulate/?view=1&funder={TRUST}"))
    assert "Simulate a call" in next(
        item["text"] for item in page.all("a") if item["attrs"].get("aria-current") == "page"
    )
    example = next(link for link in links(page) if "plan=" in link)
    assert "23,000 participations in 2 studies" in read(get(example)).text


def test_an_example_works_under_every_scheme(get):
    for scheme in ("broad", "detailed", "monitor"):
        page = read(get(f"/simulate/?view=1&scheme={scheme}"))
        example = next(link for link in links(page) if "plan=" in link)
        assert "23,000 participations in 2 studies" in read(get(example)).text


@pytest.fixture(scope="module")
def papers(release):
    rows = release.studies(limit=3).rows
    return [row["pubmed_id"] for row in rows], [row["study_accession"] for row in rows]


def test_an_award_says_what_was_found_and_what_was_not(report, get, release, papers):
    numbers, accessions = papers
    given = {
        "title": "Heart & <b>soul</b>",
        "publications": f"{numbers[0]}, 99999999",
        "studies": f"{accessions[1]}\r\nGCST999999",
        "grants": "no such grant",
        "plan": "group,participants\nAfrican,2000",
        "shared": "All summary statistics.",
        "by": "A. Awardee",
    }
    response = report(**given)
    page = read(response)
    found = release.award(
        publications=[numbers[0], "99999999"],
        studies=[accessions[1], "GCST999999"],
        grants=["no such grant"],
    )
    assert f"{len(found.studies):,} studies of this award are in the catalogue" in page.text
    assert "Not in this release: no such grant, 99999999, GCST999999 (3 of 5 given)." in page.text
    assert "Diversity report: Heart & <b>soul</b>" in page.text
    assert "<b>soul" not in response.content.decode()
    assert "Planned and recorded" in page.text
    assert field(response, "studies") == f"{accessions[1]}\nGCST999999"
    files = [link for link in links(page) if link.startswith("/award/report.")]
    assert [urlsplit(link).path[-4:] for link in files] == [".pdf", "html", "t.md"]
    for link in files:
        made = get(link)
        assert made.status_code == 200
        assert made["Content-Disposition"].startswith("attachment;")
        assert made["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert made["Cache-Control"] == "no-store"
        assert "demonstration-not-real" in made["Content-Disposition"]
    assert b"<b>soul" not in get(files[1]).content
    text = get(files[2]).content.decode()
    assert "All summary statistics." in text
    assert "A. Awardee" in text
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("given", "told", "at"),
    [
        ({"publications": "1"}, "The award has no title.", "title"),
        ({"title": "x"}, "No study of the award is named.", "publications"),
        ({"title": "x" * 201, "publications": "1"}, "201 letters, and may have 200", "title"),
        ({"title": "x", "publications": "1", "shared": "y" * 1001}, "1,001 letters", "shared"),
        ({"title": "x", "publications": "1", "plan": "nothing"}, "has no column group", "plan"),
        ({"title": "x", "publications": "1", "plan": "group,participants"}, "no sample", "plan"),
        (
            {"title": "x", "publications": "1", "plan": "group,participants\nMartian,5"},
            "has no group 'Martian'",
            "plan",
        ),
        (
            {"title": "x", "grants": "1," * 700, "studies": "2," * 700, "publications": "3," * 700}
            | dict.fromkeys(("shared",), "y" * 900),
            "All fields together have",
            "title",
        ),
    ],
)
def test_a_slip_in_an_award_is_told_and_nothing_is_lost(given, told, at, report):
    page = read(response := report(**given))
    assert response.status_code == 200
    assert told in page.text
    (marked,) = [i for i in page.elements if i["attrs"].get("aria-invalid") == "true"]
    assert marked["attrs"]["id"] == at
    for name in ("plan", "shared"):
        assert field(response, name) == given.get(name, "")
    assert not any(link.startswith("/award/report.") for link in links(page))


def test_a_file_of_a_bad_form_is_refused(get):
    assert get("/award/report.pdf").status_code == 400
    assert get("/award/report.md?title=x&publications=1&plan=x").status_code == 400
    assert get("/award/report.exe?title=x&publications=1").status_code == 404


def test_without_typst_a_page_says_so(get, monkeypatch, papers):
    from everygenome.errors import UsageError
    from everygenome.reports.documents import typeset

    def lacking(name):
        raise UsageError(f"This report needs the package {name!r}, which is not installed.")

    monkeypatch.setattr(typeset, "program", lacking)
    query = f"?view=1&title=No+setter&publications={papers[0][0]}"
    response = get(f"/award/report.pdf{query}")
    assert response.status_code == 503
    page = read(response)
    assert "The report cannot be set as PDF here." in page.text
    others = [link for link in links(page) if "/award/report." in link]
    assert [get(link).status_code for link in others] == [200, 200]


def test_grants_are_not_asked_of_a_release_without_them(site, real):
    get = site(real)
    old = open_release("2019-07-12", store=real).label.id
    query = f"?view=1&release={old}&title=x&grants=R01+HL071250"
    page = read(get("/award/" + query))
    assert "without grants" in page.text
    assert "Leave the grant numbers out" in page.text
    assert get("/award/report.md" + query).status_code == 400


@pytest.mark.slow
def test_an_early_real_release_and_a_real_call(site, real):
    get = site(real)
    page = read(get("/simulate/", {"view": "1", "funder": "mrc", **ROW | {"trait_1": "asthma"}}))
    answer = open_release(store=real).simulate(
        "group,participants,trait\nAfrican,2000,asthma", funder="mrc"
    )
    assert simulated_finding(answer.rows) in page.text
    award = read(get("/award/", {"view": "1", "title": "x", "grants": "R01 HL071250"}))
    assert "42 studies of this award are in the catalogue" in award.text


def test_a_release_that_is_incomplete_says_so(site, incomplete):
    get = site(incomplete)
    for path in ("/simulate/", "/award/"):
        assert "cannot say who takes part" in read(get(path)).text


def test_when_all_places_are_taken_it_is_told(simulate, monkeypatch):
    from contextlib import contextmanager

    from everygenome.web.dashboard.planning import figure
    from everygenome.web.site.turns import BusyError

    @contextmanager
    def full():
        raise BusyError
        yield

    monkeypatch.setattr(figure, "drawing", full)
    response = simulate(plan=PLAN, from_year="2011")
    assert response.status_code == 503
    assert response["Retry-After"] == "5"

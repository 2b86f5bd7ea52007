"""The audit as a page: counts in, the core's own numbers out, and nothing kept."""

import json
import logging
import re

import pytest

from everygenome.audit.as_json import as_data
from everygenome.audit.counts import from_counts
from everygenome.audit.mapping.kinds import Kind
from everygenome.audit.run import audit
from everygenome.audit.standing import find_reference
from everygenome.reports.audit import audit_document
from everygenome.reports.documents.write import FORMATS
from tests.functional.web.audit.form import (
    COMPARED,
    COUNTS,
    FIELDS,
    FILE,
    PAGE,
    asked,
    carried,
    taken,
    value_of,
    wrong,
)
from tests.functional.web.database import gate
from tests.functional.web.page import read

pytestmark = [pytest.mark.usefixtures("django")]


@pytest.fixture
def web(get):
    """A reader's program."""
    from tests.functional.web.database import client

    return client()


def core(**choices):
    """The same audit, asked of the core."""
    counts = from_counts(
        COUNTS,
        kind=Kind.GENETIC_ANCESTRY_CATEGORY,
        missing=812,
        refused=77,
        several=45,
        assigned_by="a computer",
        documentation={"name": "Coast & cohort"},
        source="Coast & cohort",
    )
    return audit(counts, **choices)


def compared():
    return core(
        reference=find_reference("un_wpp2024_subregions"), crosswalk="un_subregions_to_broad"
    )


def test_the_empty_form_asks_and_assumes_nothing(web):
    answer = web.get(PAGE)
    page = read(answer)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies
    assert "Nothing is stored." in page.text
    checked = [
        (e["attrs"]["name"], e["attrs"]["value"])
        for e in page.all("input")
        if "checked" in e["attrs"]
    ]
    # What the groups are has no default; how people are protected has.
    assert checked == [("suppress", "10"), ("round_to", "1")]
    assert all("selected" not in e["attrs"] for e in page.all("option"))
    for kind in Kind:
        assert kind.sentence in page.text
    for name in ("Eastern Africa", "Greater Middle Eastern", "White: Roma", "KEN Kenya"):
        assert name in page.text
    assert "This is an assumption of ours, not a fact" in page.text
    assert "0.65" in page.text or "0.9" in page.text


def test_the_answer_holds_the_numbers_of_the_core(web):
    answer = asked(web, COMPARED)
    page = read(answer)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Robots-Tag"] == "noindex"
    assert "ETag" not in answer
    assert page.one("h1")["text"].strip() == "Who is in Coast & cohort?"
    made = compared()
    cells = [cell["text"].strip() for cell in page.all("th", "td")]
    text = " ".join(cells)
    for row in made.groups.rows:
        if row.count is not None:
            assert f"{row.count:,}" in cells
    ratio = next(row.ratio for row in made.comparison.rows if row.group == "South Asian")
    assert f"{ratio:.2g} times" in text
    document = audit_document(made)
    items = next(block.items for block in document.blocks if type(block).__name__ == "Points")
    for item in items:
        assert item in page.text
    for said in made.notes.values():
        assert said in page.text


def test_findings_come_first_then_files_then_figures(web):
    page = read(asked(web, COMPARED))
    text = page.text
    places = [
        text.index(said)
        for said in ("The dataset holds 53,796 people", "Each file shows what this page shows",
                     "People by group Who is in the data", "How this was made, and its limits")
    ]  # fmt: skip
    assert places == sorted(places)
    assert [h["text"].strip() for h in page.all("h2")][:3] == [
        "Take it with you", "People by group", "Beside the reference",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("form", "kind", "begins"),
    [
        ("pdf", "application/pdf", b"%PDF-"),
        ("html", "text/html; charset=utf-8", b"<!doctype html>"),
        ("md", "text/markdown; charset=utf-8", b"# Who is in Coast"),
        ("json", "application/json", b'{\n  "format": "everygenome audit"'),
    ],
)
def test_each_file_is_that_of_the_core(web, form, kind, begins):
    page = read(asked(web, COMPARED))
    answer = taken(web, page, form)
    assert answer.status_code == 200
    assert answer["Content-Type"] == kind
    assert answer["Content-Disposition"] == f'attachment; filename="audit.{form}"'
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.content.startswith(begins)
    if form == "json":
        assert json.loads(answer.content) == json.loads(json.dumps(as_data(compared())))
    else:
        assert answer.content == FORMATS[form](audit_document(compared()))


def numbers(content):
    """Every number in the bytes of an answer, outside of addresses and what is encrypted."""
    text = re.sub(r'name="(carried|token)" value="[^"]*"', "", content.decode())
    return set(re.findall(r"(?<![\d.,])\d+(?:,\d{3})*(?![.\d]*\d)", text))


@pytest.mark.parametrize("suppress", ["5", "10", "20"])
def test_a_hidden_count_is_nowhere_in_the_bytes_of_any_answer(web, suppress):
    # Numbers that nothing else on these pages could be.
    fields = FIELDS | {
        "counts": "A,50001\nB,7177\nC,613\nD,389\nE,4\nF,3",
        "suppress": suppress,
    }
    answer = asked(web, fields)
    page = read(answer)
    made = json.loads(taken(web, page, "json").content)
    rows = next(table for table in made["tables"] if table["by"] == ["group"])["rows"]
    hidden = {row["values"]["group"] for row in rows if row["count"] is None}
    assert {"E", "F"} < hidden
    counts = {"A": 50001, "B": 7177, "C": 613, "D": 389}
    answers = [answer, *(taken(web, page, form) for form in ("html", "md", "json"))]
    # The PDF says the same as its document, and packs its letters.
    for group, people in counts.items():
        for one in answers:
            there = {str(people), f"{people:,}"} & numbers(one.content)
            assert bool(there) == (group not in hidden), (group, one["Content-Type"])
    # Nor are the counts of four and three, which stand on no page as those of a group.
    for one in answers:
        assert not re.search(r"[EF]\W{1,40}[43]\b", one.content.decode().replace("\n", " "))


def test_what_the_page_carries_can_be_read_by_this_site_alone(web):
    from everygenome.web.audit.carried import opened, sealed

    page = read(asked(web, COMPARED))
    held = carried(page)
    assert opened(held)["counts"] == COMPARED["counts"]
    assert opened(held[:-4] + "AAA=") is None
    assert opened("") is None
    # Its length does not tell how many digits there are.
    assert len(sealed({"counts": "A,3"})) == len(sealed({"counts": "A,1234567"}))
    assert web.post(FILE, {**gate(), "carried": "x", "form": "pdf"}).status_code == 400
    old = web.post(PAGE, {**gate(), "carried": "x", "change": "1"})
    assert "can no longer be read here" in read(old).text


def test_the_counts_can_be_changed(web):
    page = read(asked(web, COMPARED))
    again = read(web.post(PAGE, {**gate(), "carried": carried(page), "change": "1"}))
    for name in ("source", "counts", "missing", "assigned_by"):
        assert value_of(again, name) == COMPARED[name]
    (kind,) = [e for e in again.all("input") if "checked" in e["attrs"] and
               e["attrs"]["name"] == "kind"]  # fmt: skip
    assert kind["attrs"]["value"] == COMPARED["kind"]


def test_nothing_is_written_to_store_session_cookie_or_log(web, caplog, demonstration):
    from django.contrib.sessions.models import Session
    from django.db import connections
    from django.test.utils import CaptureQueriesContext

    before = {path: path.stat().st_mtime_ns for path in demonstration.rglob("*") if path.is_file()}
    sessions = Session.objects.count()
    with (
        caplog.at_level(logging.DEBUG),
        CaptureQueriesContext(connections["default"]) as one,
        CaptureQueriesContext(connections["apart"]) as two,
    ):
        answer = asked(web, COMPARED)
        for form in ("json", "pdf", "md", "html"):
            assert taken(web, read(answer), form).status_code == 200
        asked(web, COMPARED | {"reference": "", "counts": "Nonesuch 3131"})
    written = [q["sql"] for q in [*one, *two] if not q["sql"].startswith("SELECT")]
    assert written == []
    assert not web.cookies
    assert Session.objects.count() == sessions
    for said in ("48210", "48,210", "Coast", "Nonesuch", "3131"):
        assert said not in caplog.text
    after = {path: path.stat().st_mtime_ns for path in demonstration.rglob("*") if path.is_file()}
    assert {p for p in after if "db.sqlite" not in p.name} == {
        p for p in before if "db.sqlite" not in p.name
    }


def test_a_fault_of_ours_tells_the_log_no_count(web, caplog, monkeypatch):
    def broken(*_args, **_named):
        raise KeyError("48210 people of Coast")

    monkeypatch.setattr("everygenome.web.audit.reckoning.audit", broken)
    answer = asked(web, COMPARED)
    assert answer.status_code == 500
    assert "48210" not in caplog.text
    assert "KeyError at tests" in caplog.text


def test_names_of_a_reference_are_shown_to_copy(web):
    fields = FIELDS | {"reference": "un_wpp2024_regions"}
    page = read(web.post(PAGE, {**gate(), **fields, "names": "1"}))
    assert wrong(page) == {}
    opened = [e for e in page.all("details") if "open" in e["attrs"] and
              e["attrs"].get("class") == "names"]  # fmt: skip
    (listed,) = opened
    assert "Latin America and the Caribbean Northern America Oceania" in " ".join(
        listed["text"].split()
    )
    assert value_of(page, "counts") == FIELDS["counts"]


def test_names_can_be_pasted_as_they_are_offered(web):
    fields = FIELDS | {"kind": "ethnic group (census)", "reference": "census_wales_2021_5"}
    page = read(web.post(PAGE, {**gate(), **fields, "names": "1"}))
    (listed,) = [e for e in page.all("details") if "open" in e["attrs"] and
                 e["attrs"].get("class") == "names"]  # fmt: skip
    names = listed["text"].split("Wales, Census 2021, five ethnic groups.")[1].split("\n")
    names = [name.strip() for name in names if name.strip()]
    assert len(names) == 5
    for between in (",", "\t", ";"):
        counts = "\n".join(f"{name}{between}{1000 + n}" for n, name in enumerate(names))
        made = json.loads(taken(web, read(asked(web, fields | {"counts": counts})), "json").content)
        rows = made["comparison"]["rows"]
        assert [row["count"] for row in rows] == [1000, 1001, 1002, 1003, 1004]
        assert all(row["reference_share"] > 0 for row in rows)


def test_the_same_kind_needs_no_crosswalk(web):
    fields = FIELDS | {
        "kind": "world region",
        "counts": "Africa\t1200\nAsia\t9100\nEurope\t700\nOceania\t0",
        "reference": "un_wpp2024_regions",
    }
    page = read(asked(web, fields))
    made = audit(
        from_counts(
            [("Africa", 1200), ("Asia", 9100), ("Europe", 700), ("Oceania", 0)],
            kind=Kind.WORLD_REGION, missing=812, refused=77, several=45,
        ),
        reference=find_reference("un_wpp2024_regions"),
    )  # fmt: skip
    assert made.comparison.rows[0].ratio == pytest.approx(0.58, abs=0.03)
    assert "Different kinds of group" not in page.text
    assert f"Europe 700 {700 / 11000:.1%}" in page.text
    told = wrong(read(asked(web, fields | {"crosswalk": "un_subregions_to_broad"})))
    assert "nothing has to be assumed" in told["crosswalk"]


@pytest.mark.parametrize(
    ("fields", "place", "told"),
    [
        ({"kind": ""}, "kind", "Please fill in: What are the groups?."),
        ({"kind": "vibes"}, "kind", "Please choose one of the list."),
        ({"counts": ""}, "counts", "Please fill in: People in each group."),
        ({"counts": "A,0", "missing": "", "refused": "", "several": ""}, "counts", "Nobody is"),
        ({"counts": "A,1\nMissing,2"}, "counts", "under “People whose group is not recorded”"),
        ({"counts": "A,1\nrecorded,2"}, "counts", "No group can be called “recorded”"),
        ({"counts": "Sex,A,1\nSex,B,4"}, "counts", "has three columns"),
        ({"reference": "un_wpp2024_regions"}, "crosswalk", "cannot be divided by each other"),
        ({"crosswalk": "un_subregions_to_broad"}, "crosswalk", "needs a population"),
        (
            {"reference": "census_wales_2021_5", "crosswalk": "un_subregions_to_broad"},
            "crosswalk",
            "Please choose “Our assumption of how five census groups",
        ),
        (
            {"reference": "un_wpp2024_countries", "crosswalk": "un_subregions_to_broad"},
            "crosswalk",
            "There is none that does.",
        ),
        (
            {"reference": "un_wpp2024_regions", "kind": "world region"},
            "reference",
            "None of your groups is named as in this population.",
        ),
        (
            {"reference": "un_wpp2024_subregions", "crosswalk": "un_subregions_to_broad",
             "counts": "a,4000"},
            "crosswalk",
            "None of your groups is one that this crosswalk leads to.",
        ),
        ({"governed": "Martian"}, "governed", "“Martian” is not among the groups above."),
        ({"suppress": "1"}, "suppress", "choose one of the list"),
        ({"round_to": "0"}, "round_to", "choose one of the list"),
        ({"missing": "-1"}, "missing", "a whole number from 0"),
        ({"effect": "0"}, "effect", "above 0 and below 1.4"),
        ({"effect": "0,1"}, "effect", "with a point and no comma"),
        ({"effect": "nan"}, "effect", "above 0"),
        ({"alpha": "1"}, "alpha", "above 0 and below 1"),
        ({"alpha": "1e-999"}, "alpha", "above 0"),
        ({"earlier": "{}"}, "earlier", "does not say that it is one"),
        ({"said-owner": "x" * 401}, "said-owner", "at most 400 characters"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_its_field_and_on_top_and_nothing_is_lost(
    web, fields, place, told
):
    answer = asked(web, FIELDS | fields)
    page = read(answer)
    assert answer.status_code == 400
    assert told in wrong(page)[place]
    links = {a["attrs"]["href"]: a["text"] for a in page.all("a") if a["attrs"]["href"][0] == "#"}
    target = "-1" if place in ("kind", "suppress", "round_to") else ""
    assert told in links[f"#{place}{target}"]
    kept = FIELDS | fields
    for name in ("counts", "missing", "source"):
        assert value_of(page, name) == kept[name].strip()


def test_choices_reach_the_core(web):
    fields = FIELDS | {
        "suppress": "20", "round_to": "5", "effect": "0.25", "alpha": "1e-6",
        "governed": "Indigenous and Oceanian\nAfrican", "why": "To see who is missing",
        "said-where": "Coast & hills",
    }  # fmt: skip
    made = json.loads(taken(web, read(asked(web, fields)), "json").content)
    assert (made["suppress"], made["rounded_to"]) == (20, 5)
    assert made["can_show"]["assumed"]["effect"] == 0.25
    assert made["can_show"]["assumed"]["alpha"] == 1e-6
    assert made["dimensions"][0]["why"] == "To see who is missing"
    assert made["documentation"]["In which places and settings were people asked?"] == (
        "Coast & hills"
    )
    assert made["documentation"]["Who paid for it?"] == "not stated"
    shown = [row["count"] for row in made["tables"][1]["rows"] if row["count"] is not None]
    assert shown
    assert all(count % 5 == 0 for count in shown)


def test_an_earlier_audit_is_reckoned_with(web):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from everygenome.audit.earlier import parse_earlier

    before = taken(web, read(asked(web, FIELDS)), "json").content
    # Three came: their group, told again, would tell of them.
    now = FIELDS | {"counts": FIELDS["counts"].replace("1204", "1207")}
    alone = read(asked(web, now))
    assert "South Asian 1,207" in alone.text
    given = SimpleUploadedFile("audit.json", before, "application/json")
    page = read(asked(web, now, **{"earlier-file": given}))
    assert "South Asian hidden" in page.text
    made = json.loads(taken(web, page, "json").content)
    counts = from_counts(
        [(g, n + 3 * (g == "South Asian")) for g, n in COUNTS],
        kind=Kind.GENETIC_ANCESTRY_CATEGORY, missing=812, refused=77, several=45,
    )  # fmt: skip
    same = as_data(audit(counts, earlier=[parse_earlier(before.decode(), source="")]))
    assert made["tables"] == json.loads(json.dumps(same["tables"]))
    # It is kept in the form, small, when the counts are changed.
    again = read(web.post(PAGE, {**gate(), "carried": carried(page), "change": "1"}))
    kept = value_of(again, "earlier")
    assert len(kept) < len(before) / 3
    assert parse_earlier(kept, source="") == parse_earlier(before.decode(), source="")
    told = wrong(read(asked(web, now | {"earlier": before.decode(), "suppress": "20"})))
    assert "Please hide counts below the same number as before." in told["earlier"]
    assert "--suppress" not in told["earlier"]


def statement_of(page):
    """The fields that go on to a diverse data statement."""
    held = {e["attrs"]["name"]: e["attrs"].get("value", "") for e in page.all("input")
            if e["attrs"].get("type") == "hidden"}  # fmt: skip
    return {k: v for k, v in held.items() if k not in ("token", "carried")}


def test_only_what_is_shown_goes_on_to_a_statement(web):
    page = read(asked(web, COMPARED))
    fields = statement_of(page)
    made = compared()
    shown = [r for r in made.groups.rows if r.count is not None and not r.is_class]
    assert fields["counts"] == "".join(f"{r.values['group']},{r.count}\n" for r in shown)
    assert fields["people"] == str(sum(n for _, n in COUNTS) + 812 + 77 + 45)
    answer = web.post("/definitions/statement/", {**gate(), **fields, "change": "1"})
    statement = read(answer)
    assert answer.status_code == 200
    assert value_of(statement, "counts") == fields["counts"].strip()
    assert value_of(statement, "title") == "Coast & cohort"
    assert "not shown, to protect people: " in value_of(statement, "gaps")
    finished = {**gate(), **fields, "question": "q", "population": "p", "make": "1"}
    assert (
        "of the 53,796 people in the data"
        in read(web.post("/definitions/statement/", finished)).text
    )


@pytest.mark.parametrize(
    "label", ["Asian, Asian British", "A; B", 'The "others"', "O’odham", "=SUM(A1)", "a,b;c"]
)
def test_every_label_reaches_the_statement_as_it_was(web, label):
    quoted = label.replace('"', '""')
    fields = FIELDS | {"counts": f'"{quoted}"\t1500\nB\t700\nC\t90'}
    page = read(asked(web, fields))
    from everygenome.reports.statement.counts import read_counts

    passed = statement_of(page)
    assert next((c.label, c.count) for c in read_counts(passed["counts"])) == (label, 1500)
    finished = {**gate(), **passed, "question": "q", "population": "p", "reference": "r",
                "gaps": "g", "make": "1"}  # fmt: skip
    made = read(web.post("/definitions/statement/", finished))
    assert f"{label} 1,500" in made.text


def test_it_is_found_where_tools_of_its_kind_are(web, seeded):
    for address in ("/datasets/", "/toolbox/", "/definitions/statement/", "/simulate/", "/award/"):
        page = read(web.get(address))
        assert "/audit/" in [a["attrs"].get("href") for a in page.all("a")], address
    assert "http://localhost/audit/</loc>" in web.get("/sitemap.xml").content.decode()


def test_a_fixed_copy_says_that_the_form_needs_a_server(web):
    from everygenome.web.export.places import read as address
    from everygenome.web.export.rewrite import FORM_INSTEAD, Frame, rewritten

    held = address("/audit/", base="/", release="r")
    assert held.place == "audit/index.html"
    copied = rewritten(web.get(PAGE).content.decode(), lambda link: link, Frame())
    assert FORM_INSTEAD in copied
    assert "everygenome audit run" in copied
    for part in ("<form", "<textarea", "<button", "<input", "<select"):
        assert part not in copied

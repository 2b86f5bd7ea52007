"""The builder of diverse data statements: a worksheet in, a statement out, nothing kept."""

import json

import pytest

from tests.functional.web.database import gate
from tests.functional.web.page import read

pytestmark = [pytest.mark.usefixtures("django")]
PAGE, FILE = "/definitions/statement/", "/definitions/statement/file/"
TEXTS = {
    "title": "Heart & hope",
    "question": "Which people need which dose?\nAnd why?",
    "population": "Everybody in Kenya who takes warfarin.",
    "descriptors": "Country of birth, in people's own words.",
    "reference": "The census of 2019.",
    "gaps": "People without a telephone.",
}
FULL = TEXTS | {
    "counts": "group,count\nCoast,1204\nNorth,6\nWest,300",
    "actions-rows": "1",
    "actions-0-what": "Ask by radio",
    "actions-0-by": "2027-03",
    "date": "2026-11-27",
    "contact": "The study's office",
}


@pytest.fixture
def web(get):
    """A reader's program; no test here may reach the database's tables with a write."""
    from tests.functional.web.database import client

    return client()


def worksheet(page):
    """The worksheet that a statement's page sends along."""
    (held,) = [e for e in page.all("input") if e["attrs"].get("name") == "worksheet"]
    return held["attrs"]["value"]


def loads(web, content):
    from django.core.files.uploadedfile import SimpleUploadedFile

    given = SimpleUploadedFile("worksheet.json", content, "application/json")
    return web.post(PAGE, {**gate(), "load": "1", "file": given})


def value_of(page, name):
    (found,) = [e for e in page.all("input", "textarea") if e["attrs"].get("name") == name]
    return found["text"].strip() or found["attrs"].get("value", "")


def test_every_control_has_a_label_and_the_page_says_that_nothing_is_stored(web):
    answer = web.get(PAGE)
    page = read(answer)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert "Nothing is stored." in page.text
    labelled = {e["attrs"]["for"] for e in page.all("label")}
    shown = [e["attrs"] for e in page.all("input", "textarea", "select")]
    assert {a["id"] for a in shown if a.get("type") not in ("hidden",)} <= labelled
    assert not answer.cookies


def test_what_is_missing_is_said_beside_its_field_and_nothing_is_lost(web):
    answer = web.post(PAGE, {**gate(), **FULL, "gaps": " ", "make": "1"})
    page = read(answer)
    assert answer.status_code == 400
    links = [a["text"] for a in page.all("a") if a["attrs"]["href"] == "#gaps"]
    assert links == ["Please fill in: Who is missing."]
    (field,) = [e for e in page.all("textarea") if e["attrs"].get("id") == "gaps"]
    assert field["attrs"]["aria-invalid"] == "true"
    assert value_of(page, "question") == FULL["question"]
    assert value_of(page, "actions-0-what") == "Ask by radio"


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ("North", "Line 1 is not a label and a count"),
        ("North,many", "Line 1: “many” is no count of people."),
        ("North,50%", "is no count of people"),
        ("North,-3", "is no count of people"),
        ("North,٣", "is no count of people"),
        ("North,1\nNORTH,2", "“NORTH” is there twice."),
        ("North," + "9" * 40, "is no count of people"),
        ('"North', "Line 1 is not a label and a count"),
    ],
)
def test_counts_that_cannot_be_read_say_what_to_write(web, counts, told):
    answer = web.post(PAGE, {**gate(), **TEXTS, "counts": counts, "make": "1"})
    assert answer.status_code == 400
    assert told in read(answer).text
    assert "Write " in read(answer).text or "Give each" in read(answer).text


def test_counts_copied_from_a_spreadsheet_have_tabs_between(web):
    counts = "group\tcount\nCoast, all of it\t1204\nWest\t300"
    answer = web.post(PAGE, {**gate(), **FULL, "counts": counts, "make": "1"})
    assert "Coast, all of it 1,204 80.1%" in read(answer).text


def test_the_statement_shows_shares_and_hides_small_counts(web):
    answer = web.post(PAGE, {**gate(), **FULL, "make": "1"})
    page = read(answer)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert page.one("h1")["text"].strip() == "Diverse data statement: Heart & hope"
    assert "Coast 1,204 79.7%" in page.text
    assert "North hidden –" in page.text
    # 1,510 less 1,204 less 300 would be 6.
    assert "West hidden –" in page.text
    assert "Shares are of the 1,510 people" in page.text
    assert "Ask by radio 2027-03 not stated" in page.text
    headings = [h["text"] for h in page.all("h2")]
    assert headings[1:3] == ["What the study asks", "For whom: the people it must serve"]
    assert "Nothing of this is stored here." in page.text


def test_shown_if_chosen_and_as_a_share_of_all_people(web):
    form = {**gate(), **FULL, "small": "show", "people": "2,000", "make": "1"}
    text = read(web.post(PAGE, form)).text
    assert "North 6 0.30%" in text
    assert "In none of these groups 490 24.5%" in text
    assert "of the 2,000 people in the data" in text


@pytest.mark.parametrize(
    ("form", "kind", "start"),
    [
        ("html", "text/html; charset=utf-8", b"<!doctype html>"),
        ("pdf", "application/pdf", b"%PDF-"),
        ("md", "text/markdown; charset=utf-8", b"# Diverse data statement: Heart"),
    ],
)
def test_each_file_is_to_be_kept_and_hides_what_the_page_hides(web, form, kind, start):
    held = worksheet(read(web.post(PAGE, {**gate(), **FULL, "make": "1"})))
    answer = web.post(FILE, {**gate(), "worksheet": held, "form": form})
    assert answer.status_code == 200
    assert answer["Content-Type"] == kind
    assert f'filename="diverse-data-statement.{form}"' in answer["Content-Disposition"]
    assert answer.content.startswith(start)
    assert answer["Cache-Control"] == "no-store"
    if form != "pdf":
        assert "hidden" in answer.content.decode()
        assert "Heart & hope" not in answer.content.decode()


def test_a_saved_worksheet_fills_the_form_again(web):
    held = worksheet(read(web.post(PAGE, {**gate(), **FULL, "make": "1"})))
    answer = web.post(FILE, {**gate(), "worksheet": held, "form": "json"})
    assert json.loads(answer.content)["worksheet"]["counts"] == FULL["counts"]
    page = read(loads(web, answer.content))
    for name in ("title", "question", "counts", "actions-0-what", "date"):
        assert value_of(page, name) == FULL[name]
    changed = read(web.post(PAGE, {**gate(), "worksheet": held, "change": "1"}))
    assert value_of(changed, "gaps") == FULL["gaps"]


def test_half_a_worksheet_can_be_saved_and_loaded(web):
    answer = web.post(PAGE, {**gate(), "title": "Half", "save": "1"})
    assert answer.status_code == 200
    assert json.loads(answer.content)["worksheet"] == {"title": "Half"}
    again = loads(web, answer.content)
    assert again.status_code == 200
    assert value_of(read(again), "title") == "Half"


def made(**fields):
    from everygenome.web.definitions.statement.saved import FORMAT

    return json.dumps({"format": FORMAT, "version": 1, "worksheet": fields}).encode()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "no JSON"),
        (b"\xff\xfe\x00", "not text in UTF-8"),
        (b"[" * 100_000, "no JSON"),
        (b'{"format": ' + b"9" * 5000 + b"}", "no JSON"),
        (b"null", "no worksheet of a statement"),
        (b'{"format": "other"}', "no worksheet of a statement"),
        (b" " * 200_001, "larger than 200 kilobytes"),
        (made(nonsense=1), "There is no such field."),
        (made(title=["a"]), "Name of the study or dataset: Please give a text."),
        (made(title={"a": {"b": 1}}), "Please give a text."),
        (made(title="<script>alert(1)</script>"), "this looks like HTML"),
        (made(title="a" * 10_000), "at most 160 characters"),
        (made(actions=5), "Please give a list of records."),
        (made(actions=[5]), "Please give a list of records."),
        (made(actions=[{"what": [1]}]), "Please give a text."),
        (made(people=10**30), "a whole number"),
        (made(people=True), "Please give a number."),
        (made(small="perhaps"), "choose one of the list"),
        (made(date="yesterday"), "Please give a date"),
        (made(counts="x"), "Line 1 is not a label and a count"),
    ],
)
def test_a_hostile_file_is_refused_in_words(web, content, told):
    answer = loads(web, content)
    assert answer.status_code == 400
    assert told in read(answer).text


def test_text_from_a_file_means_nothing_on_the_page(web):
    hostile = 'a" onfocus="x & < {{ 7 }} \u202e \x00 b'
    answer = loads(web, made(**TEXTS | {"question": hostile}))
    assert answer.status_code == 200
    page = read(answer)
    assert page.unclosed == []
    assert "{{ 7 }}" in value_of(page, "question")
    assert "\u202e" not in value_of(page, "question")
    assert "\0" not in value_of(page, "question")


def test_a_form_of_another_site_is_refused_and_a_field_that_nobody_sees_loses_nothing(web):
    assert web.post(PAGE, {**TEXTS, "make": "1"}).status_code == 403
    # What a browser filled in by itself costs nobody their text: nothing is stored here.
    assert web.post(PAGE, {**gate(), **TEXTS, "website": "x"}).status_code == 200
    assert web.post(FILE, {"worksheet": "{}", "form": "pdf"}).status_code == 403
    kept = read(web.post(PAGE, {**TEXTS, "make": "1"}))
    assert value_of(kept, "title") == TEXTS["title"]


def test_what_no_page_sends_gets_an_answer_in_words(web):
    assert web.get(FILE).status_code == 405
    assert web.post(PAGE, {**gate(), "load": "1"}).status_code == 400
    assert web.post(FILE, {**gate(), "worksheet": "{}", "form": "pdf"}).status_code == 400
    held = made(**TEXTS).decode()
    assert web.post(FILE, {**gate(), "worksheet": held, "form": "exe"}).status_code == 400
    more = web.post(PAGE, {**gate(), "more": "actions", "actions-rows": "2", "title": "T"})
    assert [e["attrs"]["value"] for e in read(more).all("input")
            if e["attrs"].get("name") == "actions-rows"] == ["3"]  # fmt: skip


def test_a_busy_site_says_so(web, monkeypatch):
    from everygenome.web.site import turns

    def busy():
        raise turns.BusyError

    monkeypatch.setattr("everygenome.web.definitions.statement.views.drawing", busy)
    held = made(**TEXTS).decode()
    assert web.post(FILE, {**gate(), "worksheet": held, "form": "pdf"}).status_code == 503


def test_without_the_setter_the_other_files_are_offered(web, monkeypatch):
    from everygenome.errors import UsageError
    from everygenome.reports.documents import typeset

    def missing(name):
        raise UsageError(f"This report needs the package {name!r}, which is not installed.")

    monkeypatch.setattr(typeset, "program", missing)
    held = made(**TEXTS).decode()
    answer = web.post(FILE, {**gate(), "worksheet": held, "form": "pdf"})
    assert answer.status_code == 503
    assert "Please take another kind of file." in read(answer).text

"""Whatever is sent, the answer is in words: never a fault, and never markup of the sender's."""

import contextlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.functional.web.audit.form import FIELDS, FILE, PAGE, asked, taken, wrong
from tests.functional.web.database import gate
from tests.functional.web.page import read

pytestmark = [pytest.mark.usefixtures("django")]


@pytest.fixture
def web(get):
    """A reader's program."""
    from tests.functional.web.database import client

    return client()


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ("A", "Line 1 is not a label and a count."),
        ("A,-3", "“-3” is no count of people."),
        ("A," + "9" * 400, "is no count of people."),
        ("A,1e9", "is no count of people."),
        ("A,50%", "is no count of people."),
        ("A,٣", "is no count of people."),
        ("A,Infinity", "is no count of people."),
        ("A,1\na,2", "“a” is there twice."),
        ("<script>alert(1)</script>,5", "this looks like HTML"),
        ("A" * 121 + ",5", "longer than 120 letters"),
        ("e\u0301\u0301\u0301\u0301\u0301\u0301,5", "stacked marks"),
        ("\n".join(f"g{n},{n}" for n in range(201)), "more than 200 groups"),
        ("\n".join(f"group {n},{n}" for n in range(10_000)), "at most 20,000 characters"),
        ("\x00\x00", "Please fill in: People in each group."),
        (",,,,", "at least one group"),
    ],
)
def test_counts_that_are_none(web, counts, told):
    answer = asked(web, FIELDS | {"counts": counts})
    page = read(answer)
    assert answer.status_code == 400
    assert told in wrong(page)["counts"]
    assert "<script>alert" not in answer.content.decode()


@pytest.mark.slow
@pytest.mark.parametrize(
    "label",
    [
        "=HYPERLINK(1)",
        "@SUM",
        "+1",
        "{{ 7|add:1 }}",
        "{% now %}",
        "a & b",
        "< a",
        'a" onfocus="x',
        "\u202eright to left",
        "A\x00B",
        "نص عربي",
        "𝔘𝔫𝔦",
        "O’odham",
        "`code` *stars* [link](x)",
        "#let x = 1",
        "\\u{41} $x$ @ref",
    ],
)
def test_a_label_of_any_letters_means_nothing(web, label):
    quoted = label.replace('"', '""')
    answer = asked(web, FIELDS | {"counts": f'"{quoted}",1500\nB,700\nC,4'})
    page = read(answer)
    assert answer.status_code == 200
    assert page.unclosed == []
    assert page.all("script") == [e for e in page.all("script") if "src" in e["attrs"]]
    assert not any(
        name.startswith("on") or name == "style" for e in page.elements for name in e["attrs"]
    )
    kept = label.replace("\u202e", "").replace("\x00", " ")
    assert f"{kept} 1,500" in page.text or f"{kept} hidden" in page.text
    for form in ("pdf", "html", "md", "json"):
        assert taken(web, page, form).status_code == 200, form


@pytest.mark.slow
@pytest.mark.parametrize(
    "counts",
    [
        "\n".join(f"g{n},{10**10}" for n in range(200)),
        "\n".join(f"g{n},1" for n in range(200)),
        "\n".join(f"g{n},{n}" for n in range(200)),
        "A,1",
        "A,0\nB,1",
    ],
)
def test_the_most_and_the_least_that_can_be_counted(web, counts):
    for name in ("", "9999999999"):
        answer = asked(web, FIELDS | {"counts": counts, "missing": name, "several": name})
        assert answer.status_code == 200
        assert taken(web, read(answer), "pdf").status_code == 200


@pytest.mark.parametrize("name", ["source", "assigned_by", "governed", "why", "said-owner"])
def test_texts_that_are_no_plain_text(web, name):
    for text, told in (
        ("<img src=x>", "this looks like HTML"),
        ("x" * 3000, "at most"),
    ):
        answer = asked(web, FIELDS | {name: text})
        assert answer.status_code == 400
        assert told in wrong(read(answer))[name]
    answer = asked(web, FIELDS | ({name: "a\x00\u202eb"} if name != "governed" else {name: "\0"}))
    assert answer.status_code == 200


def made(**changed):
    told = {
        "format": "everygenome audit",
        "suppress": 10,
        "rounded_to": 1,
        "small_are_said": True,
        "dimensions": [],
        "beside": [],
        "tables": [],
    }
    return json.dumps(told | changed)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("x", "it is not JSON"),
        ("[" * 200_000, "it is not JSON"),
        ("9" * 5000, "it is not JSON"),
        ("{}", "does not say that it is one"),
        (made(suppress=1e999), "not as they are written"),
        (made(tables=[{"by": ["<b>", "\x00"], "rows": []}]), "has tables by"),
        (made(tables=[{"by": ["group", "sex"], "rows": []}]), "has tables by sex"),
        (made(suppress=5), "hides counts below 5"),
        (" " * 1_000_001, ""),
    ],
)
def test_earlier_audits_that_are_none(web, text, told):
    answer = asked(web, FIELDS | {"earlier": text})
    if not told:
        assert answer.status_code == 200
        return
    assert answer.status_code == 400
    assert told in wrong(read(answer))["earlier"]
    assert "<b>" not in answer.content.decode()


def test_files_that_are_no_earlier_audit(web):
    from django.core.files.uploadedfile import SimpleUploadedFile

    for content, status, told in (
        (b"\xff\xfe\x00", 400, "not text in UTF-8"),
        (b"x" * 1_000_001, 400, "larger than 1 MB"),
        (b"{}", 400, "does not say that it is one"),
        (b"", 200, ""),
    ):
        given = SimpleUploadedFile("audit.json", content, "application/json")
        answer = asked(web, FIELDS, **{"earlier-file": given})
        assert answer.status_code == status, content[:9]
        assert told in wrong(read(answer)).get("earlier", "")
    large = SimpleUploadedFile("audit.json", b"x" * 3_000_000, "application/json")
    assert asked(web, FIELDS, **{"earlier-file": large}).status_code == 413


numbers = st.one_of(
    st.none(), st.integers(-5, 2000), st.floats(), st.text(max_size=3), st.booleans()
)
rows = st.fixed_dictionaries(
    {
        "values": st.one_of(
            st.dictionaries(
                st.sampled_from(["group", "sex"]),
                st.sampled_from(["European", "Other", "Recorded", "Missing", "Martian", ""]),
            ),
            st.lists(st.integers()),
        ),
        "count": numbers,
        "hidden": st.sampled_from([None, "small", "beside", "x"]),
    }
)
tables = st.lists(
    st.fixed_dictionaries(
        {
            "by": st.sampled_from([[], ["group"], ["sex"], ["group", "sex"], "group", None, 5]),
            "rows": st.lists(rows, max_size=6),
        }
    ),
    max_size=3,
)


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(
    tables=tables,
    suppress=st.one_of(st.just(10), numbers),
    rounded=st.one_of(st.just(1), numbers),
    said=st.booleans(),
)
def test_no_invented_earlier_audit_makes_a_fault(tables, suppress, rounded, said):
    from everygenome.web.audit.form import filled
    from everygenome.web.audit.reckoning import MistakeError, audit_of

    text = made(tables=tables, suppress=suppress, rounded_to=rounded, small_are_said=said)
    found = filled({**FIELDS, "governed": [], "earlier": text})
    if found.errors:
        assert list(found.errors) == ["earlier"]
        return
    with contextlib.suppress(MistakeError):
        assert audit_of(found).groups.rows


def test_a_form_of_another_site_is_refused_and_a_field_that_nobody_sees_loses_nothing(web):
    refused = web.post(PAGE, {**FIELDS, "make": "1"})
    assert refused.status_code == 403
    assert "Nothing is lost" in read(refused).text
    elsewhere = web.post(PAGE, {**gate(), **FIELDS}, headers={"origin": "https://evil.example"})
    assert elsewhere.status_code == 403
    assert asked(web, FIELDS, website="x").status_code == 200
    assert web.get(FILE).status_code == 405
    assert web.post(FILE, {**gate(), **FIELDS, "form": "pdf"}).status_code == 400
    from everygenome.web.audit.carried import sealed

    held = sealed(FIELDS)
    assert web.post(FILE, {"carried": held, "form": "pdf"}).status_code == 403
    odd = web.post(FILE, {**gate(), "carried": held, "form": "exe"})
    assert odd.status_code == 400
    assert "There is no such kind of file." in read(odd).text


def test_what_is_not_a_form_gets_an_answer_in_words(web):
    for kind, content in (
        ("application/x-www-form-urlencoded", b"\xff=%ff&" * 2000),
        ("multipart/form-data; boundary=x", b"--y"),
        ("multipart/form-data", b""),
        ("application/x-www-form-urlencoded; charset=utf-16", b"a=b"),
        ("application/json", b"{}"),
        ("application/x-www-form-urlencoded", b"a=" + b"b" * 3_000_000),
    ):
        answer = web.generic("POST", PAGE, content, content_type=kind)
        assert answer.status_code in (400, 403, 413), kind
        assert read(answer).one("h1")
    assert web.put(PAGE, b"").status_code == 405


def test_many_in_a_minute_are_asked_to_wait_and_lose_nothing(web, monkeypatch):
    from django.core.cache import caches

    from everygenome.web.audit import limits

    caches["rate"].clear()
    monkeypatch.setattr(limits, "A_MINUTE", 2)
    client = {"headers": {"x-forwarded-for": "203.0.113.9"}}
    form = {**gate(), **FIELDS, "make": "1"}
    assert [web.post(PAGE, form, **client).status_code for _ in range(3)] == [200, 200, 429]
    last = web.post(PAGE, form, **client)
    assert "European,48210" in last.content.decode()
    assert web.post(PAGE, form, headers={"x-forwarded-for": "203.0.113.10"}).status_code == 200
    caches["rate"].clear()


def test_a_busy_site_says_so_and_keeps_what_was_typed(web, monkeypatch):
    from everygenome.web.site import turns

    def busy():
        raise turns.BusyError

    monkeypatch.setattr("everygenome.web.audit.views.drawing", busy)
    answer = asked(web, FIELDS)
    assert answer.status_code == 503
    assert answer["Retry-After"] == "5"
    assert "European,48210" in answer.content.decode()


def test_without_the_setter_the_other_files_are_offered(web, monkeypatch):
    from everygenome.errors import UsageError
    from everygenome.reports.documents import typeset

    page = read(asked(web, FIELDS))

    def missing(name):
        raise UsageError(f"This report needs the package {name!r}, which is not installed.")

    monkeypatch.setattr(typeset, "program", missing)
    answer = taken(web, page, "pdf")
    assert answer.status_code == 503
    assert "Please take another kind of file." in read(answer).text
    assert taken(web, page, "json").status_code == 200

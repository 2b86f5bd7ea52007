"""What nobody should send: nothing of it is stored raw, shown raw, or ends in a fault."""

import pytest

from tests.functional.web import database
from tests.functional.web.moderation import offers
from tests.functional.web.page import read

pytestmark = [pytest.mark.usefixtures("django")]
RLO, ZERO = "\u202e", "\u200b"
FORMS = ("/contribute/toolbox/", "/contributions/", "/report/")


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<svg/onload=alert(1)>",
        "<img src=x onerror=alert(1)",
        "</textarea><iframe src=//evil.example>",
        "<b>bold</b>",
        "<!-- a comment -->",
    ],
)
@pytest.mark.parametrize("place", ["name", "purpose", "note", "by-note", "by-credit"])
def test_html_is_refused_and_shown_as_text(web, text, place):
    response = offers.send(web, **{place: text})

    assert response.status_code == 400
    assert f"{place}-wrong" in response.content.decode()
    assert text not in response.content.decode()
    assert offers.form_of(response)[place] == [text]
    assert offers.contributions() == []


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "ftp://files.example/",
        "//elsewhere.example",
        "https://user:secret@site.example/",
        "https://exa mple.org/",
        "https://[::1",
        "https://a.example/\nhttps://b.example/",
        "https://" + "a" * 10_000 + ".example/",
    ],
)
def test_only_plain_web_addresses_are_taken(web, address):
    for place in ("url", "repository", "sources-0-url"):
        response = offers.send(web, **{place: address})
        assert response.status_code == 400, place
        assert f"{place}-wrong" in response.content.decode()
    assert offers.contributions() == []


def test_what_cannot_be_seen_is_taken_out(web):
    name = f"  A{RLO}b{ZERO}c\x00d\x07e \ud800f\r\ng "
    response = offers.send(web, name=name.replace("\ud800", "\ufffe"), purpose=f"x{RLO}y\x00z")

    assert response.status_code == 303
    (stored,) = offers.contributions()
    assert stored.proposed["name"] == "Abc d e f g"
    assert stored.proposed["purpose"] == "xy z"


@pytest.mark.parametrize("place", ["name", "purpose", "by-credit", "maintainer", "sources-0-title"])
@pytest.mark.parametrize("text", ["x" * 10_000, "ก็" * 5000, "Z" + "\u0337" * 60])
def test_long_names_and_stacked_marks_are_refused(web, place, text):
    response = offers.send(web, **{place: text})

    assert response.status_code == 400
    assert f"{place}-wrong" in response.content.decode()
    assert offers.contributions() == []


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "weapon"},
        {"kind": ["software", "nonsense"]},
        {"stages": ["analysis", "<b>"]},
        {"tasks": [""]},
        {"populations_tested-rows": "1", "populations_tested-0-sample_size": "1e999"},
        {"populations_tested-rows": "1", "populations_tested-0-sample_size": "9" * 5000},
        {"populations_tested-rows": "1", "populations_tested-0-sample_size": "NaN"},
        {"latest_release-rows": "1", "latest_release-0-date": "2026-02-31"},
        {"latest_release-rows": "1", "latest_release-0-date": "٢٠٢٦"},
        {"latest_release-rows": "5", **{f"latest_release-{n}-version": "1" for n in range(5)}},
        {"sources-rows": "30", **{f"sources-{n}-title": "x" for n in range(30)}},
    ],
)
def test_wrong_kinds_of_values_are_told(web, changes):
    response = offers.send(web, **changes)

    assert response.status_code == 400
    assert "Please look at this again" in read(response).text
    assert offers.contributions() == []


@pytest.mark.parametrize("rows", ["-1", "x", "999999999999", "", "1e3", "٣", "\x00"])
def test_odd_numbers_of_rows_are_no_rows_and_no_fault(web, rows):
    response = offers.send(web, **{"sources-rows": rows})
    more = offers.send(web, more="sources", **{"sources-rows": rows})

    assert response.status_code == 303
    assert more.status_code == 200


def test_fields_that_the_form_does_not_have_are_not_stored(web):
    offers.send(
        web, checked="repo", state="published", decided_by="1", evidence="x", seen_in="y", id="7"
    )

    (stored,) = offers.contributions()
    assert stored.state == "submitted"
    assert set(stored.proposed) == {
        "name", "purpose", "url", "kind", "stages", "audiences", "tasks", "sources",
    }  # fmt: skip


@pytest.mark.parametrize("path", FORMS)
def test_bad_utf8_and_other_ways_to_write_are_no_fault(web, path):
    bad = b"name=%ff%fe&purpose=\xff\xfe&token=%80&by=code&code=%ed%a0%80"
    part = b'--x\r\nContent-Disposition: form-data; name="name"\r\n\r\n\\ud800\r\n--x--\r\n'
    form, parts = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"
    sent = [(bad, form), (part, parts)]
    for charset in ("utf-16", "utf-7", "raw_unicode_escape", "unicode_escape", "nonsense", "zlib"):
        sent += [(bad, f"{form}; charset={charset}"), (part, f"{parts}; charset={charset}")]
    for kind in ("multipart/form-data", "multipart/form-data; boundary=", "text/plain", "x"):
        sent.append((part, kind))
    named = b"--x\r\nContent-Disposition: form-data; name*=zlib''%ff; filename*=zlib''%ff\r\n\r\n"
    sent.append((named + b"y\r\n--x--\r\n", parts))
    for body, kind in sent:
        answer = web.generic("POST", path, body, content_type=kind)
        assert answer.status_code in (400, 403), kind


@pytest.mark.parametrize("path", FORMS)
def test_what_is_too_large_gets_a_page_of_ours(web, path):
    large = web.post(path, database.gate() | {"text": "x" * 2_700_000})
    many = web.post(path, database.gate() | {f"f{n}": "" for n in range(1100)})

    assert (large.status_code, many.status_code) == (413, 400) or (
        # As multipart, a field that is too large ends the reading with the same error.
        large.status_code == 400 and many.status_code == 400
    )
    for response in (large, many):
        assert "That was too large or damaged" in read(response).text
    form = "application/x-www-form-urlencoded"
    plain = web.post(path, "text=" + "x" * 2_700_000, content_type=form)
    assert plain.status_code == 413
    assert "takes about two million characters" in read(plain).text


def test_unknown_things_answer_alike(web):
    offers.entry()
    paths = [
        "/contribute/nothing/",
        "/contribute/toolbox/nothing/",
        "/contribute/toolbox/nothing/claim/",
        "/contribute/nothing/tractor/",
        "/contribute/toolbox/" + "x" * 5000 + "/",
        "/contribute/%00/",
        "/contribute/<b>/",
        "/contribute/__class__/",
    ]
    answers = {web.get(path).content for path in paths}
    sent = {offers.send(web, path).content for path in paths}

    assert {web.get(path).status_code for path in paths} == {404}
    assert len(answers | sent) == 1


def test_an_entry_that_was_withdrawn_is_as_if_it_never_was(web):
    from everygenome.web.collections.standing import change

    item = offers.entry()
    change(item=item, action="withdraw_item", by=offers.staff("editor"), reason="Asked for.")

    assert web.get("/contribute/toolbox/tractor/").status_code == 404
    assert offers.send(web, "/contribute/toolbox/tractor/").status_code == 404


def test_no_answer_sets_a_cookie(web):
    offers.entry()
    own = offers.open_by(web, offers.receipt_of(web, offers.send(web)))
    for path in (
        *FORMS,
        own,
        "/contribute/toolbox/tractor/",
        "/contribute/toolbox/tractor/claim/",
        "/moderation/",
        "/moderation/panel/",
        "/contributions/mailed/",
        "/report/sent/",
    ):
        for response in (web.get(path), web.head(path), web.post(path, {})):
            assert not response.cookies, path
            assert response.status_code < 500
    assert not web.cookies


@pytest.mark.parametrize("about", ["x" * 10_000, "\x00", "<script>", RLO, "%ff", "javascript:1"])
def test_what_a_report_is_about_is_shown_as_text(web, about):
    response = web.get("/report/", {"about": about, "matter": about})

    assert response.status_code == 200
    assert "<script>" not in response.content.decode()


def test_names_of_strangers_cannot_turn_the_words_around_them(web):
    own = offers.open_by(web, offers.receipt_of(web, offers.send(web, name="שלום (x) עולם")))

    page = read(web.get(own))
    assert page.all("bdi")[0]["text"] == "שלום (x) עולם"

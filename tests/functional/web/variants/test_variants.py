"""The page on variants: what is asked, what the engine says, and nothing kept."""

import csv
import io
import json
import logging

import pytest

from everygenome.variants.frequency import chromosomes_to_show_absence
from tests.functional.web.page import read
from tests.functional.web.variants import engine
from tests.functional.web.variants.engine import ON_X, PRO82SER, SYMBOLIC, UNCOVERED
from tests.functional.web.variants.form import PAGE, asked, file_at, linked

pytestmark = [pytest.mark.usefixtures("django")]
NOBODY = "1-55051215-G-GA"
HCM = {
    "bar": "model",
    "inheritance": "dominant",
    "prevalence": "1 in 500",
    "contribution": "0.02",
    "penetrance": "0.5",
}


def cells(page, place=0):
    """Rows of a table, as lists of text."""
    rows, found = [], page.all("table", "tr", "th", "td")
    table = -1
    for one in found:
        if one["tag"] == "table":
            table += 1
        elif table == place and one["tag"] == "tr":
            rows.append([])
        elif table == place:
            rows[-1].append(" ".join(one["text"].split()))
    return rows


def values(page, name):
    """What stands in the controls of a name in the form."""
    told = []
    for e in page.all("input", "textarea"):
        attrs = e["attrs"]
        if attrs.get("name") != name or attrs.get("type") == "hidden":
            continue
        if attrs.get("type") in ("radio", "checkbox"):
            told += [attrs["value"]] if "checked" in attrs else []
        else:
            told.append(e["text"].strip() or attrs.get("value", ""))
    return told


def test_without_frequencies_the_page_says_so_and_how_to_have_some(over):
    answer = over().get(PAGE)
    page = read(answer)
    assert answer.status_code == 200
    assert "This site has no allele frequencies to ask." in page.text
    assert "everygenome variants prepare" in page.text
    assert "EVERYGENOME_FREQUENCIES=FOLDER" in page.text
    assert page.all("form") == []
    assert linked(over(), NOBODY).status_code == 200


def test_frequencies_that_cannot_be_read_are_told_without_their_place(over, caplog):
    answer = over("broken").get(PAGE)
    assert answer.status_code == 503
    assert "cannot be read just now" in read(answer).text
    assert "nowhere" not in answer.content.decode()
    page = read(over("broken", "gnomad").get(PAGE))
    assert "Other frequencies of this site cannot be read just now." in page.text
    assert "Frequencies: gnomAD v2.1 exomes (GRCh37)." in page.text


def test_the_empty_form_assumes_nothing_of_the_patient(web):
    answer = web.get(PAGE)
    page = read(answer)
    assert answer.status_code == 200
    assert not answer.cookies
    assert values(page, "background") == ["unknown"]
    assert values(page, "bar") == ["none"]
    assert values(page, "groups") == []
    assert "Paste nothing about a person" in page.text
    for label in engine.LABELS.values():
        assert label in page.text
    # Whom a group samples, from the settings of the source.
    assert "It does not stand for Africa." in page.text
    assert "never makes one" in page.text


def test_one_variant_with_a_disease_model(web):
    answer = asked(web, PRO82SER, gene="TNNI3", population="Northern Europe", **HCM)
    page = read(answer)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Robots-Tag"] == "noindex"
    assert page.one("h1")["text"].split() == ["What", "frequencies", "say", "of", PRO82SER]
    assert "More common than expected in Other, African/African American" in page.text
    # FAF95 of 518 in 22,562, and the highest that fits 1/500 x 1/2 x 0.02 / 0.5.
    assert "at least 2.1% (FAF95)" in page.text
    assert "0.004% (1 in 25,000 chromosomes)" in page.text
    assert "Rare overall, and common in one group." in page.text
    assert "prevalence 0.002, one allele at most 0.02 of cases, penetrance 0.5" in page.text
    assert "Northern Europe." in page.text
    assert "Background unknown, or several" in page.text
    rows = {row[0]: row for row in cells(page)}
    african = next(row for name, row in rows.items() if name.startswith("African"))
    verdict = "more common than expected (BS1)"
    assert african[1:7] == [verdict, "52,331", "518", "22,562", "8", "2.3%"]
    assert rows["Everybody together"][3:5] == ["550", "269,362"]
    finnish = next(row for name, row in rows.items() if name.startswith("Finnish"))
    assert finnish[1] == "not evaluable"
    needed = round(chromosomes_to_show_absence(4e-5) - 25592)
    assert finnish[2:4] == [f"{needed:,}", "0"]
    assert engine.NOTE in page.text
    assert engine.CAVEAT in page.text


def test_the_picture_stands_in_the_page_with_its_numbers_in_words(web):
    page = read(asked(web, PRO82SER, **HCM))
    pictures = [e for e in page.all("svg") if e["attrs"].get("role") == "img"]
    assert len(pictures) == 2
    for one in pictures:
        assert (
            "African/African American: 2.3%: more common than expected"
            in (one["attrs"]["aria-label"])
        )
        assert "Finnish: none seen, up to 0.012%: not evaluable" in one["attrs"]["aria-label"]


def test_not_seen_is_not_rare_where_too_few_were_sampled(web):
    page = read(asked(web, NOBODY, bar="frequency", frequency="0.004%"))
    assert "Not evaluable in " in page.text
    assert "This may leave a patient at uncertain significance." in page.text
    assert "a fact about who was sampled, not about the patient" in page.text
    assert "Rare in Non-Finnish European" in page.text
    assert "To tell absence, more chromosomes would have to be looked at" in page.text
    assert "Filters that it failed: AC0." in page.text


def test_one_group_is_asked_for(web):
    page = read(
        asked(web, NOBODY, background="groups", groups=["nfe"], bar="frequency", frequency="4e-5")
    )
    assert "Background Non-Finnish European" in page.text
    assert "Not evaluable in" not in page.text
    assert "uncertain significance" not in page.text
    (row,) = [row for row in cells(page) if "(asked)" in row[0]]
    assert row[0] == "Non-Finnish European (asked)"
    assert row[1] == "rare (PM2, supporting)"
    assert "Non-Finnish European: People called nfe in these tests." in page.text


def test_no_bar_calls_nothing_rare(web):
    page = read(asked(web, NOBODY))
    assert "No bar was given for it, so neither “rare” nor “too common” can be told." in page.text
    assert "Bar none" in page.text
    assert {row[1] for row in cells(page)[1:]} == {"no bar", "–"}


def test_coverage_unknown_one_x_and_symbolic_alleles_have_words_of_their_own(web):
    page = read(
        asked(web, "\n".join([UNCOVERED, ON_X, SYMBOLIC]), bar="frequency", frequency="0.01")
    )
    assert page.one("h1")["text"].strip() == "What frequencies say of 3 variants"
    overview = cells(page)
    assert [row[:2] for row in overview[1:]] == [
        [UNCOVERED, "coverage unknown"],
        [ON_X, "rare (PM2, supporting)"],
        [SYMBOLIC, "not compared"],
    ]
    assert "That is not absence" in page.text
    assert "symbolic alleles are not compared" in page.text
    # Unknown is a dash, and never 0.
    assert {cell for row in cells(page, 1)[1:] for cell in row[2:]} == {"–"}
    assert "With one X or Y" in cells(page, 3)[0]
    assert "<DEL>" in page.text


def test_a_list_is_asked_once_for_each_and_told_how_many_were_named_again(web):
    page = read(asked(web, f"{NOBODY}\r\n\r\n  {PRO82SER} \n{NOBODY}\n"))
    assert [row[0] for row in cells(page)[1:]] == [NOBODY, PRO82SER]
    assert "1 line named a variant once more" in page.text


def test_a_long_list_has_its_first_pictures_and_links_to_the_others(web):
    names = [f"5-{n}-A-{'T' * 9}" for n in range(1, 101)]
    page = read(asked(web, "\n".join(names), bar="frequency", frequency="0.01"))
    assert page.one("h1")["text"].strip() == "What frequencies say of 100 variants"
    assert len([e for e in page.all("svg") if e["attrs"].get("role") == "img"]) == 20
    alone = [e["attrs"]["href"] for e in page.all("a") if "by itself" in e["text"]]
    assert len(alone) == 90
    assert alone[0] == "/variants/?variants=5-11-A-TTTTTTTTT&bar=frequency&frequency=0.01"
    assert "too long for a link" in page.text


def test_the_same_can_be_asked_by_a_link(web):
    page = read(asked(web, f"{NOBODY}\n{PRO82SER}", gene="TNNI3", **HCM))
    (link,) = [e["attrs"]["value"] for e in page.all("input") if e["attrs"].get("id") == "link"]
    assert link.startswith("http://localhost/variants/?variants=1-55051215-G-GA&variants=19-")
    answer = web.get(link.removeprefix("http://localhost"))
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    again = read(answer)
    assert cells(again) == cells(page)
    assert values(again, "variants") == [f"{NOBODY}\n{PRO82SER}"]
    assert values(again, "prevalence") == ["1 in 500"]


@pytest.mark.parametrize(
    ("fields", "background", "bar"),
    [
        ({"groups": ["afr", "sas"]}, "African/African American and South Asian", "none"),
        ({"frequency": "0.0001"}, "unknown, or several", "rare below 0.01%"),
        ({}, "unknown, or several", "none"),
    ],
)
def test_a_link_need_not_say_what_its_fields_tell(web, fields, background, bar):
    page = read(linked(web, NOBODY, **fields))
    assert f"Background {background}" in page.text
    assert f"Bar {bar}" in page.text


def test_a_link_without_variants_is_the_form(web):
    page = read(linked(web, groups=["afr"], frequency="0.01", utm_source="x"))
    assert page.one("h1")["text"] == "Is a variant rare?"
    assert values(page, "groups") == ["afr"]
    assert values(page, "background") == ["groups"]
    assert values(page, "frequency") == ["0.01"]


def test_several_frequencies_are_chosen_by_name_and_have_their_own_groups(over):
    web = over("gnomad", "old", "gnomad-again")
    page = read(web.get(PAGE))
    options = [e["attrs"]["value"] for e in page.all("option") if e["attrs"]["value"]]
    assert options[:3] == ["gnomad-v21-exomes", "exac", "gnomad-v21-exomes-2"]
    shown = read(web.post(PAGE, {"frequencies": "exac", "groups-of": "1", "variants": NOBODY}))
    assert "Groups of ExAC" in shown.text
    assert values(shown, "variants") == [NOBODY]
    assert "oth" not in [e["attrs"].get("value") for e in shown.all("input")]
    page = read(asked(web, NOBODY, frequencies="exac"))
    assert "Frequencies ExAC, GRCh37" in page.text
    wrong = asked(web, NOBODY, frequencies="exac", background="groups", groups=["oth"])
    assert wrong.status_code == 400
    assert "ExAC has no group “oth”." in read(wrong).text


def test_bars_of_a_gene_where_the_site_has_them(over, tmp_path):
    table = tmp_path / "bars.csv"
    table.write_text(
        "gene,BA1,BS1,PM2_supporting,basis,vcep\nMYH7,0.001,0.0001,0.00004,FAF popmax,Heart\n"
    )
    assert "The bars of the gene" not in read(over("gnomad").get(PAGE)).text
    web = over("gnomad", genes=table)
    assert "The bars of the gene named above" in read(web.get(PAGE)).text
    page = read(asked(web, NOBODY, gene="myh7", bar="gene"))
    assert "ClinGen panel Heart" in page.text
    assert "Common (BA1) 0.1% (1 in 1,000 chromosomes)" in page.text
    for gene, told in (("", "Please name the gene"), ("TTN", "There are no bars of TTN here.")):
        answer = asked(web, NOBODY, gene=gene, bar="gene")
        assert answer.status_code == 400
        assert told in read(answer).text
    table.unlink()
    assert "The bars of the gene" not in read(web.get(PAGE)).text


@pytest.mark.parametrize(
    ("form", "kind", "begins"),
    [
        ("json", "application/json", b"{"),
        ("csv", "text/csv; charset=utf-8", b"chrom,pos,ref,alt,group,ac,an,af,nhomalt,af_low"),
        ("html", "text/html; charset=utf-8", b"<!doctype html>"),
        ("pdf", "application/pdf", b"%PDF-"),
    ],
)
def test_each_file_is_kept_and_says_the_same(web, form, kind, begins):
    page = read(asked(web, PRO82SER, **HCM))
    held = {
        e["attrs"]["name"]: e["attrs"]["value"]
        for e in page.all("input")
        if e["attrs"].get("type") == "hidden"
    }
    assert held == {"variants": PRO82SER, **HCM}
    answer = web.post(file_at(form), held)
    assert answer.status_code == 200
    assert answer["Content-Type"] == kind
    assert answer["Content-Disposition"] == f'attachment; filename="variants.{form}"'
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.content.startswith(begins)
    assert linked(web, PRO82SER, at=file_at(form), **HCM).content == answer.content
    if form == "csv":
        rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
        assert len(rows) == 9
        (african,) = [row for row in rows if row["group"] == "afr"]
        assert (african["ac"], african["an"]) == ("518", "22562")
        assert float(african["af"]) == pytest.approx(518 / 22562)
        assert african["verdict"] == "more common than expected"
    if form == "json":
        assert "518" in json.dumps(json.loads(answer.content))
    if form == "html":
        assert b"22,562" in answer.content


def test_a_file_in_which_something_is_wrong_is_the_form(web):
    answer = linked(web, "nonsense", at=file_at("json"))
    assert answer.status_code == 400
    assert "is no variant" in read(answer).text
    assert web.get(file_at("exe")).status_code == 404


def test_nothing_is_written_to_store_session_cookie_or_log(web, caplog):
    from django.contrib.sessions.models import Session
    from django.db import connections
    from django.test.utils import CaptureQueriesContext

    sessions = Session.objects.count()
    with (
        caplog.at_level(logging.DEBUG),
        CaptureQueriesContext(connections["default"]) as one,
        CaptureQueriesContext(connections["apart"]) as two,
    ):
        asked(web, PRO82SER, **HCM)
        linked(web, PRO82SER, gene="TNNI3")
        asked(web, f"{PRO82SER} nonsense")
    assert [q["sql"] for q in [*one, *two] if not q["sql"].startswith("SELECT")] == []
    assert not web.cookies
    assert Session.objects.count() == sessions
    assert "55667607" not in caplog.text
    assert "TNNI3" not in caplog.text


def test_a_fault_of_ours_tells_the_log_no_variant(web, caplog):
    answer = asked(web, f"{PRO82SER}\nfault")
    assert answer.status_code == 500
    assert "KeyError at tests" in caplog.text
    assert "55667607" not in caplog.text


def test_as_many_as_are_asked_in_a_minute(web, monkeypatch):
    from everygenome.web.variants import limits

    monkeypatch.setattr(limits, "A_MINUTE", 2)
    client = {"headers": {"x-forwarded-for": "203.0.113.9"}}
    sent = {"variants": NOBODY, "bar": "frequency", "frequency": "0.01"}
    assert [web.post(PAGE, sent, **client).status_code for _ in range(3)] == [200, 200, 429]
    answer = web.get(PAGE, sent, **client)
    assert answer.status_code == 429
    assert values(read(answer), "variants") == [NOBODY]
    assert values(read(answer), "frequency") == ["0.01"]
    # The form itself is not counted, and others are not kept waiting.
    assert web.get(PAGE, **client).status_code == 200
    assert asked(web, NOBODY).status_code == 200

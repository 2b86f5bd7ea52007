"""A report on variants: what a reader finds first, and that nothing unknown becomes a zero."""

import csv
import gzip
from dataclasses import replace
from itertools import pairwise

import pytest

from everygenome.errors import UsageError
from everygenome.reports.documents.model import (
    Callout,
    Figures,
    Grid,
    Heading,
    Paragraph,
    Picture,
    Points,
    flat,
)
from everygenome.reports.documents.page import to_html
from everygenome.reports.variants import evidence_document
from everygenome.reports.variants.files import evidence_bytes, write_evidence
from everygenome.reports.variants.method import GROUPS, IS_NOT
from everygenome.variants.bars import Bars, Statistic
from everygenome.variants.result import Status
from everygenome.variants.verdict import Verdict
from tests.factories import evidence as made
from tests.unit.reports.documents.test_page import Page

HOSTILE = '<script>alert(1)</script>\x1b[31m[red]\u202e"&'
COLUMNS = {
    "afr": "African",
    "amr": "Latino",
    "asj": "Ashkenazi Jewish",
    "eas": "East Asian",
    "fin": "European (Finnish)",
    "nfe": "European (Non-Finnish)",
    "oth": "Other",
    "sas": "South Asian",
}


def blocks(given, kind):
    return [one for one in flat(evidence_document(given).blocks) if isinstance(one, kind)]


def words_of(given):
    """All that the document says, in order."""
    told = []
    for one in flat(evidence_document(given).blocks):
        match one:
            case Paragraph() | Heading() | Callout():
                told.append(one.text)
            case Points():
                told += one.items
            case Figures():
                told += [f"{value} {label}" for value, label in one.items]
    return told


def lead(given):
    return next(one.text for one in blocks(given, Paragraph) if one.lead)


@pytest.mark.parametrize(
    ("gene", "position", "counts"), [("TNNI3", 55667607, made.TNNI3), ("GLA", 100658816, made.GLA)]
)
def test_the_counts_here_are_those_of_the_database(test_data, gene, position, counts):
    path = test_data / "variants" / "hcm" / f"gnomad_{gene}.csv.gz"
    with gzip.open(path, "rt") as file:
        rows = [row for row in csv.DictReader(file) if row["Position"] == str(position)]
    (row,) = [row for row in rows if row["Alternate"] == "A"]
    names = ("Allele Count", "Allele Number", "Homozygote Count")
    assert counts == {
        code: tuple(int(row[f"{name} {column}"]) for name in names)
        for code, column in COLUMNS.items()
    }


def test_what_is_common_in_one_group_leads_and_the_rest_is_said():
    given = made.evidence(made.tnni3())
    assert lead(given) == (
        "Common in African/African American: the frequency is at least 2.1% (FAF95). From 0.1% "
        "(1 in 1,000 chromosomes) on, a variant is benign by itself. In 4 of 8 groups nothing can "
        "be told."
    )
    (figures,) = blocks(given, Figures)
    assert figures.items == (
        ("Common (BA1)", "verdict, background unknown or several"),
        ("1 of 8", "groups in which absence could be told"),
        ("64,956", "more chromosomes needed: Ashkenazi Jewish"),
        ("2.1%", "or more: largest FAF95, in African/African American"),
    )
    closer = next(one for one in blocks(given, Callout) if one.kind == "look closer")
    assert closer.text.startswith("Disparity: rare in everybody together (0.2%)")


def test_where_pm2_cannot_be_given_the_patient_is_told_of():
    given = made.evidence(made.not_seen(), asked=("sas",))
    assert lead(given) == (
        "Not evaluable in South Asian: too few were sampled. Even no copy at all would not show "
        "that it is rarer than the bar, 0.004% (1 in 25,000 chromosomes)."
    )
    told = " ".join(words_of(given))
    assert "PM2 (supporting) cannot be given for South Asian." in told
    assert "a fact about who was sampled, not about the patient" in told
    assert "more chromosomes would have to be looked at there: South Asian 44,318." in told
    rare = made.evidence(made.not_seen(), asked=("nfe",))
    assert lead(rare).startswith("Rare in European (non-Finnish): below the bar, 0.004%")
    assert "cannot be given" not in " ".join(words_of(rare))


def test_groups_lead_with_the_most_uncertain():
    told = words_of(made.evidence(made.tnni3()))
    places = [next(i for i, one in enumerate(told) if one.startswith(start)) for start in (
        "Not evaluable in", "Indeterminate in", "To tell absence")]  # fmt: skip
    assert places == sorted(places)
    assert told[places[0]].startswith("Not evaluable in Ashkenazi Jewish, East Asian, European (Fi")


def test_limits_come_first_then_evidence_then_method():
    headings = [one.text for one in blocks(made.evidence(made.tnni3()), Heading)]
    assert headings == [
        "What can be told, and what cannot",
        "The evidence",
        "What it was held against",
        "Where the frequencies come from",
        "Whom it samples under each name",
        "How this was made, and what it is not",
    ]
    told = words_of(made.evidence(made.tnni3()))
    assert told.index(GROUPS) < told.index("The evidence") < told.index(IS_NOT)
    assert made.CAVEATS[0] in told


def test_the_table_has_all_numbers_and_a_dash_is_never_zero():
    grid = blocks(made.evidence(made.tnni3()), Grid)[0]
    assert grid.rows[0][:5] == ("Other*", "more common than expected (BS1)", "68,574", "4", "6,320")
    assert grid.rows[-1][:5] == ("Everybody together", "–", "–", "550", "269,362")
    afr = next(row for row in grid.rows if row[0].startswith("African"))
    assert afr[1:] == (
        *("common (BA1)", "52,332", "518", "22,562", "8", "2.3%", "2.1–2.5%", "2.5%", "2.1%"),
        *("2.1%", "59%"),
    )
    unknown = blocks(made.evidence(made.unknown()), Grid)[0]
    assert unknown.rows[0][2:] == ("–",) * 10
    assert "With one X or Y" not in grid.head


def test_hemizygotes_have_a_column_where_they_are_known():
    grid = blocks(made.evidence(made.x_linked()), Grid)[0]
    place = grid.head.index("With one X or Y")
    assert [row[place] for row in grid.rows] == ["–"] * 8 + ["15"]


def test_coverage_unknown_is_not_absence():
    given = made.evidence(made.unknown())
    assert lead(given).startswith("Coverage unknown in ")
    told = " ".join(words_of(given))
    assert "That is not absence" in told
    assert "nobody knows whether enough people of this background were looked at" in told
    (picture,) = blocks(given, Picture)
    assert "African/African American: coverage unknown: number looked at not known" in picture.alt
    one = replace(
        made.unknown(),
        groups=(made.judged("afr", 0, 0),),
        status=Status.NOT_COVERED,
        verdict=Verdict.NOT_EVALUABLE,
    )
    assert "nobody was looked at there" in lead(made.evidence(one))


def test_counts_that_contradict_and_numbers_that_are_none_stop_nothing():
    odd = replace(
        made.judged("afr", 3, 20_000), ac=30_000, af=float("nan"), faf95=float("nan"),
        p_seen=float("nan"), af_low=float("inf"), verdict=Verdict.NOT_COMPARED,
    )  # fmt: skip
    given = made.evidence(replace(made.tnni3(), groups=(odd,)))
    assert "African American: not compared: counts contradict" in blocks(given, Picture)[0].alt
    assert "nan" not in " ".join(blocks(given, Grid)[0].rows[0])
    assert evidence_bytes(given, "html")


def test_bars_say_where_they_come_from_and_of_whom():
    given = made.evidence(made.tnni3())
    whom = next(one for one in blocks(given, Callout) if one.kind.startswith("whom"))
    assert whom.text.startswith("Northern European populations. Whether they fit")
    assert "No bar was given" in lead(made.evidence(made.no_bar()))
    bars = Bars(rare=1e-4, expected=1e-3, statistic=Statistic.AF, absent_in_males=True)
    told = words_of(made.evidence(replace(made.tnni3(), bars=bars)))
    assert "Whom the bars were derived from was not stated." in told


def test_a_panel_that_asks_for_absence_is_told_of_in_its_own_words():
    """A single copy in many is below the bar, and is no absence: neither side is open."""
    one = replace(
        made.judged("nfe", 1, 90_000), verdict=Verdict.INDETERMINATE, an_xy=30_000, needed=0
    )
    few = replace(made.judged("fin", 0, 9_000), verdict=Verdict.NOT_EVALUABLE, an_xy=3_000)
    bars = Bars(rare=1e-4, expected=1e-3, absent=True)
    variant = replace(made.tnni3(), groups=(one,), bars=bars, verdict=Verdict.INDETERMINATE)
    assert lead(made.evidence(variant)) == (
        "Indeterminate in European (non-Finnish): enough were sampled, but somebody in the source "
        "has it, and the panel asks that nobody has."
    )
    rare = replace(variant, groups=(replace(one, verdict=Verdict.RARE),), verdict=Verdict.RARE)
    assert lead(made.evidence(rare)).startswith("Rare in European (non-Finnish): nobody in the s")
    bars = Bars(rare=1e-4, expected=1e-3, absent_in_males=True)
    variant = replace(variant, bars=bars, groups=(few, one), verdict=Verdict.NOT_EVALUABLE)
    given = made.evidence(variant)
    assert "too few people with one X were sampled" in lead(given)
    assert "more chromosomes of people with one X would have to be" in " ".join(words_of(given))
    grid = blocks(given, Grid)[0]
    place = grid.head.index("AN, one X")
    assert [row[place] for row in grid.rows][:2] == ["3,000", "30,000"]
    assert "both are of people with one X" in grid.caption


def test_the_picture_says_its_numbers():
    (picture,) = blocks(made.evidence(made.tnni3()), Picture)
    assert "Finnish): none seen, up to 0.012%: not evaluable" in picture.alt
    assert "African/African American: 2.3%: common" in picture.alt
    assert picture.alt.endswith(
        "Lines: 0.004%: rare below (PM2); 0.02%: too common (BS1); 0.1%: benign (BA1)."
    )


def test_a_telephone_gets_a_picture_of_its_own_and_only_one_is_read():
    html = to_html(evidence_document(made.evidence(made.tnni3())))
    page = Page(html)
    assert [svg["width"] for svg in page.all("svg")] == ["940", "340"]
    names = [attrs["id"] for _, attrs in page.elements if "id" in attrs]
    assert len(set(names)) == len(names)
    assert b".slim svg + svg { display: none; }" in html


def test_a_group_that_was_asked_for_is_marked():
    given = made.evidence(made.not_seen(), asked=("sas",))
    assert "South Asian (asked): none seen, up to 0.0098%" in blocks(given, Picture)[0].alt
    assert "South Asian (asked)" in {row[0] for row in blocks(given, Grid)[0].rows}


@pytest.mark.slow
def test_a_list_has_a_table_and_a_section_each_up_to_fifty():
    many = [replace(made.no_bar(), name=f"1-{place}-A-G") for place in range(52)]
    given = made.evidence(*many)
    assert len(blocks(given, Grid)[0].rows) == 52
    assert len(blocks(given, Picture)) == 50
    assert "The first 50 have a section each" in " ".join(words_of(given))
    two = made.evidence(made.tnni3(), made.not_seen())
    assert [one.level for one in blocks(two, Heading)][:4] == [2, 2, 2, 2]
    assert "For 1 of them PM2 (supporting) cannot be given" in " ".join(words_of(two))


def test_a_file_leads_with_what_passes_for_want_of_people():
    given = made.evidence(summary=made.summary(), name="patient.vcf.gz")
    assert lead(given) == (
        "8,950 of 10,000 variants pass a plain rarity filter in Other only because too few people "
        "were sampled there."
    )
    asked = made.evidence(summary=made.summary(), asked=("sas",))
    assert lead(asked).startswith("8,800 of 10,000 variants pass a plain rarity filter in South")
    first, verdicts, statuses, classes = blocks(given, Grid)[:4]
    assert first.rows[1] == ("South Asian", "9,000", "200 (2%)", "8,960", "8,800 (98%)", "30,576")
    assert verdicts.rows[2][-2:] == ("0", "1,000")
    assert statuses.rows == (("found", "6,000"), ("not seen", "3,900"), ("coverage unknown", "100"))
    assert classes.rows[1] == ("spanning deletion (*)", "7")


@pytest.mark.parametrize("kind", ["one", "list", "file"])
def test_hostile_names_stay_text(kind):
    group = replace(made.judged("afr", 3, 20_000), label=HOSTILE, flags=(HOSTILE,), sampled=HOSTILE)
    one = replace(
        made.tnni3(), name=HOSTILE, gene=HOSTILE, flags=(HOSTILE,), filters=(HOSTILE,),
        groups=(group,), matched=HOSTILE,
    )  # fmt: skip
    source = replace(made.SOURCE, name=HOSTILE, notes=(HOSTILE,), files={HOSTILE: HOSTILE})
    summary = replace(made.summary(), classes={HOSTILE: 3}) if kind == "file" else None
    variants = (one, replace(one, name="A" * 10_000)) if kind == "list" else (one,)
    given = made.evidence(*variants, summary=summary, name=HOSTILE, source=source)
    html = to_html(evidence_document(given))
    page = Page(html)
    assert "script" not in page.tags()
    assert not {"\x1b", "\u202e"} & set(html.decode())
    assert b"A" * 200 not in html
    levels = [int(tag[1]) for tag in page.tags() if tag in ("h1", "h2", "h3", "h4")]
    assert all(b <= a + 1 for a, b in pairwise(levels))
    assert page.tags().count("table") == page.tags().count("caption")
    assert all(svg.get("aria-label") for svg in page.all("svg"))


def test_files_are_written_and_are_the_same_each_time(tmp_path):
    given = made.evidence(made.tnni3())
    paths = list(write_evidence(given, ("html", "json"), tmp_path / "out"))
    assert [path.name for path in paths] == ["evidence.html", "evidence.json"]
    assert paths[0].read_bytes() == evidence_bytes(given, "html")
    with pytest.raises(UsageError, match="table is for the screen"):
        list(write_evidence(given, ("table",), tmp_path))
    with pytest.raises(UsageError, match="one form"):
        list(write_evidence(given, ("html", "json"), None))


@pytest.mark.parametrize("kind", ["one", "file"])
def test_a_pdf_is_set(kind):
    summary = made.summary() if kind == "file" else None
    assert evidence_bytes(made.evidence(made.tnni3(), summary=summary), "pdf").startswith(b"%PDF-")

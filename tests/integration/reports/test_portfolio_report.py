"""Every number of a report is one of an answer, and nothing is compared under the minimum."""

import datetime
import re

import pytest

from everygenome.charts.findings.portfolios import like_for_like_finding
from everygenome.errors import NotFoundError, UsageError
from everygenome.reports.balanced import balanced
from everygenome.reports.documents.model import (
    Callout,
    Figures,
    Grid,
    Heading,
    Notes,
    Picture,
    flat,
)
from everygenome.reports.documents.write import FORMATS
from everygenome.reports.portfolio import files
from everygenome.reports.portfolio.closing import Reply
from everygenome.reports.portfolio.document import portfolio_document
from tests.factories.release import engine_warning

pytestmark = engine_warning
HEART = "demonstration-heart-institute"
SECTIONS = [
    "Who takes part",
    "How that compares, like for like",
    "How it has moved",
    "What it funds",
    "Where the gaps are",
    "How many people, and how concentrated",
    "Right of reply",
    "Annex: all figures",
    "How this is counted, and what to know",
    "How to cite",
]


@pytest.fixture(scope="module")
def heart(demonstration):
    return portfolio_document(demonstration, "funder", HEART, choices={})


def blocks(document, kind):
    return [block for block in flat(document.blocks) if isinstance(block, kind)]


def headings(document):
    return [block.text for block in blocks(document, Heading)]


def markdown(document):
    return FORMATS["md"](document).decode()


def test_the_order_of_a_report(heart):
    assert headings(heart) == SECTIONS
    assert len(blocks(heart, Picture)) == 3


def test_the_large_numbers_are_those_of_the_answers(demonstration, heart):
    row = next(r for r in demonstration.portfolio("funder").rows if r["id"] == HEART)
    amounts = {r["unit"]: r["value"] for r in demonstration.amounts(funder=HEART).rows}
    assert (row["publications"], amounts["studies"]) == (135, 411)
    values = [value for value, _ in blocks(heart, Figures)[0].items]
    # 135 of 600 publications, of which 444 name any funder.
    assert values == ["135", "411", "8 million", "22.5%", "30.4%", "74.0%"]
    labels = " ".join(label for _, label in blocks(heart, Figures)[0].items)
    assert "not people" in labels
    assert "of the 444 publications that name any funder" in labels
    assert "Fractional counts divide it equally between the funders" in markdown(heart)


def test_the_sentence_of_the_comparison_is_of_the_balanced_figures(demonstration, heart):
    rows = demonstration.standardised("funder", name=HEART).rows
    first = rows[0]
    assert first["balanced_ratio"] != first["ratio"]
    told = like_for_like_finding(balanced(rows), name="Demonstration Heart Institute")
    assert blocks(heart, Picture)[1].title == f"{told}."
    # All ratios stand in one row of the annex.
    (annexed,) = (grid for grid in blocks(heart, Grid) if grid.spans)
    assert annexed.rows[0][0] == "European"
    assert annexed.rows[0][1] == str(first["publications_of_group"])
    assert annexed.rows[0][9] == f"{first['balanced_ratio']:.2f}"
    assert annexed.rows[0][11] == f"{first['ratio']:.2f}"
    assert annexed.rows[0][14] == f"{first['crude_ratio']:.2f}"


def test_ten_subjects_are_shown_and_the_others_counted(demonstration, heart):
    subjects = next(grid for grid in blocks(heart, Grid) if grid.head[0] == "Subject")
    answer = demonstration.traits(funder=HEART).rows
    many = len({row["trait"] for row in answer}) - 1
    assert len(subjects.rows) == min(many, 11)
    if many > 10:
        assert subjects.rows[10][0] == f"and {many - 10} more"


def test_each_caveat_stands_once_and_grants_are_those_of_the_field(demonstration, heart):
    text = markdown(heart)
    known = {note.id: note.text for note in demonstration.composition(funder=HEART).caveats}
    for words in known.values():
        assert text.count(words) == 1
    assert text.count("444 of 600 publications (74.0%) name a funder") == 1
    # One term for each matter, and nothing under an empty one.
    notes = blocks(heart, Notes)[0].items
    assert len({term for term, _ in notes}) == len(notes)
    assert all(words for _, words in notes)
    matched = demonstration.standardised("funder", name=HEART)
    (like,) = (note.text for note in matched.caveats if note.id == "like_for_like")
    assert text.count(like) == 1


def test_governed_groups_are_no_gaps(demonstration, heart):
    gaps = next(grid for grid in blocks(heart, Grid) if "leave out" in grid.caption)
    assert 1 <= len(gaps.rows) <= 8
    assert all("Indigenous" not in cell for row in gaps.rows for cell in row)
    first = demonstration.gaps(state="none", funder=HEART).rows[0]
    assert gaps.rows[0][:2] == (first["trait"], str(first["studies_of_trait"]))
    field = demonstration.gaps(
        state="all", trait=first["trait_id"], group=first["group"], at_least_studies=1
    )
    there = next(r for r in field.rows if r["trait_id"] == first["trait_id"])
    assert f"{first['group']} ({there['studies_naming_with_others']})" in gaps.rows[0][3]


def test_under_the_minimum_nothing_is_compared_and_it_says_why(demonstration):
    made = portfolio_document(demonstration, "funder", HEART, choices={}, minimum=136)
    assert "How it has moved" not in headings(made)
    assert len(blocks(made, Picture)) == 1
    small = next(block for block in blocks(made, Callout) if block.kind == "small base")
    assert "135 publications, fewer than 136, so nothing is compared" in small.text
    text = markdown(made)
    assert "Under 136 publications no gaps are listed" in text
    assert not re.search(r"\bratio\b|clear difference|\bexpected\b", text)
    assert all(len(grid.head) != 5 or "field" not in grid.head[3] for grid in blocks(made, Grid))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "name", "words"),
    [
        ("cohort", "Demonstration cohort A", "What it is used for"),
        ("journal", "Demonstration Reports", "What it publishes"),
        ("country", "United Kingdom", "What is studied there"),
    ],
)
def test_every_kind_in_every_format(demonstration, kind, name, words):
    made = portfolio_document(demonstration, kind, name, choices={"from_year": 2010})
    assert words in headings(made)
    assert "from 2010" in made.subtitle
    for write in FORMATS.values():
        data = write(made)
        assert len(data) > 5000
        assert data == write(made)
    assert "Demonstration data, not real" in markdown(made)
    assert "gwas-info" not in markdown(made)


def test_a_reply_is_printed_whole_and_runs_nothing(demonstration):
    text = '<script>alert(1)</script> #panic("x") **we disagree** [a](javascript:b)'
    reply = Reply(text, by="The *Institute*", on=datetime.date(2026, 1, 2))
    made = portfolio_document(demonstration, "funder", HEART, choices={}, reply=reply)
    said = next(block for block in blocks(made, Callout) if block.kind.startswith("right of reply"))
    assert (said.text, said.kind) == (text, "right of reply: The *Institute*, 2026-01-02")
    page = FORMATS["html"](made)
    assert b"<script" not in page
    assert b"&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert FORMATS["pdf"](made).startswith(b"%PDF")


def test_what_a_report_cannot_be_about(demonstration):
    with pytest.raises(UsageError, match="about discovery, not about replication"):
        portfolio_document(demonstration, "funder", HEART, choices={"stage": "replication"})
    with pytest.raises(UsageError, match="about participations"):
        portfolio_document(demonstration, "funder", HEART, choices={"unit": "studies"})
    with pytest.raises(NotFoundError, match="nothing to report"):
        portfolio_document(demonstration, "country", "TUV", choices={})
    with pytest.raises(NotFoundError, match="Demonstration Heart Institute"):
        portfolio_document(demonstration, "funder", "Demonstration Hart Institute", choices={})


@pytest.mark.slow
def test_reports_of_a_kind_go_on_where_they_were_stopped(demonstration, tmp_path):
    told = []
    made = files.write_all(
        demonstration,
        "journal",
        tmp_path / "new" / "folder",
        suffix="md",
        choices={},
        progress=lambda *what: told.append(what),
    )
    assert [len(made.written), made.kept, made.failed] == [3, [], []]
    assert told[-1] == ("making reports", 3, 3)
    made.written[0].unlink()
    before = made.written[1].read_bytes()
    made.written[1].write_text("kept")
    folder = tmp_path / "new" / "folder"
    more = files.write_all(demonstration, "journal", folder, suffix="md", choices={})
    assert more.written == [made.written[0]]
    assert len(more.kept) == 2
    assert made.written[1].read_text() == "kept"
    again = files.write_all(demonstration, "journal", folder, suffix="md", choices={}, again=True)
    assert len(again.written) == 3
    assert made.written[1].read_bytes() == before
    assert not list(folder.glob(".*"))


def test_one_that_fails_stops_no_other_and_is_told(demonstration, tmp_path, monkeypatch):
    right = files.portfolio_document

    def fails(release, kind, name, **more):
        if name == "demonstration-reports":
            raise ValueError("broken")
        return right(release, kind, name, **more)

    monkeypatch.setattr(files, "portfolio_document", fails)
    made = files.write_all(demonstration, "journal", tmp_path, suffix="md", choices={})
    assert len(made.written) == 2
    assert made.failed == [("Demonstration Reports", "a fault of ours (ValueError: broken)")]

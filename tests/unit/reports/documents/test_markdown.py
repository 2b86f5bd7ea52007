"""A document as Markdown: what it holds, and that no text means anything in it."""

import re

import pytest

from everygenome.reports.documents.markdown import to_markdown
from everygenome.reports.documents.model import (
    Columns,
    Grid,
    Heading,
    PageBreak,
    Paragraph,
    SideBySide,
)
from tests.unit.reports.documents.samples import HOSTILE, document, grid, hostile, picture


def lines(made):
    return to_markdown(made).decode().splitlines()


def test_a_table_keeps_its_columns_and_aligns_numbers_on_the_right():
    made = Grid(
        head=("Group", "Share"),
        rows=(("a|b\nc", "<0.1%"), ("*", "5%")),
        caption="Shares.",
        numbers=frozenset({1}),
    )
    assert lines(document(made))[-10:-2] == [
        "*Shares.*",
        "",
        "| Group | Share |",
        "| --- | ---: |",
        r"| a\|b c | \<0.1% |",
        r"| \* | 5% |",
        "",
        "---",
    ]


def test_a_chart_is_its_finding_and_points_to_its_table():
    told = lines(document(picture(), grid()))
    assert "**The finding of composition**" in told
    assert "Chart: A chart of composition. The numbers are in the table “Shares by group”." in told
    # A table that belongs to another part is not pointed to.
    told = lines(document(picture(), Heading("Next"), grid()))
    assert "Chart: A chart of composition." in told


def test_what_stands_beside_or_in_columns_follows_one_by_one():
    made = document(
        SideBySide(((Heading("A"),), (Paragraph("b"), Paragraph("c")))),
        PageBreak(unless_it_fits=True),
        Columns((Heading("D"), Paragraph("e"))),
    )
    told = [line for line in lines(made) if line]
    assert told[told.index("## A") : -2] == ["## A", "b", "c", "## D", "e"]
    spanned = grid(rows=1, spans=(("", 1), ("Both", 2)))
    assert "| Group | Both: Share | Both: Records |" in lines(document(spanned))


def test_demonstration_is_said_first_and_last():
    told = lines(document(Paragraph("x"), demonstration=True))
    assert told[2] == "> **Demonstration data, not real**"
    assert told[-1] == "**Demonstration data, not real**"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text(text):
    made = to_markdown(hostile(text)).decode()
    # Without what is escaped, no sign is left but those that we write.
    bare = re.sub(r"\\[^\w\s]", "", made)
    assert not re.search(r"[<`$@&~]|\]\(|!\[", bare)
    assert made.count("\n") == to_markdown(hostile("calm" if text else "")).decode().count("\n")
    assert "\x00" not in made
    rows = [line for line in bare.splitlines() if line.startswith("|")]
    assert [row.count("|") for row in rows] == [3] * 4


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("# a", r"\# a"),
        ("1. a", r"1\. a"),
        ("+ a", r"\+ a"),
        ("---", r"\---"),
        ("http://x.example", r"http\://x.example"),
        ("www.x.example", r"www\.x.example"),
        ("2019-12-06 at 1.5%", "2019-12-06 at 1.5%"),
    ],
)
def test_what_would_begin_something_does_not(text, told):
    assert told in lines(document(Paragraph(text)))

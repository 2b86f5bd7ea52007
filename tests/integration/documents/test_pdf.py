"""A document as PDF: typst sets it, and no text can run, break it, or vanish."""

import json
import re
import sys
import time
import zlib
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from everygenome.errors import EverygenomeError
from everygenome.reports.documents.letters import MISSING, PAPER, drawable
from everygenome.reports.documents.model import Paragraph
from everygenome.reports.documents.paper import paper_sources, to_pdf
from everygenome.reports.documents.pictures import paper_svg
from everygenome.reports.documents.typeset import typeset
from tests.unit.charts.samples import CHARTS
from tests.unit.reports.documents.samples import (
    HOSTILE,
    chart,
    document,
    grid,
    hostile,
    picture,
    report,
)

STREAM = re.compile(rb"/FlateDecode[^>]*>>\s*stream\r?\n(.*?)endstream", re.DOTALL)


def unpacked(pdf):
    """The file with what is compressed in it."""
    return pdf + b"".join(
        zlib.decompressobj().decompress(found[1]) for found in STREAM.finditer(pdf)
    )


def pages(pdf):
    return len(re.findall(rb"/Type\s*/Page\b", unpacked(pdf)))


def accessible(pdf):
    """Whether typst held the file to PDF/UA-1, which its own record then says."""
    return b"pdfuaid:part" in unpacked(pdf)


def asked(made, selector):
    """What typst finds in the pages that it sets."""
    import typst

    return json.loads(typst.query(paper_sources(made), selector, ignore_system_fonts=True))


def test_a_report_of_four_charts_is_quick_and_the_same_every_time():
    to_pdf(document(picture()))  # the programs start
    made = report()
    start = time.perf_counter()
    first = to_pdf(made)
    took = time.perf_counter() - start
    assert took < 2
    assert first == to_pdf(made)
    assert pages(first) == 5
    assert len(first) < 1_000_000


def test_the_file_says_what_it_is():
    pdf = to_pdf(report())
    known = unpacked(pdf)
    assert accessible(pdf)
    assert b"/Lang(en-GB)" in known
    assert b"/MarkInfo<</Marked true" in known.replace(b"/MarkInfo <<", b"/MarkInfo<<")
    assert b"everygenome" in known
    assert b"D:20191206" in known
    # No other day is in it: not today's.
    assert set(re.findall(rb"D:(\d{8})", known)) == {b"20191206"}
    assert set(re.findall(rb"D:(\d{8})", unpacked(to_pdf(report(date=None))))) == set()
    assert len(re.findall(rb"/S/Figure/P \d+ 0 R/Alt\(A chart of", known)) == 4
    # Charts are shapes, and no dots.
    assert b"/Subtype/Image" not in known.replace(b"/Subtype /Image", b"/Subtype/Image")


def test_headings_and_alternative_words_are_those_of_the_document():
    headings = [item["body"]["text"] for item in asked(report(), "heading")]
    assert headings == [
        *("A fund’s portfolio", "Who takes part", "How it changed", "Where"),
        *("Against the world", "Annex"),
    ]
    assert [item["alt"] for item in asked(report(), "image")] == [
        f"A chart of {name}." for name in ("composition", "trend", "map", "ratio")
    ]


def test_demonstration_is_said_on_every_page():
    made = report(demonstration=True)
    assert len(asked(made, "<demonstration>")) == pages(to_pdf(made)) == 5
    assert asked(report(), "<demonstration>") == []


def test_a_long_table_goes_over_pages_and_a_short_one_stays_together():
    assert pages(to_pdf(document(grid(200)))) == 5
    # After 700 words a short table would be cut in two.
    text = Paragraph("word " * 700)
    assert pages(to_pdf(document(text, grid(12)))) == 2


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text(text):
    made = hostile(text)
    pdf = to_pdf(made)
    # A file without a title cannot be an accessible one.
    assert accessible(pdf) == bool(text)
    assert 1 <= pages(pdf) <= 9
    # Our template is what typst runs; the text is in the data beside it, and nowhere else.
    sources = paper_sources(made)
    assert sources["main.typ"] == paper_sources(document())["main.typ"]
    if text:
        shown = drawable(text, PAPER)
        found = asked(made, "heading")[0]["body"]
        assert found.get("text", "").replace("\u200b", "") == shown


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60))
def test_any_text_can_be_set(text):
    assert pages(to_pdf(document(Paragraph(text), grid(rows=2, caption=text)))) >= 1


def test_the_fonts_hold_every_letter_that_we_say_they_hold():
    letters = [chr(code) for low, high in PAPER for code in range(low, high + 1)]
    known = [letter for letter in letters if drawable(letter, PAPER) == letter]
    assert len(known) > 3500
    for at in range(0, len(known), 500):
        # The standard for accessible files refuses a letter without a shape.
        assert accessible(to_pdf(document(Paragraph(" ".join(known[at : at + 500])))))


def test_letters_that_no_font_holds_become_boxes_and_the_page_says_so():
    told = json.loads(paper_sources(document(Paragraph("東京")))["document.json"])
    assert [block["text"] for block in told["blocks"]] == [
        MISSING * 2,
        "□ stands for a letter that the fonts of this file do not have. "
        "The same document as a web page shows it.",
    ]
    assert (
        len(json.loads(paper_sources(document(Paragraph("Tromsø")))["document.json"])["blocks"])
        == 1
    )


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_becomes_shapes_without_letters(name):
    svg = paper_svg(picture(name))
    assert svg == paper_svg(picture(name))
    assert set(re.findall(r"<(\w+)", svg)) <= {"svg", "g", "path", "defs", "use", "clipPath"}


def test_boxes_in_a_chart_are_told_too():
    specification = chart("composition")
    specification["datasets"]["letters"][0]["text"] = "東京"
    told = json.loads(
        paper_sources(document(picture(specification=specification)))["document.json"]
    )
    assert [block["is"] for block in told["blocks"]] == ["picture", "paragraph"]
    calm = json.loads(paper_sources(document(picture()))["document.json"])
    assert [block["is"] for block in calm["blocks"]] == ["picture"]


def test_a_breakdown_of_typst_is_told_in_words(monkeypatch):
    class PanicException(BaseException):
        """As typst raises it."""

    class TypstError(RuntimeError):
        """As typst raises it."""

    for error in (PanicException("end byte index"), TypstError("unknown variable: x")):

        def refuse(*_, error=error, **__):
            raise error

        broken = SimpleNamespace(compile=refuse, TypstError=TypstError, Fonts=lambda **_: None)
        monkeypatch.setitem(sys.modules, "typst", broken)
        with pytest.raises(EverygenomeError, match=r"cannot be set as PDF: .* Take it as a web"):
            to_pdf(document(Paragraph("x")))


def test_what_is_no_fault_of_typst_passes(monkeypatch):
    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("typst.compile", stop)
    with pytest.raises(KeyboardInterrupt):
        typeset({"main.typ": b"x"})

"""What a document refuses, and how its letters, columns and formats are found."""

import sys

import pytest

from everygenome.errors import UsageError
from everygenome.reports.documents.letters import CHART, PAPER, breakable, drawable, plain
from everygenome.reports.documents.model import Columns, Grid, Heading, Paragraph, SideBySide
from everygenome.reports.documents.widths import widths
from everygenome.reports.documents.write import FORMATS
from tests.unit.reports.documents.samples import document, grid, picture


def test_a_row_has_as_many_cells_as_the_head():
    with pytest.raises(ValueError, match="Row 1 of 'Shares' has 1 cells, not 2"):
        Grid(head=("a", "b"), rows=(("1", "2"), ("3",)), caption="Shares")
    with pytest.raises(ValueError, match="has 2 columns"):
        Grid(head=("a", "b"), rows=(), caption="Shares", widths=(1.0,))


def test_names_above_columns_cover_all_columns():
    named = Grid(head=("a", "b"), rows=(), caption="Shares", spans=(("", 1), ("x", 1)))
    assert [name for name, _ in named.spans] == ["", "x"]
    with pytest.raises(ValueError, match="has 2 columns"):
        Grid(head=("a", "b"), rows=(), caption="Shares", spans=(("x", 3),))


def test_two_or_three_parts_stand_side_by_side():
    for many in (1, 4):
        with pytest.raises(ValueError, match=f"Two or three parts stand side by side, not {many}"):
            SideBySide(((Paragraph("x"),),) * many)


def test_headings_in_columns_keep_their_levels():
    document(Heading("a"), Columns((Heading("b", level=3),)))
    with pytest.raises(ValueError, match="follows one of level"):
        document(SideBySide(((Heading("a"),), (Heading("b", level=4),))))


def test_no_level_of_headings_is_left_out_on_the_way_down():
    document(Heading("a"), Heading("b", level=3), Heading("c"))
    for levels in ((3,), (2, 4), (1,)):
        with pytest.raises(ValueError, match="follows one of level"):
            document(*(Heading("x", level=level) for level in levels))
    with pytest.raises(ValueError, match="is no language"):
        document(language='en"><script>')


def test_letters_that_no_document_may_hold_are_seen_as_a_mark():
    assert plain("a\x00b\u202ec\ud800d\n\te\u2028f") == "a�b�c�d e f"
    assert plain("don’t – Nguyễn\u00a0東京 😀") == "don’t – Nguyễn\u00a0東京 😀"


def test_letters_that_the_fonts_lack_are_seen_as_boxes():
    assert drawable("Nguyễn, Київ, محمد, देव", PAPER) == "Nguyễn, Київ, محمد, देव"
    assert drawable("東京 😀", PAPER) == "□□ □"
    assert drawable("محمد, Київ", CHART) == "□□□□, Київ"
    # An accent on its own is joined to its letter, which the font holds.
    assert drawable("e\u0301", CHART) == "é"


def test_only_words_that_are_too_long_may_be_broken():
    assert breakable("Afro-Caribbean and " + "x" * 24) == "Afro-Caribbean and " + "x" * 24
    assert len(breakable("x" * 100).split("\u200b")) == 9


def test_columns_share_the_page_by_what_they_hold():
    found = widths(grid())
    assert sum(found) == pytest.approx(1)
    assert [round(width, 2) for width in found] == [0.83, 0.07, 0.09]
    assert widths(grid(widths=(2.0, 1.0, 1.0))) == [0.5, 0.25, 0.25]
    many = Grid(head=("Participations",) * 20, rows=(("1",) * 20,), caption="")
    assert widths(many) == pytest.approx([0.05] * 20)
    empty = Grid(head=("", ""), rows=(("", ""),), caption="")
    assert widths(empty) == [0.5, 0.5]


def test_a_format_writes_bytes_and_says_of_what_kind():
    assert list(FORMATS) == ["html", "pdf", "md"]
    begins = {"html": b"<!doctype html>", "pdf": b"%PDF-1.7", "md": b"# A fund"}
    for name, way in FORMATS.items():
        made = way(document(Paragraph("x")))
        assert made.startswith(begins[name])
        assert made == way.write(document(Paragraph("x")))
    assert FORMATS["pdf"].media_type == "application/pdf"


@pytest.mark.parametrize("module", ["typst", "vl_convert"])
def test_without_the_extra_it_says_what_to_install(monkeypatch, module):
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(UsageError, match=f"'{module}'.*with the extra `reports`"):
        FORMATS["pdf"](document(picture()))
    # Markdown needs neither, and a page without charts needs neither.
    FORMATS["md"](document(picture()))
    FORMATS["html"](document(grid()))

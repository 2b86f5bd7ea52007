"""Words, cells and names of files of a portfolio report."""

import pytest

from everygenome.errors import UsageError
from everygenome.reports.portfolio import tables
from everygenome.reports.portfolio.comparing import _largest
from everygenome.reports.portfolio.files import check_format, file_name
from everygenome.reports.portfolio.words import in_sentence, narrowed, words_of


def peer(year, group, observed, expected, is_class=False):
    return {
        "year": year,
        "group": group,
        "is_class": is_class,
        "observed_share": observed,
        "expected_share": expected,
    }


def figures(small=False, **changes):
    """The line of one group in the table of all figures."""
    own = ("value", "share", "share_low", "share_high", "share_min", "share_max")
    row = dict.fromkeys((*own, "share_with_others")) | {"group": "African", "is_class": False}
    other = {"group": "African", **changes}
    return tables.figures([row | {"value": 12, "share": 0.0}], [other], small=small)


def test_a_trait_has_no_report():
    with pytest.raises(UsageError, match="of the kind 'trait'"):
        words_of("trait")


def test_a_country_is_named_as_a_place():
    assert in_sentence("country", "Netherlands") == "the Netherlands"
    assert in_sentence("country", "Kenya") == "Kenya"
    assert in_sentence("funder", "Netherlands Heart Foundation") == "Netherlands Heart Foundation"


def test_choices_in_words():
    assert narrowed({"scheme": "detailed", "from_year": None}, kind="funder") == ""
    assert narrowed({"country": "KEN", "trait": "EFO_1"}, kind="funder") == (
        "recruited in KEN, trait EFO_1"
    )


def test_names_of_files_hold_nothing_that_leads_elsewhere():
    name = file_name("funder", "../../etc/passwd", "2019-12-06-b2f66e7f", "pdf", {})
    assert name == "everygenome-portfolio-funder-etc-passwd-2019-12-06-b2f66e7f.pdf"
    usual = file_name("journal", "nat-genet", "r", "md", {"scheme": "broad", "to_year": None})
    assert usual == "everygenome-portfolio-journal-nat-genet-r.md"
    other = file_name("journal", "nat-genet", "r", "md", {"scheme": "detailed"})
    assert other == "everygenome-portfolio-journal-nat-genet-scheme-detailed-r.md"


def test_formats_that_there_are():
    with pytest.raises(UsageError, match="'docx'"):
        check_format("docx")
    check_format("md")


def test_what_is_missing_is_no_zero():
    line = figures().rows[0]
    assert line[:4] == ("African", "–", "12", "0")
    assert set(line[4:]) == {"–"}
    zero = figures(balanced_observed_share=0.0, balanced_expected_share=0.05, balanced_ratio=0.0)
    assert zero.rows[0][7:11] == ("0", "5.0", "none", "–")


def test_a_clear_difference_does_not_read_as_none():
    made = figures(
        balanced_ratio=1.082, balanced_low=1.026, balanced_high=1.147, ratio=1.02, ratio_low=1.003
    )
    assert made.rows[0][9:13] == ("1.08", "1.03–1.15", "1.02", "–")
    assert figures(ratio=1.1, ratio_low=1.003, ratio_high=1.2).rows[0][12] == "1.003–1.20"


def test_what_stands_above_the_columns_covers_them_and_nothing_is_compared_if_small():
    made, few = figures(), figures(small=True)
    assert (len(made.head), len(few.head)) == (16, 7)
    assert [name for name, _ in made.spans] == [
        *("", "Who takes part", "Like for like", "As in the portfolio", "Plain"),
    ]
    assert "ratio" not in few.caption.lower() + " ".join(few.head).lower()


def test_only_the_largest_groups_of_late_are_drawn_and_the_others_are_named():
    groups = "ABCDEFG"
    rows = [peer(2019, name, 0.5 - place / 20, 0.0) for place, name in enumerate(groups)]
    rows += [peer(2001, "G", 1.0, 1.0), peer(2019, "Multiple", 0.9, 0.9, is_class=True)]
    drawn, left = _largest(rows)
    assert {row["group"] for row in drawn} == set("ABCDE")
    assert left == ["F", "G", "Multiple"]
    assert _largest([]) == ([], [])

"""Charts: what is drawn for shares, gaps, zeros and groups that nobody names."""

import itertools

import pytest

from everygenome.charts.composition import composition_chart
from everygenome.charts.draw import to_svg
from everygenome.charts.theme import THEMES, style
from everygenome.charts.trend import trend_chart
from tests.unit.charts.samples import composition_rows


def row(year, group, share, *, rows=1, is_class=False, low=None, high=None):
    return {
        "year": year,
        "group": group,
        "is_class": is_class,
        "share": share,
        "rows": rows,
        "share_low": low,
        "share_high": high,
        "value": None if share is None else share * 100,
    }


ROWS = [
    row(2001, "East Asian", 0.8),
    row(2001, "African", 0.04),
    row(2001, "Oceanian", 0.0, rows=0),
    row(2001, "Not reported", None, is_class=True),
    row(2003, "East Asian", 0.7, low=0.6, high=0.75),
    row(2003, "African", 0.05),
    row(2003, "Oceanian", 0.0, rows=0),
    row(2003, "Not reported", None, is_class=True),
]


def letters(chart):
    return [row["text"] for row in chart["datasets"]["letters"]]


def told(chart):
    return " ".join(letters(chart))


def points(chart, group):
    return [row for row in chart["datasets"]["points"] if row["group"] == group]


def test_a_year_without_rows_is_a_gap_and_never_zero():
    chart = trend_chart(ROWS, title="x")
    assert [row["year"] for row in points(chart, "African")] == [2001, 2003]
    # Two years with a gap between them are two marks, and no line.
    assert "lines" not in chart["datasets"]
    joined = trend_chart([*ROWS, row(2002, "African", 0.045)], title="x")
    assert len(joined["datasets"]["lines"]) == 3


def test_a_mark_says_group_year_share_and_interval():
    words = [row["words"] for row in trend_chart(ROWS, title="x")["datasets"]["points"]]
    assert words == [
        "East Asian, 2001: 80.0%",
        "East Asian, 2003: 70.0% (60.0% to 75.0%)",
        "African, 2001: 4.0%",
        "African, 2003: 5.0%",
    ]


def test_a_year_in_which_nobody_is_named_is_a_ring():
    rows = [*ROWS, row(2002, "African", 0.0, rows=0)]
    ring = points(trend_chart(rows, title="x"), "African")[1]
    assert ring["fill"] == "#ffffff"
    assert ring["words"] == "African, 2002: no record names it alone"


def test_a_group_that_no_record_ever_names_has_no_panel_and_is_told():
    chart = trend_chart(ROWS, title="x")
    assert points(chart, "Oceanian") == []
    assert "No panel: no record of any year names Oceanian alone." in told(chart)
    assert "5.0% in 2003" in letters(chart)


def test_a_class_outside_the_denominator_is_not_drawn():
    assert "Not reported" not in told(trend_chart(ROWS, title="x"))


def test_with_all_records_as_the_denominator_the_unclear_are_a_panel():
    rows = [*ROWS, row(2003, "Not reported", 0.2, is_class=True)]
    assert [r["words"] for r in points(trend_chart(rows, title="x"), "Not reported")] == [
        "Not reported, 2003: 20.0%"
    ]


def test_the_largest_group_has_the_whole_scale_and_the_others_share_a_stated_one():
    chart = trend_chart(ROWS, title="x")
    assert "Every other group, on a finer scale: these panels end at 5%, not at 100%." in told(
        chart
    )
    assert {"0%", "25%", "50%", "75%", "100%"} <= set(letters(chart))
    # The point of 5% stands on the upper edge of its panel, that of 4% a fifth below.
    (lower, upper) = [row["y"] for row in points(chart, "African")]
    assert lower - upper == pytest.approx(84 / 5, abs=0.11)


def test_the_finer_scale_holds_the_bands_too():
    rows = [*ROWS, row(2004, "East Asian", 0.6), row(2004, "African", 0.04, low=0.01, high=0.3)]
    assert "end at 30%, not at 100%" in told(trend_chart(rows, title="x"))


def test_a_class_is_never_the_panel_of_the_largest_group():
    rows = [*ROWS, row(2003, "Multiple", 0.9, is_class=True)]
    shown = letters(trend_chart(rows, title="x"))
    assert shown.index("East Asian") < shown.index("African") < shown.index("Multiple")


def test_bands_are_drawn_only_where_there_are_some():
    banded = [*ROWS, row(2002, "East Asian", 0.7, low=0.6, high=0.8)]
    assert len(trend_chart(banded, title="x")["datasets"]["areas"]) == 2
    bare = [r | {"share_low": None, "share_high": None} for r in ROWS]
    assert "areas" not in trend_chart(bare, title="x")["datasets"]


def test_counts_have_a_scale_of_counts():
    chart = trend_chart(ROWS, title="x", measure="value")
    assert points(chart, "East Asian")[0]["words"] == "East Asian, 2001: 80"
    assert "these panels end at 5, not at 100" in told(chart)
    assert "%" not in told(chart)


def test_nothing_selected_is_said_in_words():
    assert "That is not a share of zero." in to_svg(trend_chart([], title="x"))


def test_one_year_alone_is_drawn():
    assert len(trend_chart(ROWS[:4], title="x")["datasets"]["points"]) == 2


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_every_colour_can_be_seen_on_its_ground(theme):
    def light(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    def contrast(one, other):
        high, low = sorted((light(one), light(other)), reverse=True)
        return (high + 0.05) / (low + 0.05)

    assert min(contrast(colour, theme.ground) for colour in theme.colours) >= 3
    assert contrast(theme.ink, theme.ground) >= 7
    assert contrast(theme.quiet, theme.ground) >= 4.5


def test_320_series_differ_and_neighbours_differ_by_more_than_colour():
    looks = [style(index) for index in range(320)]
    assert len(set(looks)) == 320
    for one, other in itertools.pairwise(looks[:17]):
        assert (one.dash, one.shape) != (other.dash, other.shape)


def test_bars_carry_their_interval_and_say_when_nobody_is_named():
    chart = composition_chart(composition_rows(), title="x")
    words = [row["words"] for row in chart["datasets"]["bars"]]
    assert words == [
        "European: 90.0% (81.0% to 89.0%)",
        "African American or Afro-Caribbean: 7.0% (6.3% to 14.3%)",
        "Indigenous and Oceanian: no record names it",
        "Multiple: 0%",
    ]
    bars = chart["datasets"]["bars"]
    assert bars[2]["x"] == bars[2]["x2"]
    # 90% of a scale from 236 to 754 pixels.
    assert bars[0]["x2"] - bars[0]["x"] == pytest.approx(0.9 * 518, abs=0.11)

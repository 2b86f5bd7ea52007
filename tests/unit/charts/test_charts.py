"""Charts: what is drawn for shares, gaps, zeros and groups that nobody names."""

import itertools

import pytest

from everygenome.charts.composition import composition_chart
from everygenome.charts.draw import to_png, to_svg
from everygenome.charts.theme import THEMES, style
from everygenome.charts.trend import trend_chart


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


def table(chart):
    return chart["datasets"]["shares"]


def titles(chart):
    found = []
    for item in walk(chart):
        title = item.get("title")
        if isinstance(title, dict) and title.get("text"):
            found.append((" ".join(title["text"]), title.get("subtitle")))
    return found


def walk(item):
    if isinstance(item, dict):
        yield item
        for value in item.values():
            yield from walk(value)
    elif isinstance(item, list):
        for value in item:
            yield from walk(value)


def test_a_year_without_rows_is_a_gap_and_never_zero():
    drawn = {(r["group"], r["year"]): r["share"] for r in table(trend_chart(ROWS, title="x"))}
    assert drawn[("African", 2002)] is None
    assert drawn[("Oceanian", 2003)] == 0.0
    lines = [
        i["mark"]
        for i in walk(trend_chart(ROWS, title="x"))
        if isinstance(i.get("mark"), dict) and i["mark"]["type"] == "line"
    ]
    assert {mark["invalid"] for mark in lines} == {"break-paths-show-path-domains"}


def test_a_group_that_no_record_names_says_so():
    assert ("Oceanian", "no record names it alone") in titles(trend_chart(ROWS, title="x"))
    assert ("African", "5.0% in 2003") in titles(trend_chart(ROWS, title="x"))


def test_a_class_outside_the_denominator_is_not_drawn():
    assert {r["group"] for r in table(trend_chart(ROWS, title="x"))} == {
        "East Asian",
        "African",
        "Oceanian",
    }


def test_the_largest_group_has_the_whole_scale_and_the_others_share_a_stated_one():
    chart = trend_chart(ROWS, title="x")
    domains = [
        i["encoding"]["y"]["scale"]["domain"]
        for i in walk(chart)
        if isinstance(i.get("mark"), dict) and i["mark"]["type"] == "line"
    ]
    assert domains == [[0, 1.0], [0, 0.05], [0, 0.05]]
    assert any("end at 5%, not at 100%" in text for text, _ in titles(chart))


def test_the_finer_scale_holds_the_bands_too():
    rows = [*ROWS, row(2004, "East Asian", 0.6), row(2004, "African", 0.04, low=0.01, high=0.3)]
    assert any("end at 50%" in text for text, _ in titles(trend_chart(rows, title="x")))


def test_a_class_is_never_the_panel_of_the_largest_group():
    rows = [*ROWS, row(2003, "Multiple", 0.9, is_class=True)]
    assert titles(trend_chart(rows, title="x"))[0][0] == "x"
    assert titles(trend_chart(rows, title="x"))[1][0] == "East Asian"


def test_bands_are_drawn_only_where_there_are_some():
    def areas(rows):
        return [
            i
            for i in walk(trend_chart(rows, title="x"))
            if isinstance(i.get("mark"), dict) and i["mark"]["type"] == "area"
        ]

    assert len(areas(ROWS)) == 1
    assert areas([r | {"share_low": None, "share_high": None} for r in ROWS]) == []


def test_nothing_selected_is_said_in_words():
    svg = to_svg(trend_chart([], title="x"))
    assert "That is not a share of zero." in svg


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
    rows = [
        {
            "group": "European",
            "is_class": False,
            "share": 0.9,
            "share_min": 0.8,
            "share_max": 0.95,
            "rows": 4,
            "rows_with_others": 5,
        },
        {
            "group": "Oceanian",
            "is_class": False,
            "share": 0.0,
            "share_min": 0.0,
            "share_max": 0.1,
            "rows": 0,
            "rows_with_others": 0,
        },
        {
            "group": "Not reported",
            "is_class": True,
            "share": None,
            "share_min": None,
            "share_max": None,
            "rows": 3,
            "rows_with_others": 3,
        },
    ]
    words = [r["words"] for r in table(composition_chart(rows, title="x"))]
    assert words == ["European: 90.0% (80.0% to 95.0%)", "Oceanian: no record names it"]


def test_the_same_specification_gives_the_same_bytes():
    chart = trend_chart(ROWS, title="x", narrow=True)
    assert to_svg(chart) == to_svg(chart)
    assert to_png(chart, scale=1) == to_png(chart, scale=1)
